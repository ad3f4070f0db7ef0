"""Who is not received: whom the referrer calls by another name, and who has died."""

from collections.abc import Mapping
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from admission.criteria import Destination
from casework.refusals import Refused
from correspondence.models import Message
from letters.models import Letter
from pathways import closing
from pathways.lifecycle import Ending
from pathways.models import Pathway
from pathways.rights import Right
from pathways.tracks import Track
from referrals import intake, signing, triage
from referrals.checks import Action, refusal
from referrals.deciding import ask_for_signature
from referrals.lifecycle import Status
from referrals.models import Decision, Referral
from referrals.proposals import people_json, plan_on
from staff.models import User
from staff.permissions import Role
from tests.pathways.factories import a_pathway
from tests.referrals.cases import CANCER, accepted_by, sent

pytestmark = pytest.mark.django_db
People = Mapping[Role, User]
BO = {"patient": {"given_names": "Bo", "family_name": "Berg"}}
ANOTHER_NAME = (
    "Henviser skriver et andet navn, end vi har på nummeret. Vælg »Samme person«, når det er "
    "kontrolleret, eller »Forkert CPR-nummer« for at spørge henviser."
)
DEAD = "Patienten er registreret som død."


def mistaken(*changes: Mapping[str, Mapping[str, Any]]) -> Referral:
    """A referral of Bo Berg under the number of Lonni Test Lauridsen, who is known."""
    sent()
    return sent(BO, *changes)


def proposed(referral: Referral, people: People) -> Referral:
    """Sent to be received, against a criterion: it waits for the physician."""
    physician = people[Role.PHYSICIAN]
    accepted_by(people[Role.SECRETARY], referral, reason="Ældre end kræften", physician=physician)
    return Referral.objects.get(pk=referral.pk)


def died(referral: Referral) -> None:
    pathway = a_pathway(Track.SINGLE, patient=referral.patient)
    physician = pathway.responsible
    closing.discontinue(physician, pathway.pk, pathway.version, Ending.DIED, "Oplyst i dag")


def to_patients() -> list[Message]:
    return list(Message.objects.filter(kind=Message.Kind.PATIENT_NOTICE))


def test_who_is_called_by_another_name_is_not_received(people: People) -> None:
    referral = mistaken()
    with pytest.raises(Refused) as refused:
        accepted_by(people[Role.SECRETARY], referral)
    assert refused.value.sentence == ANOTHER_NAME
    assert not Pathway.objects.exists()
    assert not to_patients()


def test_the_buttons_say_why(people: People, secretary: Client) -> None:
    page = secretary.get(reverse("referrals:referral", args=[mistaken().pk])).content.decode()
    assert page.count(ANOTHER_NAME) >= 2  # as proposed, and with changes


@pytest.mark.parametrize(
    "name",
    [
        {"given_names": "Lonni", "family_name": "Mortensen"},
        {"given_names": "lonni", "family_name": "Lauridsen"},
        {"given_names": "L", "family_name": "Lauridsen"},
    ],
)
def test_a_maiden_name_or_one_left_out_stands_in_nobodys_way(
    people: People, name: Mapping[str, str]
) -> None:
    sent()
    accepted_by(people[Role.SECRETARY], sent({"patient": name}))
    assert len(to_patients()) == 1


def test_once_the_referrer_has_corrected_the_name_the_patient_is_received(people: People) -> None:
    referral, secretary = mistaken(), people[Role.SECRETARY]
    triage.ask(secretary, referral.pk, referral.version, "Er CPR-nummeret rigtigt?", [])
    draft = intake.begin_answer(referral.referrer, referral.pk)
    right = {"given_names": "Lonni", "family_name": "Lauridsen"}
    intake.save_step(referral.referrer, draft.pk, "patient", {**draft.answers["patient"], **right})
    intake.submit(referral.referrer, draft.pk)
    referral = Referral.objects.get(pk=referral.pk)
    assert refusal(secretary, Action.ACCEPT, referral) == ""
    accepted_by(secretary, referral)
    assert len(to_patients()) == 1


def test_what_was_proposed_before_is_not_signed_for_another_name(people: People) -> None:
    referral, plan = mistaken(CANCER), None
    plan = plan_on(referral, Track.SINGLE)
    decision = Decision(
        referral=referral,
        kind=Decision.Kind.ACCEPT,
        track=plan.track,
        right=Right.TREATMENT,
        plan=people_json(plan),
        letter="Patienten er modtaget.",
        proposed_by=people[Role.SECRETARY],
    )
    ask_for_signature(decision, people[Role.SECRETARY], "", people[Role.PHYSICIAN])
    with pytest.raises(Refused, match="et andet navn"):
        signing.sign(people[Role.PHYSICIAN], referral.pk, referral.version)
    assert not Pathway.objects.exists()


def test_who_has_died_is_not_received(people: People) -> None:
    referral = sent()
    died(referral)
    assert refusal(people[Role.SECRETARY], Action.ACCEPT, referral) == DEAD
    with pytest.raises(Refused, match=DEAD):
        accepted_by(people[Role.SECRETARY], referral)


def test_who_has_died_meanwhile_is_not_received_by_a_signature(people: People) -> None:
    referral = proposed(sent(CANCER), people)
    died(referral)
    with pytest.raises(Refused, match=DEAD):
        signing.sign(people[Role.PHYSICIAN], referral.pk, referral.version)
    referral.refresh_from_db()
    assert referral.status == Status.AWAITING_SIGNATURE


def test_a_redirect_is_told_to_the_referrer_and_not_to_who_has_died(people: People) -> None:
    referral = sent(CANCER)
    died(referral)
    triage.redirect(
        *(people[Role.PHYSICIAN], referral.pk, referral.version),
        *(Destination.PALLIATIVE, "Brev", "Bedre hjulpet dér"),
    )
    assert not to_patients()
    assert Letter.objects.filter(unit=referral.unit, kind=Letter.Kind.REDIRECTED).exists()
