"""What is said of a list: by the tables of then, and what a clinician must be aware of."""

from dataclasses import replace

import pytest

from medication.reading_list import MedicationReading, read_list
from medication.showing import shown


def warned(*lines: str) -> str:
    return " ".join(shown(read_list(lines))["warnings"])


def test_an_old_list_is_shown_with_the_editions_it_was_summed_by() -> None:
    reading = read_list(["Contalgin 30 mg 1 x 2"])
    found = reading.equivalents
    first, second, *rest = found.totals
    totals = (replace(first, version="0"), replace(second, code="dropped"), *rest)
    old = MedicationReading(reading.lines, replace(found, totals=totals))
    norway, dropped, uk = shown(old)["factor_sets"]

    assert (norway.name, norway.version, norway.source) == ("Norge", "0", "")
    assert (dropped.name, dropped.source) == ("dropped", "")
    assert (uk.version, bool(uk.source)) == ("2020-08", True)
    assert [cell.name for cell in shown(old)["sums"][0].cells][1] == "dropped"
    assert [cell.name for cell in shown(old)["rows"][0].cells][1] == "dropped"


@pytest.mark.parametrize(
    ("lines", "said", "unsaid"),
    [
        (["Contalgin 60 mg 1 x 2"], "Over 100 mg i døgnet. Sundhedsstyrelsens", "efter"),
        (["Palexia depot 150 mg 1 x 2"], "Over 100 mg i døgnet efter USA (120 mg)", "tilsammen"),
        (
            ["Contalgin 50 mg 1 x 2", "Oxynorm 5 mg p.n. højst 4 dgl."],
            "Fast og efter behov kan tilsammen komme over 100 mg i døgnet.",
            "seponeringsliste",
        ),
    ],
)
def test_the_ceiling_is_said_when_any_table_puts_the_dose_above_it(
    lines: list[str], said: str, unsaid: str
) -> None:
    assert said in warned(*lines)
    assert unsaid not in warned(*lines)


def test_at_the_ceiling_nothing_is_said() -> None:
    assert not warned("Contalgin 50 mg 1 x 2")


def test_a_list_on_which_no_opioid_is_known_has_no_total() -> None:
    for lines, said in (
        (["Xyzoform 3 gange dagligt"], "Ingen opioider genkendt; 1 linje kunne ikke læses."),
        (["Xyzoform", "Qwertin 5 mg"], "Ingen opioider genkendt; 2 linjer kunne ikke læses."),
    ):
        found = shown(read_list(lines))
        assert (found["total"].words, found["warnings"]) == (said, [])


def test_an_opioid_whose_line_cannot_be_read_still_makes_the_total_a_least_one() -> None:
    found = shown(read_list(["Morfin tabletter"]))
    assert found["total"].unread == 0
    assert "mindst" in found["total"].words
    assert found["warnings"]
