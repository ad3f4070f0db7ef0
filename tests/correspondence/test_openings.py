"""Whether the practice has seen an answer: noted once, by the first, and never by a stranger."""

import datetime as dt
from importlib import import_module

import pgtrigger
import pytest
import time_machine
from django.db import DatabaseError, IntegrityError, connection, transaction

from casework.refusals import Refused
from correspondence import openings
from correspondence.models import ANSWERS, Message, Opening
from staff.models import User
from staff.permissions import Role
from tests.correspondence.factories import a_message
from tests.staff.factories import person
from tests.threads import at_once

pytestmark = pytest.mark.django_db
A_MONDAY = dt.datetime(2026, 6, 8, 10, tzinfo=dt.UTC)


def an_answer(reader: User, **fields: object) -> Message:
    """An answer in the portal to the practice of a referrer."""
    portal = {"kind": Message.Kind.ADVICE, "channel": Message.Channel.PORTAL, "address": ""}
    return a_message(**portal | {"unit": reader.unit} | fields)


@pytest.fixture
def referrer() -> User:
    return person(Role.REFERRER)


@pytest.fixture
def secretary() -> User:
    return person(Role.SECRETARY)


def how_seen(message: Message) -> list[tuple[str, User | None, str]]:
    found = Opening.objects.filter(message=message)
    return [(one.how, one.by, one.note) for one in found]


def test_the_first_opening_counts(referrer: User) -> None:
    answer = an_answer(referrer)
    colleague = person(Role.REFERRER, unit=referrer.unit)
    openings.note_opened(referrer, [answer])
    openings.note_opened(colleague, [answer])
    assert how_seen(answer) == [("opened", referrer, "")]
    assert not openings.unseen().exists()


@pytest.mark.parametrize("kind", Message.Kind)
def test_only_an_answer_is_noted(referrer: User, kind: str) -> None:
    message = an_answer(referrer, kind=kind)
    openings.note_opened(referrer, [message])
    assert bool(how_seen(message)) == (kind in ANSWERS)


def test_a_letter_outside_the_portal_is_no_answer(referrer: User) -> None:
    letter = an_answer(referrer, channel=Message.Channel.LETTER)
    openings.note_opened(referrer, [letter])
    assert not how_seen(letter)
    assert not openings.unseen().exists()


@pytest.mark.parametrize("role", Role)
def test_nobody_else_receives_it_for_the_practice(referrer: User, role: Role) -> None:
    answer = an_answer(referrer)
    openings.note_opened(person(role), [answer])
    assert not how_seen(answer)


def test_what_was_taken_back_is_not_waited_for(referrer: User) -> None:
    an_answer(referrer, key="taken back")
    Message.objects.update(status=Message.Status.WITHDRAWN)
    assert not openings.unseen().exists()


@pytest.mark.parametrize(
    ("day", "is_due"),
    [(dt.date(2026, 6, 10), False), (dt.date(2026, 6, 11), True), (dt.date(2026, 6, 15), True)],
)
def test_the_practice_is_phoned_on_the_third_weekday(
    referrer: User, day: dt.date, is_due: bool
) -> None:
    with time_machine.travel(A_MONDAY):
        answer = an_answer(referrer)
    assert openings.phone_by(answer) == dt.date(2026, 6, 11)
    assert openings.unseen().filter(openings.overdue(day)).exists() == is_due


def test_an_answer_late_in_the_evening_counts_from_the_day_in_denmark(referrer: User) -> None:
    with time_machine.travel(dt.datetime(2026, 6, 8, 22, 30, tzinfo=dt.UTC)):  # the 9th, 0.30
        answer = an_answer(referrer)
    assert openings.phone_by(answer) == dt.date(2026, 6, 12)
    assert not openings.unseen().filter(openings.overdue(dt.date(2026, 6, 11))).exists()


class TestPhoning:
    def test_a_call_says_who_was_spoken_to(self, referrer: User, secretary: User) -> None:
        answer = an_answer(referrer)
        openings.note_call(secretary, answer, " Bente i skranken ")
        assert how_seen(answer) == [("phoned", secretary, "Bente i skranken")]

    def test_without_a_name_it_is_refused(self, referrer: User, secretary: User) -> None:
        answer = an_answer(referrer)
        with pytest.raises(Refused, match="Skriv, hvem du talte med"):
            openings.note_call(secretary, answer, "  ")
        assert not how_seen(answer)

    def test_an_answer_opened_meanwhile_is_not_phoned_about(
        self, referrer: User, secretary: User
    ) -> None:
        answer = an_answer(referrer)
        openings.note_opened(referrer, [answer])
        with pytest.raises(Refused, match=f"Åbnet af {referrer.name}"):
            openings.note_call(secretary, answer, "Bente")

    def test_the_same_call_sent_twice_is_one(self, referrer: User, secretary: User) -> None:
        answer = an_answer(referrer)
        first = openings.note_call(secretary, answer, "Bente")
        assert openings.note_call(secretary, answer, "Bente") == first
        with pytest.raises(Refused, match="talte med Bente"):
            openings.note_call(person(Role.SECRETARY), answer, "Bente")


def test_in_words(referrer: User, secretary: User) -> None:
    opened, phoned, unseen = (an_answer(referrer) for _ in range(3))
    with time_machine.travel(A_MONDAY):
        openings.note_opened(referrer, [opened])
        openings.note_call(secretary, phoned, "Bente")
    before = an_answer(referrer)
    Opening.objects.create(message=before, how=Opening.How.BEFORE)
    for answer in (opened, phoned, before):
        answer.refresh_from_db()
    assert openings.seen_words(opened) == "Åbnet af Gerda Læge 8.6.2026 kl. 12.00"
    said = "Karin Sekretær ringede 8.6.2026 kl. 12.00 og talte med Bente"
    assert openings.seen_words(phoned) == said
    assert openings.seen_words(unseen) == "Ikke åbnet endnu"
    assert openings.seen_words(before) == "Sendt, før åbninger blev noteret"
    assert openings.seen_words(a_message()) == ""


@pytest.mark.parametrize("statement", ["UPDATE {} SET note = 'x'", "DELETE FROM {}"])
def test_an_opening_is_never_changed(referrer: User, statement: str) -> None:
    openings.note_opened(referrer, [an_answer(referrer)])
    refused = pytest.raises(DatabaseError, match="Cannot update or delete")
    with refused, transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement.format(Opening._meta.db_table))


@pytest.mark.parametrize("how", Opening.How)
def test_the_database_wants_to_know_by_whom(referrer: User, how: str) -> None:
    by = referrer if how == Opening.How.BEFORE else None
    with pytest.raises(IntegrityError), transaction.atomic():
        Opening.objects.create(message=an_answer(referrer), how=how, by=by, note="Bente")


@pytest.mark.django_db(transaction=True)
def test_ten_open_at_the_same_time_and_one_is_noted() -> None:
    referrer = person(Role.REFERRER)
    answer = an_answer(referrer)
    readers = [person(Role.REFERRER, unit=referrer.unit) for _ in range(10)]
    at_once(10, lambda number: openings.note_opened(readers[number], [answer]))
    assert Opening.objects.filter(message=answer).count() == 1


@pytest.mark.parametrize("said", [True, False])
def test_the_database_refuses_to_take_an_answer_for_seen_or_unseen_that_is_not(
    referrer: User, said: bool
) -> None:
    answer = an_answer(referrer)
    if not said:
        openings.note_opened(referrer, [answer])
    refused = pytest.raises(DatabaseError, match="otherwise than the openings")
    with refused, transaction.atomic():
        Message.objects.filter(pk=answer.pk).update(is_seen=said)
    with refused, transaction.atomic():
        Message.objects.bulk_create([Message(key="new", is_seen=True)])


def test_what_was_opened_before_the_mark_came_is_marked(referrer: User) -> None:
    opened, unopened = an_answer(referrer), an_answer(referrer)
    with pgtrigger.ignore("correspondence.Opening:marks_as_seen"):
        openings.note_opened(referrer, [opened])
    assert openings.unseen().count() == 2
    with connection.cursor() as cursor:
        cursor.execute(
            import_module("correspondence.migrations.0009_unseen_answers").OPENED_ALREADY
        )
    assert list(openings.unseen()) == [unopened]
