"""A printed letter is sent when a person has said that it is in the post, once."""

import datetime as dt

import pytest
import time_machine
from django.db import IntegrityError, ProgrammingError, transaction
from django.utils import timezone

from casework.refusals import Refused, Stale
from correspondence import dispatching, outbox
from correspondence.dispatching import dispatch, post_by
from correspondence.models import Dispatch, Message, PrintRun
from correspondence.printing import print_run
from staff.models import User
from staff.permissions import Role
from tests.correspondence.factories import a_message, a_print_run, status_of
from tests.staff.factories import person
from tests.threads import at_once

pytestmark = pytest.mark.django_db
Status = Message.Status
CPH = timezone.get_default_timezone()
AFTERNOON = dt.datetime(2026, 11, 24, 14, tzinfo=CPH)


@pytest.fixture
def secretary() -> User:
    return person(Role.SECRETARY, name="Sonja Holst")


def printed(*keys: str) -> PrintRun:
    """A run with a letter for each of the keys."""
    for key in keys:
        a_message(
            key=key, channel="letter", kind="discharge", address="Å 1", next_attempt_at=AFTERNOON
        )
    Message.objects.update(next_attempt_at=timezone.now())
    run = print_run()
    assert run
    return run


def states() -> dict[str, str]:
    return dict(Message.objects.values_list("key", "status"))


def test_a_printed_letter_is_not_sent_before_somebody_says_so(secretary: User) -> None:
    run = printed("a", "b")
    assert states() == {"a": Status.PRINTED, "b": Status.PRINTED}
    with time_machine.travel(AFTERNOON, tick=False):
        made = dispatch(secretary, run.pk, taken_out=0)
    assert (made.by, made.by_name, made.at) == (secretary, "Sonja Holst", AFTERNOON)
    assert set(Message.objects.values_list("status", "sent_at")) == {(Status.SENT, AFTERNOON)}
    assert not PrintRun.objects.to_post().exists()


def test_what_ceased_to_hold_is_taken_out_and_withdrawn(secretary: User) -> None:
    run = printed("appointment:1:a", "appointment:2:a")
    assert outbox.withdraw("appointment:1:") == 1
    assert status_of(Message.objects.get(key="appointment:1:a")) == Status.PRINTED
    assert [one.key for one in dispatching.to_take_out(run)] == ["appointment:1:a"]
    with pytest.raises(Stale, match="Tag dem ud først"):
        dispatch(secretary, run.pk, taken_out=0)
    assert not Dispatch.objects.exists()
    dispatch(secretary, run.pk, taken_out=1)
    assert states() == {"appointment:1:a": Status.WITHDRAWN, "appointment:2:a": Status.SENT}


def test_what_is_in_the_post_is_not_withdrawn_any_more(secretary: User) -> None:
    run = printed("appointment:1:a")
    dispatch(secretary, run.pk, taken_out=0)
    assert outbox.withdraw("appointment:1:") == 0


def test_said_twice_it_is_said_once(secretary: User) -> None:
    run = printed("a")
    first = dispatch(secretary, run.pk, taken_out=0)
    assert dispatch(secretary, run.pk, taken_out=0) == first


def test_the_second_to_say_so_learns_who_was_first(secretary: User) -> None:
    run = printed("a")
    dispatch(secretary, run.pk, taken_out=0)
    with pytest.raises(Refused, match="Sonja Holst har allerede sendt brevene"):
        dispatch(person(Role.SECRETARY), run.pk, taken_out=0)


@pytest.mark.django_db(transaction=True)
def test_of_eight_who_say_so_at_once_one_did(secretary: User) -> None:
    run = printed("a", "b")
    secretaries = [person(Role.SECRETARY) for _ in range(8)]
    refused: list[str] = []

    def say(number: int) -> None:
        try:
            dispatch(secretaries[number], run.pk, taken_out=0)
        except Refused as refusal:
            refused.append(str(refusal))

    at_once(8, say)
    made = Dispatch.objects.get()
    assert len(refused) == 7
    assert set(Message.objects.values_list("status", "sent_at")) == {(Status.SENT, made.at)}


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("_time", range(3))
def test_a_letter_withdrawn_meanwhile_is_sent_or_to_be_taken_out(
    _time: int, secretary: User
) -> None:
    run, stale = printed("appointment:1:a"), list[Stale]()

    def either(which: int) -> None:
        try:
            _ = outbox.withdraw("appointment:1:") if which else dispatch(secretary, run.pk, 0)
        except Stale as refusal:
            stale.append(refusal)

    at_once(2, either)
    found = Message.objects.values_list("status", "is_overtaken").get()
    assert found == ((Status.PRINTED, True) if stale else (Status.SENT, False))


RUNS = [
    ("a Tuesday", dt.date(2026, 11, 24), dt.date(2026, 11, 25)),
    ("a Friday", dt.date(2026, 11, 27), dt.date(2026, 11, 30)),
    ("the day before Christmas Eve", dt.date(2026, 12, 23), dt.date(2026, 12, 28)),
]


@pytest.mark.parametrize(("_name", "day", "due"), RUNS)
def test_letters_are_to_be_in_the_post_on_the_next_day_we_are_open(
    _name: str, day: dt.date, due: dt.date
) -> None:
    assert post_by(a_print_run(day)) == due


def test_a_run_knows_how_many_wait_and_how_many_are_to_be_taken_out() -> None:
    printed("appointment:1:a", "appointment:2:a", "b")
    outbox.withdraw("appointment:")
    [run] = PrintRun.objects.without_pages().to_post()
    assert (run.printed, run.overtaken) == (3, 2)


def test_the_database_wants_a_run_for_what_is_printed_and_no_way_back() -> None:
    message = a_message(channel="letter", kind="discharge", address="Å 1")
    with pytest.raises(IntegrityError, match="printed_in_a_run"), transaction.atomic():
        Message.objects.update(status=Status.PRINTED)
    run = a_print_run(timezone.localdate())
    Message.objects.filter(pk=message.pk).update(status=Status.PRINTED, print_run=run)
    with pytest.raises(ProgrammingError, match="Invalid transition"), transaction.atomic():
        Message.objects.update(status=Status.QUEUED)


def test_the_database_refuses_to_unsay_it(secretary: User) -> None:
    dispatch(secretary, printed("a").pk, taken_out=0)
    for change in (
        lambda: Dispatch.objects.update(by_name="En anden"),
        lambda: Dispatch.objects.all().delete(),
    ):
        with pytest.raises(ProgrammingError), transaction.atomic():
            change()


def test_what_was_overtaken_stays_so() -> None:
    message = a_message()
    outbox.withdraw(message.key)
    with pytest.raises(ProgrammingError, match="Cannot update"), transaction.atomic():
        Message.objects.update(is_overtaken=False)
