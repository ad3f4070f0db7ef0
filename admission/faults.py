"""What may not stand in a version of the rules, as sentences at the parameter they are about.

A draft without faults can always be read as `Rules`.
"""

import re
import unicodedata
from collections.abc import Iterator, Mapping
from typing import Any, Final, NamedTuple

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from admission.destinations import Destination, given_away
from admission.parameters import (
    Content,
    Parameters,
    Place,
    codes,
    parameters,
    same_shape,
)
from admission.wording import PLACE_OF_DESTINATION, PLACE_OF_LIMIT
from pathways.tracks import Track

# Within what a limit can mean anything: years of age, calendar months, milligrams a day.
RANGES: Final[Mapping[str, tuple[int, int]]] = {
    "adult": (0, 120),
    "duration": (1, 120),
    Track.SUBACUTE: (1, 1000),
}
LONGEST: Final = {"name": 100, "sentence": 800, "consequence": 400, "source": 200}
LONGEST_WHY: Final = 2000
MUST_NAME_LIMIT: Final = ("name", "sentence")
MAY_NAME_LIMIT: Final = (*MUST_NAME_LIMIT, "consequence")
MAY_NAME_DESTINATION: Final = ("sentence", "consequence")

EMPTY: Final = gettext_lazy("Udfyld teksten på begge sprog.")
OTHER_SHAPE: Final = gettext_lazy(
    "Kriterier og spor skal være de samme og stå i samme orden som i den version, "
    "kladden bygger på."
)


class Fault(NamedTuple):
    """Why a parameter cannot stand so; without a place it is about the whole version."""

    place: Place | None
    sentence: str


def faults(content: Any, like: Content) -> list[Fault]:
    """Everything wrong with it, for anything at all; `like` is a version that is right."""
    if not same_shape(content, like):
        return [Fault(None, str(OTHER_SHAPE))]
    values = parameters(content)
    wrong = [Fault(place, words) for place in values if (words := _wrong(place, values))]
    return wrong + list(_asks_nothing(content))


def why_faults(why: str) -> str:
    """What is wrong with the reason for a change; an unfinished draft may be without one."""
    if _has_control_characters(why.replace("\n", "").replace("\r", "")):
        return _("Skriv uden styretegn.")
    return "" if len(why) <= LONGEST_WHY else _too_long(LONGEST_WHY)


def _wrong(place: Place, values: Parameters) -> str:
    value = values[place]
    if place.what == "limit":
        return _wrong_limit(place.code, value)
    if place.what == "destination":
        return "" if value in Destination.values else _("Vælg et af de steder, der findes.")
    if place.what == "asks":
        return ""
    return _wrong_text(place, value) or _wrong_naming(place, value, values)


def _wrong_limit(code: str, limit: int | str) -> str:
    """Limits are whole numbers; milligrams are kept as text, as decimals are."""
    lowest, highest = RANGES[code]
    digits = str(limit)
    if re.fullmatch("0|[1-9][0-9]{0,3}", digits) and lowest <= int(digits) <= highest:
        return ""
    bounds = {"lowest": lowest, "highest": highest}
    return _("Grænsen skal være et helt tal fra %(lowest)s til %(highest)s.") % bounds


def _wrong_text(place: Place, text: str) -> str:
    if not text.strip():
        return str(EMPTY)
    if _has_control_characters(text):
        return _("Skriv uden linjeskift.")
    longest = LONGEST[place.what]
    return _too_long(longest) if len(text) > longest else ""


def _has_control_characters(text: str) -> bool:
    return any(unicodedata.category(each) in ("Cc", "Cs") for each in text)


def _too_long(longest: int) -> str:
    return _("Skriv højst %(longest)s tegn.") % {"longest": longest}


def _wrong_naming(place: Place, text: str, values: Parameters) -> str:
    """A sentence names its own limit and place, and nothing else is left to be filled in."""
    has_limit = Place(place.part, place.code, "limit") in values
    if has_limit and place.what in MUST_NAME_LIMIT and PLACE_OF_LIMIT not in text:
        return _("Skriv {limit} dér, hvor grænsen skal stå.")
    if has_limit and place.what in MAY_NAME_LIMIT and re.search(r"\d", text):
        return _("Her kan intet andet tal stå end grænsen: skriv den som {limit}.")
    destination = values.get(Place(place.part, place.code, "destination"))
    has_destination = destination in Destination.values and place.what in MAY_NAME_DESTINATION
    may_name = {PLACE_OF_LIMIT: has_limit and place.what in MAY_NAME_LIMIT}
    may_name[PLACE_OF_DESTINATION] = has_destination
    allowed = [each for each, may in may_name.items() if may]
    return _left_over(text, allowed) or (
        _wrong_destination(place, text, Destination(str(destination))) if has_destination else ""
    )


def _left_over(text: str, allowed: list[str]) -> str:
    for each in allowed:
        text = text.replace(each, "")
    if not set("{}") & set(text):
        return ""
    if not allowed:
        return _("Her er intet at indsætte: skriv uden krøllede parenteser.")
    words = {"places": _(" og ").join(allowed)}
    return _("Kun %(places)s kan stå i krøllede parenteser.") % words


def _wrong_destination(place: Place, text: str, destination: Destination) -> str:
    """What follows names the place the rule points to; no sentence gives another one away.

    The referrer may be told of beside the place.
    """
    names_it = PLACE_OF_DESTINATION in text
    if place.what == "consequence" and destination != Destination.REFERRER and not names_it:
        return _("Skriv {destination} dér, hvor stedet skal stå.")
    may = {destination, Destination.REFERRER} if names_it else {destination}
    others = [each for each in given_away(text, place.detail) if each not in may]
    if not others:
        return ""
    words = {"other": others[0].label, "own": destination.label}
    return _("Teksten peger på »%(other)s«, men kriteriet peger på »%(own)s«.") % words


def _asks_nothing(content: Content) -> Iterator[Fault]:
    known = codes(content)
    for written in content["tracks"]:
        if set(written["spares"]) >= set(known):
            place = Place("tracks", written["track"], "asks", known[0])
            yield Fault(place, _("Sporet skal spørge om mindst ét kriterium."))
