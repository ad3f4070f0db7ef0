"""What the outbox's pages show of messages, their attempts, and the letters on paper."""

import datetime as dt
from typing import Any, Final

from django.db.models import (
    BooleanField,
    Count,
    ExpressionWrapper,
    Max,
    Min,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
)
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from casework.refusals import Refused
from correspondence import deciding, filtering
from correspondence.channels import printed
from correspondence.models import Attempt, Message, PrintRun
from patients.models import Patient
from staff.models import User

Status = Message.Status
TONES: Final = {
    "queued": "waiting",
    "sent": "met",
    "uncertain": "soon",
    "failed": "overdue",
    "withdrawn": "plain",
}
OUTCOME_TONES: Final = {
    "sent": "met",
    "put_off": "waiting",
    "failed": "overdue",
    "uncertain": "soon",
    "": "waiting",
}
DOUBTFUL_SHOWN: Final = 20
RUNS_SHOWN: Final = 3


def doubtful(everything: "QuerySet[Message]") -> "QuerySet[Message]":
    """Messages of which nobody knows whether they left, the oldest first, with the last attempt."""
    began = Attempt.objects.filter(message=OuterRef("pk")).order_by("-number")
    return (
        everything.filter(status=Status.UNCERTAIN)
        .annotate(
            after=Max("tries__number", default=0),
            tried_at=Subquery(began.values("began_at")[:1]),
            may_resend=ExpressionWrapper(Q(is_overtaken=False), output_field=BooleanField()),
        )
        .order_by("created_at", "pk")[:DOUBTFUL_SHOWN]
    )


def counts(everything: "QuerySet[Message]") -> list[dict[str, str]]:
    """How many are in doubt, wait and failed, each with the list of them."""
    uncertain, queued, failed = (
        everything.filter(status=status).count()
        for status in (Status.UNCERTAIN, Status.QUEUED, Status.FAILED)
    )
    return [
        {
            "label": _("%(n)d måske sendt") % {"n": uncertain},
            "url": filtering.url({"status": Status.UNCERTAIN}),
            "tone": "soon" if uncertain else "",
        },
        {
            "label": _("%(n)d i kø") % {"n": queued},
            "url": filtering.url({"status": Status.QUEUED}),
        },
        {
            "label": ngettext("%(n)d mislykket", "%(n)d mislykkede", failed) % {"n": failed},
            "url": filtering.url({"status": Status.FAILED}),
            "tone": "overdue" if failed else "",
        },
    ]


def paper(everything: "QuerySet[Message]") -> dict[str, Any]:
    """The letters that wait for the next print, and the last days' prints."""
    letters = everything.filter(status=Status.QUEUED, channel__in=printed())
    return {
        **letters.aggregate(waiting=Count("pk"), next=Min("next_attempt_at")),
        "runs": PrintRun.objects.defer("pdf")[:RUNS_SHOWN],
    }


def patients_of(run: PrintRun) -> "QuerySet[Patient]":
    """Whose letters were printed."""
    found: QuerySet[Patient] = Patient.objects.filter(messages__print_run=run)
    return found.distinct()


def facts(found: Message, *, may_read: bool) -> list[dict[str, Any]]:
    """What is told of a message above its words."""
    return [
        {"term": _("Art"), "value": found.get_kind_display()},
        {"term": _("Kanal"), "value": found.get_channel_display()},
        {"term": _("Til"), "value": found.recipient if may_read else found.addressee},
        *([{"term": _("Adresse"), "value": found.address or "–"}] if may_read else []),
        {"term": _("Lagt i kø"), "value": when(found.created_at)},
        *([_next(found)] if found.status == Status.QUEUED else []),
        *([{"term": _("Sendt"), "value": when(found.sent_at)}] if found.sent_at else []),
        *([{"term": _("Seneste fejl"), "value": found.last_error}] if found.last_error else []),
    ]


def _next(found: Message) -> dict[str, str]:
    term = _("Printes") if found.channel in printed() else _("Næste forsøg")
    return {"term": term, "value": when(found.next_attempt_at)}


def tries(found: Message) -> list[dict[str, Any]]:
    """Each attempt, the newest first, with what a person said of it."""
    said = {verdict.after: verdict for verdict in found.verdicts.all()}
    rows = [
        {
            "number": attempt.number,
            "began_at": attempt.began_at,
            "ended_at": attempt.ended_at,
            "outcome": attempt.get_outcome_display() or _("ikke afsluttet"),
            "tone": OUTCOME_TONES[attempt.outcome],
            "why": attempt.why,
            "verdict": said.get(attempt.number),
        }
        for attempt in found.tries.all()
    ]
    return rows[::-1]


def buttons(user: User, found: Message) -> dict[str, Any]:
    """What the person may decide of the message, and the attempt that it would be about."""
    return {
        "after": deciding.last_attempt(found),
        "may_resend": _may(deciding.check_can_send_again, user, found),
        "may_drop": _may(deciding.check_can_drop, user, found),
        "may_say_sent": _may(deciding.check_can_say_sent, user, found),
    }


def _may(check: Any, user: User, found: Message) -> bool:
    try:
        check(user, found)
    except Refused:
        return False
    return True


def when(at: dt.datetime) -> str:
    """A time as the outbox shows it: "3.12.2026 kl. 10.30"."""
    return date_format(timezone.localtime(at), r"j.n.Y \k\l. H.i")
