"""Lines are read exactly as they are meant, or said to be unread; never read wrong."""

from collections.abc import Iterator
from decimal import Decimal

import pytest
from hypothesis import assume, example, given
from hypothesis import strategies as st

from medication.line import MedicineLine
from medication.reading import read_line
from medication.reading_list import MedicationReading, read_list
from medication.unread import SENTENCES, Unread, Why
from tests.medication.lines import READ, UNREAD, Expected


def test_at_least_sixty_written_lines_are_in_the_table() -> None:
    assert len(READ) >= 60


@pytest.mark.parametrize(("text", "expected"), READ.items(), ids=READ.keys())
def test_a_written_line_is_read_exactly(text: str, expected: Expected) -> None:
    line = read_line(text)

    assert isinstance(line, MedicineLine), line
    assert line.text == text
    assert (
        Expected(
            drug=line.drug,
            substance=line.substance,
            form=line.form,
            strength=f"{line.strength.normalize():f}",
            unit=line.unit,
            units=f"{line.units_per_dose.normalize():f}",
            doses=f"{line.doses_per_day.normalize():f}",
            day=f"{line.daily_dose.normalize():f}",
            as_needed=line.as_needed,
            interval=None if line.interval_hours is None else str(line.interval_hours),
        )
        == expected
    )


@pytest.mark.parametrize(("text", "why"), UNREAD.items(), ids=UNREAD.keys())
def test_a_line_that_can_be_understood_in_two_ways_is_unread_with_the_reason(
    text: str, why: Why
) -> None:
    line = read_line(text)

    assert isinstance(line, Unread), line
    assert line.reason == why
    assert line.why


def test_every_reason_has_a_sentence() -> None:
    assert set(SENTENCES) == set(Why)


def test_a_schedule_keeps_what_is_taken_when() -> None:
    line = read_line("Contalgin 30 mg 1+0+2")

    assert isinstance(line, MedicineLine)
    assert line.schedule == (Decimal(1), Decimal(0), Decimal(2))


@pytest.mark.parametrize(
    ("text", "may_be"),
    [
        ("Contalgin 30 mg", True),
        ("Ukendtamin 30 mg 1 x 2", True),
        ("noget morfin engang imellem", True),
        ("Panodil efter behov", False),
        ("Simvastatin 40 mg", False),
        ("Panodil 1 g 1-2 x 4", False),
        ("Panodil 1 g x 4 og Ipren 400 mg x 3", False),
        ("Panodil 500 mg 2 tabl. p.n. højst 4 gange i døgnet, pause", False),
        ("Panodil 1 g x 4, Dolcontin 60 mg x 2", True),
        ("Panodil 1 g x 4, Dolcontin x 2", True),
        ("Panodil 1 g x 4, Contalgin30mg x 2", True),
        ("Panodil 1 g x 4, 60 mg x 2", True),
        ("Gabapentin 300 mg x 3 samt Zaldiar x 3", True),
        ("Amitriptylin 25 mg nat, heroin", True),
        ("Pinex forte 500/30 mg 2 x 4", True),
        ("Pinex 500/30 mg 2 x 4", True),
        ("Pinex 500 mg 30 mg 2 x 4", True),
        ("Lyrica 75 mg morgen 150 mg aften", False),
        ("Gabapentin 300 mg, optrappes til 900 mg dgl.", False),
        ("Pinex 500+30 mg 2 x 4", True),
        ("Panodil" + " " * 200 + "Contalgin 30 mg x 2", True),
    ],
)
def test_an_unread_line_says_whether_it_may_be_an_opioid(text: str, may_be: bool) -> None:
    line = read_line(text)

    assert isinstance(line, Unread)
    assert line.may_be_opioid is may_be


def test_a_very_long_line_is_unread() -> None:
    assert isinstance(read_line("Contalgin 30 mg 1 x 2 " + " " * 300 + "4 gange dgl."), Unread)


def test_blank_lines_are_no_lines() -> None:
    assert len(read_list(["", "  ", "Panodil 1 g x 4\n"]).lines) == 1


def test_a_reading_is_stored_and_read_back_the_same() -> None:
    reading = read_list([*READ, *UNREAD])

    assert MedicationReading.from_json(reading.as_json()) == reading


# Properties: lines written from known values.

DRUGS = {
    "Contalgin": ("mg", st.sampled_from(["10", "30", "60"])),
    "Oxynorm": ("mg", st.sampled_from(["5", "10", "20"])),
    "Tramadol": ("mg", st.sampled_from(["50", "100"])),
    "Metadon": ("mg", st.sampled_from(["5", "7,5", "10"])),
    "Gabapentin": ("mg", st.sampled_from(["300", "600"])),
}
UNITS = st.sampled_from([Decimal("0.5"), *map(Decimal, range(1, 5))])
TIMES = st.integers(1, 6)


def written(units: Decimal, times: int) -> Iterator[str]:
    """The same dose in the notations that practices use."""
    count = f"{units}".replace(".", ",")
    yield f"{count} x {times}"
    yield f"{count} x {times} dgl."
    yield f"{count} tabl. {times} gange dagligt"
    yield f"{count} tabletter x {times}"
    yield f"{count} kaps. {times} x dgl."
    if 1 < times < 5:
        yield "+".join([count] * times)
    if times == 2:
        yield f"{count} tabl. morgen og aften"
        yield f"{count} tabl. hver 12. time"
    if times == 1:
        yield f"{count} tabl. til natten"
        yield f"{count} tabl. dgl."


@st.composite
def dosed_lines(draw: st.DrawFn) -> tuple[str, Decimal]:
    """A line with the day's dose that it means."""
    drug = draw(st.sampled_from(sorted(DRUGS)))
    unit, strengths = DRUGS[drug]
    strength = draw(strengths)
    units, times = draw(UNITS), draw(TIMES)
    how = draw(st.sampled_from(list(written(units, times))))
    tail = draw(st.sampled_from(["", " fast", " mod smerter", "."]))
    dose = Decimal(strength.replace(",", ".")) * units * times
    return f"{drug} {strength} {unit} {how}{tail}", dose


@given(dosed_lines())
def test_what_is_written_from_known_values_is_read_back(case: tuple[str, Decimal]) -> None:
    text, dose = case
    line = read_line(text)

    assert isinstance(line, MedicineLine), line
    assert line.daily_dose == dose
    assert not line.as_needed


JUNK = st.one_of(
    st.text(alphabet="abcdefghijklmnopqrstuvxyzæøå0123456789/+-?<>%", min_size=1, max_size=8),
    st.sampled_from(["x", "2", "0", "1/2", "½", "mg", "dgl", "ikke", "max", "ml", "µg/t", "1-2"]),
)


@given(dosed_lines(), JUNK, st.integers(0, 12))
@example(("Contalgin 10 mg 2 tabl. 2 gange dagligt", Decimal(40)), "x", 3)
def test_an_inserted_word_never_changes_the_dose_in_silence(
    case: tuple[str, Decimal], junk: str, place: int
) -> None:
    """A word more is not understood, or changes nothing."""
    text, dose = case
    words = text.split(" ")
    words.insert(min(place, len(words)), junk)
    line = read_line(" ".join(words))
    assume(not any(character.isdigit() or character in "½" for character in junk))

    if isinstance(line, MedicineLine):
        assert line.daily_dose == dose


PARTS = [
    *("4 gange dgl.", "3 x dgl", "x 3", "x 2 dgl.", "hver 4. time", "hver 8. time", "kl. 8 og 20"),
    *("dgl.", "pr. døgn", "3 tabl. dgl.", "8 tabletter dagligt", "6 stk. i døgnet", "2 tabl."),
    *("4 dgl.", "1 x 2", "1+1+1", "1 tabl. hver 6. time", "3/4 gange dgl."),
]
NAMES_OF_OPIOIDS = [
    "Contalgin",
    "contalgin30mg",
    "Dolcontin",
    "Zaldiar",
    "heroin",
    "Xmorfin",
    "MST",
]


@given(st.sampled_from(["Panodil 1 g", "Gabapentin 300 mg"]), st.sampled_from(NAMES_OF_OPIOIDS))
@example("Panodil 1 g x 4, Ipren 400 mg x 3", "Oxy")
def test_one_known_medicine_never_hides_another(known: str, other: str) -> None:
    for text in (f"{known} x 4, {other} x 2", f"{other} {known} x 4", f"{known} {other} sep."):
        line = read_line(text)
        assert isinstance(line, Unread)
        assert line.may_be_opioid


GLUE = st.sampled_from([" ", ", ", ". ", "; ", " - ", " (", " og "])


@given(dosed_lines(), st.sampled_from(PARTS), GLUE)
@example(("Morfin 10 mg 6 tabl. pr. døgn", Decimal(60)), "hver 4. time", " ")
def test_two_statements_are_never_multiplied(
    case: tuple[str, Decimal], part: str, glue: str
) -> None:
    """Beside a whole dose another statement says the same, or makes the line unread."""
    text, dose = case
    line = read_line(text + glue + part)

    if isinstance(line, MedicineLine):
        assert line.daily_dose == dose


@given(dosed_lines(), st.sampled_from(PARTS), GLUE)
def test_a_statement_in_front_is_never_multiplied(
    case: tuple[str, Decimal], part: str, glue: str
) -> None:
    text, dose = case
    words = text.split(" ")
    line = read_line(" ".join([*words[:3], part + glue + " ".join(words[3:])]))

    if isinstance(line, MedicineLine):
        assert line.daily_dose == dose


@given(dosed_lines(), st.sampled_from("0123456789"), st.integers(0, 40))
def test_a_number_more_is_never_swallowed(
    case: tuple[str, Decimal], digit: str, place: int
) -> None:
    """A lone number between the words makes the line unread, or is part of what is shown."""
    text, _ = case
    words = text.split(" ")
    words.insert(min(place, len(words)), digit)
    line = read_line(" ".join(words))

    if isinstance(line, MedicineLine):
        shown = {line.strength, line.units_per_dose, line.doses_per_day}
        assert Decimal(digit) in shown | set(line.schedule)


@given(st.text(max_size=80))
def test_any_text_is_read_or_unread_without_failing(text: str) -> None:
    assert read_line(text).text == text
