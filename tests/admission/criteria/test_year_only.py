"""Pain that began in a year, its month unknown: asked about when the month decides."""

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given

from admission.criteria import Verdict
from tests.admission.criteria.cases import RECEIVABLE, days, found

MET, NOT_MET, UNKNOWN = Verdict.MET, Verdict.NOT_MET, Verdict.UNKNOWN


@pytest.mark.parametrize(
    ("year", "latest", "verdict", "fact"),
    [
        (2024, date(2024, 12, 1), MET, "2 år"),
        (2025, date(2025, 12, 1), MET, "22 måneder"),
        (2026, date(2026, 11, 1), UNKNOWN, "begyndt i 2026"),
    ],
)
def test_a_year_alone_decides_only_when_its_last_month_does(
    year: int, latest: date, verdict: Verdict, fact: str
) -> None:
    facts = replace(RECEIVABLE, pain_since=date(year, 1, 1), pain_since_latest=latest)
    finding = found("duration", facts)
    assert (finding.verdict, str(finding.fact)) == (verdict, fact)


def test_the_question_is_the_month_and_the_change_the_last_one_that_will_do() -> None:
    facts = replace(RECEIVABLE, pain_since=date(2026, 1, 1), pain_since_latest=date(2026, 11, 1))
    finding = found("duration", facts)
    assert str(finding.question) == "Hvilken måned begyndte smerterne?"
    assert finding.change is not None
    assert str(finding.change.sentence) == "Opfyldt, hvis smerterne begyndte senest 14. maj 2026"
    assert found("duration", replace(facts, **finding.change.facts)).verdict is MET


@given(days, days, days)
def test_not_met_means_that_not_even_the_first_day_is_early_enough(
    since: date, latest: date, received: date
) -> None:
    facts = replace(RECEIVABLE, pain_since=since, pain_since_latest=latest, received_on=received)
    first_only = found("duration", replace(facts, pain_since_latest=None)).verdict
    both = found("duration", facts).verdict
    if both in (MET, NOT_MET):
        assert first_only is both
    elif first_only is not UNKNOWN:
        assert first_only is MET
