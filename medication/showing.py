"""How a reading is shown: the working line by line, the totals by set, and what to be aware of."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Any, Final

from django.utils.formats import number_format
from django.utils.text import get_text_list
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from medication.equivalents import CEILING, Equivalents, SetTotal, Worked, is_in_the_sum
from medication.factors import BY_CODE
from medication.line import MedicineLine
from medication.reading_list import MedicationReading
from medication.unread import Unread

HOURS_OF_WEEK: Final = Decimal(168)
PER_HOUR: Final = "µg/h"


@dataclass(frozen=True, slots=True)
class Table:
    """A factor set as a reading was summed by it; ``source`` only of an edition still in use."""

    name: str
    version: str
    source: str


@dataclass(frozen=True, slots=True)
class Cell:
    """One line by one set: the factor and what it comes to; empty without a factor."""

    name: str
    factor: str = ""
    mg: str = ""


@dataclass(frozen=True, slots=True)
class Row:
    """One line: as it was written, how it was read, and its working or why it has none.

    ``tone`` is "counted", "doubt" for what may make the total too low, or "other".
    """

    text: str
    tone: str
    drug: str = ""
    form: str = ""
    taken: str = ""
    dose: str = ""
    as_needed: bool = False
    cells: tuple[Cell, ...] = ()
    note: str = ""


@dataclass(frozen=True, slots=True)
class Sum:
    """A total by each set, as the foot of the working."""

    label: str
    cells: tuple[Cell, ...]
    at_least: bool


@dataclass(frozen=True, slots=True)
class Total:
    """The total and its span on one line.

    ``unread`` is how many lines may be an opioid where none is known to be one: then there is no
    total, since "at least 0 mg" would say something that nobody knows.
    """

    regular: str
    span: str
    as_needed: str
    at_least: bool
    as_needed_at_least: bool
    has_opioids: bool
    unread: int = 0

    @property
    def words(self) -> str:
        """The total in short, for those who hear the page; or why there is none."""
        if self.unread:
            none_known = ngettext(
                "Ingen opioider genkendt; %(n)d linje kunne ikke læses.",
                "Ingen opioider genkendt; %(n)d linjer kunne ikke læses.",
                self.unread,
            )
            return none_known % {"n": self.unread}
        least = _("mindst %(mg)s mg i døgnet") if self.at_least else _("%(mg)s mg i døgnet")
        return least % {"mg": self.regular}


def shown(reading: MedicationReading, limit: Decimal | None = None) -> dict[str, Any]:
    """What medication/working.html and medication/total.html show of a reading.

    ``limit``, mg a day, is one that the reader has in mind: it is said when sets disagree on it.
    """
    found = reading.equivalents
    in_sum = total_of(reading)
    return {
        "rows": list(rows(reading)),
        "sums": sums(found),
        "total": in_sum,
        "warnings": [] if in_sum.unread else warnings(found, limit),
        "factor_sets": tables(found),
    }


def tables(found: Equivalents) -> list[Table]:
    """The sets that a reading was summed by, with their editions of then."""
    return [_table(total) for total in found.totals]


def _table(total: SetTotal) -> Table:
    now = BY_CODE.get(total.code)
    source = now.source if now and now.version == total.version else ""
    return Table(_name(total.code), total.version, source)


def _name(code: str) -> str:
    """A set's name; its code where the set is no longer in use."""
    return str(BY_CODE[code].name) if code in BY_CODE else code


def total_of(reading: MedicationReading) -> Total:
    """The day's dose of a list; without a total where nothing on it is known to be an opioid."""
    counted = [line for line in reading.lines if is_in_the_sum(line)]
    is_known = any(line.drug for line in counted)
    return replace(total(reading.equivalents), unread=0 if is_known else len(counted))


def total(found: Equivalents) -> Total:
    """The day's dose by the default set, the span over the sets, and what is taken as needed."""
    lowest, highest = found.span
    return Total(
        regular=number(found.regular),
        span="" if lowest == highest else f"{number(lowest)}–{number(highest)}",
        as_needed=number(found.as_needed) if found.as_needed else "",
        at_least=found.at_least,
        as_needed_at_least=found.as_needed_at_least,
        has_opioids=found.has_opioids,
    )


def rows(reading: MedicationReading) -> Iterator[Row]:
    """One row per line, in the order they were written."""
    workings = iter(reading.equivalents.workings)
    codes = [total.code for total in reading.equivalents.totals]
    for line in reading.lines:
        worked = next(workings) if is_in_the_sum(line) else None
        if isinstance(line, Unread):
            yield Row(line.text, "doubt" if worked else "other", note=line.why)
        else:
            yield _row(line, worked, codes)


def _row(line: MedicineLine, worked: Worked | None, codes: Sequence[str]) -> Row:
    counted = worked is not None and worked.mg is not None
    note = "" if counted else worked.doubt.sentence if worked and worked.doubt else _no_opioid()
    return Row(
        text=line.text,
        tone="counted" if counted else "doubt" if worked else "other",
        drug=f"{line.drug} ({line.substance}, {line.atc})",
        form=f"{line.form_label}, {_strength(line)}",
        taken=taken(line),
        dose=amount(line.daily_dose, line.dose_unit),
        as_needed=line.as_needed,
        cells=tuple(_cell(worked, code) for code in codes) if worked and counted else (),
        note=note,
    )


def _strength(line: MedicineLine) -> str:
    """The strength as written, and what a patch gives off where that is another number."""
    written = amount(line.strength, line.unit)
    if line.gives_off == line.strength or line.unit != PER_HOUR:
        return written
    return _("%(marked)s (afgiver %(given)s)") % {
        "marked": written,
        "given": amount(line.gives_off, line.unit),
    }


def _no_opioid() -> str:
    return _("Ikke et opioid.")


def _cell(worked: Worked, code: str) -> Cell:
    factor = (worked.factors or {}).get(code)
    mg = (worked.mg or {}).get(code)
    if factor is None or mg is None:
        return Cell(_name(code))
    return Cell(_name(code), number(factor), number(mg))


def sums(found: Equivalents) -> Sequence[Sum]:
    """The foot: regular, and as needed where there is any, by each set."""
    regular = [(total.code, total.regular) for total in found.totals]
    as_needed = [(total.code, total.as_needed) for total in found.totals]
    lines = [Sum(_("Fast i alt"), _sum_cells(regular), found.at_least)]
    if any(mg != 0 for _code, mg in as_needed):
        needed = _("Efter behov i alt, højeste dosis")
        lines.append(Sum(needed, _sum_cells(as_needed), found.as_needed_at_least))
    return lines


def _sum_cells(totals: Sequence[tuple[str, Decimal | None]]) -> tuple[Cell, ...]:
    return tuple(Cell(_name(code), mg="" if mg is None else number(mg)) for code, mg in totals)


def warnings(found: Equivalents, limit: Decimal | None = None) -> list[str]:
    """What a clinician must know before trusting the total, as sentences."""
    told = []
    if limit is not None and found.sets_disagree(limit):
        told.append(_disagreement(found, limit))
    told.extend(_above_ceiling(found))
    if found.doubts:
        told.append(
            ngettext(
                "%(count)s linje er ikke regnet med. Totalen er derfor det mindste, det kan være.",
                "%(count)s linjer er ikke regnet med. Totalen er derfor det mindste, det kan være.",
                len(found.doubts),
            )
            % {"count": len(found.doubts)}
        )
    return told


def _above_ceiling(found: Equivalents) -> Iterator[str]:
    over = [code for code, is_above in found.above_by_set(CEILING).items() if is_above]
    words = {"limit": number(CEILING), "over": _named(found, over)}
    if found.above(CEILING):
        yield _("Over %(limit)s mg i døgnet.") % words + " " + _advice(words)
    elif over:
        yield _("Over %(limit)s mg i døgnet efter %(over)s.") % words + " " + _advice(words)
    elif found.regular + found.as_needed > CEILING:
        yield _("Fast og efter behov kan tilsammen komme over %(limit)s mg i døgnet.") % words


def _advice(words: Mapping[str, str]) -> str:
    return (
        _(
            "Sundhedsstyrelsens seponeringsliste anbefaler højst %(limit)s mg morfinækvivalenter i "
            "døgnet ved kroniske smerter, der ikke skyldes kræft."
        )
        % words
    )


def _disagreement(found: Equivalents, limit: Decimal) -> str:
    answers = found.above_by_set(limit)
    over = [code for code, is_above in answers.items() if is_above]
    under = [code for code, is_above in answers.items() if is_above is False]
    return _(
        "Tabellerne er uenige om grænsen på %(limit)s mg: over efter %(over)s, ikke over efter "
        "%(under)s."
    ) % {"limit": number(limit), "over": _named(found, over), "under": _named(found, under)}


def _named(found: Equivalents, codes: Sequence[str]) -> str:
    known = {total.code: total.known for total in found.totals}
    return get_text_list([f"{_name(code)} ({number(known[code])} mg)" for code in codes], _("og"))


def taken(line: MedicineLine) -> str:
    """How much how often, as it was understood."""
    if line.dose_unit == PER_HOUR:
        return _patches(line)
    unit = " ml" if line.unit == "mg/ml" else ""
    often = (
        "+".join(number(part) for part in line.schedule)
        if line.schedule
        else f"{number(line.units_per_dose)}{unit} × {number(line.doses_per_day)}"
    )
    words = (
        _("efter behov, højst %(often)s i døgnet") if line.as_needed else _("%(often)s i døgnet")
    )
    return words % {"often": often}


def _patches(line: MedicineLine) -> str:
    hours = line.interval_hours or HOURS_OF_WEEK
    changed = (
        _("skiftes hver uge")
        if hours == HOURS_OF_WEEK
        else _("skiftes hver %(hours)s. time") % {"hours": number(hours)}
    )
    worn = ngettext("%(count)s plaster", "%(count)s plastre", int(line.units_per_dose)) % {
        "count": number(line.units_per_dose)
    }
    return f"{worn}, {changed}"


def amount(of: Decimal, unit: str) -> str:
    """A number with its unit, as it is written in Danish."""
    return f"{number(of)} {_('µg/t') if unit == PER_HOUR else unit}"


def number(of: Decimal) -> str:
    """A number as the reader's language writes it, with the decimals it has and no more."""
    return number_format(f"{of.normalize():f}")
