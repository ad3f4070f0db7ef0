"""Deciding through the small forms: what they propose, what they send, and to whom."""

import datetime as dt
from collections.abc import Callable, Mapping
from typing import Any

import pytest
import time_machine
from django.test import Client
from django.urls import reverse

from letters.content import content_of
from letters.models import Letter
from pathways.rights import Right
from pathways.tracks import Track
from referrals.checks import Action
from referrals.lifecycle import Status
from referrals.models import Decision, Question, Referral
from referrals.posting import about
from referrals.proposals import plan_on, seal, unseal
from staff.models import User
from staff.permissions import Role
from tests.referrals.cases import (
    ADVICE,
    CANCER,
    COMPLEX,
    PEOPLE,
    RENAMED,
    UNCLEAR,
    accepted_by,
    declined,
    sent,
)
from tests.referrals.pages import address, drawn, held, text
from tests.staff.factories import person

pytestmark = pytest.mark.django_db
People = Mapping[Role, User]
ClientFor = Callable[[User], Client]


def to_referrer(form: Any) -> str:
    """What the referrer would read, as the form stands."""
    letter, *_others = form.previews()
    return str(letter.text)


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


def test_what_one_click_would_send_is_shown_as_it_goes(secretary: Client) -> None:
    referral = sent(COMPLEX)
    button = secretary.get(address(referral)).context["one_click"]
    along = {**button.fields, "version": referral.version}
    shown = secretary.post(button.url, along | {"redraw": "1"})
    drawn_now = list(shown.context["form"].previews())
    assert "patienten får brev" in text(shown)
    assert Referral.objects.get(pk=referral.pk).status == Status.RECEIVED
    secretary.post(button.url, along)
    kinds = [Letter.Kind.ACCEPTED, Letter.Kind.NOTICE]
    kept = [Letter.objects.get(kind=kind, about=about(referral)) for kind in kinds]
    assert [each.text for each in drawn_now] == [content_of(one.content).as_text() for one in kept]


def test_only_what_one_click_can_send_is_shown_beforehand(
    people: People, secretary: Client, physician: Client, client_for: ClientFor
) -> None:
    plain, against = sent(number=PEOPLE[0]), sent(CANCER, number=PEOPLE[1])
    assert "Det sendes" in text(secretary.get(address(plain)))
    assert "Det sendes" in text(physician.get(address(plain)))
    assert "Det sendes" not in text(client_for(people[Role.NURSE]).get(address(plain)))
    assert "Det sendes" not in text(secretary.get(address(against)))
    accepted_by(people[Role.SECRETARY], plain)
    assert "Det sendes" not in text(secretary.get(address(plain)))


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
    assert any("Spor: Tværfaglig" in each.text for each in form.previews())
    assert form.fields["reason"].required
    assert Referral.objects.get(pk=referral.pk).status == Status.RECEIVED
    filled = held(form)
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
    again = held(form)
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
    assert "læge: Åse Ny" in to_referrer(followed.context["form"])
    kept = secretary.post(address(referral, Action.ACCEPT), typed | {"letter": "Mit eget brev"})
    assert kept.context["form"]["letter"].value() == "Mit eget brev"
    assert "læge: Åse Ny" in to_referrer(kept.context["form"])
    assert "Mit eget brev" in to_referrer(kept.context["form"])


def test_the_right_that_is_chosen_is_kept_and_told(secretary: Client) -> None:
    referral = sent()
    typed = drawn(secretary, referral, Action.ACCEPT)
    assert typed["right"] == Right.TREATMENT
    typed |= {"right": Right.INVESTIGATION}
    redrawn = secretary.post(address(referral, Action.ACCEPT), typed | {"redraw": "1"})
    assert any("tilbudt udredning" in each.text for each in redrawn.context["form"].previews())
    secretary.post(address(referral, Action.ACCEPT), typed)
    assert Decision.objects.get().right == Right.INVESTIGATION
    notice = Letter.objects.get(kind=Letter.Kind.NOTICE)
    assert "tilbudt udredning" in content_of(notice.content).as_text()
    assert "Udredning (sundhedsloven § 82 b)" in text(secretary.get(address(referral)))


@pytest.mark.parametrize("right", ["", "both"])
def test_a_right_there_is_none_of_is_refused(right: str, secretary: Client) -> None:
    referral = sent()
    typed = drawn(secretary, referral, Action.ACCEPT) | {"right": right}
    answer = secretary.post(address(referral, Action.ACCEPT), typed)
    assert answer.context["form"].errors["right"]
    assert not Decision.objects.exists()


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
    assert "et hovedpinecenter" in form["letter"].value()
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
    asked = text(physician.get(address(referral, Action.ADVISE)))
    assert "Hvordan kommer hun videre?" in asked
    assert "Morfin 10 mg" in asked
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


def test_the_decider_sees_the_reason_and_may_leave_the_patient_to_the_referrer(
    physician: Client,
) -> None:
    referral = sent()
    typed = drawn(physician, referral, Action.DECLINE) | {"reason": "Smerterne er nye"}
    redrawn = physician.post(address(referral, Action.DECLINE), typed | {"redraw": "1"})
    form = redrawn.context["form"]
    unit, patient = form.previews()
    assert unit.text.startswith("Begrundelse: Smerterne er nye")
    assert "Vi kan desværre ikke tilbyde dig et forløb" in patient.text
    without = {name: value for name, value in typed.items() if name != "tells_patient"}
    redrawn = physician.post(address(referral, Action.DECLINE), without | {"redraw": "1"})
    assert len(list(redrawn.context["form"].previews())) == 1
    physician.post(address(referral, Action.DECLINE), without)
    assert not Letter.objects.filter(kind=Letter.Kind.PATIENT_DECLINED).exists()
    assert Decision.objects.get().kind == Decision.Kind.DECLINE


def test_nobody_is_asked_to_tell_whom_the_referrer_calls_by_another_name(
    physician: Client,
) -> None:
    sent()
    form = physician.get(address(sent(RENAMED), Action.DECLINE)).context["form"]
    assert not {"tells_patient", "words_to_patient"} & set(form.fields)
