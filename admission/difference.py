"""What one version says otherwise than another, in words that a physician understands."""

from dataclasses import dataclass
from decimal import Decimal
from typing import Final

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from admission.destinations import Destination
from admission.parameters import Content, Parameters, Place, parameters
from admission.rules import quantity
from admission.wording import Wording
from pathways.tracks import Track

WHAT: Final = {
    "limit": gettext_lazy("grænse"),
    "destination": gettext_lazy("hvor patienten hører til i stedet"),
    "name": gettext_lazy("navn"),
    "sentence": gettext_lazy("centrets ord"),
    "consequence": gettext_lazy("hvad der følger"),
    "source": gettext_lazy("kilde"),
}
TRACK_SENTENCE: Final = gettext_lazy("hvem sporet er for")
LANGUAGE: Final = {"da": gettext_lazy("på dansk"), "en": gettext_lazy("på engelsk")}


@dataclass(frozen=True, slots=True)
class Difference:
    """One change: where, what stood there before, and what stands there now.

    As text it is one sentence: »…: grænse 6 måneder → 3 måneder«.
    """

    place: str
    before: str
    after: str
    sentence: str

    def __str__(self) -> str:
        return self.sentence


def between(before: Content, after: Content) -> list[Difference]:
    """Every parameter that the later one says otherwise, in its order and the active language.

    Both are contents of versions with the same criteria and tracks.
    """
    old, new = parameters(before), parameters(after)
    return [_difference(place, old, new) for place in new if old[place] != new[place]]


def _difference(place: Place, old: Parameters, new: Parameters) -> Difference:
    if place.what == "asks":
        return _asked(place, old, now_asked=new[place])
    where = f"{heading(place.part, place.code, old)}: {what(place)}"
    before, after = _in_words(place, old), _in_words(place, new)
    words = {"where": where, "before": before, "after": after}
    return Difference(where, before, after, _("%(where)s %(before)s → %(after)s") % words)


def _asked(place: Place, old: Parameters, *, now_asked: bool) -> Difference:
    track, criterion = Track(place.code).label, heading("criteria", place.detail, old)
    words = {"track": track, "criterion": criterion}
    if now_asked:
        sentence = _("%(track)s spørger nu også om: %(criterion)s") % words
        return Difference(f"{track}: {criterion}", _("spørges ikke"), _("spørges"), sentence)
    sentence = _("%(track)s spørger ikke længere om: %(criterion)s") % words
    return Difference(f"{track}: {criterion}", _("spørges"), _("spørges ikke"), sentence)


def heading(part: str, code: str, values: Parameters) -> str:
    """What a criterion or track is called, with the limit it has in these parameters."""
    if part == "tracks":
        return str(Track(code).label)
    name = Wording(*(values[Place(part, code, "name", each)] for each in LANGUAGE))
    return str(name.naming(_limit(part, code, values)))


def _limit(part: str, code: str, values: Parameters) -> Wording:
    limit = values.get(Place(part, code, "limit"))
    return quantity(code, Decimal(limit) if isinstance(limit, str) else limit)


def what(place: Place) -> str:
    """Which parameter of its criterion or track it is, in words."""
    is_track_sentence = (place.part, place.what) == ("tracks", "sentence")
    words = TRACK_SENTENCE if is_track_sentence else WHAT[place.what]
    return f"{words} {LANGUAGE[place.detail]}" if place.detail else str(words)


def _in_words(place: Place, values: Parameters) -> str:
    """A parameter as it is read: a limit with its unit, a text with the limit in its place."""
    limit, value = _limit(place.part, place.code, values), values[place]
    if place.what == "limit":
        return str(limit)
    if place.what == "destination":
        return str(Destination(value).label)
    text = Wording(value, value).naming(limit, _destination(place, values))
    return str(getattr(text, place.detail))


def _destination(place: Place, values: Parameters) -> Wording | None:
    code = values.get(Place(place.part, place.code, "destination"))
    return Destination(code).in_a_sentence if code else None
