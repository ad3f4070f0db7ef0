"""The panel: what the findings come to, and what is promised while something stands in the way."""

import datetime as dt
from collections.abc import Callable, Mapping
from typing import Any

import pytest
import time_machine
from django.test import Client
from django.urls import reverse
from django.utils.translation import override

from referrals.models import Draft
from referrals.views.common import panel_of
from staff.models import User
from staff.permissions import Role
from tests.referrals.cases import ADVICE, CANCER, UNCLEAR, sent, written
from tests.staff.factories import a_department, person

pytestmark = pytest.mark.django_db
A_TUESDAY = dt.datetime(2026, 6, 9, 10, tzinfo=dt.UTC)
NEW_PAIN = {"pain": {"since_month": "3", "since_year": "2026"}}
HEADACHE = {"complicating": {"headache": "main"}}
ALL_UNKNOWN = {"complicating": {"illegal_drugs": "unknown", "alcohol": "unknown"}}


def drafted(*changes: Mapping[str, Mapping[str, Any]], author: User | None = None) -> Draft:
    return written(author or person(Role.REFERRER), *changes)


def html(author: User, draft: Draft, client_for: Callable[[User], Client]) -> str:
    answer = client_for(author).get(reverse("referrals:panel", args=[draft.pk]))
    return " ".join(answer.content.decode().split())


@pytest.mark.parametrize(
    ("changes", "tone", "words"),
    [
        ([], "met", "Alle kriterier er opfyldt"),
        ([UNCLEAR], "unknown", "1 kriterium er uafklaret"),
        ([ALL_UNKNOWN], "unknown", "2 kriterier er uafklarede"),
        ([HEADACHE], "not_met", "1 kriterium er ikke opfyldt"),
        ([NEW_PAIN], "later", "Kan henvises fra 1. september 2026"),
        ([NEW_PAIN, UNCLEAR], "not_met", "1 kriterium er ikke opfyldt · 1 er uafklaret"),
    ],
)
@time_machine.travel(A_TUESDAY)
def test_the_findings_come_to_one_sentence(changes: list[Any], tone: str, words: str) -> None:
    in_short = panel_of(drafted(*changes))["in_short"]
    assert (in_short.tone, in_short.words) == (tone, words)


@time_machine.travel(A_TUESDAY)
def test_only_what_is_not_met_has_the_colour_of_what_is_not_met(
    client_for: Callable[[User], Client],
) -> None:
    author = person(Role.REFERRER)
    shown = html(author, drafted(NEW_PAIN, UNCLEAR, author=author), client_for)
    heaviest = '<span class="criteria__heaviest">1 kriterium er ikke opfyldt</span>'
    assert f"{heaviest} · 1 er uafklaret</p>" in shown


@time_machine.travel(A_TUESDAY)
def test_a_first_visit_is_promised_only_when_all_criteria_are_met() -> None:
    assert panel_of(drafted())["first_visit"] == "senest 7.9.2026"
    assert panel_of(drafted(UNCLEAR))["first_visit"] == "senest 7.9.2026"
    for in_the_way in (CANCER, NEW_PAIN):
        panel = panel_of(drafted(in_the_way))
        assert panel["if_received"]
        assert panel["first_visit"] == "ingen, så længe ikke alle kriterier er opfyldt"
    assert panel_of(drafted(ADVICE))["first_visit"] == ""


def test_the_track_is_only_what_it_would_be_while_a_criterion_is_not_met(
    client_for: Callable[[User], Client],
) -> None:
    author = person(Role.REFERRER)
    refused = html(author, drafted(CANCER, author=author), client_for)
    assert "Spor, hvis patienten modtages:" in refused
    assert "Foreslået spor:" not in refused
    assert "Foreslået spor:" in html(author, drafted(author=author), client_for)


def test_what_would_change_each_answer_is_said(client_for: Callable[[User], Client]) -> None:
    author = person(Role.REFERRER)
    panel = html(author, drafted(CANCER, UNCLEAR, author=author), client_for)
    assert "Opfyldt, når kræften ikke længere er aktiv" in panel
    assert panel.count("Hvad der ændrer svaret:") == panel.count("Opfyldt, ")


def test_an_answer_that_nobody_knows_is_open_and_not_unanswered(
    client_for: Callable[[User], Client],
) -> None:
    author = person(Role.REFERRER)
    assert "besvaret" not in html(author, drafted(ALL_UNKNOWN, author=author), client_for)
    page = client_for(person(Role.SECRETARY)).get(
        reverse("referrals:referral", args=[sent(ALL_UNKNOWN).pk])
    )
    assert "ikke besvaret" not in page.content.decode().lower()
    assert "ikke oplyst" in page.content.decode()


@pytest.mark.parametrize("language", ["da", "en"])
def test_an_open_question_shows_no_fact_in_either_language(
    language: str, client_for: Callable[[User], Client]
) -> None:
    client = client_for(person(Role.SECRETARY))
    client.cookies["django_language"] = language
    with override("da"):  # a page in English leaves English behind
        page = client.get(reverse("referrals:referral", args=[sent(UNCLEAR).pk]))
    finding = next(
        each["finding"]
        for each in page.context["findings"]
        if each["finding"].code == "no_illegal_drugs"
    )
    assert not finding.is_answered


def test_what_the_track_waits_for_leads_to_its_questions() -> None:
    draft = drafted()
    draft.answers["complicating"] |= {"psychological": "", "social": "yes"}
    draft.answers["question"] = {}
    missing = panel_of(draft, "question")["missing"]
    assert [each["link"] for each in missing] == ["#id_question_0"]


def test_what_contradicts_itself_is_asked_beside_the_track(
    client_for: Callable[[User], Client],
) -> None:
    author = person(Role.REFERRER, unit=a_department())
    draft = drafted(
        {
            "question": {
                "question": "follow_up",
                "situations": ["opioids_at_discharge"],
                "discharge_dose": "80",
                "opioid_contexts": ["known_risk"],
            },
            "medicine": {"no_opioids": "on"},
        },
        author=author,
    )
    questions = panel_of(draft)["routing"].questions
    assert questions
    assert str(questions[0]) in html(author, draft, client_for)


def test_the_centre_reads_which_version_judged_and_what_was_looked_at(
    client_for: Callable[[User], Client],
) -> None:
    page = (
        client_for(person(Role.SECRETARY))
        .get(reverse("referrals:referral", args=[sent().pk]))
        .content.decode()
    )
    assert "Vurderet efter version 1 af kriterierne" in page
    assert reverse("admission:criteria_version", args=[1]) in page
    assert "fra CPR-nummeret" in page
