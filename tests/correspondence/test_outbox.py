"""A message is posted once per key, with the change it tells of, and can be taken back."""

import json
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator

import pytest
from django.conf import settings as django_settings
from django.db import IntegrityError, ProgrammingError, transaction
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries, DjangoCaptureOnCommitCallbacks
from redis import Redis

from correspondence import delivery, outbox
from correspondence.delivery import begin
from correspondence.models import Attempt, Message
from correspondence.settling import go_on_paper, settle
from tests.correspondence.factories import a_message, status_of
from tests.patients.factories import a_patient
from tests.processes import on_the_test_database
from tests.threads import at_once, in_thread

Status = Message.Status


@pytest.mark.django_db
def test_a_second_post_under_the_same_key_changes_nothing() -> None:
    first = a_message(key="appointment:1:booked", body="Du har fået en tid.")
    second = a_message(key="appointment:1:booked", body="Noget andet.")
    assert second == first
    assert second.body == "Du har fået en tid."
    assert Message.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_a_message_goes_with_the_change_that_it_tells_of() -> None:
    with transaction.atomic():
        a_message()
        transaction.set_rollback(True)
    assert not Message.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_sixteen_posts_at_once_under_one_key_make_one_message() -> None:
    at_once(16, lambda _: a_message(key="appointment:1:booked"))
    assert Message.objects.count() == 1


@pytest.mark.django_db
def test_posting_takes_two_queries(django_assert_num_queries: DjangoAssertNumQueries) -> None:
    with django_assert_num_queries(2):
        a_message()


@pytest.mark.django_db
@pytest.mark.parametrize(
    "changed", [{"body": "Ny tekst"}, {"address": "+4511111111"}, {"created_at": timezone.now()}]
)
def test_the_words_of_a_message_are_frozen(changed: dict[str, object]) -> None:
    message = a_message()
    with pytest.raises(ProgrammingError, match="Cannot update"), transaction.atomic():
        Message.objects.filter(pk=message.pk).update(**changed)


@pytest.mark.django_db
def test_a_sent_message_has_its_time() -> None:
    message = a_message()
    with pytest.raises(IntegrityError), transaction.atomic():
        Message.objects.filter(pk=message.pk).update(status=Status.SENT)


@pytest.mark.django_db
def test_withdrawing_takes_back_what_has_not_left() -> None:
    queued, other = a_message(key="appointment:1:a"), a_message(key="appointment:11:a")
    failed, sent = a_message(key="appointment:1:b"), a_message(key="appointment:1:c")
    Message.objects.filter(pk=failed.pk).update(status=Status.FAILED)
    assert delivery.deliver(sent.pk)
    assert outbox.withdraw("appointment:1:") == 2
    assert [status_of(one) for one in (queued, failed, sent, other)] == [
        Status.WITHDRAWN,
        Status.WITHDRAWN,
        Status.SENT,
        Status.QUEUED,
    ]


@pytest.mark.django_db
def test_a_withdrawn_message_never_leaves() -> None:
    message = a_message()
    outbox.withdraw(message.key)
    assert not delivery.deliver(message.pk)
    assert delivery.sweep() == 0
    assert status_of(message) == Status.WITHDRAWN


@pytest.mark.django_db
def test_a_prefix_is_taken_literally() -> None:
    a_message(key="appointment:1:booked")
    assert outbox.withdraw("appointment:_:") == outbox.withdraw("%") == 0


@pytest.mark.django_db(transaction=True)
def test_withdrawing_waits_for_a_sender_that_has_the_message_in_hand() -> None:
    message = a_message()
    withdrawn: list[int] = []
    with transaction.atomic():
        Message.objects.select_for_update().get(pk=message.pk)
        other = in_thread(lambda: withdrawn.append(outbox.withdraw(message.key)))
        time.sleep(0.2)
        assert other.is_alive()
        Message.objects.filter(pk=message.pk).update(status=Status.SENT, sent_at=timezone.now())
    other.join(5)
    assert withdrawn == [0]
    assert status_of(message) == Status.SENT


@pytest.mark.django_db(transaction=True)
def test_withdrawing_takes_the_letter_on_paper_that_was_posted_while_it_waited() -> None:
    message = a_message(
        channel=Message.Channel.DIGITAL_POST,
        kind=Message.Kind.APPOINTMENT,
        patient=a_patient(street="Nygade 4", postal_code="2650", city="Hvidovre"),
    )
    withdrawn: list[int] = []
    with transaction.atomic():
        attempt = begin(Message.objects.select_for_update().get(pk=message.pk))
        assert attempt
        other = in_thread(lambda: withdrawn.append(outbox.withdraw(message.key)))
        time.sleep(0.2)
        assert other.is_alive()
        go_on_paper(attempt.message)
        settle(attempt.message, attempt, Attempt.Outcome.FAILED, "Fritaget for Digital Post.")
    other.join(5)
    assert withdrawn == [2]
    assert set(Message.objects.values_list("status", flat=True)) == {Status.WITHDRAWN}


@pytest.fixture
def bell() -> Iterator[Callable[[], list[str]]]:
    """What lies in the broker's queue: the arguments of the tasks, as Celery writes them."""
    with Redis.from_url(django_settings.REDIS_URL) as broker:
        broker.delete("celery")

        def heard() -> list[str]:
            notes = [json.loads(note) for note in broker.lrange("celery", 0, -1)]
            return [note["headers"]["argsrepr"] for note in notes]

        yield heard


@pytest.mark.django_db
def test_posting_rings_the_worker_once_the_change_stands(
    django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks,
    bell: Callable[[], list[str]],
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        message = a_message()
        assert bell() == []
    assert bell() == [f"({message.pk},)"]


@pytest.fixture
def silent_broker() -> Iterator[str]:
    """A broker that takes connections and never answers."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        yield f"redis://127.0.0.1:{server.getsockname()[1]}/0"


POST_THREE = """
import sys, django; django.setup()
from tests.correspondence.factories import a_message
from correspondence.models import Message
assert Message.objects.count() == 0
knocks = []
sys.addaudithook(lambda event, args: knocks.append(args) if event == "socket.connect" else None)
a_message()
after_the_first = len(knocks)
a_message(), a_message()
print(after_the_first, len(knocks))
"""


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("kind", ["refusing", "silent"])
def test_without_a_broker_the_change_stands_and_the_next_ones_do_not_wait_for_it(
    kind: str, silent_broker: str
) -> None:
    address = silent_broker if kind == "silent" else "redis://127.0.0.1:1/0"
    environment = on_the_test_database() | {"REDIS_URL": address}
    ran = subprocess.run(
        [sys.executable, "-c", POST_THREE],
        env=environment,
        check=False,
        capture_output=True,
        text=True,
        timeout=60,
    )
    assert ran.returncode == 0, ran.stderr
    after_the_first, after_all = map(int, ran.stdout.splitlines()[-1].split())
    assert after_the_first >= 1
    assert after_all == after_the_first
    assert delivery.sweep() == 3
