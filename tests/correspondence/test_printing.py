"""The day's letters on paper: one PDF, each letter on a sheet of its own, each printed once."""

import datetime as dt
import hashlib
import subprocess
import sys
from io import BytesIO
from pathlib import Path

import pytest
import time_machine
from django.core.management import call_command
from django.db import ProgrammingError, transaction
from django.utils import timezone
from pikepdf import Pdf
from pytest_django import DjangoAssertNumQueries, Settings

from correspondence import deciding, delivery, outbox, tasks
from correspondence.models import Attempt, Message, PrintRun
from correspondence.posting import last_print, next_print
from correspondence.printing import file_of, print_run
from staff.permissions import Role
from tests.correspondence.factories import a_letter_to, a_message, failed, status_of
from tests.patients.factories import a_patient
from tests.processes import on_the_test_database
from tests.staff.factories import person
from tests.threads import at_once

Channel, Status = Message.Channel, Message.Status
CPH = timezone.get_default_timezone()
MORNING = dt.datetime(2026, 11, 24, 9, tzinfo=CPH)
AT_PRINT = dt.datetime(2026, 11, 24, 13, 7, tzinfo=CPH)


def on_paper(**fields: object) -> Message:
    """A letter from before letters were typeset: its words only."""
    letter = {"channel": Channel.LETTER, "kind": Message.Kind.PATIENT_NOTICE}
    return a_message(**letter | {"address": "Nygade 4, 2650 Hvidovre"} | fields)


def typeset(**fields: object) -> Message:
    at = {"street": "Nygade 4", "postal_code": "2650", "city": "Hvidovre"}
    return a_letter_to(a_patient(digital_post_exempt=True, **at), **fields)


def at(month: int, day: int, hour: int) -> dt.datetime:
    return dt.datetime(2026, month, day, hour, tzinfo=CPH)


PRINTS = [
    ("a morning", at(11, 24, 9), at(11, 24, 13)),
    ("after the print", at(11, 24, 13), at(11, 25, 13)),
    ("a Friday evening", at(11, 27, 20), at(11, 30, 13)),
    ("Christmas Eve", at(12, 24, 9), at(12, 28, 13)),
    ("summer time begins", at(3, 28, 9), at(3, 30, 13)),
]


@pytest.mark.parametrize(("_name", "posted", "printed"), PRINTS)
def test_letters_are_due_at_the_agreed_hour_of_a_day_we_are_open(
    _name: str, posted: dt.datetime, printed: dt.datetime
) -> None:
    assert next_print(posted) == printed


LAST_PRINTS = [
    ("before the print", at(11, 25, 12), at(11, 24, 13)),
    ("at the print", at(11, 25, 13), at(11, 25, 13)),
    ("a Monday morning", at(11, 30, 9), at(11, 27, 13)),
    ("after Christmas", at(12, 27, 20), at(12, 23, 13)),
    ("summer time has begun", at(3, 30, 9), at(3, 27, 13)),
]


@pytest.mark.parametrize(("_name", "before", "printed"), LAST_PRINTS)
def test_letters_were_last_printed_at_the_agreed_hour_of_a_day_we_were_open(
    _name: str, before: dt.datetime, printed: dt.datetime
) -> None:
    assert last_print(before) == printed


@pytest.mark.django_db
def test_letters_wait_for_the_print_and_no_sweep_takes_them() -> None:
    with time_machine.travel(MORNING, tick=False) as clock:
        letters = [on_paper(), typeset()]
        outbox.post_all([Message(key="many", channel="letter", kind="discharge", address="Å 1")])
        assert print_run() is None
        clock.move_to(AT_PRINT)
        assert delivery.sweep() == 0
        assert not delivery.deliver(letters[0].pk)
        run = print_run()
    assert run
    assert run.letters == 3
    assert {status_of(letter) for letter in letters} == {Status.PRINTED}
    assert set(Message.objects.values_list("print_run", flat=True)) == {run.pk}
    ended = Attempt.objects.values_list("outcome", "number")
    assert list(ended) == [(Attempt.Outcome.PRINTED, 1)] * 3


@pytest.mark.django_db
def test_each_letter_begins_on_a_front_and_the_list_names_them(folder: Path) -> None:
    with time_machine.travel(MORNING, tick=False) as clock:
        long = on_paper(body="\n".join(f"Linje {n}." for n in range(80)))
        typeset()
        on_paper(recipient="Ærø Øster #panic() *x* $y$ <b>")
        clock.move_to(AT_PRINT)
        run = print_run()
    assert run
    with Pdf.open(BytesIO(bytes(run.pdf))) as pdf:
        filled = [bool(page.get("/Contents")) for page in pdf.pages]
    assert filled == [True, False, True, True, True, False, True]
    assert run.pages == 7
    assert run.sha256 == hashlib.sha256(bytes(run.pdf)).hexdigest()
    assert file_of(run).read_bytes() == bytes(run.pdf)
    assert file_of(run).stat().st_mode & 0o777 == 0o600
    assert long.status == Status.QUEUED, "the row in hand is not the one in the database"


@pytest.mark.django_db
def test_a_second_run_of_the_day_is_the_first_and_writes_a_missing_copy() -> None:
    with time_machine.travel(MORNING, tick=False) as clock:
        on_paper()
        clock.move_to(AT_PRINT)
        run = print_run()
        later = on_paper(next_attempt_at=MORNING)
        Message.objects.filter(pk=later.pk).update(next_attempt_at=AT_PRINT)
        assert run
        file_of(run).unlink()
        again = print_run()
        assert again == run
        assert file_of(run).exists()
        assert status_of(later) == Status.QUEUED
        clock.move_to(AT_PRINT + dt.timedelta(days=1))
        next_day = print_run()
    assert next_day
    assert next_day != run
    assert status_of(later) == Status.PRINTED


@pytest.mark.django_db
def test_a_letter_that_cannot_be_set_is_put_aside_and_the_others_are_printed(
    settings: Settings,
) -> None:
    with time_machine.travel(MORNING, tick=False) as clock:
        homeless, fine = on_paper(address=""), on_paper()
        clock.move_to(AT_PRINT)
        run = print_run()
    assert run
    assert run.letters == 1
    assert [status_of(homeless), status_of(fine)] == [Status.FAILED, Status.PRINTED]
    assert Message.objects.filter(address=settings.TRIAGE_EMAIL).count() == 1


@pytest.mark.django_db
def test_a_full_disk_holds_up_no_run(settings: Settings, tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    settings.OUTBOX_FOLDER = str(tmp_path / "file")
    with time_machine.travel(MORNING, tick=False) as clock:
        letter = on_paper()
        clock.move_to(AT_PRINT)
        tasks.print_letters()
        settings.OUTBOX_FOLDER = str(tmp_path / "outbox")
        tasks.print_letters()
    assert status_of(letter) == Status.PRINTED
    assert file_of(PrintRun.objects.get()).exists()


@pytest.mark.django_db(transaction=True)
def test_eight_runs_at_once_make_one_pdf_with_every_letter_once() -> None:
    letters = [on_paper(), typeset(), on_paper()]
    Message.objects.update(next_attempt_at=timezone.now())
    at_once(8, lambda _: print_run())
    run = PrintRun.objects.get()
    assert run.letters == len(letters)
    assert Attempt.objects.count() == len(letters)
    assert run.messages.filter(status=Status.PRINTED).count() == len(letters)


@pytest.mark.django_db(transaction=True)
def test_the_command_makes_the_days_run_and_says_where(folder: Path) -> None:
    on_paper()
    Message.objects.update(next_attempt_at=timezone.now())
    ran = subprocess.run(
        [sys.executable, "manage.py", "print_run"],
        env=on_the_test_database() | {"OUTBOX_FOLDER": str(folder)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert ran.returncode == 0, ran.stderr
    run = PrintRun.objects.get()
    assert ran.stdout == f"1 letters, 3 pages: {folder}/print/{run.day:%Y-%m-%d}.pdf\n"


@pytest.mark.django_db
def test_without_letters_there_is_no_run(capsys: pytest.CaptureFixture[str]) -> None:
    call_command("print_run")
    assert capsys.readouterr().out == "No letters on paper are due.\n"
    assert not PrintRun.objects.exists()


@pytest.mark.django_db
def test_a_letter_withdrawn_before_the_print_is_not_in_it() -> None:
    with time_machine.travel(MORNING, tick=False) as clock:
        letter = on_paper()
        outbox.withdraw(letter.key)
        clock.move_to(AT_PRINT)
        assert print_run() is None


@pytest.mark.django_db
def test_a_letter_too_late_for_yesterdays_run_waits_for_todays_with_the_others() -> None:
    with time_machine.travel(MORNING, tick=False) as clock:
        on_paper()
        clock.move_to(AT_PRINT)
        tasks.print_letters()
        late = on_paper(next_attempt_at=at(11, 24, 13))
        clock.move_to(at(11, 25, 1))
        tasks.print_letters()
        assert status_of(late) == Status.QUEUED
        todays = on_paper()
        clock.move_to(at(11, 25, 13))
        tasks.print_letters()
    assert {status_of(letter) for letter in (late, todays)} == {Status.PRINTED}
    assert PrintRun.objects.count() == 2


@pytest.mark.django_db
def test_nothing_is_printed_on_a_day_we_are_closed() -> None:
    with time_machine.travel(at(11, 27, 9), tick=False) as clock:
        letter = on_paper()
        Message.objects.update(next_attempt_at=at(11, 28, 8))
        clock.move_to(at(11, 28, 14))
        tasks.print_letters()
        assert status_of(letter) == Status.QUEUED
        clock.move_to(at(11, 30, 13))
        tasks.print_letters()
    assert status_of(letter) == Status.PRINTED


@pytest.mark.django_db
def test_a_letter_sent_again_on_a_friday_afternoon_waits_for_mondays_print() -> None:
    with time_machine.travel(at(11, 27, 15), tick=False):
        letter = failed(channel=Channel.LETTER, address="Nygade 4, 2650 Hvidovre")
        deciding.send_again(person(Role.SECRETARY), letter.pk, after=1)
    letter.refresh_from_db()
    assert letter.next_attempt_at == at(11, 30, 13)


@pytest.mark.django_db
def test_what_was_printed_is_never_changed() -> None:
    Message.objects.filter(pk=on_paper().pk).update(next_attempt_at=timezone.now())
    run = print_run()
    for change in (
        lambda: PrintRun.objects.update(letters=9),
        lambda: Message.objects.update(print_run=None),
    ):
        with pytest.raises(ProgrammingError), transaction.atomic():
            change()
    assert run


@pytest.mark.django_db
def test_a_letter_costs_the_same_however_many(
    django_assert_max_num_queries: DjangoAssertNumQueries,
) -> None:
    for _ in range(10):
        on_paper()
    Message.objects.update(next_attempt_at=timezone.now())
    with django_assert_max_num_queries(12 + 10 * 9):
        assert print_run()
