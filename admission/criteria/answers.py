"""What a criterion answers: its verdict, the fact it looked at, and what would change it."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import TypeAlias, TypeVar

from django.db.models import TextChoices
from django.utils.formats import date_format
from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from admission.diagnoses import Diagnosis, Hint

Text: TypeAlias = str | Promise
Given = TypeVar("Given")

UNANSWERED = _("ikke besvaret")


class Verdict(TextChoices):
    """Unknown never rejects: it asks."""

    MET = "met", _("Opfyldt")
    NOT_MET = "not_met", _("Ikke opfyldt")
    UNKNOWN = "unknown", _("Uafklaret")


@dataclass(frozen=True, slots=True)
class Answer:
    """One criterion's answer; `asks` are the names of the facts that are missing or in doubt."""

    verdict: Verdict
    fact: Text
    remedy: Text = ""
    asks: tuple[str, ...] = ()


def met(fact: Text) -> Answer:
    """The criterion holds."""
    return Answer(Verdict.MET, fact)


def not_met(fact: Text, remedy: Text, *asks: str) -> Answer:
    """The criterion does not hold; `remedy` says when it would."""
    return Answer(Verdict.NOT_MET, fact, remedy, asks)


def unknown(question: Text, *asks: str, fact: Text = UNANSWERED) -> Answer:
    """The criterion cannot be judged before the question is answered."""
    return Answer(Verdict.UNKNOWN, fact, question, asks)


def looked_up(given: Given | None, answers: Mapping[Given, Answer], unanswered: Answer) -> Answer:
    """The answer that belongs to what was given."""
    return unanswered if given is None else answers[given]


def held_against(diagnosis: Diagnosis | None, hint: Hint, field: str, answer: Answer) -> Answer:
    """The answer in `field`, unless the diagnosis hints at the opposite: then which one is right?

    An answer that is not given yet stays asked, with the diagnosis as the reason for asking.
    """
    if diagnosis is None or not diagnosis.hints_at(hint) or answer.verdict is Verdict.NOT_MET:
        return answer
    words = {"diagnosis": diagnosis.text, "answer": answer.fact, "question": answer.remedy}
    if answer.verdict is Verdict.UNKNOWN:
        reminder = gettext("Diagnosen er %(diagnosis)s. %(question)s") % words
        return replace(answer, remedy=reminder)
    doubt = gettext("Diagnosen er %(diagnosis)s, men svaret er »%(answer)s«. Hvad er rigtigt?")
    return unknown(doubt % words, field, "diagnosis", fact=answer.fact)


def met_from(day: date) -> str:
    """The remedy that only time brings."""
    return gettext("Opfyldt fra %(date)s") % {"date": spelled_out(day)}


def spelled_out(day: date) -> str:
    """A date with its month as a word, as it stands in a sentence: 14. januar 2027."""
    # Translators: a date format; English: "j F Y"
    return date_format(day, gettext("j. F Y"))
