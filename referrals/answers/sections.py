"""What the referrer wrote, in sections for one calm page."""

import datetime as dt
from collections.abc import Collection
from dataclasses import dataclass

from django.utils import timezone

from referrals.answers.questions import field_anchor
from referrals.answers.reading import Answers, read
from referrals.forms import BY_NAME, Setting, StepForm
from referrals.forms.base import Line


@dataclass(frozen=True, slots=True)
class Row:
    """A label and what was written; `anchor` is the id of the field it was written in."""

    label: str
    value: str
    is_asked: bool = False
    anchor: str = ""


@dataclass(frozen=True, slots=True)
class Section:
    """One step's answers."""

    step: str
    title: str
    rows: tuple[Row, ...]


def sections(
    answers: Answers, asked: Collection[str] = (), on: dt.date | None = None
) -> list[Section]:
    """What was written, step by step; ``asked`` are fields (``step.field``) to be marked.

    An empty line is left out, unless the centre asked about it. ``on`` is the day it is read as of.
    """
    forms = read(answers, Setting(today=on or timezone.localdate()))
    return [
        Section(step, str(BY_NAME[step].label), _rows(form, asked)) for step, form in forms.items()
    ]


def _rows(form: StepForm, asked: Collection[str]) -> tuple[Row, ...]:
    rows = (_row(form, line, asked) for line in form.summary())
    return tuple(row for row in rows if row.value or row.is_asked)


def _row(form: StepForm, line: Line, asked: Collection[str]) -> Row:
    is_asked = any(f"{form.step}.{name}" in asked for name in line.fields)
    return Row(line.label, line.value, is_asked, field_anchor(form.step, line.fields[0]))
