"""That a day's letters on paper are in the post: only a person can know, and says so once."""

import datetime as dt

from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from casework.moments import day_and_time
from casework.refusals import Refused, Stale
from correspondence.models import Dispatch, Message, PrintRun
from staff import deadlines
from staff.models import User
from staff.working_days import is_open

Status = Message.Status


def post_by(run: PrintRun) -> dt.date:
    """The day on which the run's letters are to be in the post: one on which somebody is here."""
    day = deadlines.due("post_letters", run.day)
    while not is_open(day):
        day += dt.timedelta(days=1)
    return day


def to_take_out(run: PrintRun) -> "QuerySet[Message]":
    """The printed letters of a run that do not hold any more."""
    found: QuerySet[Message] = run.messages.filter(status=Status.PRINTED, is_overtaken=True)
    return found.order_by("pk")


@transaction.atomic
def dispatch(user: User, pk: int, taken_out: int) -> Dispatch:
    """Note that a run's letters are in the post; those that do not hold any more were taken out.

    ``taken_out`` is how many the person knows of. Raises Stale when there are others, and Refused
    when somebody else has said so already; said twice by the same person, it is said once.
    """
    run = PrintRun.objects.without_pages().get(pk=pk)
    printed = list(_lock(run))
    made, is_new = Dispatch.objects.get_or_create(
        run=run, defaults={"by": user, "by_name": user.name}
    )
    if not is_new:
        return _said_before(made, user)
    if sum(message.is_overtaken for message in printed) != taken_out:
        raise Stale(_("Flere breve gælder ikke længere, siden du åbnede siden. Tag dem ud først."))
    _settle(run, made)
    return made


def _lock(run: PrintRun) -> "QuerySet[Message]":
    """Nothing is withdrawn meanwhile; who is later finds the letters sent."""
    messages: QuerySet[Message] = run.messages.filter(status=Status.PRINTED)
    return messages.select_for_update(no_key=True).order_by("pk")


def _said_before(made: Dispatch, user: User) -> Dispatch:
    if made.by_id != user.pk:
        words = {"who": made.by_name, "when": day_and_time(made.at)}
        raise Refused(_("%(who)s har allerede sendt brevene, %(when)s.") % words)
    return made


def _settle(run: PrintRun, made: Dispatch) -> None:
    printed = run.messages.filter(status=Status.PRINTED)
    printed.filter(is_overtaken=True).update(status=Status.WITHDRAWN)
    printed.filter(is_overtaken=False).update(status=Status.SENT, sent_at=made.at)
