"""Oral morphine equivalents of a day's medicine: a guide to risk, never for converting a dose.

What is counted: the opioids for which the default set has a factor. A set that lacks a factor for
one of them gives no total, since sets are compared over the same medicines only. Everything else
that may be an opioid is not summed; the total is then "at least".
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, Final, Self

from medication.doubt import Doubt
from medication.factors import DEFAULT, FACTOR_SETS, Dosed, FactorSet
from medication.line import MedicineLine
from medication.unread import Unread

NOTHING: Final = Decimal(0)
# mg a day. Sundhedsstyrelsen's advice for chronic pain that is not from cancer, as the
# discontinuation list ("seponeringslisten", 2025) gives it: at most 100 mg a day.
CEILING: Final = Decimal(100)
METHADONE: Final = "N07BC02"
PARENTERAL: Final = "parenteral"
BUPRENORPHINE: Final = "N02AE01"
# Sublingual tablets are 0.2 and 0.4 mg for pain, and 2 mg and above for substitution.
SUBSTITUTION_MG: Final = Decimal(2)


@dataclass(frozen=True, slots=True)
class Worked:
    """One opioid with its working, or with the reason why it is not summed.

    ``mg`` and ``factors`` are by the code of the set; a set without a factor is left out.
    """

    text: str
    as_needed: bool
    dose: Decimal | None = None
    unit: str = ""
    factors: Mapping[str, Decimal] | None = None
    mg: Mapping[str, Decimal] | None = None
    doubt: Doubt | None = None


@dataclass(frozen=True, slots=True)
class SetTotal:
    """A day's mg by one set; None where the set lacks a factor for a medicine that is counted.

    ``known`` is the regular part that the set does have factors for, ``missing`` the lines that
    it has none for.
    """

    code: str
    version: str
    regular: Decimal | None
    as_needed: Decimal | None
    known: Decimal
    missing: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Equivalents:
    """A day's oral morphine equivalents in mg.

    ``regular`` and ``as_needed`` (the most that may be taken) are by the default set;
    ``lowest`` and ``highest`` are the span of the regular total over the sets that have one.
    """

    workings: tuple[Worked, ...]
    regular: Decimal
    as_needed: Decimal
    totals: tuple[SetTotal, ...]
    factor_set: str

    @property
    def span(self) -> tuple[Decimal, Decimal]:
        complete = [total.regular for total in self.totals if total.regular is not None]
        return min(complete, default=self.regular), max(complete, default=self.regular)

    @property
    def doubts(self) -> tuple[Worked, ...]:
        """What is not summed, each with its reason."""
        return tuple(worked for worked in self.workings if worked.doubt)

    @property
    def at_least(self) -> bool:
        """Whether the regular total may be too low."""
        return any(not worked.as_needed for worked in self.doubts)

    @property
    def as_needed_at_least(self) -> bool:
        """Whether the as-needed total may be too low; an unread line may be either."""
        return any(worked.as_needed or worked.doubt == Doubt.UNREAD for worked in self.doubts)

    @property
    def has_opioids(self) -> bool:
        return bool(self.workings)

    def above(self, limit: Decimal) -> bool | None:
        """Whether the regular total is above a limit in mg; exactly at it is not above.

        None when what is known is not above, but something is not summed.
        """
        return self._is_above(self.regular, limit, is_whole=True)

    def above_by_set(self, limit: Decimal) -> Mapping[str, bool | None]:
        """The same by each set; None also where a set has no total."""
        return {
            total.code: self._is_above(total.known, limit, is_whole=total.regular is not None)
            for total in self.totals
        }

    def sets_disagree(self, limit: Decimal) -> bool:
        """Whether one set puts the total above the limit and another does not."""
        return {True, False} <= set(self.above_by_set(limit).values())

    def _is_above(self, known: Decimal, limit: Decimal, *, is_whole: bool) -> bool | None:
        if known > limit:
            return True
        return False if is_whole and not self.at_least else None

    def as_json(self) -> dict[str, Any]:
        """For storing: numbers as text, since JSON's are not exact."""
        return {
            "workings": [_stored_working(worked) for worked in self.workings],
            "regular": str(self.regular),
            "as_needed": str(self.as_needed),
            "totals": [_stored_total(total) for total in self.totals],
            "factor_set": self.factor_set,
            "at_least": self.at_least,
            "span": [str(end) for end in self.span],
        }

    @classmethod
    def from_json(cls, stored: Mapping[str, Any]) -> Self:
        return cls(
            workings=tuple(_read_working(worked) for worked in stored["workings"]),
            regular=Decimal(stored["regular"]),
            as_needed=Decimal(stored["as_needed"]),
            totals=tuple(_read_total(total) for total in stored["totals"]),
            factor_set=stored["factor_set"],
        )


def equivalents(
    lines: Iterable[MedicineLine | Unread],
    factor_sets: Sequence[FactorSet] = FACTOR_SETS,
    default: FactorSet = DEFAULT,
) -> Equivalents:
    """Sum a day's opioids, each set for itself; exact, never rounded."""
    workings = tuple(
        worked for line in lines if (worked := _worked(line, factor_sets, default)) is not None
    )
    own = _total(workings, default)
    return Equivalents(
        workings=workings,
        regular=own.known,
        as_needed=NOTHING if own.as_needed is None else own.as_needed,
        totals=tuple(_total(workings, factors) for factors in factor_sets),
        factor_set=default.label,
    )


def is_in_the_sum(line: MedicineLine | Unread) -> bool:
    """Whether a line is an opioid, or may be one."""
    return line.may_be_opioid if isinstance(line, Unread) else line.opioid


def _worked(
    line: MedicineLine | Unread, factor_sets: Sequence[FactorSet], default: FactorSet
) -> Worked | None:
    """The working of one line; None for what is no opioid."""
    if not is_in_the_sum(line):
        return None
    if isinstance(line, Unread):
        return Worked(line.text, False, doubt=Doubt.UNREAD)
    dosed = Dosed(line.atc, line.route, line.dose_unit)
    dose = line.daily_dose
    if dosed not in default.factors or _is_substitution(line):
        return Worked(line.text, line.as_needed, dose, line.dose_unit, doubt=_doubt(line))
    factors = {each.code: each.factors[dosed] for each in factor_sets if dosed in each.factors}
    mg = {code: dose * factor for code, factor in factors.items()}
    return Worked(line.text, line.as_needed, dose, line.dose_unit, factors, mg)


def _doubt(line: MedicineLine) -> Doubt:
    if line.atc == METHADONE:
        return Doubt.METHADONE
    if _is_substitution(line):
        return Doubt.SUBSTITUTION
    return Doubt.PARENTERAL if line.route == PARENTERAL else Doubt.NO_FACTOR


def _is_substitution(line: MedicineLine) -> bool:
    is_sublingual = (line.atc, line.route) == (BUPRENORPHINE, "sublingual")
    return is_sublingual and line.gives_off >= SUBSTITUTION_MG


def _total(workings: Iterable[Worked], factors: FactorSet) -> SetTotal:
    counted = [worked for worked in workings if worked.mg is not None]
    regular = [worked for worked in counted if not worked.as_needed]
    as_needed = [worked for worked in counted if worked.as_needed]
    return SetTotal(
        code=factors.code,
        version=factors.version,
        regular=_sum(regular, factors.code),
        as_needed=_sum(as_needed, factors.code),
        known=_known(regular, factors.code),
        missing=tuple(worked.text for worked in counted if factors.code not in (worked.mg or {})),
    )


def _sum(workings: Sequence[Worked], code: str) -> Decimal | None:
    if any(code not in (worked.mg or {}) for worked in workings):
        return None
    return _known(workings, code)


def _known(workings: Iterable[Worked], code: str) -> Decimal:
    return sum(((worked.mg or {}).get(code, NOTHING) for worked in workings), NOTHING)


def _stored_working(worked: Worked) -> dict[str, Any]:
    return {
        "text": worked.text,
        "as_needed": worked.as_needed,
        "dose": _text(worked.dose),
        "unit": worked.unit,
        "factors": _texts(worked.factors),
        "mg": _texts(worked.mg),
        "doubt": worked.doubt.value if worked.doubt else None,
    }


def _read_working(stored: Mapping[str, Any]) -> Worked:
    return Worked(
        text=stored["text"],
        as_needed=stored["as_needed"],
        dose=_number(stored["dose"]),
        unit=stored["unit"],
        factors=_numbers(stored["factors"]),
        mg=_numbers(stored["mg"]),
        doubt=Doubt(stored["doubt"]) if stored["doubt"] else None,
    )


def _stored_total(total: SetTotal) -> dict[str, Any]:
    return {
        "code": total.code,
        "version": total.version,
        "regular": _text(total.regular),
        "as_needed": _text(total.as_needed),
        "known": str(total.known),
        "missing": list(total.missing),
    }


def _read_total(stored: Mapping[str, Any]) -> SetTotal:
    return SetTotal(
        code=stored["code"],
        version=stored["version"],
        regular=_number(stored["regular"]),
        as_needed=_number(stored["as_needed"]),
        known=Decimal(stored["known"]),
        missing=tuple(stored["missing"]),
    )


def _text(number: Decimal | None) -> str | None:
    return None if number is None else str(number)


def _number(text: str | None) -> Decimal | None:
    return None if text is None else Decimal(text)


def _texts(numbers: Mapping[str, Decimal] | None) -> dict[str, str] | None:
    return None if numbers is None else {code: str(number) for code, number in numbers.items()}


def _numbers(texts: Mapping[str, str] | None) -> dict[str, Decimal] | None:
    return None if texts is None else {code: Decimal(text) for code, text in texts.items()}
