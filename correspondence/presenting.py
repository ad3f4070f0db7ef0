"""What the outbox's pages show of messages, their attempts, and the letters on paper."""

from typing import Any, Final

from django.db.models import Count, Min, OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils.text import Truncator
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from casework.moments import day_and_time
from casework.refusals import Refused
from correspondence import deciding, dispatching, filtering
from correspondence.channels import printed
from correspondence.models import Attempt, Message, MessageQuerySet, PrintRun
from correspondence.subjects import subject_of
from patients.contact import display_phone
from patients.models import Patient
from staff.models import User
from staff.permissions import Role

Status = Message.Status
TONES: Final = {
    "queued": "waiting",
    "printed": "waiting",
    "sent": "met",
    "uncertain": "soon",
    "failed": "overdue",
    "withdrawn": "plain",
}
OUTCOME_TONES: Final = {
    "sent": "met",
    "printed": "met",
    "put_off": "waiting",
    "failed": "overdue",
    "uncertain": "soon",
    "": "waiting",
}
DOUBTFUL_SHOWN: Final = 20
FIRST_WORDS: Final = 12
RUNS_SHOWN: Final = 3


def with_last_try(messages: MessageQuerySet) -> MessageQuerySet:
    """Each with the number of its last attempt, when that began, and why it did not succeed."""
    last = Attempt.objects.filter(message=OuterRef("pk")).order_by("-number")
    return messages.annotate(
        after=Coalesce(Subquery(last.values("number")[:1]), 0),
        tried_at=Subquery(last.values("began_at")[:1]),
        why=Subquery(last.values("why")[:1]),
    )


def doubtful(user: User, everything: MessageQuerySet) -> list[dict[str, Any]]:
    """Messages of which nobody knows whether they left, the oldest first, with the last attempt,
    and what the person may decide of each.
    """
    found = with_last_try(everything.in_state(Status.UNCERTAIN)).order_by("created_at", "pk")
    return [
        {"message": one, "begins": _beginning(one), **may_decide(user, one)}
        for one in found[:DOUBTFUL_SHOWN]
    ]


def _beginning(message: Message) -> str:
    """What tells a message from others of its kind: its subject, else its first words."""
    return message.subject or Truncator(message.body).words(FIRST_WORDS)


def to_look_at(user: User) -> int:
    """How many messages wait for a person: failed, in doubt, or printed and not in the post."""
    if user.role != Role.SECRETARY:
        return 0
    number: int = Message.objects.visible_to(user).to_look_at().count()
    return number


def counts(everything: MessageQuerySet) -> list[dict[str, str]]:
    """How many are in doubt, wait and failed, each with the list of them."""
    uncertain, queued, failed = (
        everything.in_state(status).count()
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


def paper(everything: MessageQuerySet) -> dict[str, Any]:
    """The letters that wait for the next print, the runs to put in the post, and the last days'."""
    letters = everything.filter(status=Status.QUEUED, channel__in=printed())
    return {
        **letters.aggregate(waiting=Count("pk"), next=Min("next_attempt_at")),
        "to_post": to_post(),
        "runs": PrintRun.objects.without_pages().select_related("dispatch")[:RUNS_SHOWN],
    }


def to_post() -> list[dict[str, Any]]:
    """The runs that wait to be put in the post, the oldest first, and what is to be taken out."""
    return [
        {"run": run, "post_by": dispatching.post_by(run), "out": _to_take_out(run)}
        for run in PrintRun.objects.without_pages().to_post().order_by("day")
    ]


def _to_take_out(run: PrintRun) -> list[Message]:
    return list(dispatching.to_take_out(run).select_related("unit")) if run.overtaken else []


def patients_of(run: PrintRun) -> "QuerySet[Patient]":
    """Whose letters were printed."""
    found: QuerySet[Patient] = Patient.objects.filter(messages__print_run=run)
    return found.distinct()


def facts(user: User, found: Message, *, may_read: bool) -> list[dict[str, Any]]:
    """What is told of a message above its words."""
    last = found.tries.last()
    return [
        *_about(user, found, may_read=may_read),
        {"term": _("Art"), "value": found.get_kind_display()},
        {"term": _("Kanal"), "value": found.get_channel_display()},
        {"term": _("Til"), "value": found.recipient if may_read else found.addressee},
        *([{"term": _("Adresse"), "value": _address(found)}] if may_read else []),
        {"term": _("Lagt i kø"), "value": day_and_time(found.created_at)},
        *([_next(found)] if found.status == Status.QUEUED else []),
        *([{"term": _("Sendt"), "value": day_and_time(found.sent_at)}] if found.sent_at else []),
        *([{"term": _("Seneste fejl"), "value": last.why}] if last and last.why else []),
    ]


def _about(user: User, found: Message, *, may_read: bool) -> list[dict[str, str]]:
    """The patient and the case, each with its page; once when that is the same page."""
    rows, subject = [], subject_of(user, found)
    if found.patient and may_read:
        url = reverse("pathways:patient", args=[found.patient.pk])
        rows.append({"term": _("Patient"), "value": found.patient.name, "url": url})
    if subject and subject.url not in [row["url"] for row in rows]:
        rows.append({"term": subject.kind, "value": subject.name, "url": subject.url})
    return rows


def _address(found: Message) -> str:
    """Where it goes; a telephone number as people write it."""
    is_phone = found.channel == Message.Channel.SMS and found.address.startswith("+")
    return display_phone(found.address) if is_phone else found.address or "–"


def _next(found: Message) -> dict[str, str]:
    term = _("Printes") if found.channel in printed() else _("Næste forsøg")
    return {"term": term, "value": day_and_time(found.next_attempt_at)}


def untried(found: Message) -> str:
    """What stands in place of the attempts while there are none."""
    if found.status == Status.QUEUED:
        return _("Den er ikke forsøgt sendt endnu.")
    return _("Der er ikke noteret forsøg på at sende den.")


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
    return {"after": deciding.last_attempt(found), **may_decide(user, found)}


def may_decide(user: User, found: Message) -> dict[str, bool]:
    """What the person may decide of the message."""
    return {
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
