"""Every action's form and button: who may use them, when, and two people at once."""

from collections.abc import Callable, Mapping

import pytest
from django.test import Client

from referrals import triage
from referrals.checks import RULES, Action
from referrals.lifecycle import Status
from staff.models import User
from staff.permissions import Role, may
from tests.referrals.cases import CANCER, accepted_by, at, sent
from tests.referrals.pages import address, drawn, held, text
from tests.staff.factories import person

pytestmark = pytest.mark.django_db
People = Mapping[Role, User]
ClientFor = Callable[[User], Client]
HTMX = {"HX-Request": "true"}
FORMS = [
    Action.ASK,
    Action.ACCEPT,
    Action.REDIRECT,
    Action.DECLINE,
    Action.SEND_FOR_ADVICE,
    Action.GIVE_BACK,
    Action.ADVISE,
]
AT_ONCE = [Action.CLAIM, Action.RELEASE, Action.RECALL, Action.SIGN]


@pytest.mark.parametrize("role", Role)
def test_each_action_has_its_permission(role: Role, client_for: ClientFor) -> None:
    client, referral = client_for(person(role)), sent()
    person(Role.PHYSICIAN)
    for action, rule in RULES.items():
        answer = client.post(address(referral, action), {"version": "0"})
        allowed = may(role, rule.permission)
        assert answer.status_code in ((200, 409) if allowed else (403,)), action
        if action in AT_ONCE:
            assert client.get(address(referral, action)).status_code == 405
    referral.refresh_from_db()
    assert referral.status == Status.RECEIVED


@pytest.mark.parametrize("action", FORMS)
@pytest.mark.parametrize("headers", [{}, HTMX])
def test_a_form_opens_as_a_page_and_in_a_dialog(
    action: Action, headers: dict[str, str], people: People, client_for: ClientFor
) -> None:
    status = next(iter(sorted(RULES[action].at)))
    client = client_for(people[Role.PHYSICIAN])
    answer = client.get(address(at(status, people), action), headers=headers)
    assert answer.status_code == 200
    assert ("<html" in text(answer)) is (not headers)
    assert 'name="version"' in text(answer)


@pytest.mark.parametrize("action", FORMS)
def test_a_form_that_may_not_be_used_says_why_instead(
    action: Action, people: People, physician: Client
) -> None:
    answer = physician.get(address(at(Status.WITHDRAWN, people), action))
    assert answer.status_code == 409
    assert "Henvisningen er afsluttet" in text(answer)
    assert 'name="version"' not in text(answer)


TYPED: list[tuple[Action, str, str]] = [
    (Action.ASK, "text", "Det jeg skrev"),
    (Action.ACCEPT, "reason", "Det jeg skrev"),
    (Action.ACCEPT, "letter", "Det jeg skrev"),
    (Action.REDIRECT, "letter", "Det jeg skrev"),
    (Action.DECLINE, "reason", "Det jeg skrev"),
    (Action.SEND_FOR_ADVICE, "why", "Det jeg skrev"),
]


@pytest.mark.parametrize(("action", "field", "words"), TYPED)
def test_who_comes_second_reads_who_did_what_and_loses_nothing(
    action: Action, field: str, words: str, people: People, secretary: Client
) -> None:
    referral = sent(CANCER)
    typed = {"reason": "Fordi"} | drawn(secretary, referral, action)
    typed |= {"text": "Hvad?"} if action == Action.ASK else {}
    typed |= {"reason": "Fordi"} if "reason" in typed else {}
    typed[field] = words
    triage.claim(people[Role.PHYSICIAN], referral.pk, referral.version)
    answer = secretary.post(address(referral, action), typed)
    assert answer.status_code == 409
    assert people[Role.PHYSICIAN].name in answer.context["refusal"]
    form = answer.context["form"]
    assert form[field].value() == words
    assert form["version"].value() == 2
    again = held(form)
    assert secretary.post(address(referral, action), again).status_code == 302


@pytest.mark.parametrize("action", [Action.ACCEPT, Action.ASK, Action.DECLINE])
def test_who_comes_after_the_decision_reads_of_it_and_gets_no_dead_form(
    action: Action, people: People, secretary: Client
) -> None:
    referral = sent()
    typed = drawn(secretary, referral, action) | {"text": "Hvad?", "reason": "Fordi"}
    accepted_by(people[Role.PHYSICIAN], referral)
    answer = secretary.post(address(referral, action), typed)
    assert answer.status_code == 409
    assert people[Role.PHYSICIAN].name in answer.context["refusal"]
    assert answer.context["form"] is None
    assert address(referral) in text(answer)


def test_who_takes_a_question_back_reads_that_the_referrer_is_told(
    people: People, secretary: Client
) -> None:
    referral = at(Status.AWAITING_REFERRER, people)
    (recall,) = [
        each for each in secretary.get(address(referral)).context["actions"] if "recall" in each.url
    ]
    assert not recall.primary
    sent_back = {"version": referral.version}
    answer = secretary.post(address(referral, Action.RECALL), sent_back, follow=True)
    assert "er trukket tilbage, og Lægerne Søborg får besked" in text(answer)


@pytest.mark.parametrize("action", [Action.CLAIM, Action.SIGN])
def test_a_click_that_comes_too_late_shows_the_page_and_why(
    action: Action, people: People, physician: Client
) -> None:
    status = next(iter(RULES[action].at))
    referral = at(status, people)
    answer = physician.post(address(referral, action), {"version": referral.version - 1})
    assert answer.status_code == 409
    assert "efter at du åbnede siden" in text(answer)
    assert referral.reference in text(answer)


def test_claim_and_put_back_with_a_click(people: People, secretary: Client) -> None:
    referral = sent()
    secretary.post(address(referral, Action.CLAIM), {"version": 1})
    referral.refresh_from_db()
    assert referral.owner == people[Role.SECRETARY]
    answer = secretary.post(address(referral, Action.RELEASE), {"version": 2})
    assert answer.headers["Location"] == address(referral)
    referral.refresh_from_db()
    assert referral.owner is None
