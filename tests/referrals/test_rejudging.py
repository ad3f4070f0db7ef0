"""What new information changed, as the centre reads it on the referral's page."""

from collections.abc import Callable, Mapping
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from admission.criteria import Verdict
from referrals import intake, triage
from referrals.history import entries_of
from referrals.models import Referral
from referrals.rejudging import Changed, judgements, latest_changes
from staff.models import User
from staff.permissions import Role
from tests.referrals.cases import UNCLEAR, sent
from tests.staff.factories import a_department, person

pytestmark = pytest.mark.django_db


def answered(referral: Referral, step: str, **typed: Any) -> Referral:
    """The referral after the centre has asked and the referrer has answered in one step."""
    triage.ask(person(Role.SECRETARY), referral.pk, referral.version, "Hvad?", [])
    draft = intake.begin_answer(referral.referrer, referral.pk)
    intake.save_step(referral.referrer, draft.pk, step, draft.answers[step] | typed)
    intake.submit(referral.referrer, draft.pk, despite="Derfor")
    return Referral.objects.get(pk=referral.pk)


def changed(referral: Referral) -> Mapping[str, Changed]:
    return latest_changes(judgements(referral))


def test_what_is_judged_once_has_not_changed() -> None:
    assert changed(sent(UNCLEAR)) == {}


def test_an_answer_changes_the_verdict_and_says_which_fact_did_it() -> None:
    referral = answered(sent(UNCLEAR), "complicating", illegal_drugs="no")
    found = changed(referral)
    assert list(found) == ["no_illegal_drugs"]
    drugs = found["no_illegal_drugs"]
    assert (drugs.before, drugs.after) == (Verdict.UNKNOWN, Verdict.MET)
    assert [(fact.before, fact.after) for fact in drugs.facts] == [("Ved ikke", "Nej")]


def test_another_fact_is_told_though_the_verdict_is_the_same() -> None:
    referral = answered(sent(), "complicating", alcohol="controlled")
    alcohol = changed(referral)["no_uncontrolled_alcohol"]
    assert not alcohol.turned
    assert [fact.after for fact in alcohol.facts] == ["Stort, men kontrolleret forbrug"]


def test_a_criterion_that_the_new_track_spares_is_said_to_be_no_longer_asked(
    client_for: Callable[[User], Client],
) -> None:
    referral = sent(referrer=person(Role.REFERRER, unit=a_department()))
    referral = answered(referral, "question", question="follow_up", situations=["trauma"])
    spared = changed(referral)["duration"]
    assert (spared.before, spared.after) == (Verdict.MET, None)
    page = client_for(person(Role.SECRETARY)).get(reverse("referrals:referral", args=[referral.pk]))
    assert {each.name for each in page.context["no_longer_asked"]} >= {spared.name}
    assert "Ikke spurgt" in page.content.decode()


def test_the_page_and_the_history_say_what_changed(client_for: Callable[[User], Client]) -> None:
    referral = answered(sent(UNCLEAR), "complicating", illegal_drugs="no")
    titles = [entry.title for entry in entries_of(referral)]
    assert titles[:2] == ["Henvisningen blev vurderet igen", "Sendte de manglende oplysninger"]
    line = entries_of(referral)[0].text
    assert "Uafklaret → Opfyldt" in line
    assert "Ved ikke → Nej" in line
    page = client_for(person(Role.SECRETARY)).get(reverse("referrals:referral", args=[referral.pk]))
    beside = {each["finding"].code: each["changed"] for each in page.context["findings"]}
    assert [code for code, found in beside.items() if found] == ["no_illegal_drugs"]
    assert "Vurderet igen:" in page.content.decode()


def test_an_answer_that_changes_nothing_is_said_to_change_nothing() -> None:
    referral = answered(sent(), "question", help_wanted="Noget andet")
    assert entries_of(referral)[0].text == "Vurderingen er uændret."


def test_an_answer_is_told_by_the_fields_it_changed() -> None:
    referral = answered(sent(), "complicating", psychological="yes", alcohol="controlled")
    judged_again, supplied = entries_of(referral)[:2]
    assert supplied.text.startswith("Ændret: ")
    assert supplied.text.count(",") == 1
    assert "Alkohol" in supplied.text
    assert "Hvad?" not in supplied.text
    assert "Opfyldt → Opfyldt" not in judged_again.text


def test_another_track_is_told_with_the_facts_that_made_the_change(
    client_for: Callable[[User], Client],
) -> None:
    referral = answered(sent(), "complicating", psychological="yes")
    line = "Spor: Monofaglig → Tværfaglig (Psykologiske problemer: Nej → Ja)"
    assert entries_of(referral)[0].text == line
    page = client_for(person(Role.SECRETARY)).get(reverse("referrals:referral", args=[referral.pk]))
    assert page.context["track_changed"].words == line


def test_new_information_that_turns_nothing_is_folded(
    client_for: Callable[[User], Client],
) -> None:
    referral = answered(sent(), "complicating", alcohol="controlled")
    page = client_for(person(Role.SECRETARY)).get(reverse("referrals:referral", args=[referral.pk]))
    assert "<summary>Nye oplysninger, samme svar" in page.content.decode()


def test_who_sent_a_referral_sees_how_it_was_judged(client_for: Callable[[User], Client]) -> None:
    referral = sent(UNCLEAR)
    page = client_for(referral.referrer).get(reverse("referrals:sent", args=[referral.pk]))
    html = page.content.decode()
    assert 'id="finding-no_illegal_drugs"' in html
    assert "1 kriterium er uafklaret" in html
    assert "Foreslået spor:" in html
