"""The period whose referrals a backtest judges anew."""

import datetime as dt
from typing import Any, Final, NamedTuple

from django import forms
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

USUAL_YEARS: Final = 5
NO_SUCH_DAY: Final = gettext_lazy("Skriv en dag, der findes, med tal, fx 8.12.2026.")


class Period(NamedTuple):
    """The first and the last day, both included."""

    first: dt.date
    last: dt.date


def usual_period() -> Period:
    """The last five years, to this day."""
    today = timezone.localdate()
    try:
        return Period(today.replace(year=today.year - USUAL_YEARS), today)
    except ValueError:  # 29 February
        return Period(dt.date(today.year - USUAL_YEARS, 3, 1), today)


def _day(label: Any) -> forms.DateField:
    missing = gettext_lazy("Skriv dagen.")
    return forms.DateField(
        label=label,
        error_messages={"required": missing, "invalid": NO_SUCH_DAY},
    )


class PeriodForm(forms.Form):
    """From when to when the referrals were received; the last five years unless said otherwise."""

    first = _day(gettext_lazy("Modtaget fra"))
    last = _day(gettext_lazy("Modtaget til og med"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **{"initial": usual_period()._asdict()} | kwargs)

    def clean_last(self) -> dt.date:
        """Nothing is received before its day; a period runs forward."""
        last: dt.date = self.cleaned_data["last"]
        if last > timezone.localdate():
            raise forms.ValidationError(_("Skriv en dag, der ikke ligger ude i fremtiden."))
        first = self.cleaned_data.get("first")
        if first and last < first:
            raise forms.ValidationError(_("Perioden slutter, før den begynder."))
        return last

    @property
    def period(self) -> Period:
        return Period(self.cleaned_data["first"], self.cleaned_data["last"])
