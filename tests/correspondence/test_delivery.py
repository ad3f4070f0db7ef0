"""What is due is tried once by one sender, and what fails is tried again, later and later."""

import datetime as dt
import logging
from pathlib import Path

import pytest
import time_machine
from django.db.models import Count
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries, Settings

from correspondence import channels, deciding, delivery, tasks
from correspondence.files import to_file
from correspondence.models import Message
from correspondence.parcels import Parcel
from staff.permissions import Role
from tests.correspondence.factories import a_message, last_try, status_of
from tests.staff.factories import person
from tests.threads import at_once

Status = Message.Status
NOON = dt.datetime(2026, 11, 24, 12, tzinfo=dt.UTC)


def fresh(message: Message) -> Message:
    found: Message = Message.objects.get(pk=message.pk)
    return found


def broken_folder(settings: Settings, tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    settings.OUTBOX_FOLDER = str(tmp_path / "file")


@pytest.mark.django_db
def test_a_due_message_is_sent_and_says_when() -> None:
    message = a_message()
    with time_machine.travel(timezone.now() + dt.timedelta(minutes=5), tick=False):
        assert delivery.deliver(message.pk)
        assert fresh(message).sent_at == timezone.now()
    assert (status_of(message), last_try(message)) == (Status.SENT, (1, ""))


@pytest.mark.django_db
def test_a_task_that_runs_twice_sends_once(folder: Path) -> None:
    message = a_message()
    tasks.deliver(message.pk)
    tasks.deliver(message.pk)
    assert message.tries.count() == 1
    assert len(list(folder.rglob("*.txt"))) == 1


@pytest.mark.django_db
def test_a_message_that_is_gone_is_no_error() -> None:
    assert not delivery.deliver(0)


@pytest.mark.django_db
def test_what_is_not_due_yet_waits() -> None:
    message = a_message(next_attempt_at=timezone.now() + dt.timedelta(hours=1))
    assert not delivery.deliver(message.pk)
    assert delivery.sweep() == 0
    assert status_of(message) == Status.QUEUED


@pytest.mark.django_db
def test_a_sweep_takes_the_longest_waiting_first_and_no_more_than_its_batch() -> None:
    ago = timezone.now() - dt.timedelta(hours=1)
    late, later = a_message(), a_message(next_attempt_at=ago)
    assert delivery.sweep(most=1) == 1
    assert [status_of(late), status_of(later)] == [Status.QUEUED, Status.SENT]


@pytest.mark.django_db
def test_a_failure_is_tried_again_after_the_agreed_waits_and_then_given_up(
    settings: Settings, tmp_path: Path
) -> None:
    broken_folder(settings, tmp_path)
    with time_machine.travel(NOON, tick=False) as clock:
        message = a_message()
        for minutes in settings.OUTBOX_RETRY_MINUTES:
            assert delivery.deliver(message.pk)
            wait = dt.timedelta(minutes=minutes)
            assert fresh(message).next_attempt_at == timezone.now() + wait
            assert fresh(message).status == Status.QUEUED
            clock.shift(wait)
        assert delivery.deliver(message.pk)
    assert fresh(message).status == Status.FAILED
    assert message.tries.count() == len(settings.OUTBOX_RETRY_MINUTES) + 1


@pytest.mark.django_db
def test_what_a_person_sends_again_is_tried_as_often_as_a_new_message(
    settings: Settings, tmp_path: Path
) -> None:
    settings.OUTBOX_RETRY_MINUTES = [1]
    broken_folder(settings, tmp_path)
    with time_machine.travel(NOON, tick=False) as clock:
        message = a_message()
        for after in (2, 4):
            for _ in range(3):
                delivery.deliver(message.pk)
                clock.shift(dt.timedelta(minutes=1))
            assert (status_of(message), last_try(message)[0]) == (Status.FAILED, after)
            deciding.send_again(person(Role.SECRETARY), message.pk, after)


@pytest.mark.django_db
def test_the_page_learns_why_without_personal_data(settings: Settings, tmp_path: Path) -> None:
    broken_folder(settings, tmp_path)
    message = a_message()
    delivery.deliver(message.pk)
    assert last_try(message)[1].startswith("Filen kunne ikke skrives (")
    assert fresh(message).sent_at is None


@pytest.mark.django_db
def test_success_after_a_failure_leaves_no_error(
    settings: Settings, tmp_path: Path, folder: Path
) -> None:
    broken_folder(settings, tmp_path)
    message = a_message()
    delivery.deliver(message.pk)
    settings.OUTBOX_FOLDER = str(folder)
    with time_machine.travel(timezone.now() + dt.timedelta(hours=1)):
        assert delivery.sweep() == 1
    assert (status_of(message), last_try(message)) == (Status.SENT, (2, ""))


@pytest.mark.django_db
def test_a_message_without_an_address_is_not_tried_again() -> None:
    message = a_message(address="")
    delivery.deliver(message.pk)
    assert (status_of(message), message.tries.count()) == (Status.FAILED, 1)


@pytest.mark.django_db
def test_one_odd_message_does_not_hold_up_the_others_and_its_words_stay_out_of_the_log(
    caplog: pytest.LogCaptureFixture,
) -> None:
    odd = a_message(
        channel=Message.Channel.EMAIL, address="x@example.dk", subject="Til 050580-1234\nLonni"
    )
    message = a_message()
    with caplog.at_level(logging.ERROR):
        assert delivery.sweep() == 2
    assert last_try(odd) == (1, "BadHeaderError")
    assert status_of(message) == Status.SENT
    assert caplog.messages == [f"message {odd.pk}: BadHeaderError"]


@pytest.mark.django_db
def test_a_poisoned_message_is_put_aside_after_the_agreed_tries_and_told_of_once(
    settings: Settings,
) -> None:
    tries = len(settings.OUTBOX_RETRY_MINUTES) + 1
    with time_machine.travel(NOON, tick=False) as clock:
        poisoned = a_message(
            channel=Message.Channel.EMAIL,
            kind=Message.Kind.NOTICE,
            address="x@example.dk",
            subject="Til\nLonni",
        )
        for _ in range(tries + 3):
            delivery.sweep()
            clock.shift(dt.timedelta(days=1))
    assert status_of(poisoned) == Status.FAILED
    assert list(poisoned.tries.values_list("number", flat=True)) == list(range(1, tries + 1))
    told = Message.objects.get(address=settings.TRIAGE_EMAIL)
    assert (told.subject, told.status) == ("En meddelelse kunne ikke sendes", Status.SENT)
    assert "Lonni" not in told.body


@pytest.mark.django_db
def test_a_mail_to_the_secretaries_that_fails_is_not_told_of_by_another(settings: Settings) -> None:
    message = a_message(
        channel=Message.Channel.EMAIL, kind=Message.Kind.NOTICE, address=settings.TRIAGE_EMAIL
    )
    settings.OUTBOX_CHANNELS = settings.OUTBOX_CHANNELS | {"email": "nobody"}
    with time_machine.travel(NOON + dt.timedelta(days=365), tick=False) as clock:
        for _ in range(10):
            delivery.sweep()
            clock.shift(dt.timedelta(days=1))
    assert status_of(message) == Status.FAILED
    assert Message.objects.get() == message


@pytest.mark.django_db(transaction=True)
def test_sixteen_sweeps_at_once_send_each_message_once(monkeypatch: pytest.MonkeyPatch) -> None:
    handed_over: list[int] = []

    def note(parcel: Parcel) -> None:
        handed_over.append(parcel.message.pk)
        to_file(parcel)

    carrier = channels.Carrier(note, drops_repetitions=True)
    monkeypatch.setattr(channels, "CARRIERS", {**channels.CARRIERS, "file": carrier})
    messages = [a_message().pk for _ in range(60)]
    at_once(16, lambda _: delivery.sweep())
    assert sorted(handed_over) == messages
    found = Message.objects.annotate(tried=Count("tries"))
    assert set(found.values_list("status", "tried")) == {(Status.SENT, 1)}


@pytest.mark.django_db(transaction=True)
def test_sixteen_doorbells_for_one_message_send_it_once(folder: Path) -> None:
    message = a_message()
    tried: list[bool] = []
    at_once(16, lambda _: tried.append(delivery.deliver(message.pk)))
    assert tried.count(True) == 1
    assert len(list(folder.rglob("*.txt"))) == 1


@pytest.mark.django_db
def test_a_message_costs_eight_queries_and_an_empty_sweep_one(
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    a_message()
    savepoints = 2  # the test's own transaction is around ours
    with django_assert_num_queries(4 + savepoints + 4 + savepoints + 2):  # 2: around the packing
        assert delivery.sweep(most=1) == 1
    with django_assert_num_queries(1 + savepoints):
        assert delivery.sweep() == 0
