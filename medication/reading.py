"""Read one line of medicine as a practice writes it. What is not understood makes it unread."""

from dataclasses import dataclass
from decimal import Decimal
from typing import Final

from medication.dosage_forms import FORMS, LIQUID, MICROGRAMS_PER_HOUR, NAMES, PATCHES, DosageForm
from medication.drugs import Drug, find
from medication.factors import DEFAULT, Dosed
from medication.how_often import Said, read
from medication.line import MedicineLine
from medication.maximum import at_most
from medication.patterns import AT_MOST, NEEDED, RANGE_OF_TIMES, TwoWays
from medication.strength import PER_HOUR, PER_ML, Strength, amounts_in, strength_of
from medication.suspicion import may_be_opioid
from medication.unread import NotRead, Unread, Why, warned_of
from medication.writing import AS_NEEDED, READ, fold, left_over, take

NOTHING, ONE = Decimal(0), Decimal(1)
LONGEST: Final = 200
MOST_TIMES, MOST_UNITS, MOST_MILLILITRES, MOST_PATCHES = 12, 10, 200, 3
# mg of oral morphine a day: above it a number is rather mistyped.
MOST_MORPHINE: Final = 2000
QUARTER: Final = Decimal("0.25")


@dataclass(frozen=True, slots=True)
class Taking:
    """How much is taken: units at a time, times a day, and what differs over the day."""

    units: Decimal
    doses: Decimal
    schedule: tuple[Decimal, ...] = ()
    interval: Decimal | None = None


def read_line(text: str) -> MedicineLine | Unread:
    """One line as fields, or unread with the reason; never a guess."""
    folded = fold(text[:LONGEST])
    drugs, rest = find(folded)
    try:
        return _read(text, folded, _one(drugs), rest)
    except NotRead as unread:
        why, about = unread.why, unread.about
    except TwoWays:
        why, about = Why.TWO_WAYS, ""
    return Unread(
        text=text,
        reason=why,
        about=about,
        drug=drugs[0].name if drugs else "",
        may_be_opioid=len(text) > LONGEST or may_be_opioid(drugs, rest),
    )


def _one(drugs: list[Drug]) -> Drug:
    """The drug that the line is about: a brand may be followed by its substance."""
    if not drugs:
        raise NotRead(Why.UNKNOWN_DRUG)
    if len({drug.atc for drug in drugs}) > 1:
        raise NotRead(Why.TWO_DRUGS)
    return min(drugs, key=lambda drug: len(drug.forms))


def _read(text: str, folded: str, drug: Drug, rest: str) -> MedicineLine:
    if len(text) > LONGEST:
        raise NotRead(Why.LEFT_OVER, text[LONGEST:])
    if warning := warned_of(folded):
        raise NotRead(warning)
    if RANGE_OF_TIMES.search(rest):
        raise NotRead(Why.RANGE)
    needed = take(NEEDED, rest, AS_NEEDED)
    before, after = _halves(needed.rest)
    strength, before = strength_of(drug, before)
    form = _form(drug, strength, needed.rest)
    said = read(before)
    taking = (
        _worn(said, form, limited=bool(needed.found) or after is not None)
        if form.dose_unit == MICROGRAMS_PER_HOUR
        else _as_needed(said, after, form, strength)
        if needed.found
        else _regular(said, form, strength, limited=after is not None)
    )
    _nothing_left(form, said.rest)
    line = MedicineLine(
        text=text,
        drug=drug.name,
        substance=drug.substance,
        atc=drug.atc,
        opioid=drug.opioid,
        form=form.code,
        route=form.route,
        strength=strength.number,
        unit=strength.unit,
        units_per_dose=taking.units,
        doses_per_day=taking.doses,
        as_needed=bool(needed.found),
        schedule=taking.schedule,
        interval_hours=taking.interval,
    )
    factor = DEFAULT.factors.get(Dosed(line.atc, line.route, line.dose_unit), NOTHING)
    if line.daily_dose * factor > MOST_MORPHINE:
        raise NotRead(Why.UNCERTAIN)
    return line


def _halves(text: str) -> tuple[str, str | None]:
    """What is said, and what is said to be the most."""
    taken = take(AT_MOST, text)
    if len(taken.found) > 1:
        raise NotRead(Why.MAXIMUM_UNCLEAR)
    if not taken.found:
        return text, None
    place = taken.found[0]
    return text[: place.start()], text[place.end() :]


def _form(drug: Drug, strength: Strength, text: str) -> DosageForm:
    """The form that the line names, that the unit shows, or that the drug comes in."""
    known = [FORMS[code] for code in drug.forms]
    named = {code for code, words in NAMES.items() if words.search(text)}
    form = _named(known, named) if named else _shown(drug, known, strength)
    is_patch = form.dose_unit == MICROGRAMS_PER_HOUR
    is_patch_strength = strength.unit == PER_HOUR
    is_odd_liquid = strength.unit == PER_ML and form.counted_in != LIQUID
    if is_patch != is_patch_strength or is_odd_liquid:
        raise NotRead(Why.WRONG_UNIT)
    return form


def _named(known: list[DosageForm], named: set[str]) -> DosageForm:
    possible = [form for form in known if form.code in named]
    if not possible:
        raise NotRead(Why.WRONG_FORM)
    if len(possible) > 1:
        raise NotRead(Why.NO_FORM)
    return possible[0]


def _shown(drug: Drug, known: list[DosageForm], strength: Strength) -> DosageForm:
    """The form that the unit shows, or the one that is meant when nothing is said."""
    possible = known[:1]
    if strength.unit in (PER_HOUR, PER_ML):
        possible = [form for form in known if _is_given_in(form, strength.unit)]
        if not possible:
            raise NotRead(Why.WRONG_UNIT)
    elif drug.form_must_be_said:
        raise NotRead(Why.NO_FORM)
    if len(possible) > 1:
        raise NotRead(Why.NO_FORM)
    return possible[0]


def _is_given_in(form: DosageForm, unit: str) -> bool:
    if unit == PER_HOUR:
        return form.dose_unit == MICROGRAMS_PER_HOUR
    return form.counted_in == LIQUID


def _worn(said: Said, form: DosageForm, *, limited: bool) -> Taking:
    """Patches worn together; how often they are changed does not change the dose."""
    _counts(said, form)
    if limited:
        raise NotRead(Why.ALWAYS_OR_AS_NEEDED)
    if said.is_range:
        raise NotRead(Why.RANGE)
    if said.interval is None:
        raise NotRead(Why.NO_INTERVAL)
    worn = ONE if said.amount is None else said.amount
    return _likely(Taking(worn, ONE, interval=said.interval), form)


def _regular(said: Said, form: DosageForm, strength: Strength, *, limited: bool) -> Taking:
    if limited:
        raise NotRead(Why.ALWAYS_OR_AS_NEEDED)
    if said.is_range:
        raise NotRead(Why.RANGE)
    units = _units(said, form, strength)
    if said.doses is None:
        raise NotRead(Why.NOT_DAILY if said.interval else Why.NOT_OFTEN)
    if said.is_bare and units != ONE:
        raise NotRead(Why.TWO_WAYS)
    return _likely(Taking(units, said.doses, said.schedule), form)


def _as_needed(said: Said, after: str | None, form: DosageForm, strength: Strength) -> Taking:
    units = _units(said, form, strength)
    if after is None:
        if said.is_range:
            raise NotRead(Why.RANGE)
        if said.doses is None or (said.is_bare and units != ONE):
            raise NotRead(Why.NO_MAXIMUM)
        return _likely(Taking(units, said.doses, said.schedule), form)
    amounts, words = amounts_in(after)
    most = read(words)
    _counts(most, form)
    _nothing_left(form, most.rest)
    return _likely(Taking(*at_most(said, most, amounts, strength, units)), form)


def _units(said: Said, form: DosageForm, strength: Strength) -> Decimal:
    """Units at a time. A liquid is counted in ml where its strength is; else it is one dose."""
    _counts(said, form)
    if strength.unit == PER_ML and said.unit != "millilitre":
        raise NotRead(Why.NOT_MILLILITRES)
    is_one_dose = form.counted_in == LIQUID and strength.unit != PER_ML
    if is_one_dose and (said.unit or said.amount not in (None, ONE)):
        raise NotRead(Why.WRONG_COUNT)
    return ONE if said.amount is None else said.amount


def _counts(said: Said, form: DosageForm) -> None:
    if said.unit and said.unit not in form.counted_in:
        raise NotRead(Why.WRONG_COUNT)


def _likely(taking: Taking, form: DosageForm) -> Taking:
    """Raises NotRead for numbers that are rather a slip of the finger, or nothing at all."""
    if taking.units * taking.doses <= 0:
        raise NotRead(Why.NOT_TAKEN)
    most, part = _most(form)
    if taking.doses > MOST_TIMES or taking.units > most or (part and taking.units % part):
        raise NotRead(Why.UNCERTAIN)
    return taking


def _most(form: DosageForm) -> tuple[int, Decimal | None]:
    """The most of a form that is taken at a time, and the smallest part that it is taken in."""
    if form.counted_in == LIQUID:
        return MOST_MILLILITRES, None
    return (MOST_PATCHES, ONE) if form.counted_in == PATCHES else (MOST_UNITS, QUARTER)


def _nothing_left(form: DosageForm, rest: str) -> None:
    if words := left_over(NAMES[form.code].sub(READ, rest)):
        raise NotRead(Why.LEFT_OVER, words)
