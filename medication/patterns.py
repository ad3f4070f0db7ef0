"""The ways of writing how often something is taken, each with what it means."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import Final

from medication.dosage_forms import UNITS
from medication.unread import NotRead, Why
from medication.writing import COUNT, exactly, number

HOURS: Final = Decimal(24)
WEEK: Final = HOURS * 7
ORDINALS: Final = {"anden": 2, "andet": 2, "tredje": 3, "fjerde": 4, "sjette": 6, "ottende": 8}

UNIT: Final = rf"(?:{'|'.join(UNITS.values())})\b\.?"
DAILY: Final = (
    r"(?:\b(?:dgl|dagl|daglige?|dagligt|pr\.? ?dag|pr\.? ?døgn|per dag|per døgn|i døgnet|om dagen"
    r"|hver dag|hvert døgn)\b\.?|/ ?(?:dag|døgn)\b)"
)
WEEKLY: Final = r"\b(?:ugentligt?|om ugen|pr\.? ?uge)\b"
TIMES: Final = r"(?:gange?\b|gg\b|x(?![a-zæøå]))\.?"
NTH: Final = rf"(?:(?P<nth>\d{{1,3}})\.?|(?P<word>{'|'.join(ORDINALS)}))"
CLOCK: Final = rf"(?:[01]?\d|2[0-4])(?:[.:]00)?(?![\d.,:]| ?(?:{UNIT}|{TIMES}))"
TIME_OF_DAY: Final = (
    r"(?:\b(?:om|til|ved|hver) )?"
    r"\b(?:morgen(?:en)?|formiddag(?:en)?|middag(?:en)?|eftermiddag(?:en)?|aften(?:en)?"
    r"|nat(?:ten)?|sengetid|nocte)\b"
)
NEEDED: Final = re.compile(
    r"\b(?:p\.? ?n|p\.?r\.?n|(?:ved|efter|v\.|e\.) ?behov|ved (?:\w*smerter))(?![a-zæøå])\.?"
)
AT_MOST: Final = re.compile(
    r"(?:\bdog )?\b(?:højst|max|maks|maksimalt|maximalt|maksimum|maximum|op til)\b[.:]?"
)
# No part of a sum or a range that has not been read.
SOLE: Final = r"(?<![-+] )(?<![-+])"
ANY_AMOUNT: Final = rf"(?:{COUNT} ?(?:{UNIT} ?)?)?"
AMOUNT: Final = rf"(?:(?P<amount>{COUNT}) ?(?:(?P<unit>{UNIT}) ?)?)?"
AT_HOUR: Final = rf"\bkl\.? ?{CLOCK}"
ONE_TIME: Final = re.compile(rf"{AMOUNT}(?P<time>{TIME_OF_DAY}|{AT_HOUR})")

RANGE_OF_TIMES: Final = re.compile(rf"{COUNT} ?(?:-|til) ?{COUNT} ?(?:{TIMES} ?)?{DAILY}")
RANGE: Final = re.compile(
    rf"{SOLE}{COUNT} ?(?:-|til|eller) ?(?P<amount>{COUNT}) ?(?P<unit>{UNIT}|(?=x)|(?=§))"
)
COUNTED: Final = re.compile(rf"{SOLE}(?P<amount>{COUNT}) ?(?P<unit>{UNIT})")
BEFORE_AS_NEEDED: Final = re.compile(rf"{SOLE}(?P<amount>{COUNT}) ?§")
ONLY_DAILY: Final = re.compile(DAILY)
# "60 mg dgl." is what a day comes to: not to be multiplied by what follows.
A_DAYS_DOSE: Final = re.compile(rf"¦[ ,.;:()-]*(?:{DAILY})")
AFTER_A_DASH: Final = re.compile(r"¦ ?-(?= |\d)")


class TwoWays(ValueError):
    """Raised when a text says how much or how often in two ways that differ."""


@dataclass(frozen=True, slots=True)
class Statement:
    """What one way of writing says; None where it says nothing."""

    doses: Decimal | None = None
    amount: Decimal | None = None
    unit: str = ""
    schedule: tuple[Decimal, ...] = ()
    interval: Decimal | None = None
    is_bare: bool = False


def unit_of(found: re.Match[str]) -> str:
    """The code of the unit that is named; empty for none."""
    written = (found.groupdict().get("unit") or "").rstrip(".")
    return next((code for code, words in UNITS.items() if re.fullmatch(words, written)), "")


def _amount(found: re.Match[str]) -> Decimal | None:
    written = found.groupdict().get("amount")
    return number(written) if written else None


def _scheme(found: re.Match[str]) -> Statement:
    return _of_each([number(part) for part in re.split(r"[+-]", found["scheme"])])


def _of_each(parts: list[Decimal], unit: str = "") -> Statement:
    """Units at each time of the day; the same at each is so many times a day."""
    taken = [part for part in parts if part]
    if not taken:
        raise TwoWays
    if len(set(taken)) == 1:
        return Statement(doses=Decimal(len(taken)), amount=taken[0], unit=unit)
    total = sum(parts, Decimal())
    return Statement(doses=Decimal(1), amount=total, unit=unit, schedule=tuple(parts))


def _hourly(found: re.Match[str]) -> Statement:
    return _every(_nth(found), found)


def _days(found: re.Match[str]) -> Statement:
    return _every(_nth(found) * HOURS, found)


def _weekly(found: re.Match[str]) -> Statement:
    return _every(WEEK / Decimal(found.groupdict().get("times") or 1), found)


def _nth(found: re.Match[str]) -> Decimal:
    return Decimal(found["nth"] or ORDINALS[found["word"]])


def _every(hours: Decimal, found: re.Match[str]) -> Statement:
    """Every so many hours; times a day only where they come out exactly."""
    if not hours:
        raise TwoWays
    return Statement(
        doses=exactly(HOURS, hours), amount=_amount(found), unit=unit_of(found), interval=hours
    )


def _times(found: re.Match[str]) -> Statement:
    return Statement(doses=_doses(found), amount=_amount(found), unit=unit_of(found))


def _bare(found: re.Match[str]) -> Statement:
    return Statement(doses=_doses(found), is_bare=True)


def _doses(found: re.Match[str]) -> Decimal:
    """Times a day: a whole number, since "3/4 gange" is three to four times."""
    doses = number(found["doses"])
    if doses % 1:
        raise NotRead(Why.UNCERTAIN)
    return doses


def _of_the_day(found: re.Match[str]) -> Statement:
    """Times of the day: with a number before each, or before the first or none for all."""
    times = list(ONE_TIME.finditer(found[0]))
    if len({time["time"] for time in times}) < len(times):
        raise TwoWays
    named = [_amount(time) for time in times]
    unit = unit_of(times[0])
    if len(times) > 1 and None not in named:
        return _of_each([amount for amount in named if amount is not None], unit)
    if any(amount is not None for amount in named[1:]):
        raise TwoWays
    return Statement(doses=Decimal(len(times)), amount=named[0], unit=unit)


def _clock(found: re.Match[str]) -> Statement:
    return Statement(doses=Decimal(len(re.findall(r"\d{1,2}(?:[.:]00)?", found["hours"]))))


def _patterns() -> Iterator[tuple[str, Callable[[re.Match[str]], Statement]]]:
    """Every way of writing, the longest first, since what is read is taken out of the text."""
    plus = rf"{COUNT}(?: ?\+ ?{COUNT}){{1,3}}"
    few = rf"(?!\d\d){COUNT}"  # 1-2-24 is a date
    dash = rf"{few}(?: ?- ?{few}){{2,3}}"
    daily = rf"(?: ?{DAILY})?"
    never_weekly = rf"(?! ?(?:{WEEKLY}|månedlig|/))"
    ends = rf"(?! ?x){daily}{never_weekly}"
    of_times = rf"(?! ?{UNIT}){ends}"  # "x 2 tabl." is two tablets, not twice
    yield rf"{SOLE}(?P<scheme>{plus}|{dash})(?! ?[-+x]){daily}", _scheme
    yield rf"{SOLE}{AMOUNT}\bhvert? {NTH} timer?\b", _hourly
    yield rf"{SOLE}{AMOUNT}\bhvert? {NTH} (?:dag|døgn)\b", _days
    yield rf"(?P<times>[1-7]) ?(?:gange?|x) {WEEKLY}", _weekly
    yield rf"(?<!\d )(?<![a-zæøå\d])x ?(?P<times>1) ?(?:gang )?{WEEKLY}", _weekly
    yield rf"{SOLE}{AMOUNT}(?:\bhver uge\b|{WEEKLY})", _weekly
    yield rf"{SOLE}(?P<doses>{COUNT}) ?x ?(?P<amount>{COUNT}) ?(?P<unit>{UNIT}){ends}", _times
    yield (
        rf"{SOLE}(?P<amount>{COUNT}) ?(?:(?P<unit>{UNIT}) ?)?x ?(?P<doses>{COUNT}){of_times}",
        _times,
    )
    yield rf"{SOLE}(?P<doses>{COUNT}) ?{TIMES} ?{DAILY}", _times
    yield rf"(?<!\d )(?<![a-zæøå\d])x ?(?P<doses>{COUNT})(?: ?gange?\b)?{of_times}", _times
    more = rf"(?:(?: ?(?:,|\+)| (?:og|samt)| (?=\d)) ?{ANY_AMOUNT}{TIME_OF_DAY})*"
    yield rf"{SOLE}{ANY_AMOUNT}{TIME_OF_DAY}{more}{daily}", _of_the_day
    at_hour = rf"{COUNT} ?(?:{UNIT} ?)?{AT_HOUR}"
    yield rf"{SOLE}{at_hour}(?:(?: og |, ?| ?\+ ?){at_hour})+{daily}", _of_the_day
    yield rf"\bkl\.? ?(?P<hours>{CLOCK}(?:(?:, ?| og )(?:kl\.? ?)?{CLOCK})*)", _clock
    yield rf"{SOLE}(?P<doses>{COUNT}) ?{DAILY}", _bare


PATTERNS: Final = tuple((re.compile(pattern), meaning) for pattern, meaning in _patterns())
