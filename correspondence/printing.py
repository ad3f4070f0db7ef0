"""The print run: one PDF a day with all that cannot go digitally, and a list of it on top.

The PDF is kept in the database in the same transaction that says its letters are printed: there is
no moment at which a letter is printed and not noted, or the other way about. They are sent once a
person says that they are in the post (`correspondence.dispatching`). The file in the outbox folder
is a copy, written again when it is missing.
"""

import datetime as dt
import hashlib
import logging
from pathlib import Path
from typing import Final

from django.conf import settings
from django.db import connection, transaction
from django.utils import timezone

from correspondence.channels import printed
from correspondence.delivery import begin
from correspondence.files import write_whole
from correspondence.models import Attempt, Message, PrintRun
from correspondence.paper import Sheets, bound, cover, sheets
from correspondence.parcels import NotDelivered
from correspondence.settling import settle
from staff.working_days import is_open

ONE_AT_A_TIME: Final = 20_261_124  # the number of this lock among the database's advisory locks
Outcome = Attempt.Outcome
logger = logging.getLogger(__name__)


def print_when_due() -> PrintRun | None:
    """The day's run, once its hour has come on a day we are open: on others nobody takes it out.

    A letter that came too late for yesterday's is due just after midnight: a run for it alone would
    leave the letters of the new day to wait for another.
    """
    now = timezone.localtime()
    is_due = is_open(now.date()) and now.hour >= settings.OUTBOX_PRINT_HOUR
    return print_run() if is_due else None


def print_run() -> PrintRun | None:
    """The day's run: made now when letters are due and there was none yet; None without letters."""
    run = _run_of(timezone.localdate())
    if run is not None:
        _copy(run)
    return run


@transaction.atomic(durable=True)
def _run_of(day: dt.date) -> PrintRun | None:
    with connection.cursor() as cursor:  # until this transaction ends
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [ONE_AT_A_TIME])
    made: PrintRun | None = PrintRun.objects.filter(day=day).first()
    return made or print_due(day)


def print_due(day: dt.date) -> PrintRun | None:
    """A run of what is due now, in the caller's transaction; None without letters."""
    waiting = Message.objects.due(timezone.now()).filter(channel__in=printed())
    locked = waiting.select_for_update(no_key=True, skip_locked=True).order_by("created_at", "pk")
    tried = [(attempt, _sheets(message, attempt)) for message, attempt in _begun(list(locked))]
    letters = [(attempt, found) for attempt, found in tried if found]
    if not letters:
        return None
    run = _kept(day, [found for _attempt, found in letters])
    for attempt, _found in letters:
        message = attempt.message
        message.print_run = run
        message.save(update_fields=["print_run"])
        settle(message, attempt, Outcome.PRINTED)
    return run


def _begun(messages: list[Message]) -> list[tuple[Message, Attempt]]:
    begun = [(message, begin(message)) for message in messages]
    return [(message, attempt) for message, attempt in begun if attempt]


def _sheets(message: Message, attempt: Attempt) -> Sheets | None:
    """The letter's pages; one that cannot be set is put aside, so that the others are printed."""
    try:
        with transaction.atomic():
            return sheets(message)
    except NotDelivered as failure:
        settle(message, attempt, Outcome.FAILED, failure.why)
    except Exception as error:  # its name only: its words could be those of the letter
        logger.error("message %s: %s", message.pk, type(error).__name__)
        settle(message, attempt, Outcome.FAILED, type(error).__name__)
    return None


def _kept(day: dt.date, letters: list[Sheets]) -> PrintRun:
    pdf, pages = bound([cover(day, letters), *(letter.pdf for letter in letters)])
    digest = hashlib.sha256(pdf).hexdigest()
    run: PrintRun = PrintRun.objects.create(
        day=day, letters=len(letters), pages=pages, pdf=pdf, sha256=digest
    )
    return run


def file_of(run: PrintRun) -> Path:
    """Where the copy lies that a printer can fetch."""
    return Path(settings.OUTBOX_FOLDER) / "print" / f"{run.day:%Y-%m-%d}.pdf"


def _copy(run: PrintRun) -> None:
    try:
        write_whole(file_of(run), bytes(run.pdf))
    except OSError as error:  # the run stands; the next one in an hour tries again
        logger.error("print run %s: errno %s", run.day, error.errno)
