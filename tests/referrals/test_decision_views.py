"""The referral's page and its small forms, through the browser's eyes but without one."""

import datetime as dt
import re
from collections.abc import Callable, Mapping
from typing import Any

import pytest
import time_machine
from django.test import Client
from django.urls import reverse

from pathways.tracks import Track
from patients.models import Access
from referrals import triage
from referrals.checks import RULES, Action
from referrals.lifecycle import Status
from referrals.models import Decision, Question, Referral
from referrals.proposals import plan_on, seal, unseal
from staff.models import User
from staff.permissions import Permission, Role, may
from tests.referrals.cases import (
    ADVICE,
    CANCER,
    COMPLEX,
    PEOPLE,
    UNCLEAR,
    accepted_by,
    at,
    declined,
    sent,
    the_centre,
)
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


@pytest.fixture
def people() -> People:
    return the_centre()


@pytest.fixture
def secretary(people: People, client_for: ClientFor) -> Client:
    return client_for(people[Role.SECRETARY])


@pytest.fixture
def physician(people: People, client_for: ClientFor) -> Client:
    return client_for(people[Role.PHYSICIAN])


def address(referral: Referral, action: str = "referral") -> str:
    return reverse(f"referrals:{action}", args=[referral.pk])


def text(answer: Any) -> str:
    return str(answer.content.decode())


def drawn(client: Client, referral: Referral, action: Action) -> dict[str, Any]:
    """What the form holds when it is opened, as a browser would send it back."""
    form = client.get(address(referral, action)).context["form"]
    return {name: form[name].value() or [] for name in form.fields}


# The page


@pytest.mark.parametrize("status", Status)
def test_the_page_opens_at_every_status(
    status: Status, people: People, client_for: ClientFor
) -> None:
    referral = at(status, people)
    for role in (Role.SECRETARY, Role.PHYSICIAN, Role.NURSE):
        answer = client_for(people[role]).get(address(referral))
        assert answer.status_code == 200
    page = text(answer)
    assert "Hvordan kommer hun videre?" in page
    assert "020160-9996" in page
    title = re.search("<title>(.*?)</title>", page, re.DOTALL)
    assert title
    assert "Lauridsen" not in title[1]
    assert "020160" not in title[1]


@pytest.mark.parametrize("role", Role)
def test_only_those_who_see_referrals_open_one(role: Role, client_for: ClientFor) -> None:
    answer = client_for(person(role)).get(address(sent()))
    assert answer.status_code == (200 if may(role, Permission.VIEW_REFERRALS) else 403)


def test_the_page_says_on_top_that_the_patient_is_in_a_pathway(
    people: People, secretary: Client
) -> None:
    first = sent()
    accepted_by(people[Role.SECRETARY], first)
    again = secretary.get(address(sent()))
    assert "allerede i forløb" in again.context["in_pathway"]
    assert again.context["in_pathway"] in text(again)
    assert secretary.get(address(first)).context["in_pathway"] == ""  # it is the pathway's own


@pytest.mark.parametrize(
    ("answer", "words"), [("no", "tolk: nej"), ("", "tolk: ikke oplyst"), ("yes", "tolk: urdu")]
)
def test_an_interpreter_nobody_has_spoken_of_is_not_said_to_be_unneeded(
    answer: str, words: str, secretary: Client, client_for: ClientFor
) -> None:
    told = {"patient": {"interpreter": answer, "interpreter_language": "urdu"}}
    referral = sent(told)
    assert words in text(secretary.get(address(referral)))
    assert words in text(client_for(referral.referrer).get(address(referral, "sent")))


def test_a_referral_that_is_not_there_is_not_found(secretary: Client) -> None:
    assert secretary.get(reverse("referrals:referral", args=[4711])).status_code == 404
    assert secretary.get(reverse("referrals:accept", args=[4711])).status_code == 404
    assert secretary.post(reverse("referrals:claim", args=[4711])).status_code == 404


@pytest.mark.parametrize(
    ("role", "purpose"),
    [(Role.SECRETARY, "triage"), (Role.PHYSICIAN, "triage"), (Role.NURSE, "treatment")],
)
def test_opening_a_referral_is_recorded(
    role: Role, purpose: str, people: People, client_for: ClientFor
) -> None:
    referral = sent()
    client_for(people[role]).get(address(referral))
    opened = Access.objects.get()
    assert (opened.user, opened.patient, opened.purpose) == (
        people[role],
        referral.patient,
        purpose,
    )


def test_the_page_shows_earlier_referrals_pathways_and_letters(
    people: People, secretary: Client
) -> None:
    earlier = at(Status.ACCEPTED, people)
    page = text(secretary.get(address(sent())))
    assert earlier.reference in page
    assert "Forløb</strong> · Monofaglig" in page
    assert "er modtaget" in page
    assert "Patienten er allerede i forløb" in page


def test_another_name_under_a_known_number_is_seen_at_once(secretary: Client) -> None:
    known, mistaken = sent(), sent({"patient": {"given_names": "Bo", "family_name": "Berg"}})
    assert "Henviser skriver et andet navn: Bo Berg" in text(secretary.get(address(mistaken)))
    assert "et andet navn" not in text(secretary.get(address(known)))


def test_the_criteria_that_decide_come_first(secretary: Client) -> None:
    findings = secretary.get(address(sent(CANCER, UNCLEAR))).context["findings"]
    verdicts = [str(each["finding"].verdict) for each in findings]
    assert verdicts == sorted(verdicts, key=["not_met", "unknown", "met"].index)
    assert verdicts[0] == "not_met"


def test_those_who_only_read_see_no_actions(people: People, client_for: ClientFor) -> None:
    assert "action-bar" not in text(client_for(people[Role.NURSE]).get(address(sent())))


def test_a_button_that_is_refused_says_why(people: People, secretary: Client) -> None:
    page = text(secretary.get(address(at(Status.AWAITING_SIGNATURE, people))))
    assert f"venter på underskrift fra {people[Role.PHYSICIAN].name}" in page
    page = text(secretary.get(address(sent(UNCLEAR, ADVICE, number=PEOPLE[1]))))
    assert "Der er ikke foreslået noget spor" in page


# Addresses and people


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


# Deciding


def test_the_proposal_is_accepted_with_one_click_and_the_next_one_opens(
    secretary: Client,
) -> None:
    with time_machine.travel(dt.datetime(2026, 6, 9, 10, tzinfo=dt.UTC)):
        referral = sent(COMPLEX, number=PEOPLE[0])
    following = sent(number=PEOPLE[1])
    button = secretary.get(address(referral)).context["actions"][0]
    assert button.refusal == ""
    answer = secretary.post(button.url, {**button.fields, "version": referral.version}, follow=True)
    assert answer.redirect_chain == [(address(following), 302)]
    assert "er modtaget i centret" in text(answer)
    referral.refresh_from_db()
    assert referral.status == Status.ACCEPTED


def test_after_the_last_one_the_queue_opens(secretary: Client) -> None:
    referral = sent()
    sent_back = drawn(secretary, referral, Action.ACCEPT)
    answer = secretary.post(address(referral, Action.ACCEPT), sent_back)
    assert answer.headers["Location"] == reverse("referrals:queue")


def test_another_track_brings_its_own_team_and_letter_and_takes_a_reason(
    secretary: Client,
) -> None:
    referral = sent()
    typed = drawn(secretary, referral, Action.ACCEPT) | {"track": "interdisciplinary"}
    redrawn = secretary.post(address(referral, Action.ACCEPT), typed | {"redraw": "1"})
    form = redrawn.context["form"]
    assert "seat_psychologist" in form.fields
    assert "Spor: Tværfaglig" in form["letter"].value()
    assert form.fields["reason"].required
    assert Referral.objects.get(pk=referral.pk).status == Status.RECEIVED
    filled = {name: form[name].value() or [] for name in form.fields}
    refused = secretary.post(address(referral, Action.ACCEPT), filled)
    assert refused.status_code == 200
    assert "Skriv, hvorfor du vælger et andet" in text(refused)
    secretary.post(address(referral, Action.ACCEPT), filled | {"reason": "Kender hende"})
    decision = Decision.objects.get()
    assert (decision.track, decision.reason) == ("interdisciplinary", "Kender hende")
    assert {seat["discipline"] for seat in decision.plan["team"]} == {
        "physician",
        "nurse",
        "physiotherapist",
        "psychologist",
        "social_worker",
    }


def test_without_javascript_a_new_track_is_shown_before_it_is_decided(secretary: Client) -> None:
    referral = sent()
    typed = drawn(secretary, referral, Action.ACCEPT) | {"track": "fast", "reason": "Enkelt"}
    answer = secretary.post(address(referral, Action.ACCEPT), typed)
    assert "Teamet er nu foreslået for Hurtig vurdering" in text(answer)
    assert Referral.objects.get(pk=referral.pk).status == Status.RECEIVED
    form = answer.context["form"]
    again = {name: form[name].value() or [] for name in form.fields}
    assert again["drawn_for"] == "fast"
    secretary.post(address(referral, Action.ACCEPT), again)
    assert Decision.objects.get().track == "fast"


def test_the_proposal_shown_for_one_referral_says_nothing_about_another(people: People) -> None:
    one, other = sent(), sent()
    plan = plan_on(one, Track.FAST)
    assert unseal(one, seal(one, plan)) == plan
    assert unseal(other, seal(one, plan)) is None
    assert unseal(one, seal(one, None)) is None


def test_a_letter_somebody_changed_stays_and_one_nobody_touched_follows(
    people: People, secretary: Client
) -> None:
    referral, colleague = sent(), person(Role.PHYSICIAN, name="Åse Ny")
    typed = drawn(secretary, referral, Action.ACCEPT)
    typed |= {"responsible": str(colleague.pk), "redraw": "1"}
    followed = secretary.post(address(referral, Action.ACCEPT), typed)
    assert "læge: Åse Ny" in followed.context["form"]["letter"].value()
    kept = secretary.post(address(referral, Action.ACCEPT), typed | {"letter": "Mit eget brev"})
    assert kept.context["form"]["letter"].value() == "Mit eget brev"


def test_against_a_criterion_the_secretary_asks_a_physician(
    people: People, secretary: Client, physician: Client
) -> None:
    referral = sent(CANCER)
    page = text(secretary.get(address(referral, Action.ACCEPT)))
    assert "Send til underskrift" in page
    assert "En læge skal skrive under" in page
    typed = drawn(secretary, referral, Action.ACCEPT) | {"reason": "Gammel skade"}
    secretary.post(address(referral, Action.ACCEPT), typed)
    referral.refresh_from_db()
    assert (referral.status, referral.owner) == (
        Status.AWAITING_SIGNATURE,
        people[Role.PHYSICIAN],
    )
    assert "Gammel skade" in text(physician.get(reverse("referrals:to_sign")))
    answer = physician.post(address(referral, Action.SIGN), {"version": referral.version})
    assert answer.headers["Location"] == reverse("referrals:to_sign")
    referral.refresh_from_db()
    assert referral.status == Status.ACCEPTED


def test_a_physician_is_not_asked_for_another_physician(physician: Client) -> None:
    assert "physician" not in drawn(physician, sent(CANCER), Action.ACCEPT)


def test_the_destination_of_the_unmet_criterion_is_chosen_beforehand(secretary: Client) -> None:
    referral = sent(CANCER)
    typed = drawn(secretary, referral, Action.REDIRECT)
    assert typed["destination"] == "palliative"
    assert "physician" not in typed
    other = typed | {"destination": "headache", "redraw": "1"}
    form = secretary.post(address(referral, Action.REDIRECT), other).context["form"]
    assert "physician" in form.fields
    assert "Hovedpinecenter" in form["letter"].value()
    secretary.post(address(referral, Action.REDIRECT), typed)
    referral.refresh_from_db()
    assert referral.status == Status.REDIRECTED


@pytest.mark.parametrize("redraw", ["", "1"])
def test_a_destination_that_does_not_exist_is_no_trouble(redraw: str, secretary: Client) -> None:
    referral = sent(CANCER)
    typed = drawn(secretary, referral, Action.REDIRECT) | {"destination": "moon"}
    extra = {"redraw": redraw} if redraw else {}
    assert secretary.post(address(referral, Action.REDIRECT), typed | extra).status_code == 200


def test_a_question_about_opioids_marks_the_medicine(secretary: Client) -> None:
    denied = {"medicine": {"no_opioids": "on"}}
    typed = drawn(secretary, sent(denied), Action.ASK)
    assert typed["fields_missing"] == ["medicine.no_opioids", "medicine.line"]
    assert "Hvad er rigtigt?" in typed["text"]


def test_a_question_is_prepared_from_what_is_unclear(secretary: Client) -> None:
    referral = sent(UNCLEAR)
    typed = drawn(secretary, referral, Action.ASK)
    assert typed["text"] == "Har patienten et illegalt misbrug?"
    assert typed["fields_missing"] == ["complicating.illegal_drugs"]
    typed |= {"fields_other": ["pain.where"], "text": "Og hvor sidder det?"}
    preview = secretary.post(address(referral, Action.ASK), typed | {"redraw": "1"})
    assert "Og hvor sidder det?" in preview.context["form"].preview()
    assert "Hvor sidder smerterne?" in preview.context["form"].preview()
    secretary.post(address(referral, Action.ASK), typed)
    question = Question.objects.get()
    assert question.fields == ["complicating.illegal_drugs", "pain.where"]
    assert "Spurgt henviser" in text(secretary.get(address(referral)))


def test_advice_is_asked_for_given_back_and_given(
    people: People, secretary: Client, physician: Client
) -> None:
    referral = sent(ADVICE)
    typed = drawn(secretary, referral, Action.SEND_FOR_ADVICE) | {"why": "Se på morfinen"}
    secretary.post(address(referral, Action.SEND_FOR_ADVICE), typed)
    waiting = text(physician.get(reverse("referrals:to_advise")))
    assert "Se på morfinen" in waiting
    assert "Hvordan kommer hun videre?" in waiting
    back = {"version": 2, "words_back": "Spørg lige om nyrerne"}
    answer = physician.post(address(referral, Action.GIVE_BACK), back)
    assert answer.headers["Location"] == reverse("referrals:to_advise")
    assert "Spørg lige om nyrerne" in text(secretary.get(address(referral)))
    secretary.post(address(referral, Action.SEND_FOR_ADVICE), typed | {"version": 3})
    untouched = drawn(physician, referral, Action.ADVISE)
    refused = physician.post(address(referral, Action.ADVISE), untouched)
    assert refused.status_code == 409
    assert "Skriv rådet" in text(refused)
    letter = untouched["letter"] + "Trap ned."
    physician.post(address(referral, Action.ADVISE), untouched | {"letter": letter})
    referral.refresh_from_db()
    assert referral.status == Status.ADVISED


def test_the_lists_show_ones_own_first_and_colleagues_below(
    people: People, physician: Client
) -> None:
    colleague = person(Role.PHYSICIAN, name="Åse Ny")
    declined(people[Role.SECRETARY], sent(number=PEOPLE[0]), people[Role.PHYSICIAN])
    declined(people[Role.SECRETARY], sent(number=PEOPLE[1]), colleague)
    answer = physician.get(reverse("referrals:to_sign"))
    assert [len(answer.context[name]) for name in ("mine", "others")] == [1, 1]
    assert "Åse Ny" in text(answer)


# Two people


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
    again = {name: form[name].value() or [] for name in form.fields}
    assert secretary.post(address(referral, action), again).status_code == 302


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
