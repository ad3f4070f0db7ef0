"""What a criterion answers: its verdict, the fact it looked at, and what would change it."""

from collections.abc import Callable, Collection, Mapping
from datetime import date
from typing import Any, NamedTuple, ParamSpec, TypeAlias, TypeVar

from django.db.models import TextChoices
from django.utils.formats import date_format
from django.utils.functional import Promise, lazy
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from admission.criteria.facts import Facts
from admission.diagnoses import DIAGNOSES, Hint
from admission.wording import Wording

Text: TypeAlias = str | Promise | Wording
Given = TypeVar("Given")
P = ParamSpec("P")

UNANSWERED = _("ikke besvaret")

# Stands for any listed pain diagnosis that hints at nothing: "Andre kroniske smerter".
ANOTHER_DIAGNOSIS = DIAGNOSES["DR522"]


class Verdict(TextChoices):
    """Unknown never rejects: it asks."""

    MET = "met", _("Opfyldt")
    NOT_MET = "not_met", _("Ikke opfyldt")
    UNKNOWN = "unknown", _("Uafklaret")


def said(words: Callable[P, str]) -> Callable[P, str]:
    """Put the words together when they are read, in the reader's language: judging says nothing."""
    return lazy(words, str)


class Change(NamedTuple):
    """The smallest change of facts that meets the criterion, and the sentence that says it.

    A day of receipt means that time alone brings it.
    """

    facts: Mapping[str, Any]
    sentence: Text


class Answer(NamedTuple):
    """One criterion's answer; `asks` are the names of the facts that are missing or in doubt."""

    verdict: Verdict
    fact: Text
    question: Text = ""
    asks: tuple[str, ...] = ()
    change: Change | None = None


def met(fact: Text) -> Answer:
    """The criterion holds."""
    return Answer(Verdict.MET, fact)


def not_met(fact: Text, change: Change, *asks: str, question: Text = "") -> Answer:
    """The criterion does not hold, unless the change comes about."""
    return Answer(Verdict.NOT_MET, fact, question, asks, change)


def unknown(question: Text, change: Change, *asks: str, fact: Text = UNANSWERED) -> Answer:
    """The criterion cannot be judged before the question is answered."""
    return Answer(Verdict.UNKNOWN, fact, question, asks, change)


def looked_up(given: Given | None, answers: Mapping[Given, Answer], unanswered: Answer) -> Answer:
    """The answer that belongs to what was given."""
    return unanswered if given is None else answers[given]


def held_against(
    facts: Facts, hint: Hint, field: str, answer: Answer, denials: Collection[Any]
) -> Answer:
    """The answer in `field`, unless the diagnosis hints at the opposite: then which one is right?

    Whatever the answer, the criterion is only met with another diagnosis. A diagnosis in the
    referrer's own words contradicts no more than the `denials`: cancer once had may well be what
    the pain came of.
    """
    if facts.diagnosis is not None and facts.diagnosis.hints_at(hint):
        return _doubted(facts.diagnosis.text, field, answer)
    to_be = answer.change.facts[field] if answer.change else getattr(facts, field)
    if facts.words_hint_at(hint) and to_be in denials:
        return _doubted(facts.diagnosis_text.strip(), field, answer)
    return answer


def _doubted(diagnosis: str, field: str, answer: Answer) -> Answer:
    if answer.change is None:
        question = _which_is_right(diagnosis, answer.fact)
        change = Change({"diagnosis": ANOTHER_DIAGNOSIS}, _with_another(diagnosis))
        return unknown(question, change, field, "diagnosis", fact=answer.fact)
    change = Change(
        {**answer.change.facts, "diagnosis": ANOTHER_DIAGNOSIS},
        _and_with_another(answer.change.sentence, diagnosis),
    )
    if answer.verdict is Verdict.NOT_MET:
        return answer._replace(change=change)
    return answer._replace(question=_reminder(diagnosis, answer.question), change=change)


@said
def _which_is_right(diagnosis: str, answer: Text) -> str:
    doubt = gettext("Diagnosen er %(diagnosis)s, men svaret er »%(answer)s«. Hvad er rigtigt?")
    return doubt % {"diagnosis": diagnosis, "answer": answer}


@said
def _reminder(diagnosis: str, question: Text) -> str:
    words = {"diagnosis": diagnosis, "question": question}
    return gettext("Diagnosen er %(diagnosis)s. %(question)s") % words


@said
def _with_another(diagnosis: str) -> str:
    return gettext("Opfyldt, hvis diagnosen er en anden end %(diagnosis)s") % {
        "diagnosis": diagnosis
    }


@said
def _and_with_another(sentence: Text, diagnosis: str) -> str:
    words = {"sentence": sentence, "diagnosis": diagnosis}
    return gettext("%(sentence)s, og diagnosen er en anden end %(diagnosis)s") % words


@said
def spelled_out(day: date) -> str:
    """A date with its month as a word, as it stands in a sentence: 14. januar 2027."""
    # Translators: a date format; English: "j F Y"
    return date_format(day, gettext("j. F Y"))
