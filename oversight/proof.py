"""Nothing lost: the figures that prove promise 1, as the data have them now.

Counted are the open cases, what they lack, the messages that have not left, and the answers that
no practice has opened. Some figures must be 0; the proof holds when they are.
"""

import datetime as dt
from collections.abc import Mapping
from typing import Any, Final

from django.db import connection
from django.db.models import TextChoices
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from correspondence import dispatching
from correspondence.channels import printed
from correspondence.models import ON_PAPER, PrintRun
from correspondence.posting import last_print
from oversight import cases
from referrals import phoning

# The outbox is swept every minute: what has waited this long beyond its time is not being sent.
LATE: Final = dt.timedelta(minutes=15)
# Letters are printed once on each day we are open, by a task that runs every hour; one that comes
# too late for its print is in the next.
LATE_ON_PAPER: Final = dt.timedelta(hours=2)


class Figure(TextChoices):
    """What the proof counts."""

    OPEN_REFERRALS = "open_referrals", _("Åbne henvisninger")
    OPEN_PATHWAYS = "open_pathways", _("Åbne forløb")
    NO_OWNER = "no_owner", _("Åbne sager uden ejer")
    NO_ACTION = "no_action", _("Åbne sager uden næste skridt")
    NO_DUE = "no_due", _("Åbne sager uden frist")
    NO_LIST = "no_list", _("Sager, som ingen arbejdsliste viser")
    LATE = "late", _("Meddelelser, der skulle være sendt")
    FAILED = "failed", _("Meddelelser, der ikke kunne sendes")
    UNCERTAIN = "uncertain", _("Meddelelser, der måske er sendt")
    PRINTED = "printed", _("Breve, der er printet, men ikke sendt")
    UNPOSTED = "unposted", _("Breve, der er printet, men ikke sendt i tide")
    UNSEEN = "unseen", _("Svar, som henviser ikke har åbnet")
    TO_PHONE = "to_phone", _("Svar, som der skal ringes om")
    UNPHONED = "unphoned", _("Svar, som ingen har ringet om i tide")


F = Figure
MUST_BE_ZERO: Final = (
    *(F.NO_OWNER, F.NO_ACTION, F.NO_DUE, F.NO_LIST),
    *(F.LATE, F.FAILED, F.UNCERTAIN, F.UNPOSTED, F.UNPHONED),
)
Figures = Mapping[Figure, int]


def count(now: dt.datetime) -> Figures:
    """All figures as they are now, in six queries."""
    found, today = cases.counted(), timezone.localdate(now)
    return {
        F.OPEN_REFERRALS: found.referrals,
        F.OPEN_PATHWAYS: found.pathways,
        F.NO_OWNER: found.without["owner"],
        F.NO_ACTION: found.without["action"],
        F.NO_DUE: found.without["due"],
        F.NO_LIST: found.without["list"],
        **_undelivered(now),
        **_printed(today),
        F.UNSEEN: phoning.unseen_answers().count(),
        F.TO_PHONE: phoning.unopened(today).count(),
        F.UNPHONED: phoning.left_unphoned(today).count(),
    }


def faults(figures: Figures) -> Figures:
    """The figures that must be 0 and are not."""
    return {figure: figures[figure] for figure in MUST_BE_ZERO if figures[figure]}


# Each by its own index: what has been sent is never looked at. What Digital Post refused, and what
# went on paper instead, has not failed: the outbox's own rule, said here a second time, so that an
# error in it there shows as two numbers that disagree.
UNDELIVERED: Final = """
SELECT
  (SELECT count(*) FROM correspondence_message
    WHERE status = 'queued' AND next_attempt_at < %(late)s
      AND (next_attempt_at < %(late_on_paper)s OR channel <> ALL(%(on_paper)s))),
  (SELECT count(*) FROM correspondence_message failed
    WHERE status = 'failed' AND NOT EXISTS (
          SELECT FROM correspondence_message letter WHERE letter.key = failed.key || %(paper)s)),
  (SELECT count(*) FROM correspondence_message WHERE status = 'uncertain')
"""


def _undelivered(now: dt.datetime) -> Figures:
    asked: dict[str, Any] = {
        "late": now - LATE,
        "late_on_paper": last_print(now - LATE_ON_PAPER),
        "on_paper": printed(),
        "paper": ON_PAPER,
    }
    with connection.cursor() as cursor:
        cursor.execute(UNDELIVERED, asked)
        [numbers] = cursor.fetchall()
    return dict(zip((F.LATE, F.FAILED, F.UNCERTAIN), numbers, strict=True))


def _printed(today: dt.date) -> Figures:
    """Letters that nobody has said are in the post, and those of them that should be."""
    waiting = PrintRun.objects.without_pages().to_post()
    runs = [(run.printed, dispatching.post_by(run)) for run in waiting]
    late = sum(number for number, post_by in runs if post_by < today)
    return {F.PRINTED: sum(number for number, _post_by in runs), F.UNPOSTED: late}
