"""A letter that was wrong is replaced by one that goes the same way, once, and says so."""

from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse

from casework.refusals import Refused
from correspondence import delivery, openings, outbox, replacing
from correspondence.models import Message
from correspondence.printing import print_run
from letters.content import Facts, content_of
from letters.correcting import passages
from letters.models import Letter
from pathways.closing import discharge, discontinue
from pathways.lifecycle import Ending
from pathways.models import Pathway
from patients.models import Access
from referrals.models import Referral
from referrals.phoning import unseen_answers
from staff.models import User
from staff.permissions import Role
from tests.correspondence.factories import status_of
from tests.referrals.cases import accepted_by, declined, sent, the_centre
from tests.staff.factories import person
from tests.threads import at_once

pytestmark = pytest.mark.django_db
Kind, Status = Letter.Kind, Message.Status
SignIn = Callable[[User], Client]


@pytest.fixture
def people() -> dict[Role, User]:
    return the_centre()


@pytest.fixture
def physician(people: dict[Role, User]) -> User:
    return people[Role.PHYSICIAN]


def accepted(physician: User) -> Referral:
    referral = sent()
    accepted_by(physician, referral)
    return referral


def a_letter(physician: User, kind: str = Kind.ACCEPTED) -> Letter:
    """A letter of an acceptance."""
    accepted(physician)
    return letter_of(kind)


def letter_of(kind: str) -> Letter:
    letter: Letter = Letter.objects.get(kind=kind, replaces=None)
    return letter


def texts(letter: Letter, instead: str = "Vi skrev forkert før.") -> list[str]:
    """The letter's passages, with other words in the first."""
    found = [passage.text for passage in passages(content_of(letter.content))]
    return [instead, *found[1:]]


def replace(by: User, letter: Letter, instead: str = "Vi skrev forkert før.") -> Letter:
    return replacing.replace(by, letter.pk, texts(letter, instead), "Forkert navn.")


def of(letter: Letter) -> dict[str, str]:
    """The channels of the letter's messages with their state."""
    return dict(Message.objects.filter(letter=letter).values_list("channel", "status"))


def test_a_letter_to_the_practice_goes_the_same_way_with_its_e_mail(physician: User) -> None:
    old = a_letter(physician)
    first = Message.objects.get(letter=old)
    assert delivery.deliver(first.pk)
    new = replace(physician, old)
    second = Message.objects.get(letter=new)
    assert (second.channel, second.kind, second.unit) == (first.channel, first.kind, first.unit)
    assert second.about == first.about
    assert second.body.startswith("Dette brev erstatter brevet af ")
    assert "Vi skrev forkert før." in second.body
    assert status_of(first) == Status.SENT, "what is out stays as sent"
    notices = Message.objects.filter(key__endswith=":notice", about=first.about)
    assert set(notices.values_list("key", "status")) >= {
        (f"{old.key}:notice", Status.WITHDRAWN),
        (f"{new.key}:notice", Status.QUEUED),
    }


def test_what_the_case_says_stays(physician: User) -> None:
    old = a_letter(physician, Kind.NOTICE)
    new = replace(physician, old)
    facts = [each for each in content_of(old.content).blocks if isinstance(each, Facts)]
    assert "senest" in str(facts)
    assert [each for each in content_of(new.content).blocks if isinstance(each, Facts)] == facts


def test_a_patients_letter_that_waits_is_taken_back(physician: User) -> None:
    old = a_letter(physician, Kind.NOTICE)
    new = replace(physician, old)
    assert of(old) == {"digital_post": Status.WITHDRAWN}
    assert of(new) == {"digital_post": Status.QUEUED}
    assert (new.signed_by, new.language) == (physician, old.language)


def test_a_patient_is_written_to_as_they_are_reached_today(physician: User) -> None:
    old = a_letter(physician, Kind.NOTICE)
    assert old.patient
    old.patient.digital_post_exempt, old.patient.street = True, "Ny Vej 7"
    old.patient.save()
    new = replace(physician, old)
    assert of(new) == {"letter": Status.QUEUED}
    assert new.address.startswith("Ny Vej 7")


def test_a_printed_letter_is_to_be_taken_out(physician: User) -> None:
    old = a_letter(physician, Kind.NOTICE)
    Message.objects.filter(letter=old).update(status=Status.WITHDRAWN)
    assert old.patient
    on_paper = outbox.post(
        key=f"{old.key}:paper",
        kind=Message.Kind.PATIENT_NOTICE,
        channel=Message.Channel.LETTER,
        recipient=old.recipient,
        address="Å 1",
        body="Hej",
        letter=old,
        patient=old.patient,
    )
    Message.objects.filter(pk=on_paper.pk).update(next_attempt_at=on_paper.created_at)
    assert print_run()
    replace(physician, old)
    on_paper.refresh_from_db()
    assert (on_paper.status, on_paper.is_overtaken) == (Status.PRINTED, True)


def test_the_same_words_twice_are_sent_once(physician: User) -> None:
    old = a_letter(physician)
    assert replace(physician, old) == replace(physician, old)
    assert Letter.objects.filter(replaces=old).count() == 1
    assert Message.objects.filter(letter__replaces=old).count() == 1


@pytest.mark.django_db(transaction=True)
def test_of_several_at_once_one_replaces_it_and_the_others_learn_who() -> None:
    physician = the_centre()[Role.PHYSICIAN]
    old = a_letter(physician)
    physicians, refused = [person(Role.PHYSICIAN) for _ in range(4)], list[str]()

    def try_to(number: int) -> None:
        try:
            replace(physicians[number], old, f"Udgave {number}.")
        except Refused as refusal:
            refused.append(str(refusal))

    at_once(4, try_to)
    new = Letter.objects.get(replaces=old)
    assert len(refused) == 3
    assert all(f"allerede erstattet af et nyt: {new.signature}" in each for each in refused)
    assert Message.objects.filter(letter=new).count() == 1


@pytest.mark.django_db(transaction=True)
def test_one_that_is_being_sent_is_sent_or_taken_back_and_nobody_waits_in_a_ring() -> None:
    physician = the_centre()[Role.PHYSICIAN]
    old = a_letter(physician, Kind.NOTICE)
    first = Message.objects.get(letter=old)

    def either(which: int) -> None:
        _ = replace(physician, old) if which else delivery.deliver(first.pk)

    at_once(2, either)
    assert status_of(first) in (Status.SENT, Status.WITHDRAWN)
    assert Letter.objects.filter(replaces=old).count() == 1


def test_the_new_answer_waits_to_be_opened_and_the_old_one_no_more(physician: User) -> None:
    declined(physician, sent())
    old = letter_of(Kind.DECLINED)
    new = replace(physician, old)
    assert [one.letter for one in openings.unseen()] == [new]
    assert [one.letter for one in unseen_answers()] == [new]


@pytest.mark.parametrize("said", ["", "   "])
def test_it_must_be_said_why(said: str, physician: User) -> None:
    old = a_letter(physician)
    with pytest.raises(Refused, match="Skriv, hvorfor"):
        replacing.replace(physician, old.pk, texts(old), said)


def test_nothing_corrected_or_nothing_left_is_no_new_letter(physician: User) -> None:
    old = a_letter(physician)
    same = [passage.text for passage in passages(content_of(old.content))]
    with pytest.raises(Refused, match="Brevet er, som det var"):
        replacing.replace(physician, old.pk, same, "Fejl.")
    with pytest.raises(Refused, match="Skriv brevet"):
        replacing.replace(physician, old.pk, [" " for _ in same], "Fejl.")
    assert not Letter.objects.filter(replaces=old).exists()


@pytest.mark.parametrize("role", [role for role in Role if role != Role.PHYSICIAN])
def test_only_who_may_sign_replaces_a_letter(role: Role, people: dict[Role, User]) -> None:
    old = a_letter(people[Role.PHYSICIAN])
    with pytest.raises(Refused, match="Kun en læge"):
        replacing.check_can_replace(person(role), old)


def test_what_follows_the_case_is_not_replaced(physician: User) -> None:
    accepted(physician)
    with pytest.raises(Refused, match="Brevet følger sagen"):
        replacing.check_can_replace(physician, Letter.objects.get(kind=Kind.RECEIPT))


def test_what_was_taken_back_is_not_replaced(physician: User) -> None:
    old = a_letter(physician, Kind.NOTICE)
    outbox.withdraw_letter(old)
    with pytest.raises(Refused, match="trukket tilbage"):
        replace(physician, old)


def test_nothing_is_written_to_a_patient_who_has_died(physician: User) -> None:
    old = a_letter(physician, Kind.NOTICE)
    delivery.sweep()
    pathway = Pathway.objects.get()
    discontinue(physician, pathway.pk, pathway.version, Ending.DIED, "Død.")
    with pytest.raises(Refused, match="registreret som død"):
        replace(physician, old)
    assert replace(physician, letter_of(Kind.ACCEPTED)), "the practice is still told"


def test_a_discharge_summary_is_replaced_and_the_patients_letter_is_another(
    physician: User,
) -> None:
    accepted(physician)
    pathway = Pathway.objects.get()
    discharge(physician, pathway.pk, pathway.version, "Bedre.", True, "Trap 500 mg ud.")
    old = letter_of(Kind.DISCHARGE)
    assert texts(old)[0] == "Vi skrev forkert før."
    new = replace(physician, old, "Trap 50 mg ud.")
    assert (
        "Vi anbefaler opfølgning i almen praksis:\nTrap 50 mg ud."
        in content_of(new.content).as_text()
    )
    assert of(letter_of(Kind.PATIENT_DISCHARGED)) == {"digital_post": Status.QUEUED}


class TestPages:
    def url(self, letter: Letter, name: str = "replace") -> str:
        return reverse(f"correspondence:{name}", args=[letter.pk])

    def form(self, letter: Letter, **more: str) -> dict[str, str]:
        passages = {f"passage_{number}": text for number, text in enumerate(texts(letter))}
        return {**passages, "because": "Forkert navn.", **more}

    def test_the_letters_words_stand_in_the_form_and_the_new_one_beside(
        self, physician: User, client_for: SignIn
    ) -> None:
        old = a_letter(physician)
        page = client_for(physician).get(self.url(old)).content.decode()
        for passage in passages(content_of(old.content)):
            assert passage.text.splitlines()[0] in page
        assert "data:image/svg+xml" in page
        assert "Dette brev erstatter brevet af" in page

    def test_the_picture_follows_what_is_typed_and_nothing_is_sent(
        self, physician: User, client_for: SignIn
    ) -> None:
        old = a_letter(physician)
        answer = client_for(physician).post(self.url(old), self.form(old, because="", redraw="1"))
        assert answer.status_code == 200
        assert "Vi skrev forkert før." in answer.content.decode()
        assert not Letter.objects.filter(replaces=old).exists()

    def test_it_is_sent_and_both_letters_say_which_replaces_which(
        self, physician: User, client_for: SignIn
    ) -> None:
        old, client = a_letter(physician), client_for(physician)
        answer = client.post(self.url(old), self.form(old), follow=True)
        new = Letter.objects.get(replaces=old)
        page = answer.content.decode()
        assert "Det nye brev er sendt." in page
        assert self.url(old, "read") in page
        assert "Forkert navn." in page
        page = client.get(self.url(old, "read")).content.decode()
        assert "Erstattet af et nyt brev" in page
        assert self.url(new, "read") in page
        assert self.url(old) not in page, "no button any more"
        assert self.url(new) in client.get(self.url(new, "read")).content.decode()

    def test_a_refusal_leaves_what_was_typed(self, physician: User, client_for: SignIn) -> None:
        old = a_letter(physician)
        replace(person(Role.PHYSICIAN, name="Bo Beck"), old, "Noget helt andet.")
        answer = client_for(physician).post(self.url(old), self.form(old))
        assert answer.status_code == 409
        page = answer.content.decode()
        assert "allerede erstattet af et nyt: Bo Beck (læge)" in page
        assert "Vi skrev forkert før." in page

    def test_without_a_reason_it_is_asked_for(self, physician: User, client_for: SignIn) -> None:
        old = a_letter(physician)
        answer = client_for(physician).post(self.url(old), self.form(old, because=" "))
        assert answer.status_code == 422
        assert "Skriv, hvorfor brevet erstattes." in answer.content.decode()

    @pytest.mark.parametrize("role", [Role.SECRETARY, Role.NURSE])
    def test_who_may_not_sign_has_no_button(
        self, role: Role, physician: User, client_for: SignIn
    ) -> None:
        old, client = a_letter(physician), client_for(person(role))
        assert self.url(old) not in client.get(self.url(old, "read")).content.decode()
        assert client.get(self.url(old)).status_code == 403

    def test_reading_a_letter_is_recorded(self, physician: User, client_for: SignIn) -> None:
        letter, nurse = a_letter(physician), person(Role.NURSE)
        client_for(nurse).get(self.url(letter, "read"))
        access = Access.objects.get(user=nurse)
        assert (access.patient, access.what) == (letter.patient, "brev")

    def test_the_referrals_page_leads_there_and_its_history_tells(
        self, physician: User, client_for: SignIn
    ) -> None:
        referral, client = accepted(physician), client_for(physician)
        old = letter_of(Kind.ACCEPTED)
        url = reverse("referrals:referral", args=[referral.pk])
        assert self.url(old) in client.get(url).content.decode()
        replace(physician, old)
        page = client.get(url).content.decode()
        assert self.url(old) not in page
        assert "Et brev blev erstattet af et nyt" in page
        assert "Forkert navn." in page
        assert self.url(old) not in client_for(person(Role.SECRETARY)).get(url).content.decode()

    def test_the_patients_page_leads_to_the_letter(
        self, physician: User, client_for: SignIn
    ) -> None:
        accepted(physician)
        old = letter_of(Kind.NOTICE)
        new, client = replace(physician, old), client_for(physician)
        page = client.get(reverse("pathways:patient", args=[old.patient_id])).content.decode()
        assert self.url(old, "read") in page
        assert self.url(new, "read") in page
        assert "Forkert navn." in page

    def test_the_practice_sees_which_letter_holds(
        self, physician: User, client_for: SignIn
    ) -> None:
        referral = accepted(physician)
        old = letter_of(Kind.ACCEPTED)
        replace(physician, old)
        client = client_for(referral.referrer)
        page = client.get(reverse("referrals:sent", args=[referral.pk])).content.decode()
        assert "erstattet af et nyt brev" in page
        assert "Forkert navn." not in page
        first = Message.objects.get(letter=old)
        page = client.get(reverse("referrals:letter", args=[first.pk])).content.decode()
        assert "Brevet er erstattet af et nyt brev af" in page
