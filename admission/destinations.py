"""Where a patient belongs whom the centre cannot receive; the deck's arrows."""

from collections.abc import Mapping
from typing import Final

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from admission.wording import Wording


class Destination(TextChoices):
    """A place that receives those whom the centre does not."""

    PALLIATIVE = "palliative", _("Palliativ afdeling")
    PAEDIATRIC = "paediatric", _("Børneafdeling")
    REFERRER = "referrer", _("Egen læge eller henviser")
    HEADACHE = "headache", _("Hovedpinecenter")
    MISUSE = "misuse", _("Misbrugscenter")
    ALCOHOL = "alcohol", _("Alkoholenhed")

    @property
    def in_a_sentence(self) -> Wording:
        """The place as a sentence names it: »henvis til …«, "refer to …"."""
        return IN_A_SENTENCE[self]

    @property
    def one_such(self) -> Wording:
        """A place of the kind, where nobody says which: »hjælp på …«, "help at …"."""
        return ONE_SUCH[self]


IN_A_SENTENCE: Final[Mapping[Destination, Wording]] = {
    Destination.PALLIATIVE: Wording("Palliativ afdeling", "the palliative department"),
    Destination.PAEDIATRIC: Wording("Børneafdeling", "the paediatric department"),
    Destination.REFERRER: Wording("egen læge eller henviser", "the GP or referrer"),
    Destination.HEADACHE: Wording("Hovedpinecenter", "the headache centre"),
    Destination.MISUSE: Wording("Misbrugscenter", "the substance misuse centre"),
    Destination.ALCOHOL: Wording("Alkoholenhed", "the alcohol unit"),
}

ONE_SUCH: Final[Mapping[Destination, Wording]] = {
    Destination.PALLIATIVE: Wording("en palliativ afdeling", "a palliative care department"),
    Destination.PAEDIATRIC: Wording("en børneafdeling", "a paediatric department"),
    Destination.REFERRER: Wording("egen læge eller henviser", "the GP or referrer"),
    Destination.HEADACHE: Wording("et hovedpinecenter", "a headache centre"),
    Destination.MISUSE: Wording("et misbrugscenter", "a substance misuse centre"),
    Destination.ALCOHOL: Wording("en alkoholenhed", "an alcohol unit"),
}

# How a sentence gives a place away, in small letters: its care as well as its name.
GIVEN_AWAY_BY: Final[Mapping[Destination, Mapping[str, tuple[str, ...]]]] = {
    Destination.PALLIATIVE: {
        "da": ("palliativ afdeling", "palliativt regi"),
        "en": ("palliative department", "palliative care"),
    },
    Destination.PAEDIATRIC: {
        "da": ("børneafdeling", "børneregi"),
        "en": ("paediatric department", "paediatric care"),
    },
    Destination.REFERRER: {
        "da": ("egen læge", "praktiserende læge"),
        "en": ("the gp", "their gp", "→ gp"),
    },
    Destination.HEADACHE: {"da": ("hovedpinecent",), "en": ("headache cent",)},
    Destination.MISUSE: {"da": ("misbrugscent",), "en": ("misuse cent",)},
    Destination.ALCOHOL: {"da": ("alkoholenhed",), "en": ("alcohol unit",)},
}


def given_away(text: str, language: str) -> list[Destination]:
    """The places that a text names, or whose care it does."""
    small = text.lower()
    return [
        place
        for place, words in GIVEN_AWAY_BY.items()
        if any(each in small for each in words[language])
    ]
