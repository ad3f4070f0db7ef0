"""Which answers of the centre the practices have not seen, and which to phone about."""

import datetime as dt
from collections.abc import Iterable, Mapping
from typing import Final

from django.db.models import F, OuterRef, Q, QuerySet, Subquery

from correspondence import openings
from correspondence.bulk import key_of
from correspondence.models import IS_AN_ANSWER, Message
from referrals.lifecycle import Status, Verb
from referrals.models import Referral
from staff import deadlines
from staff.models import User
from staff.permissions import Permission

# The patient has a letter too, and the practice has nothing to do.
ACCEPTANCE: Final = Q(kind=Message.Kind.DECISION, key__contains=f":{Verb.ACCEPTED}:")


def unseen_answers() -> "QuerySet[Message]":
    """The answers that practices have not seen and still need; the oldest first.

    A question is needed while the centre waits for its answer; when it was taken back, neither the
    question is needed nor the letter that says so, also when another one is asked later.
    """
    asked = Referral.objects.filter(status=Status.AWAITING_REFERRER)
    subjects = asked.annotate(subject=key_of("referral:", F("pk"))).values("subject")
    is_needed = Q(about__in=subjects, pk=Subquery(_newest_question()))
    return openings.unseen().filter(~Q(kind=Message.Kind.QUESTION) | is_needed)


def _newest_question() -> "QuerySet[Message, int]":
    """The last of the questions, and letters taking them back, about the outer message's case.

    Saying that the case is named lets the database use the index of named cases.
    """
    same = Message.objects.filter(kind=Message.Kind.QUESTION, about=OuterRef("about"))
    return same.exclude(about="").order_by("-created_at", "-pk").values_list("pk", flat=True)[:1]


def unopened(today: dt.date) -> "QuerySet[Message]":
    """The answers that a practice is to be phoned about on the day; an acceptance is none."""
    return unseen_answers().filter(openings.overdue(today)).exclude(ACCEPTANCE)


def is_told_by_phone(message: Message) -> bool:
    """Whether the practice is phoned when it does not open the message: not about an acceptance."""
    return message.kind != Message.Kind.DECISION or f":{Verb.ACCEPTED}:" not in message.key


def left_unphoned(today: dt.date) -> "QuerySet[Message]":
    """Those that nobody has phoned about although their day passed a while ago."""
    return unopened(deadlines.latest_start("escalate", today))


def to_phone(user: User, today: dt.date) -> "QuerySet[Message]":
    """The same, for those whose task it is; where nobody took the phone, on the next weekday."""
    if not user.has_perm(Permission.PHONE_PRACTICES):
        return Message.objects.none()
    waiting = unopened(today).exclude(openings.rests(today))
    return waiting.select_related("unit", "patient").prefetch_related("calls_in_vain__by")


def answers_for(user: User) -> "QuerySet[Message]":
    """Every answer, seen or not, for those whose task it is to phone about one."""
    if not user.has_perm(Permission.PHONE_PRACTICES):
        return Message.objects.none()
    answers = Message.objects.filter(IS_AN_ANSWER).prefetch_related("calls_in_vain__by")
    return answers.select_related("unit", "patient", "opening__by")


def unread_by(user: User) -> "QuerySet[Message]":
    """What nobody of the person's practice has opened yet."""
    if not user.has_perm(Permission.REFER):
        return Message.objects.none()
    return unseen_answers().filter(unit=user.unit_id)


def told_of(messages: Iterable[Message]) -> Mapping[int, Referral]:
    """The referral that each message is about, by the message's number, in one query."""
    about: dict[int, str] = {message.pk: message.about for message in messages}
    of_referrals, of_pathways = (_numbers(about.values(), kind) for kind in ("referral", "pathway"))
    found = Referral.objects.filter(Q(pk__in=of_referrals) | Q(pathway__in=of_pathways))
    by_subject = {
        subject: referral
        for referral in found.select_related("judgement__submission", "pathway")
        for subject in (f"referral:{referral.pk}", f"pathway:{referral.pathway_id}")
    }
    return {pk: by_subject[subject] for pk, subject in about.items() if subject in by_subject}


def _numbers(subjects: Iterable[str], kind: str) -> list[int]:
    named = (subject.partition(":") for subject in subjects)
    return [int(number) for name, _colon, number in named if name == kind]
