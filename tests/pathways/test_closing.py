"""A pathway ends with a letter to the referrer, and leaves no appointment behind."""

import datetime as dt
from collections.abc import Iterator
from typing import Any

import pytest
import time_machine

from casework.refusals import Refused, Stale
from correspondence import mailing
from correspondence.models import Message
from letters.content import Content
from letters.models import Letter
from letters.writing import drafted, keep
from pathways import appointments, closing, pausing, planning
from pathways.lifecycle import CHOSEN_ENDINGS, Ending, Status
from pathways.models import Appointment, Pathway
from pathways.patient_letters import danish, english
from pathways.times import Time
from pathways.tracks import Track
from staff.permissions import Permission, Role, may
from tests.pathways.factories import a_pathway, colleague, latest_step
from tests.patients.factories import a_patient
from tests.staff.factories import person

pytestmark = pytest.mark.django_db

NOW = dt.datetime(2026, 6, 9, 8, 0, tzinfo=dt.UTC)


@pytest.fixture(autouse=True)
def _on_a_tuesday() -> Iterator[None]:
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def pathway() -> Pathway:
    return a_pathway(Track.SINGLE)


def discharged(pathway: Pathway, **letter: object) -> Pathway:
    words: dict[str, Any] = {"summary": "Smerterne er mindre.", "follow_up_by_gp": False, **letter}
    return closing.discharge(pathway.responsible, pathway.pk, pathway.version, **words)


def sent(kind: str) -> list[Message]:
    return list(Message.objects.filter(kind=kind).order_by("pk"))


def test_the_referrer_gets_the_letter_with_what_to_do_on_top(pathway: Pathway) -> None:
    discharged(pathway, follow_up_by_gp=True, follow_up_advice="Trap ud af tramadol over 4 uger")
    (letter,) = sent(Message.Kind.DISCHARGE)
    assert (letter.channel, letter.unit) == (Message.Channel.PORTAL, pathway.unit)
    assert letter.body.startswith(
        "Vi anbefaler opfølgning i almen praksis:\nTrap ud af tramadol over 4 uger"
    )
    assert "Smerterne er mindre." in letter.body
    assert letter.body.endswith("Venlig hilsen\nAnne Holm, læge\nTværfagligt Smertecenter")


def test_the_letter_says_when_no_follow_up_is_needed(pathway: Pathway) -> None:
    discharged(pathway)
    assert sent(Message.Kind.DISCHARGE)[0].body.startswith("Der er ikke behov for opfølgning")


def test_the_email_to_the_referrer_names_no_patient(pathway: Pathway) -> None:
    discharged(pathway)
    (notice,) = sent(Message.Kind.NOTICE)
    assert notice.address == "laegerne@example.dk"
    assert notice.patient is None
    assert pathway.patient.family_name not in notice.subject + notice.body


def test_a_closed_pathway_has_no_due_date_and_no_next_step(pathway: Pathway) -> None:
    discharged(pathway)
    pathway.refresh_from_db()
    assert (pathway.status, pathway.due_on, pathway.next_step) == (Status.COMPLETED, None, "")
    assert pathway.closed_at == NOW


def test_coming_appointments_are_cancelled_and_the_patient_told(pathway: Pathway) -> None:
    nurse = colleague(pathway)
    when = dt.datetime(2026, 6, 22, 8, 0, tzinfo=dt.UTC)
    appointments.book(nurse, pathway.pk, pathway.version, Time(nurse, when))
    pathway.refresh_from_db()
    discharged(pathway)
    appointment = Appointment.objects.get()
    assert (appointment.status, appointment.why) == (Appointment.Status.CANCELLED, "Afsluttet")
    assert [message.status for message in sent(Message.Kind.APPOINTMENT)] == ["withdrawn", "queued"]


def test_a_pathway_is_discontinued_with_a_reason_that_the_referrer_reads(pathway: Pathway) -> None:
    closing.discontinue(pathway.responsible, pathway.pk, pathway.version, "moved", "Til Jylland")
    pathway.refresh_from_db()
    assert pathway.status == Status.DISCONTINUED
    assert "Patienten er flyttet.\n\nTil Jylland" in sent(Message.Kind.DISCHARGE)[0].body


@pytest.mark.parametrize(
    ("letter", "sentence"),
    [
        ({"summary": " "}, "Skriv epikrisen"),
        ({"follow_up_by_gp": True}, "hvad egen læge anbefales"),
    ],
)
def test_a_letter_says_something(
    pathway: Pathway, letter: dict[str, object], sentence: str
) -> None:
    with pytest.raises(Refused, match=sentence):
        discharged(pathway, **letter)
    assert not Message.objects.exists()


@pytest.mark.parametrize("ending", ["", "unstated", "nonsense"])
def test_discontinuing_says_by_whom_or_what(pathway: Pathway, ending: str) -> None:
    with pytest.raises(Refused, match="hvem eller hvad der afbryder"):
        closing.discontinue(pathway.responsible, pathway.pk, pathway.version, ending, "Derfor")


def with_an_appointment(pathway: Pathway) -> Pathway:
    nurse = colleague(pathway)
    when = dt.datetime(2026, 6, 22, 8, 0, tzinfo=dt.UTC)
    appointments.book(nurse, pathway.pk, pathway.version, Time(nurse, when))
    pathway.refresh_from_db()
    return pathway


@pytest.mark.parametrize("ending", CHOSEN_ENDINGS)
def test_nothing_more_is_sent_to_a_patient_who_has_died(pathway: Pathway, ending: str) -> None:
    found = with_an_appointment(pathway)
    closing.discontinue(found.responsible, found.pk, found.version, ending, "Oplyst i dag")
    found.refresh_from_db()
    to_patient = Message.objects.filter(patient=found.patient, unit=None, to_user=None)
    waiting = to_patient.filter(status=Message.Status.QUEUED)
    assert (found.ended_because, waiting.exists()) == (ending, ending != Ending.DIED)
    assert to_patient.exclude(status=Message.Status.QUEUED).exists()  # what was withdrawn is kept
    assert Appointment.objects.get().status == Appointment.Status.CANCELLED
    assert Message.objects.filter(unit=found.unit, status=Message.Status.QUEUED).exists()


TO_THE_PATIENT = [
    (Ending.PATIENT, "da", "Dit forløb hos os er nu stoppet, som du har ønsket."),
    (Ending.PATIENT, "en", "has now stopped, as you wished."),
    (Ending.CENTRE, "da", "Vi har besluttet at stoppe dit forløb hos os."),
    (Ending.CENTRE, "en", "We have decided to stop your treatment with us."),
    (Ending.MOVED, "da", "fordi du er flyttet."),
    (Ending.MOVED, "en", "because you have moved."),
]


@pytest.mark.parametrize(("ending", "language", "told"), TO_THE_PATIENT)
def test_a_patient_without_an_appointment_is_told_that_it_stops(
    ending: Ending, language: str, told: str
) -> None:
    pathway = a_pathway(Track.SINGLE, patient=a_patient(letter_language=language))
    closing.discontinue(pathway.responsible, pathway.pk, pathway.version, ending, "Til centret")
    (message,) = sent(Message.Kind.PATIENT_NOTICE)
    assert (message.key, message.patient) == (
        f"pathway:{pathway.pk}:closed:patient",
        pathway.patient,
    )
    assert told in message.body
    assert "Til centret" not in message.body


def test_who_lives_on_is_told_why_it_stopped_in_each_language() -> None:
    alive = set(CHOSEN_ENDINGS) - {Ending.DIED}
    assert set(danish.STOPPED) == set(english.STOPPED) == alive


def test_a_referral_on_its_way_to_another_hospital_is_not_taken_back(pathway: Pathway) -> None:
    letter = drafted(
        kind=Letter.Kind.FORWARDED,
        recipient="Sygehuset",
        address="Sygehusvej 3",
        content=Content(title="Videresendt henvisning", blocks=()),
        patient=pathway.patient,
    )
    onwards = mailing.to_address(keep(letter, "forwarded:1"))
    found = with_an_appointment(pathway)
    closing.discontinue(found.responsible, found.pk, found.version, Ending.DIED, "Oplyst i dag")
    onwards.refresh_from_db()
    assert onwards.status == Message.Status.QUEUED
    assert [message.status for message in sent(Message.Kind.APPOINTMENT)] == ["withdrawn"]


def test_a_paused_pathway_may_end(pathway: Pathway) -> None:
    pausing.pause(pathway.responsible, pathway.pk, 1, "illness", dt.date(2026, 8, 17))
    pathway.refresh_from_db()
    discharged(pathway)
    pathway.refresh_from_db()
    assert (pathway.status, pathway.paused_because) == (Status.COMPLETED, "")


def test_the_history_says_why_it_ended(pathway: Pathway) -> None:
    discharged(pathway, follow_up_by_gp=True, follow_up_advice="Trap ud")
    assert latest_step(pathway).why == "Epikrisen er sendt. Egen læge anbefales at følge op."


def test_discontinuing_needs_a_reason(pathway: Pathway) -> None:
    with pytest.raises(Refused, match="hvorfor forløbet afbrydes"):
        closing.discontinue(pathway.responsible, pathway.pk, pathway.version, "moved", "")


@pytest.mark.parametrize("role", [Role.SECRETARY, Role.NURSE, Role.PHYSICIAN])
def test_only_a_physician_ends_a_pathway(pathway: Pathway, role: Role) -> None:
    user = person(role)
    if may(role, Permission.DISCHARGE):
        assert closing.discontinue(user, pathway.pk, pathway.version, "moved", "Flyttet").closed_at
        return
    with pytest.raises(Refused, match="Kun en læge"):
        closing.discontinue(user, pathway.pk, pathway.version, "moved", "Flyttet")


def test_a_pathway_ends_once(pathway: Pathway) -> None:
    discharged(pathway)
    pathway.refresh_from_db()
    with pytest.raises(Refused, match="allerede afsluttet"):
        discharged(pathway)
    with pytest.raises(Refused, match="Forløbet er afsluttet"):
        planning.set_next_step(
            pathway.responsible,
            pathway.pk,
            pathway.version,
            "Ring",
            pathway.responsible,
            dt.date(2026, 6, 12),
        )
    assert len(sent(Message.Kind.DISCHARGE)) == 1


def test_an_older_page_does_not_end_a_pathway(pathway: Pathway) -> None:
    read_at = pathway.version
    nurse = colleague(pathway)
    planning.set_next_step(nurse, pathway.pk, read_at, "Ring", nurse, dt.date(2026, 6, 12))
    with pytest.raises(Stale, match="Nina Sygeplejerske"):
        discharged(pathway)


def test_a_discharged_patient_may_come_again(pathway: Pathway) -> None:
    discharged(pathway)
    assert a_pathway(Track.SINGLE, patient=pathway.patient).is_open
