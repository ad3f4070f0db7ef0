"""Fields that the steps are built of, with the sentences a person reads at them."""

import datetime as dt
import re
from decimal import Decimal
from typing import Any, Final

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import MaxLengthValidator
from django.utils.translation import gettext_lazy as _
from django_stubs_ext import StrOrPromise as Text

from patients.contact import read_phone

YES, NO, UNKNOWN = "yes", "no", "unknown"
YES_NO: Final = [(YES, _("Ja")), (NO, _("Nej"))]
YES_NO_UNKNOWN: Final = [*YES_NO, (UNKNOWN, _("Ved ikke"))]
LONG: Final = 5000
DATE_FORMATS: Final = ("%d.%m.%Y", "%d-%m-%Y", "%d/%m/%Y", "%d %m %Y", "%d%m%Y")
DOSE: Final = re.compile(r"(\d{1,4})(?:[.,](\d{1,2}))?")
EARLIEST_YEAR: Final = 1900


def line(
    label: Text, *, help_text: Text = "", missing: Text = "", **options: Any
) -> forms.CharField:
    """One line of words; required when `missing`, the sentence without an answer, is given."""
    messages = {"required": missing} if missing else {}
    return forms.CharField(
        label=label,
        help_text=help_text,
        required=bool(missing),
        error_messages=messages,
        **{"max_length": 120, **options},
    )


def words(label: Text, *, help_text: Text = "", rows: int = 3) -> forms.CharField:
    """Free words, never required: only what decides is."""
    return forms.CharField(
        label=label,
        help_text=help_text,
        required=False,
        validators=[MaxLengthValidator(LONG, _("Teksten er for lang: højst 5000 tegn."))],
        widget=forms.Textarea({"rows": rows}),
    )


class Choice(forms.ChoiceField):
    """One of a few; `inline` ones are short enough to stand on one line."""

    widget = forms.RadioSelect
    inline = False


def choice(label: Text, choices: Any, *, missing: Text = "", help_text: Text = "") -> Choice:
    """One of a few; nothing is chosen beforehand."""
    return Choice(
        label=label,
        help_text=help_text,
        choices=choices,
        required=bool(missing),
        error_messages={
            "required": missing or _("Vælg et svar."),
            "invalid_choice": _("Vælg et af svarene."),
        },
    )


def several_of(
    label: Text, choices: Any, *, missing: Text = "", help_text: Text = ""
) -> forms.MultipleChoiceField:
    """Any number of a few."""
    return forms.MultipleChoiceField(
        label=label,
        help_text=help_text,
        choices=choices,
        required=bool(missing),
        widget=forms.CheckboxSelectMultiple,
        error_messages={
            "required": missing or _("Vælg mindst én."),
            "invalid_choice": _("Vælg blandt svarene."),
            "invalid_list": _("Vælg blandt svarene."),
        },
    )


def yes_no(
    label: Text, *, missing: Text = "", help_text: Text = "", unknown: bool = False
) -> Choice:
    """Yes or no, and "do not know" where that is an honest answer."""
    field = choice(
        label, YES_NO_UNKNOWN if unknown else YES_NO, missing=missing, help_text=help_text
    )
    field.inline = True
    return field


def as_bool(answer: str | None) -> bool | None:
    """Yes and no as such; "do not know" is no fact."""
    return {YES: True, NO: False}.get(answer or "")


class PhoneField(forms.CharField):
    """A telephone number, kept in the international form."""

    def __init__(self, **options: Any) -> None:
        widget = forms.TextInput({"inputmode": "tel", "class": "input-char-15"})
        super().__init__(required=False, widget=widget, **options)

    def clean(self, value: Any) -> str:
        text = str(super().clean(value))
        if not text:
            return ""
        try:
            return read_phone(text)
        except ValueError as error:
            raise ValidationError(str(error), code="invalid") from None


class DayField(forms.DateField):
    """A day as Danes write it, 05.09.1990, in whatever language the page is shown."""

    def __init__(self, **options: Any) -> None:
        sentence = _("Skriv datoen som dag, måned og år, fx 05.09.1990.")
        super().__init__(
            input_formats=DATE_FORMATS, error_messages={"invalid": sentence}, **options
        )

    def to_python(self, value: Any) -> dt.date | None:
        day = super().to_python(value)
        if day is not None and day.year < EARLIEST_YEAR:
            raise ValidationError(_("Året skal være efter 1900."), code="invalid")
        return day


class NumberField(forms.IntegerField):
    """A whole number between two ends, typed rather than chosen."""

    def __init__(
        self, *, lowest: int, highest: int, sentence: Text, size: int, **options: Any
    ) -> None:
        self.lowest, self.highest, self.sentence = lowest, highest, sentence
        widget = forms.TextInput(
            {"inputmode": "numeric", "autocomplete": "off", "class": f"input-char-{size}"}
        )
        super().__init__(widget=widget, error_messages={"invalid": sentence}, **options)

    def to_python(self, value: Any) -> int | None:
        text = str(value or "").strip()
        if text and not (text.isascii() and text.isdigit() and len(text) <= 4):
            raise ValidationError(self.sentence, code="invalid")
        number = int(text) if text else None
        if number is not None and not self.lowest <= number <= self.highest:
            raise ValidationError(self.sentence, code="invalid")
        return number


class DoseField(forms.CharField):
    """Milligrams with comma or point and at most two decimals, the same in every language."""

    def __init__(self, **options: Any) -> None:
        attrs = {"inputmode": "decimal", "autocomplete": "off", "class": "input-char-8"}
        widget = forms.TextInput(attrs)
        super().__init__(required=False, widget=widget, **options)

    def clean(self, value: Any) -> Decimal | None:
        text = str(super().clean(value))
        if not text:
            return None
        if not (match := DOSE.fullmatch(text)) or not text.isascii():
            raise ValidationError(_("Skriv dosis som et tal, fx 80 eller 62,5."), code="invalid")
        return Decimal(f"{match[1]}.{match[2] or 0}")
