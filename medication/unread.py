"""A line that could not be read, and why: never guessed, always said."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, Final, Self

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


class Why(StrEnum):
    """What stands in the way of reading a line."""

    UNKNOWN_DRUG = "unknown_drug"
    TWO_DRUGS = "two_drugs"
    NO_STRENGTH = "no_strength"
    TWO_STRENGTHS = "two_strengths"
    COMBINATION = "combination"
    WRONG_UNIT = "wrong_unit"
    NO_FORM = "no_form"
    WRONG_FORM = "wrong_form"
    NOT_MILLILITRES = "not_millilitres"
    WRONG_COUNT = "wrong_count"
    NOT_OFTEN = "not_often"
    NOT_DAILY = "not_daily"
    NO_INTERVAL = "no_interval"
    NO_MAXIMUM = "no_maximum"
    MAXIMUM_UNCLEAR = "maximum_unclear"
    ALWAYS_OR_AS_NEEDED = "always_or_as_needed"
    RANGE = "range"
    TWO_WAYS = "two_ways"
    CHANGING = "changing"
    NOT_TAKEN = "not_taken"
    UNCERTAIN = "uncertain"
    LEFT_OVER = "left_over"


SENTENCES: Final[Mapping[Why, str | Promise]] = {
    Why.UNKNOWN_DRUG: _("Kender ikke præparatet."),
    Why.TWO_DRUGS: _("Der står mere end ét præparat. Skriv ét på hver linje."),
    Why.NO_STRENGTH: _("Styrken mangler."),
    Why.TWO_STRENGTHS: _("Der står mere end én styrke. Skriv hver styrke på sin egen linje."),
    Why.COMBINATION: _("Styrken passer ikke til præparatet. Skriv styrken af begge stoffer."),
    Why.WRONG_UNIT: _("Styrkens enhed passer ikke til lægemiddelformen."),
    Why.NO_FORM: _("Lægemiddelformen mangler."),
    Why.WRONG_FORM: _("Præparatet kendes ikke i den lægemiddelform."),
    Why.NOT_MILLILITRES: _("Styrken står pr. ml, men det står ikke, hvor mange ml der tages."),
    Why.WRONG_COUNT: _("Enheden, der tages, passer ikke til lægemiddelformen."),
    Why.NOT_OFTEN: _("Det står ikke, hvor ofte."),
    Why.NOT_DAILY: _("Det kan ikke regnes om til doser i døgnet."),
    Why.NO_INTERVAL: _("Det står ikke, hvor tit plastret skiftes."),
    Why.NO_MAXIMUM: _("Det står ikke, hvor meget der højst tages i døgnet."),
    Why.MAXIMUM_UNCLEAR: _(
        "Det højeste i døgnet er ikke entydigt. Skriv antal tabletter eller mg."
    ),
    Why.ALWAYS_OR_AS_NEEDED: _("Det står ikke, om det er fast eller efter behov."),
    Why.RANGE: _("Der står et interval. Skriv den dosis, der tages."),
    Why.TWO_WAYS: _("Dosis står på to måder, som ikke passer sammen."),
    Why.CHANGING: _("Dosis er ved at blive ændret. Skriv den dosis, der tages nu."),
    Why.NOT_TAKEN: _("Det fremgår ikke, om midlet tages nu."),
    Why.UNCERTAIN: _("Dosis er ikke entydig."),
    Why.LEFT_OVER: _("Der er noget på linjen, som ikke er forstået:"),
}
# Words that say that the line is not simply what the patient takes.
WARNINGS: Final = (
    (
        Why.CHANGING,
        r"(?:af|ned|op|ud)?trap\w*|øges|øget|nedsættes|reducer\w*|ændres|skifte[rt]? til",
    ),
    (
        Why.NOT_TAKEN,
        r"sep|sepon\w*|stop\w*|pause\w*|ophør\w*|udtrappet|afslut\w*|tidligere|førhen|forsøg\w*"
        r"|prøvet|cave|allergi\w*|tåler|ikke|ingen|uden|planlag\w*|overve[jr]\w*",
    ),
    (Why.UNCERTAIN, r"ca|cirka|omkring|evt|eventuelt|måske|eller|varierende|vist|\?"),
)
WARNING_WORDS: Final = tuple(
    (why, re.compile(rf"(?<![\wæøå])(?:{words})(?![\wæøå])")) for why, words in WARNINGS
)


@dataclass(frozen=True, slots=True)
class Unread:
    """A line as it was written, with the reason why it is not read.

    ``about`` are the words that were not understood, ``drug`` the name that was recognised, and
    ``may_be_opioid`` says that a total without the line may be too low.
    """

    text: str
    reason: Why
    about: str = ""
    drug: str = ""
    may_be_opioid: bool = True

    @property
    def why(self) -> str:
        """The reason as a sentence in the reader's language."""
        sentence = str(SENTENCES[self.reason])
        return f"{sentence} »{self.about}«" if self.about else sentence

    def as_json(self) -> dict[str, Any]:
        return {
            "text": self.text,
            "unread": self.reason.value,
            "about": self.about,
            "drug": self.drug,
            "may_be_opioid": self.may_be_opioid,
        }

    @classmethod
    def from_json(cls, stored: Mapping[str, Any]) -> Self:
        kept = {key: stored[key] for key in ("text", "about", "drug", "may_be_opioid")}
        return cls(reason=Why(stored["unread"]), **kept)


class NotRead(ValueError):
    """Raised while a line is read; becomes an `Unread`."""

    def __init__(self, why: Why, about: str = "") -> None:
        super().__init__(why)
        self.why = why
        self.about = about


def warned_of(folded: str) -> Why | None:
    """What a word on the line warns of, if one does."""
    return next((why for why, words in WARNING_WORDS if words.search(folded)), None)
