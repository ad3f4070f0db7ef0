"""An interpreter is booked for one time and one language, said in the letter, and never forgotten.

Source: sundhedsloven § 50.
"""

import datetime as dt
from collections.abc import Callable, Iterator
from typing import Any

import pytest
import time_machine
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from casework.refusals import Refused, Stale
from correspondence.models import Message
from pathways import appointments, caseload, closing, interpreters, reminders, worklist
from pathways.caseload import Chosen
from pathways.interpreters import Interpreter, still_to_book
from pathways.lifecycle import Verb
from pathways.models import Appointment, Pathway
from pathways.times import Time
from pathways.tracks import Track
from patients.models import Patient
from staff.models import User
from staff.permissions import Role
from tests.pathways.factories import a_pathway, colleague, latest_step
from tests.patients.factories import a_patient
from tests.staff.factories import person

pytestmark = pytest.mark.django_db

NOW = dt.datetime(2026, 6, 9, 8, 0, tzinfo=dt.UTC)  # a Tuesday, 10.00 in Copenhagen
NEXT_TUESDAY = dt.date(2026, 6, 16)
AGENCY = "Tolkebureauet, nr. 4711"
SignIn = Callable[[User], Client]


@pytest.fixture(autouse=True)
def _on_a_tuesday() -> Iterator[None]:
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def pathway() -> Pathway:
    return a_pathway(Track.SINGLE, patient=a_patient(interpreter_language="arabisk", phone=""))


@pytest.fixture
def nurse(pathway: Pathway) -> User:
    return colleague(pathway)


def at(day: dt.date = NEXT_TUESDAY, hour: int = 10) -> dt.datetime:
    return timezone.make_aware(dt.datetime.combine(day, dt.time(hour)))


def booked(pathway: Pathway, when: dt.datetime | None = None, **more: Any) -> Appointment:
    pathway.refresh_from_db()
    by = pathway.responsible
    return appointments.book(by, pathway.pk, pathway.version, Time(by, when or at()), **more)


def get_interpreter(appointment: Appointment, booked_from: str = AGENCY) -> Appointment:
    pathway = Pathway.objects.get(pk=appointment.pathway_id)
    who = pathway.responsible
    return interpreters.book_interpreter(who, appointment.pk, pathway.version, booked_from)


def as_it_is(appointment: Appointment) -> Appointment:
    return Appointment.objects.select_related("pathway__patient").get(pk=appointment.pk)


def missing() -> list[Appointment]:
    return list(still_to_book(timezone.localtime()))


def letters() -> list[str]:
    return list(Message.objects.exclude(letter=None).order_by("pk").values_list("body", flat=True))


def test_who_booked_it_where_and_when_is_kept_and_told_in_the_history(pathway: Pathway) -> None:
    appointment = as_it_is(get_interpreter(booked(pathway)))
    assert appointment.interpreter_language == "arabisk"
    assert appointment.interpreter_from == AGENCY
    assert (appointment.interpreter_by, appointment.interpreter_at) == (pathway.responsible, NOW)
    step = latest_step(pathway)
    assert step.verb == Verb.GOT_INTERPRETER
    assert step.why == f"16.6.2026 kl. 10.00 hos Anne Holm (fremmøde), tolk: arabisk ({AGENCY})"


def test_before_it_is_booked_the_letter_says_that_we_will(pathway: Pathway) -> None:
    booked(pathway)
    (letter,) = letters()
    assert "du har brug for tolk (arabisk). Vi sørger for en tolk" in letter
    assert "bestilt" not in letter


def test_an_interpreter_booked_at_once_stands_in_the_letter(pathway: Pathway) -> None:
    booked(pathway, interpreter=Interpreter(AGENCY))
    (letter,) = letters()
    assert "Vi har bestilt en tolk (arabisk) til dig." in letter
    assert "Vi sørger for" not in letter
    assert AGENCY not in letter
    assert latest_step(pathway).why.endswith(f"tolk: arabisk ({AGENCY})")


@pytest.mark.parametrize(
    ("language", "sentence"),
    [
        ("da", "Vi har bestilt en tolk (arabisk) til dig."),
        ("en", "We have booked an interpreter (Arabic) for you."),
    ],
)
def test_the_reminder_says_that_one_is_booked(
    pathway: Pathway, language: str, sentence: str
) -> None:
    Patient.objects.update(letter_language=language)
    get_interpreter(booked(pathway, at(dt.date(2026, 6, 18))))
    with time_machine.travel(at(dt.date(2026, 6, 11), 11), tick=False):
        assert reminders.remind() == 1
    assert sentence in letters()[-1]


def test_a_moved_time_needs_a_new_interpreter(pathway: Pathway) -> None:
    appointment = get_interpreter(booked(pathway))
    _move(appointment)
    assert as_it_is(appointment).lacks_interpreter
    assert "Vi sørger for en tolk" in letters()[-1]
    assert f"tolk: arabisk ({AGENCY}) til" in latest_step(pathway).why


def test_a_time_moved_there_and_back_has_no_interpreter_either(pathway: Pathway) -> None:
    appointment = get_interpreter(booked(pathway))
    for hour in (11, 10):
        _move(appointment, hour)
    assert as_it_is(appointment).lacks_interpreter


def test_a_new_interpreter_can_be_booked_with_the_new_time(pathway: Pathway) -> None:
    appointment = get_interpreter(booked(pathway))
    _move(appointment, interpreter=Interpreter("Nr. 4712"))
    assert as_it_is(appointment).interpreter_from == "Nr. 4712"
    assert "Vi har bestilt en tolk" in letters()[-1]


def _move(appointment: Appointment, hour: int = 11, **more: Any) -> None:
    pathway = Pathway.objects.get(pk=appointment.pathway_id)
    time, who = Time(pathway.responsible, at(hour=hour)), pathway.responsible
    appointments.move(who, appointment.pk, pathway.version, time, **more)


def test_a_cancelled_time_has_no_interpreter_and_the_history_says_whom_to_call(
    pathway: Pathway, nurse: User
) -> None:
    appointment = get_interpreter(booked(pathway))
    pathway.refresh_from_db()
    appointments.cancel(nurse, appointment.pk, pathway.version, "Patienten er syg")
    assert as_it_is(appointment).interpreter_language == ""
    assert AGENCY in latest_step(pathway).why


def test_a_pathway_that_ends_leaves_no_interpreter_behind(pathway: Pathway) -> None:
    appointment = get_interpreter(booked(pathway))
    pathway.refresh_from_db()
    assert interpreters.to_call_off(pathway) == [appointment]
    who = pathway.responsible
    closing.discontinue(who, pathway.pk, pathway.version, "patient", "Vil ikke mere")
    assert as_it_is(appointment).interpreter_language == ""


def test_an_interpreter_who_does_not_come_is_to_be_booked_again(pathway: Pathway) -> None:
    appointment = get_interpreter(booked(pathway))
    pathway.refresh_from_db()
    assert missing() == []
    interpreters.lose_interpreter(pathway.responsible, appointment.pk, pathway.version)
    assert missing() == [appointment]
    assert latest_step(pathway).verb == Verb.LOST_INTERPRETER
    assert AGENCY in latest_step(pathway).why


def test_another_language_needs_another_interpreter(pathway: Pathway) -> None:
    appointment = get_interpreter(booked(pathway))
    Patient.objects.update(interpreter_language="tyrkisk")
    assert missing() == [appointment]
    assert get_interpreter(appointment).interpreter_language == "tyrkisk"
    assert missing() == []


def test_who_needs_none_gets_none(pathway: Pathway) -> None:
    Patient.objects.update(interpreter_language="")
    appointment = booked(pathway)
    assert missing() == []
    with pytest.raises(Refused, match="Patienten skal ikke have tolk"):
        get_interpreter(appointment)
    with pytest.raises(Refused, match="Patienten skal ikke have tolk"):
        booked(pathway, at(hour=14), interpreter=Interpreter())


def test_none_is_booked_twice_or_lost_unbooked_or_booked_too_late(pathway: Pathway) -> None:
    appointment = booked(pathway)
    pathway.refresh_from_db()
    with pytest.raises(Refused, match="Der er ikke bestilt en tolk"):
        interpreters.lose_interpreter(pathway.responsible, appointment.pk, pathway.version)
    get_interpreter(appointment)
    with pytest.raises(Refused, match="Der er allerede bestilt en tolk"):
        get_interpreter(appointment)
    with pytest.raises(Stale, match="bestilte en tolk"):
        interpreters.book_interpreter(pathway.responsible, appointment.pk, pathway.version)
    with (
        time_machine.travel(at(hour=12), tick=False),
        pytest.raises(Refused, match="Tidspunktet er allerede gået"),
    ):
        get_interpreter(appointment)


def test_the_database_wants_somebody_who_booked_and_none_for_what_is_cancelled(
    pathway: Pathway, nurse: User
) -> None:
    appointment = booked(pathway)
    rows = Appointment.objects.filter(pk=appointment.pk)
    with pytest.raises(IntegrityError, match="interpreter_booked"), transaction.atomic():
        rows.update(interpreter_language="arabisk")
    pathway.refresh_from_db()
    appointments.cancel(nurse, appointment.pk, pathway.version, "Syg")
    with pytest.raises(IntegrityError, match="no_interpreter"), transaction.atomic():
        rows.update(interpreter_language="arabisk", interpreter_by=nurse, interpreter_at=NOW)


@pytest.mark.parametrize(("day", "is_near"), [(23, True), (24, False)])
def test_it_is_to_be_booked_ten_weekdays_before(pathway: Pathway, day: int, is_near: bool) -> None:
    appointment = booked(pathway, at(dt.date(2026, 6, day), 14))
    assert missing() == ([appointment] if is_near else [])
    with time_machine.travel(at(dt.date(2026, 6, day), 15), tick=False):
        assert missing() == []


def test_a_row_says_of_itself_what_the_query_finds(pathway: Pathway) -> None:
    for hour, language in ((9, ""), (10, "arabisk"), (11, "tyrkisk")):
        appointment = booked(pathway, at(hour=hour))
        if language:
            Patient.objects.update(interpreter_language=language)
            get_interpreter(appointment)
    rows = Appointment.objects.select_related("pathway__patient")
    found = set(Appointment.objects.without_interpreter())
    assert {row for row in rows if row.lacks_interpreter} == found
    assert len(found) == 2


def test_the_secretary_sees_at_once_who_has_no_interpreter(
    pathway: Pathway, client_for: SignIn
) -> None:
    a_pathway(Track.FAST, patient=a_patient())
    appointment = booked(pathway)
    client = client_for(person(Role.SECRETARY))
    page = client.get(reverse("pathways:worklist"))
    part = page.context["counts"][-1]
    assert part["label"] == "1 mangler tolk"
    assert place_count(page) == 1
    narrowed = client.get(part["url"])
    assert [row["pathway"] for row in narrowed.context["rows"]] == [pathway]
    assert [chip["label"] for chip in narrowed.context["chips"]] == ["Mangler tolk"]
    get_interpreter(appointment)
    page = client.get(reverse("pathways:worklist"))
    assert "mangler tolk" not in page.content.decode()
    assert place_count(page) == 0


def place_count(page: Any) -> int:
    """What waits at the place of the open pathways."""
    places = {place["url"]: place["count"] for place in page.context["places"]}
    return int(places[reverse("pathways:worklist")])


def test_two_times_of_one_patient_are_one_patient(pathway: Pathway) -> None:
    for hour in (9, 10):
        booked(pathway, at(hour=hour))
    assert worklist.without_interpreter(person(Role.SECRETARY)) == 1


def test_it_stands_in_the_caseload_too(pathway: Pathway) -> None:
    appointment = booked(pathway)
    assert flags(pathway.responsible) == ["mangler tolk"]
    get_interpreter(appointment)
    assert flags(pathway.responsible) == []


def flags(user: User) -> list[str]:
    _page, (row,) = caseload.page(user, Chosen(), timezone.localdate())
    return [flag["label"] for flag in row.flags]


def test_on_the_patients_page_it_is_booked_and_lost(pathway: Pathway, client_for: SignIn) -> None:
    appointment = booked(pathway)
    client = client_for(person(Role.SECRETARY))
    page = reverse("pathways:patient", args=[pathway.patient_id])
    assert "mangler tolk: arabisk" in client.get(page).content.decode()
    for name, typed in (("interpreter", {"booked_from": AGENCY}), ("no_interpreter", {})):
        address = reverse(f"pathways:{name}", args=[appointment.pk])
        assert address in client.get(page).content.decode()
        assert client.get(address).status_code == 200
        pathway.refresh_from_db()
        answer = client.post(address, {"version": pathway.version, **typed})
        assert answer.status_code == 302
        shown = f"tolk bestilt: arabisk ({AGENCY})" in client.get(page).content.decode()
        assert shown == (name == "interpreter")


@pytest.mark.parametrize("name", ["move", "cancel", "discharge", "discontinue"])
def test_who_ends_a_time_is_reminded_to_call_the_interpreter_off(
    name: str, pathway: Pathway, client_for: SignIn
) -> None:
    appointment = booked(pathway)
    pk = appointment.pk if name in ("move", "cancel") else pathway.pk
    address, client = reverse(f"pathways:{name}", args=[pk]), client_for(pathway.responsible)
    assert "afbestille tolken" not in client.get(address).content.decode()
    get_interpreter(appointment)
    page = client.get(address).content.decode()
    assert "Husk at flytte eller afbestille tolken." in page
    assert AGENCY in page


@pytest.mark.parametrize("ticked", [True, False])
def test_the_form_that_books_a_time_asks_for_the_interpreter(
    ticked: bool, pathway: Pathway, client_for: SignIn
) -> None:
    address = reverse("pathways:book", args=[pathway.pk])
    client = client_for(pathway.responsible)
    assert "Tolk er bestilt til den tid (arabisk)" in client.get(address).content.decode()
    typed = {
        "clinician": pathway.responsible.pk,
        "day": "16.06.2026",
        "at": "10.00",
        "minutes": 30,
        "how": "visit",
        "interpreter_from": AGENCY,
        "version": pathway.version,
    }
    sent = typed | ({"has_interpreter": "on"} if ticked else {})
    assert client.post(address, sent).status_code == 302
    assert Appointment.objects.get().interpreter_from == (AGENCY if ticked else "")


def test_the_form_does_not_ask_where_none_is_needed(client_for: SignIn) -> None:
    pathway = a_pathway(Track.SINGLE)
    page = client_for(pathway.responsible).get(reverse("pathways:book", args=[pathway.pk]))
    assert "Tolk" not in page.content.decode().split("<form", 1)[1]
