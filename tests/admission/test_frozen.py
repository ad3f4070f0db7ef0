"""A version of the rules never changes its answers: its verdicts are frozen in a file."""

import json
from io import StringIO
from typing import Any

import pgtrigger
import pytest
from django.core.management import call_command
from django.core.management.base import CommandError

from admission.answers_kept import judged_by
from admission.criteria import CRITERIA, Facts, Verdict
from admission.models import RuleSet
from pathways.tracks import Track
from tests.admission.frozen.kept import SHIPPED, file_of, write
from tests.admission.versions import MONTHS, an_approved

FROZEN: list[tuple[int, dict[str, Any]]] = [
    (number, case)
    for number in SHIPPED
    for case in json.loads(file_of(number).read_text(encoding="utf-8"))
]


@pytest.mark.parametrize(
    ("number", "frozen"), FROZEN, ids=[f"{number}: {frozen['case']}" for number, frozen in FROZEN]
)
def test_a_version_judges_as_it_always_has(number: int, frozen: dict[str, Any]) -> None:
    now = judged_by(SHIPPED[number], Facts.from_json(frozen["facts"]))
    assert now == {"verdicts": frozen["verdicts"], "track": frozen["track"]}


@pytest.mark.parametrize("number", SHIPPED)
def test_the_cases_reach_every_verdict_of_every_criterion_and_every_track(number: int) -> None:
    cases = [case for version, case in FROZEN if version == number]
    assert len({case["case"] for case in cases}) == len(cases) >= 40
    for code in CRITERIA:
        assert {case["verdicts"].get(code) for case in cases} >= set(Verdict.values), code
    assert {case["track"] for case in cases} == {*Track.values, None}


@pytest.mark.parametrize("number", SHIPPED)
def test_a_frozen_version_is_never_written_again(number: int) -> None:
    before = file_of(number).read_bytes()
    with pytest.raises(FileExistsError):
        write(number)
    assert file_of(number).read_bytes() == before


@pytest.mark.django_db
def test_a_version_of_the_centres_own_is_checked_against_its_answers_at_approval() -> None:
    version = an_approved({MONTHS: 3})
    call_command("check_rules", stdout=StringIO())
    told = [dict(each) for each in version.answers]
    at_fault = told[1]
    at_fault["track"] = "subacute"
    with pgtrigger.ignore("admission.RuleSet:settled_is_final"):
        RuleSet.objects.update(answers=told)
    with pytest.raises(CommandError, match=f"Version 2: {at_fault['case']}"):
        call_command("check_rules", stdout=StringIO())
