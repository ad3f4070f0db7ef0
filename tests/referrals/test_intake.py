"""From draft to referral, once; an answer to the centre's question; taking a referral back."""

import datetime as dt
from typing import Any

import pytest
from django.core.exceptions import ObjectDoesNotExist
from django.utils import timezone, translation

from casework.refusals import Refused, Stale
from correspondence.models import Message
from patients.models import Patient
from referrals import intake, triage
from referrals.enrolment import is_named_otherwise
from referrals.judging import findings_of, routing_of
from referrals.lifecycle import Status, Verb
from referrals.models import Draft, Judgement, Question, Referral, Submission
from staff.deadlines import due
from staff.models import User
from staff.permissions import Role
from tests.referrals import cases
from tests.staff.factories import person
from tests.threads import at_once

pytestmark = pytest.mark.django_db

ASKED = ["pain.since_year", "complicating.alcohol"]


def referrer() -> User:
    return person(Role.REFERRER)


def whole(author: User, *changes: Any) -> Draft:
    return cases.written(author, *changes)


def asked(secretary: User, referral: Referral) -> Question:
    return triage.ask(secretary, referral.pk, referral.version, "Siden hvornår?", ASKED)


@pytest.mark.parametrize(
    ("known", "told", "together"),
    [
        ("", {"no_allergies": "on"}, "Ingen kendte allergier"),
        ("", {"allergies": "penicillin"}, "penicillin"),
        ("Ingen kendte allergier", {"allergies": "penicillin"}, "penicillin"),
        ("penicillin", {"no_allergies": "on"}, "penicillin"),
        ("penicillin", {}, "penicillin"),
        ("penicillin", {"allergies": "Penicillin"}, "penicillin"),
        ("penicillin", {"allergies": "morfin"}, "penicillin; morfin"),
        ("penicillin", {"allergies": "penicillin, morfin"}, "penicillin, morfin"),
    ],
)
def test_a_referral_adds_to_the_known_allergies_and_takes_none_away(
    known: str, told: dict[str, str], together: str
) -> None:
    patient = cases.sent().patient
    Patient.objects.update(allergies=known)
    cases.sent({"medicine": told})
    patient.refresh_from_db()
    assert patient.allergies == together


class TestWriting:
    def test_two_referrals_begun_in_two_tabs_are_two_drafts(self) -> None:
        author = referrer()
        assert intake.start(author) != intake.start(author)

    def test_only_who_refers_begins(self) -> None:
        with pytest.raises(Refused):
            intake.start(person(Role.SECRETARY))

    def test_a_step_is_kept_as_typed_and_leaves_the_others(self) -> None:
        author = referrer()
        draft = intake.start(author)
        intake.save_step(author, draft.pk, "pain", {"since_year": "sidste\x00 år", "odd": "x"})
        intake.save_step(author, draft.pk, "medicine", {"line": ["Mor\x00fin ", ""]})
        draft.refresh_from_db()
        assert draft.answers["pain"]["since_year"] == "sidste år"
        assert "odd" not in draft.answers["pain"]
        assert draft.answers["medicine"]["line"] == ["Morfin"]

    def test_a_colleague_may_go_on_but_another_practice_does_not_find_it(self) -> None:
        author = referrer()
        draft = intake.start(author)
        colleague = person(Role.REFERRER, unit=author.unit)
        assert intake.save_step(colleague, draft.pk, "pain", {}).pk == draft.pk
        for act in (
            lambda user: intake.save_step(user, draft.pk, "pain", {}),
            lambda user: intake.submit(user, draft.pk),
            lambda user: intake.discard(user, draft.pk),
        ):
            for stranger in (referrer(), person(Role.SECRETARY)):
                with pytest.raises(ObjectDoesNotExist):
                    act(stranger)

    def test_a_patient_the_unit_has_referred_before_is_filled_in(self) -> None:
        author = referrer()
        cases.sent({"patient": {"phone": "20 20 20 20"}}, referrer=author)
        draft = intake.start(author)
        typed = {"number": "020160-9996"}
        kept = intake.save_step(author, draft.pk, "patient", typed).answers["patient"]
        assert kept["family_name"] == "Lauridsen"
        assert kept["phone"] == "20 20 20 20"
        assert kept["number"] == "020160-9996"

    def test_what_is_typed_is_not_filled_over(self) -> None:
        author = referrer()
        cases.sent(referrer=author)
        typed = {"number": "0201609996", "given_names": "L"}
        draft = intake.start(author)
        kept = intake.save_step(author, draft.pk, "patient", typed).answers["patient"]
        assert (kept["given_names"], kept["family_name"]) == ("L", "")

    def test_a_name_is_kept_with_one_space_between_its_parts(self) -> None:
        author = referrer()
        typed = {"given_names": " Anne   Marie ", "family_name": "Friis  Holm"}
        kept = intake.save_step(author, intake.start(author).pk, "patient", typed)
        names = kept.answers["patient"]
        assert (names["given_names"], names["family_name"]) == ("Anne Marie", "Friis Holm")

    def test_a_patient_of_another_unit_stays_unknown(self) -> None:
        cases.sent()
        author = referrer()
        draft = intake.start(author)
        typed = {"number": "0201609996"}
        kept = intake.save_step(author, draft.pk, "patient", typed).answers["patient"]
        assert kept["family_name"] == ""

    def test_a_draft_can_be_thrown_away_until_it_is_sent(self) -> None:
        author = referrer()
        draft = whole(author)
        intake.submit(author, draft.pk)
        for act in (
            lambda: intake.discard(author, draft.pk),
            lambda: intake.save_step(author, draft.pk, "pain", {}),
        ):
            with pytest.raises(Refused, match="allerede sendt"):
                act()
        other = intake.start(author)
        intake.discard(author, other.pk)
        assert not Draft.objects.filter(pk=other.pk).exists()


class TestSending:
    def test_a_referral_is_received_judged_and_due(self) -> None:
        author, today = referrer(), timezone.localdate()
        referral = intake.submit(author, whole(author).pk)
        referral.refresh_from_db()
        assert (referral.status, referral.version, referral.owner) == (Status.RECEIVED, 1, None)
        assert (referral.unit, referral.referrer) == (author.unit, author)
        assert referral.received_on == today
        assert referral.due_on == due("decide", today)
        assert referral.notify_by == due("notify_patient", today)
        assert (referral.judgement.met, referral.judgement.unknown) == (10, 0)
        assert referral.judgement.proposed_track == "single"
        assert [step.verb for step in referral.transitions.all()] == [Verb.SENT]

    def test_the_receipt_stands_in_the_portal_and_the_e_mail_says_nothing_clinical(self) -> None:
        referral = cases.sent()
        receipt = Message.objects.get(kind=Message.Kind.RECEIPT)
        assert receipt.unit == referral.unit
        assert receipt.channel == Message.Channel.PORTAL
        assert referral.reference in receipt.body
        notice = Message.objects.get(channel=Message.Channel.EMAIL)
        for secret in ("Lauridsen", "0201609996", "020160"):
            assert secret not in notice.body + notice.subject + notice.recipient

    def test_the_patient_is_made_from_the_number(self) -> None:
        cases.sent({"patient": {"interpreter": "yes", "interpreter_language": "arabisk"}})
        patient = Patient.objects.get()
        assert patient.number == "0201609996"
        assert (patient.birth_date, patient.sex) == (dt.date(1960, 1, 2), "female")
        assert patient.interpreter_language == "arabisk"

    def test_a_number_under_another_name_changes_nothing_about_who_is_known(
        self,
    ) -> None:
        cases.sent({"patient": {"phone": "20202020"}})
        stranger = {"given_names": "Bo", "family_name": "Berg", "phone": "30303030"}
        referral = cases.sent({"patient": stranger, "medicine": {"allergies": "penicillin"}})
        assert (referral.patient.phone, referral.patient.allergies) == ("+4520202020", "")
        assert is_named_otherwise(referral.patient, stranger)

    def test_who_is_known_keeps_the_name_and_gets_the_new_contact_details(self) -> None:
        cases.sent({"patient": {"phone": "20202020"}})
        cases.sent({"patient": {"given_names": "Lone", "phone": "30303030", "street": ""}})
        patient = Patient.objects.get()
        assert patient.given_names == "Lonni Test"
        assert patient.phone == "+4530303030"
        assert patient.street == "Testgrusgraven 3, 3.th"

    def test_sending_again_leads_to_the_same_referral(self) -> None:
        author = referrer()
        draft = whole(author)
        assert intake.submit(author, draft.pk) == intake.submit(author, draft.pk)
        assert Referral.objects.count() == Submission.objects.count() == 1
        assert Message.objects.filter(kind=Message.Kind.RECEIPT).count() == 1

    def test_what_is_missing_is_counted_and_nothing_is_sent(self) -> None:
        author = referrer()
        draft = whole(author, {"pain": {"since_year": ""}, "complicating": {"alcohol": ""}})
        with pytest.raises(Refused, match="2 svar mangler"):
            intake.submit(author, draft.pk)
        assert not Referral.objects.exists()

    def test_unmet_criteria_take_a_reason_which_is_kept(self) -> None:
        author = referrer()
        draft = whole(author, cases.CANCER)
        with pytest.raises(Refused, match="hvorfor"):
            intake.submit(author, draft.pk, "  ")
        referral = intake.submit(author, draft.pk, "Smerterne er ældre end kræften.")
        assert referral.judgement.submission.despite == "Smerterne er ældre end kræften."
        assert referral.judgement.not_met == 1

    def test_a_reason_that_nothing_calls_for_is_not_kept(self) -> None:
        assert cases.sent().judgement.submission.despite == ""

    def test_not_knowing_does_not_hinder_sending(self) -> None:
        referral = cases.sent(cases.UNCLEAR)
        assert referral.judgement.unknown == 1

    def test_findings_are_frozen_in_danish_whatever_language_was_shown(self) -> None:
        with translation.override("en"):
            judgement = cases.sent(cases.CANCER).judgement
        assert judgement
        found = {finding.code: finding for finding in findings_of(judgement)}
        assert found["no_active_cancer"].name == "Ingen aktiv kræft"
        assert routing_of(judgement).proposal == "single"

    def test_an_answer_from_a_practice_pretending_to_be_a_hospital_is_refused(self) -> None:
        author = referrer()
        follow_up = {"question": {"question": "follow_up", "situations": ["trauma"]}}
        with pytest.raises(Refused):
            intake.submit(author, whole(author, follow_up).pk)


class TestAnswering:
    def test_an_answer_starts_from_what_was_sent_and_there_is_one(self) -> None:
        referral = cases.sent()
        asked(person(Role.SECRETARY), referral)
        draft = intake.begin_answer(referral.referrer, referral.pk)
        assert draft.answers == referral.judgement.submission.answers
        assert intake.begin_answer(referral.referrer, referral.pk) == draft

    def test_nothing_is_answered_that_was_not_asked(self) -> None:
        referral = cases.sent()
        with pytest.raises(Refused, match="venter ikke"):
            intake.begin_answer(referral.referrer, referral.pk)

    def test_an_answer_completes_the_same_referral_and_keeps_its_owner(self) -> None:
        secretary, referral = person(Role.SECRETARY), cases.sent(cases.UNCLEAR)
        triage.claim(secretary, referral.pk, 1)
        referral.refresh_from_db()
        asked(secretary, referral)
        draft = intake.begin_answer(referral.referrer, referral.pk)
        typed = draft.answers["complicating"] | {"illegal_drugs": "no"}
        intake.save_step(referral.referrer, draft.pk, "complicating", typed)
        assert intake.submit(referral.referrer, draft.pk) == referral
        referral.refresh_from_db()
        question = Question.objects.get()
        assert (referral.status, referral.owner) == (Status.RECEIVED, secretary)
        assert referral.due_on == due("decide", timezone.localdate())
        assert (referral.judgement.unknown, Judgement.objects.count()) == (0, 2)
        assert question.answer == referral.judgement.submission
        assert referral.transitions.last().verb == Verb.SUPPLIED

    def test_the_number_of_the_referral_stays(self) -> None:
        referral = cases.sent()
        asked(person(Role.SECRETARY), referral)
        draft = intake.begin_answer(referral.referrer, referral.pk)
        typed = draft.answers["patient"] | {"number": "0504909989", "phone": "30303030"}
        intake.save_step(referral.referrer, draft.pk, "patient", typed)
        intake.submit(referral.referrer, draft.pk)
        patient = Patient.objects.get()
        assert (patient.number, patient.phone) == ("0201609996", "+4530303030")

    def test_an_answer_to_a_question_taken_back_is_refused_and_kept(self) -> None:
        secretary, referral = person(Role.SECRETARY), cases.sent()
        asked(secretary, referral)
        draft = intake.begin_answer(referral.referrer, referral.pk)
        triage.recall(secretary, referral.pk, 2)
        with pytest.raises(Refused, match="venter ikke længere"):
            intake.submit(referral.referrer, draft.pk, typed={"answer": "Siden august."})
        draft.refresh_from_db()
        assert draft.sent_at is None


class TestWithdrawing:
    def test_a_referral_is_taken_back_with_a_reason(self) -> None:
        referral = cases.sent()
        asked(person(Role.SECRETARY), referral)
        intake.withdraw(referral.referrer, referral.pk, 2, " Patienten er flyttet ")
        referral.refresh_from_db()
        assert referral.status == Status.WITHDRAWN
        assert referral.transitions.last().why == "Patienten er flyttet"
        assert Question.objects.get().recalled_at is not None

    def test_a_decision_that_waits_for_a_signature_falls_away_with_the_referral(self) -> None:
        referral = cases.at(Status.AWAITING_SIGNATURE, cases.the_centre())
        intake.withdraw(referral.referrer, referral.pk, referral.version, "Flyttet")
        decision = referral.decisions.get()
        assert (decision.signed_at, decision.returned_by) == (None, referral.referrer)
        assert decision.returned_why == "Flyttet"

    def test_it_takes_a_reason_and_the_page_of_today(self) -> None:
        referral = cases.sent()
        with pytest.raises(Refused, match="hvorfor"):
            intake.withdraw(referral.referrer, referral.pk, 1, " ")
        with pytest.raises(Stale):
            intake.withdraw(referral.referrer, referral.pk, 0, "Flyttet")

    @pytest.mark.parametrize("status", [Status.ACCEPTED, Status.DECLINED, Status.WITHDRAWN])
    def test_what_is_closed_stays_closed(self, status: Status) -> None:
        referral = cases.at(status, cases.the_centre())
        with pytest.raises(Refused, match="afsluttet"):
            intake.withdraw(referral.referrer, referral.pk, referral.version, "Flyttet")

    def test_another_practice_does_not_find_it(self) -> None:
        referral = cases.sent()
        for act in (
            lambda user: intake.withdraw(user, referral.pk, 1, "Flyttet"),
            lambda user: intake.begin_answer(user, referral.pk),
        ):
            with pytest.raises(ObjectDoesNotExist):
                act(referrer())


@pytest.mark.django_db(transaction=True)
class TestSixteenAtOnce:
    def test_sends_of_one_draft_make_one_referral_and_one_receipt(self) -> None:
        author = referrer()
        draft = whole(author)
        came_back: list[int] = []
        at_once(16, lambda _n: came_back.append(intake.submit(author, draft.pk).pk))
        assert len(came_back) == 16
        assert set(came_back) == {Referral.objects.get().pk}
        assert Submission.objects.count() == Judgement.objects.count() == 1
        assert Message.objects.filter(kind=Message.Kind.RECEIPT).count() == 1
        assert Patient.objects.count() == 1

    def test_drafts_about_one_new_patient_make_one_patient(self) -> None:
        author = referrer()
        drafts = [whole(author).pk for _ in range(8)]
        at_once(8, lambda number: intake.submit(author, drafts[number]))
        assert Referral.objects.count() == 8
        assert Patient.objects.count() == 1

    def test_answers_to_one_question_are_taken_once(self) -> None:
        referral = cases.sent()
        asked(person(Role.SECRETARY), referral)
        drafts: list[int] = []
        at_once(8, lambda _n: drafts.append(intake.begin_answer(referral.referrer, referral.pk).pk))
        assert len(set(drafts)) == 1
        typed = {"answer": "Siden august."}
        at_once(8, lambda _n: intake.submit(referral.referrer, drafts[0], typed=typed))
        assert Submission.objects.filter(referral=referral).count() == 2
        assert referral.transitions.filter(verb=Verb.SUPPLIED).count() == 1

    def test_steps_saved_at_once_are_all_kept(self) -> None:
        author = referrer()
        draft = intake.start(author)
        steps = ("question", "pain", "workup", "medicine", "complicating")
        at_once(5, lambda n: intake.save_step(author, draft.pk, steps[n], {}))
        draft.refresh_from_db()
        assert set(draft.answers) == set(steps)
