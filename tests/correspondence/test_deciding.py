"""What may have left is a person's to decide, once, with name and time."""

import datetime as dt
from collections.abc import Callable

import pytest
from django.db import IntegrityError, ProgrammingError, transaction
from django.utils import timezone

from casework.refusals import Refused, Stale
from correspondence import deciding, delivery, outbox
from correspondence.models import Attempt, Message, Verdict
from staff.models import User
from staff.permissions import Role
from tests.correspondence.factories import a_message, a_print_run, doubtful, failed, status_of
from tests.staff.factories import person
from tests.threads import at_once

Status, Said = Message.Status, Verdict.Said


@pytest.fixture
def secretary() -> User:
    return person(Role.SECRETARY, name="Sonja Holst")


@pytest.mark.django_db
def test_a_message_that_a_person_knows_of_is_sent_from_when_it_was_tried(secretary: User) -> None:
    message = doubtful()
    deciding.say_sent(secretary, message.pk, after=1)
    message.refresh_from_db()
    assert message.status == Status.SENT
    assert message.sent_at == message.tries.get().began_at
    verdict = message.verdicts.get()
    assert (verdict.by, verdict.by_name, verdict.said) == (secretary, "Sonja Holst", Said.SENT)
    assert timezone.now() - verdict.at < dt.timedelta(minutes=1)


@pytest.mark.django_db
@pytest.mark.parametrize("make", [doubtful, failed])
def test_a_message_is_sent_again_on_a_persons_word(
    make: Callable[[], Message], secretary: User
) -> None:
    message = make()
    deciding.send_again(secretary, message.pk, after=1)
    assert delivery.deliver(message.pk)
    assert status_of(message) == Status.SENT
    assert message.verdicts.get().said == Said.AGAIN


@pytest.mark.django_db
@pytest.mark.parametrize("make", [doubtful, failed])
def test_a_message_that_need_not_be_sent_is_put_away_for_good(
    make: Callable[[], Message], secretary: User
) -> None:
    message = make()
    deciding.drop(secretary, message.pk, after=1)
    assert status_of(message) == Status.WITHDRAWN
    assert message.verdicts.get().said == Said.DROP
    assert not Message.objects.undelivered().exists()
    assert not delivery.deliver(message.pk)


@pytest.mark.django_db
def test_a_message_in_doubt_that_was_overtaken_is_not_sent_again_but_put_away(
    secretary: User,
) -> None:
    message = doubtful(key="appointment:1:booked")
    assert outbox.withdraw("appointment:1:") == 1
    assert status_of(message) == Status.UNCERTAIN
    with pytest.raises(Refused, match="gælder ikke længere"), transaction.atomic():
        deciding.send_again(secretary, message.pk, after=1)
    deciding.drop(secretary, message.pk, after=1)
    assert status_of(message) == Status.WITHDRAWN


STATES = [
    (Status.QUEUED, False, False, False),
    (Status.PRINTED, False, False, False),
    (Status.SENT, False, False, False),
    (Status.UNCERTAIN, True, True, True),
    (Status.FAILED, True, False, True),
    (Status.WITHDRAWN, False, False, False),
]


@pytest.mark.django_db
@pytest.mark.parametrize(("status", "again", "sent", "drop"), STATES)
def test_what_may_be_said_in_which_state(
    status: str, again: bool, sent: bool, drop: bool, secretary: User
) -> None:
    message = a_message()
    needs: dict[str, object] = {}
    if status == Status.SENT:
        needs = {"sent_at": timezone.now()}
    if status == Status.PRINTED:
        needs = {"print_run": a_print_run(timezone.localdate())}
    Message.objects.filter(pk=message.pk).update(status=status, **needs)
    assert allowed(deciding.send_again, secretary, message) == again
    assert allowed(deciding.say_sent, secretary, message) == sent
    assert allowed(deciding.drop, secretary, message) == drop


def allowed(verb: Callable[[User, int, int], Message], user: User, message: Message) -> bool:
    sid = transaction.savepoint()
    try:
        verb(user, message.pk, 0)
    except Refused:
        return False
    finally:
        transaction.savepoint_rollback(sid)
    return True


@pytest.mark.django_db
@pytest.mark.parametrize("role", [one for one in Role if one not in (Role.SECRETARY, Role.MANAGER)])
def test_only_those_who_keep_the_outbox_decide(role: Role) -> None:
    message = doubtful()
    for verb in (deciding.say_sent, deciding.send_again, deciding.drop):
        with pytest.raises(Refused, match="Kun de, der passer Udbakken"):
            verb(person(role), message.pk, 1)


@pytest.mark.django_db(transaction=True)
def test_of_eight_who_decide_at_once_one_is_heard_and_the_others_learn_who(
    secretary: User,
) -> None:
    message, refusals = doubtful(), []

    def say(number: int) -> None:
        verb = deciding.say_sent if number % 2 else deciding.send_again
        try:
            verb(secretary, message.pk, 1)
        except Stale as stale:
            refusals.append(str(stale))

    at_once(8, say)
    assert len(refusals) == 7
    assert all(words.startswith("Sonja Holst har allerede sagt") for words in refusals)
    assert message.verdicts.count() == 1


@pytest.mark.django_db
def test_a_verdict_on_an_earlier_attempt_is_none_on_this_one(secretary: User) -> None:
    message = doubtful()
    Attempt.objects.create(message=message, number=2)
    with pytest.raises(Stale, match="forsøgt sendt igen, siden du åbnede siden"):
        deciding.say_sent(secretary, message.pk, 1)


@pytest.mark.django_db
def test_what_went_on_paper_is_not_sent_again_digitally(secretary: User) -> None:
    message = failed()
    a_message(key=f"{message.key}:paper", channel=Message.Channel.LETTER, address="Nygade 4")
    with pytest.raises(Refused, match="Brevet sendes på papir i stedet"):
        deciding.send_again(secretary, message.pk, 1)


@pytest.mark.django_db
def test_a_verdict_is_never_changed_nor_given_twice(secretary: User) -> None:
    message = doubtful()
    deciding.send_again(secretary, message.pk, after=1)
    with pytest.raises(ProgrammingError), transaction.atomic():
        message.verdicts.update(said=Said.SENT)
    with pytest.raises(IntegrityError), transaction.atomic():
        Verdict.objects.create(message=message, after=1, said=Said.SENT, by=secretary)
