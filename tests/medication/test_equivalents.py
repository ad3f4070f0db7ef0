"""Totals are exact, apart for regular and as needed, by set, and "at least" where in doubt."""

import subprocess
import sys
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from medication.doubt import DOUBTS, Doubt
from medication.equivalents import CEILING, Equivalents, equivalents
from medication.reading_list import read_list

SIXTY = Decimal(60)


def totals(*lines: str) -> Equivalents:
    return read_list(lines).equivalents


def decimals(*numbers: int) -> tuple[Decimal, ...]:
    return tuple(map(Decimal, numbers))


def by_set(found: Equivalents) -> dict[str, str | None]:
    return {
        total.code: None if total.regular is None else f"{total.regular.normalize():f}"
        for total in found.totals
    }


# Worked examples: Norway, CDC 2022, UK 2020.
WORKED = [
    ("Tramadol 50 mg 2 tabl. 4 gange dgl.", "60", "80", "40"),
    ("Palexia depot 100 mg 1 x 2", "40", "80", "80"),
    ("Oxycontin 20 mg 1 x 2", "60", "60", "60"),
    ("Durogesic 25 µg/t hver 3. døgn", "60", "60", "60"),
    ("Durogesic 12 µg/t hver 3. døgn", "30", "30", "30"),
    ("Oxycodon 15 mg 1 x 3", "67.5", "67.5", "67.5"),
    ("Fentanyl 50 µg/t hver 3. døgn", "120", "120", "120"),
    ("Fentanyl 2 plastre à 25 µg/t hver 3. døgn", "120", "120", "120"),
    ("Fentanyl 75 µg/t hver 3. døgn", "180", "180", "180"),
    ("Norspan 20 µg/t hver uge", "44.4", None, "48"),
    ("Kodein 30 mg 2 x 4", "24", "36", "24"),
    ("Contalgin 30 mg 1 x 2", "60", "60", "60"),
    ("Palladon 4 mg 1 x 2", "40", "40", "40"),
    ("Ketogan 5 mg 1 x 4", "20", None, None),
    ("Petidin 50 mg 1 x 4", "20", None, "20"),
    ("Temgesic 0,2 mg 1 x 3", "28.8", None, None),
    ("Targin 20/10 mg 1 x 2", "60", "60", "60"),
]


@pytest.mark.parametrize(("line", "norway", "cdc", "uk"), WORKED, ids=[row[0] for row in WORKED])
def test_worked_examples(line: str, norway: str, cdc: str | None, uk: str | None) -> None:
    found = totals(line)

    assert by_set(found) == {"norway": norway, "cdc": cdc, "uk": uk}
    assert found.regular == Decimal(norway)
    assert not found.at_least


@pytest.mark.parametrize(
    "line",
    [
        "Oxycontin 20 mg 1 x 2",
        "Durogesic 25 µg/t hver 3. døgn",
        "Contalgin 30 mg 1 x 2",
        "Tramadol 50 mg 2 x 4",
    ],
)
def test_exactly_sixty_is_not_above_sixty(line: str) -> None:
    assert totals(line).regular == SIXTY
    assert totals(line).above(SIXTY) is False


def test_the_sets_disagree_on_tramadol() -> None:
    found = totals("Tramadol 50 mg 2 tabl. 4 gange dgl.")

    assert found.above_by_set(SIXTY) == {"norway": False, "cdc": True, "uk": False}
    assert found.sets_disagree(SIXTY)
    assert found.span == decimals(40, 80)


def test_the_sets_agree_on_morphine() -> None:
    found = totals("Contalgin 60 mg 1 x 2")

    assert set(found.above_by_set(SIXTY).values()) == {True}
    assert not found.sets_disagree(SIXTY)
    assert found.span == decimals(120, 120)


def test_regular_and_as_needed_stand_apart() -> None:
    found = totals("Contalgin 30 mg 1 x 2", "Oxynorm 5 mg p.n. højst 4 dgl.")

    assert (found.regular, found.as_needed) == decimals(60, 30)
    assert found.above(SIXTY) is False


def test_a_set_without_a_factor_gives_no_total_and_says_for_which() -> None:
    found = totals("Ketogan 5 mg 1 x 4", "Contalgin 60 mg 1 x 2")
    cdc = found.totals[1]

    assert cdc.regular is None
    assert cdc.missing == ("Ketogan 5 mg 1 x 4",)
    assert cdc.known == 120
    assert found.span == decimals(140, 140)
    assert found.above_by_set(SIXTY)["cdc"] is True
    assert found.above_by_set(Decimal(130))["cdc"] is None


UNSUMMED = [
    ("Metadon 10 mg 1 x 3", Doubt.METHADONE),
    ("Morfin inj. 10 mg/ml 1 ml x 2", Doubt.PARENTERAL),
    ("Ketogan supp. 10 mg x 2", Doubt.NO_FACTOR),
    ("Abstral 100 µg x 4", Doubt.NO_FACTOR),
    ("Dihydrocodein 30 mg 1 x 3", Doubt.NO_FACTOR),
    ("Suboxone 8/2 mg 1 x 1", Doubt.NO_FACTOR),
    ("Buprenorphin 8 mg sublingual 1 x 1", Doubt.SUBSTITUTION),
    ("Buprenorphin 2000 µg sublingual 1 x 1", Doubt.SUBSTITUTION),
    ("Morfin 10 g x 2", Doubt.UNREAD),
    ("Ukendtamin 30 mg 1 x 2", Doubt.UNREAD),
    ("Contalgin 30 mg 1-2 x 2", Doubt.UNREAD),
]


@pytest.mark.parametrize(("line", "doubt"), UNSUMMED, ids=[row[0] for row in UNSUMMED])
def test_what_cannot_be_summed_makes_the_total_at_least(line: str, doubt: Doubt) -> None:
    found = totals("Contalgin 30 mg 1 x 2", line)

    assert found.regular == SIXTY
    assert found.at_least
    assert [worked.doubt for worked in found.doubts] == [doubt]
    assert found.above(SIXTY) is None
    assert found.above(Decimal(50)) is True


def test_as_needed_in_doubt_leaves_the_regular_total_whole() -> None:
    found = totals("Contalgin 30 mg 1 x 2", "Abstral 100 µg p.n. højst 4 gange dgl.")

    assert not found.at_least
    assert found.as_needed_at_least
    assert found.above(SIXTY) is False


@pytest.mark.parametrize("line", ["Panodil 1 g x 4", "Panodil efter behov", "Simvastatin 40 mg"])
def test_what_is_no_opioid_changes_nothing(line: str) -> None:
    assert totals("Contalgin 30 mg 1 x 2", line) == totals("Contalgin 30 mg 1 x 2")


def test_nothing_taken_is_nothing() -> None:
    found = totals()

    assert (found.regular, found.as_needed) == found.span == decimals(0, 0)
    assert found.above(SIXTY) is False
    assert not found.has_opioids


def test_the_working_shows_dose_times_factor() -> None:
    worked = totals("Tramadol 50 mg 2 tabl. 4 gange dgl.").workings[0]

    assert worked.dose == Decimal(400)
    assert worked.unit == "mg"
    assert worked.factors
    assert worked.mg == {code: 400 * factor for code, factor in worked.factors.items()}


def test_the_result_names_its_factor_set() -> None:
    assert totals("Contalgin 30 mg 1 x 2").factor_set == "norway 1"


def test_every_doubt_has_a_sentence() -> None:
    assert set(DOUBTS) == set(Doubt)
    assert all(doubt.sentence for doubt in Doubt)


def test_the_ceiling_is_a_hundred() -> None:
    assert Decimal(100) == CEILING


LINES = st.lists(st.sampled_from([row[0] for row in WORKED] + [row[0] for row in UNSUMMED]))


@given(LINES)
def test_a_result_is_stored_and_read_back_the_same(lines: list[str]) -> None:
    found = totals(*lines)

    assert Equivalents.from_json(found.as_json()) == found


@given(LINES, LINES)
def test_more_medicine_never_lowers_the_total(first: list[str], more: list[str]) -> None:
    assert totals(*first, *more).regular == totals(*first).regular + totals(*more).regular


@given(LINES, st.integers(0, 300))
def test_the_order_of_the_lines_changes_no_answer(lines: list[str], limit: int) -> None:
    one, other = totals(*lines), totals(*reversed(lines))

    assert one.above(Decimal(limit)) == other.above(Decimal(limit))
    assert one.span == other.span


@given(LINES, st.integers(0, 300))
def test_it_is_above_only_when_what_is_known_is_above(lines: list[str], limit: int) -> None:
    found = totals(*lines)
    answer = found.above(Decimal(limit))

    assert (answer is True) == (found.regular > limit)
    assert (answer is None) == (found.regular <= limit and found.at_least)


def test_equivalents_need_no_database() -> None:
    """The reader and the sums are imported by rules that are judged a hundred thousand times."""
    told = "import sys, medication.reading_list; print('django.db' in sys.modules)"
    found = subprocess.run([sys.executable, "-c", told], capture_output=True, text=True, check=True)

    assert found.stdout.strip() == "False"


def test_equivalents_of_lines_that_were_read_before() -> None:
    lines = read_list(["Contalgin 30 mg 1 x 2"]).lines

    assert equivalents(lines).regular == SIXTY
