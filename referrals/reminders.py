"""Reminding the referrer, once, that the centre waits for an answer."""

import datetime as dt
from typing import Any

from django.db.models import Expression, F, QuerySet
from django.utils import timezone

from correspondence.bulk import key_of, post_for_each
from correspondence.models import Message
from letters.wording import day
from referrals import letters
from referrals.lifecycle import Status
from referrals.models import Question
from staff import deadlines


def remind() -> int:
    """Post the reminders that are due, in the portal and as an e-mail about it; how many."""
    questions = unanswered(timezone.localdate()).select_related("referral__unit")
    to_mail = questions.exclude(referral__unit__email="")
    return post_for_each(questions, _key(""), _letter) + post_for_each(
        to_mail, _key(":notice"), _notice
    )


def unanswered(today: dt.date) -> "QuerySet[Question]":
    """Open questions whose time for a reminder has come."""
    last_day = deadlines.latest_start("remind_referrer", today)
    midnight = dt.datetime.combine(last_day + dt.timedelta(days=1), dt.time())
    return Question.objects.filter(
        answered_at__isnull=True,
        recalled_at__isnull=True,
        referral__status=Status.AWAITING_REFERRER,
        asked_at__lt=timezone.make_aware(midnight),
    )


def _key(ending: str) -> Expression:
    """`referral:12:question:3:reminder`."""
    return key_of("referral:", F("referral_id"), ":question:", F("pk"), f":reminder{ending}")


def _letter(question: Question) -> dict[str, Any]:
    referral = question.referral
    asked = day(timezone.localdate(question.asked_at), letters.DA)
    return _to_unit(question) | {
        "kind": Message.Kind.QUESTION_REMINDER,
        "channel": Message.Channel.PORTAL,
        "subject": "Vi venter på jeres svar",
        "body": (
            f"Vi stillede {asked} et spørgsmål til henvisning {referral.reference}, som vi ikke "
            f"har fået svar på.\n\nSvar senest {day(_answer_by(question), letters.DA)}: åbn "
            "henvisningen, og udfyld det, der er markeret.\n\n"
            f"Venlig hilsen {letters.centre()}"
        ),
    }


def _notice(question: Question) -> dict[str, Any]:
    return _to_unit(question) | {
        "kind": Message.Kind.NOTICE,
        "channel": Message.Channel.EMAIL,
        "address": question.referral.unit.email,
        "subject": "Vi venter på jeres svar",
        "body": (
            f"{letters.centre()} venter på svar om henvisning {question.referral.reference}. "
            "Log ind i Smertecenter for at læse spørgsmålet og svare."
        ),
    }


def _to_unit(question: Question) -> dict[str, Any]:
    referral = question.referral
    return {
        "recipient": referral.unit.name,
        "unit": referral.unit,
        "patient_id": referral.patient_id,
        "about": f"referral:{referral.pk}",
    }


def _answer_by(question: Question) -> dt.date:
    """The referral's due date; on the day of the reminder at the earliest."""
    assert question.referral.due_on  # an open referral has one
    return max(question.referral.due_on, timezone.localdate())
