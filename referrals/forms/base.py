"""What the steps share: answers kept as typed, and read as far as they are valid."""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any, ClassVar, NamedTuple

from crispy_forms.layout import Div, Layout
from django import forms
from django.core.exceptions import ValidationError
from django.utils.datastructures import MultiValueDict
from django.utils.formats import date_format, number_format
from django.utils.functional import Promise
from django.utils.translation import gettext

from casework.forms import FieldsHelper

REQUIRED = "required"

# What one step holds as typed: a text for most fields, a list where several may be given.
Typed = Mapping[str, str | list[str]]


@dataclass(frozen=True, slots=True)
class Setting:
    """What a step must know beside its own answers.

    Fields are named ``step.field``: ``spared`` need no answer in this referral, ``asked`` are those
    that the centre has asked about, in the words of ``question``. ``discharge_limit`` is the dose
    of opioids in mg above which a discharge makes the patient a subacute one; None in other
    situations. ``dose_is_stated`` says that the dose is written beside the medicine.
    """

    today: date
    from_hospital: bool = True
    number_is_settled: bool = False
    spared: Collection[str] = field(default_factory=frozenset)
    asked: Collection[str] = field(default_factory=frozenset)
    question: str = ""
    discharge_limit: Decimal | None = None
    dose_is_stated: bool = False


class Line(NamedTuple):
    """One line of what was written: its label, its words, and the fields they stand in."""

    label: str
    value: str
    fields: tuple[str, ...]


class Asked(Div):
    """Fields that the centre asked about, with its words."""

    template = "referrals/referrer/asked.html"

    def __init__(self, *fields: Any, question: str) -> None:
        super().__init__(*fields)  # type: ignore[no-untyped-call]  # crispy has no types
        self.question = question


class StepForm(forms.Form):
    """One step: `facts` is what it tells the criteria, `asks_for` which field answers a fact.

    `known_as` is what a field is called away from the page, where its label says too little.
    """

    step: ClassVar[str]
    asks_for: ClassVar[Mapping[str, str]] = {}
    known_as: ClassVar[Mapping[str, str | Promise]] = {}

    def __init__(self, typed: Typed | None, setting: Setting) -> None:
        data = None if typed is None else MultiValueDict(_as_lists(typed))
        super().__init__(data, auto_id="id_%s", label_suffix="")
        self.setting = setting
        for name in self._named(setting.spared):
            self.fields[name].required = False
        self.adapt()
        self.helper = self._helper()

    def adapt(self) -> None:
        """Fit the fields to the setting; nothing by default."""

    def parts(self) -> list[Any]:
        """The fields in their order on the page, as crispy parts; all of them by default."""
        return list(self.fields)

    def facts(self) -> dict[str, Any]:
        """The facts of this step, as far as they are validly answered."""
        return {}

    def summary(self) -> list["Line"]:
        """What was written, line by line, for reading; a line per field by default."""
        return [self.line_of(name) for name in self.fields]

    def line_of(self, name: str, label: str | Promise = "") -> "Line":
        shown = label or self.fields[name].label or ""
        return Line(str(shown), self.shown(name), (name,))

    def shown(self, name: str) -> str:
        """A field's answer in words; what cannot be read is shown as it was typed."""
        if name in self.cleaned_data:
            return in_words(self.fields[name], self.cleaned_data[name])
        typed = self[name].data
        return ", ".join(typed) if isinstance(typed, list) else str(typed or "")

    def missing(self, name: str, sentence: str | Promise) -> None:
        """Say at a field that an answer is needed after what another one said."""
        if name not in self.errors:
            self.add_error(name, ValidationError(str(sentence), code=REQUIRED))

    def wrong(self, name: str, sentence: str | Promise) -> None:
        self.add_error(name, ValidationError(str(sentence), code="invalid"))

    def has_mistakes(self) -> bool:
        """Whether something typed cannot be read; what is not answered yet is no mistake."""
        return any(error.code != REQUIRED for error in self._all_errors())

    def hide_missing(self) -> None:
        """Keep only the sentences about what was typed: nobody is scolded for not being done."""
        for name, errors in list(self.errors.as_data().items()):
            kept = [error for error in errors if error.code != REQUIRED]
            del self.errors[name]
            if kept:
                self.errors[name] = self.error_class(ValidationError(kept).messages)

    def _all_errors(self) -> Iterator[ValidationError]:
        for errors in self.errors.as_data().values():
            yield from errors

    def _named(self, names: Collection[str]) -> list[str]:
        return [name for name in self.fields if f"{self.step}.{name}" in names]

    def _helper(self) -> FieldsHelper:
        helper = FieldsHelper(mark_required=True)
        helper.layout = Layout(*self.parts())
        for name in self._named(self.setting.asked):
            helper[name].wrap(Asked, question=self.setting.question)
        return helper

    @classmethod
    def name_of(cls, name: str) -> str:
        """What a field is called where it stands alone, as in a letter."""
        return str(cls.known_as.get(name) or cls.base_fields[name].label)

    @classmethod
    def pick(cls, sent: Mapping[str, Any]) -> dict[str, str | list[str]]:
        """What was typed in this step's fields, as typed, from a request or a plain mapping."""
        return {name: _typed(sent, name, several(f)) for name, f in cls.base_fields.items()}


def in_words(form_field: forms.Field, value: Any) -> str:
    """An answer as one reads it: choices by their labels, a tick as "Ja", days written out."""
    if value is None or value == "" or value is False or value == []:
        return ""
    if value is True:
        return gettext("Ja")
    if isinstance(form_field, forms.ChoiceField):
        choices: Any = form_field.choices
        labels = {str(key): str(label) for key, label in choices}
        chosen = value if isinstance(value, list) else [value]
        return ", ".join(labels.get(str(each), str(each)) for each in chosen)
    if isinstance(value, date):
        return date_format(value)
    return number_format(value) if isinstance(value, Decimal) else str(value)


def several(form_field: forms.Field) -> bool:
    """Whether a field holds a list of answers."""
    return isinstance(form_field, forms.MultipleChoiceField)


def anchor(name: str, form_field: forms.Field) -> str:
    """The id of the element to which a link to the field leads."""
    grouped = isinstance(form_field.widget, forms.RadioSelect | forms.CheckboxSelectMultiple)
    return f"id_{name}_0" if grouped else f"id_{name}"


def _typed(sent: Mapping[str, Any], name: str, is_list: bool) -> str | list[str]:
    if isinstance(sent, MultiValueDict):
        given = sent.getlist(name)
    else:
        value = sent.get(name, [])
        given = list(value) if isinstance(value, list | tuple) else [value]
    texts = [_clean(text) for text in given]
    return texts if is_list else (texts[-1] if texts else "")


def _clean(text: object) -> str:
    """PostgreSQL keeps no NUL character; nothing else is taken from what was typed."""
    return str(text).replace("\x00", "")


def _as_lists(typed: Mapping[str, Any]) -> dict[str, list[str]]:
    return {name: _texts(value) for name, value in typed.items()}


def _texts(value: object) -> list[str]:
    given = value if isinstance(value, list) else [value]
    return [text for text in given if isinstance(text, str)]


def shown_when(condition: str, *parts: Any) -> Div:
    """Parts that are hidden until another answer calls for them (reveal.js)."""
    return Div(*parts, data_shown_when=condition)
