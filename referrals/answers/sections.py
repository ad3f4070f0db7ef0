"""What the referrer wrote, in sections for one calm page."""

import datetime as dt
from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Any

from django.utils import timezone

from medication.models import MedicationList
from referrals.answers.questions import field_anchor
from referrals.answers.reading import Answers, read
from referrals.forms import BY_NAME, Setting, StepForm
from referrals.forms.base import Line
from referrals.forms.medicine import MEDICINE, MedicineForm, shown_list


@dataclass(frozen=True, slots=True)
class Row:
    """A label and what was written; `anchor` is the id of the field it was written in.

    `medicine` is what medication/list.html shows of a list of medicine, in place of `value`.
    """

    label: str
    value: str
    is_asked: bool = False
    anchor: str = ""
    medicine: Mapping[str, Any] | None = None


@dataclass(frozen=True, slots=True)
class Section:
    """One step's answers."""

    step: str
    title: str
    rows: tuple[Row, ...]


def sections(
    answers: Answers,
    asked: Collection[str] = (),
    on: dt.date | None = None,
    medicine: MedicationList | None = None,
    discharge_limit: Decimal | None = None,
) -> list[Section]:
    """What was written, step by step; ``asked`` are fields (``step.field``) to be marked.

    An empty line is left out, unless the centre asked about it. ``on`` is the day it is read as of.
    ``medicine`` is the list as it was read and kept when it was sent; without one, as in a draft or
    under another person's name, the lines are read as they are read now. ``discharge_limit`` is the
    dose in mg that decides whether a discharge makes the patient a subacute one; None elsewhere.
    """
    forms = read(answers, Setting(today=on or timezone.localdate()))
    rows = {step: _rows(form, asked) for step, form in forms.items()}
    written = forms[MEDICINE]
    assert isinstance(written, MedicineForm)
    reading = medicine.as_read() if medicine else written.reading
    confirmed = medicine.is_confirmed if medicine else written.is_confirmed
    shown = shown_list(reading, discharge_limit) | {"is_unconfirmed": not confirmed}
    rows[MEDICINE] = _with_reading(rows[MEDICINE], shown)
    return [Section(step, str(BY_NAME[step].label), each) for step, each in rows.items()]


def _with_reading(rows: tuple[Row, ...], shown: Mapping[str, Any]) -> tuple[Row, ...]:
    if not shown["rows"]:
        return rows
    anchor = field_anchor(MEDICINE, "line")
    return tuple(replace(row, medicine=shown) if row.anchor == anchor else row for row in rows)


def _rows(form: StepForm, asked: Collection[str]) -> tuple[Row, ...]:
    rows = (_row(form, line, asked) for line in form.summary())
    return tuple(row for row in rows if row.value or row.is_asked)


def _row(form: StepForm, line: Line, asked: Collection[str]) -> Row:
    is_asked = any(f"{form.step}.{name}" in asked for name in line.fields)
    return Row(line.label, line.value, is_asked, field_anchor(form.step, line.fields[0]))
