"""The pain: what it is, where, since when, how bad, and what it keeps the patient from."""

import datetime as dt
import re
from typing import Any, ClassVar

from crispy_forms.layout import HTML, Fieldset, Row
from django.utils.formats import date_format
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from admission import diagnoses
from referrals.forms.base import Line, StepForm
from referrals.forms.fields import EARLIEST_YEAR, NumberField, line, words

CODE_AT_END = re.compile(r"\((\S+)\)\s*$")
YEAR_MISSING = _("Skriv det år, smerterne begyndte.")


class PainForm(StepForm):
    """Step 3. One field takes a listed diagnosis, its SKS code or the referrer's own words."""

    step = "pain"
    asks_for: ClassVar = {
        "diagnosis": "diagnosis",
        "diagnosis_text": "diagnosis",
        "pain_since": "since_year",
    }

    known_as: ClassVar = {
        "since_year": _("Hvornår smerterne begyndte"),
        "nrs_average": _("Smerternes gennemsnitlige styrke (NRS)"),
        "nrs_worst": _("Smerternes værste styrke (NRS)"),
    }

    diagnosis = line(
        _("Smertediagnose"),
        help_text=_("Vælg fra listen, eller skriv med egne ord."),
        missing=_("Vælg en diagnose, eller skriv med egne ord, hvilke smerter det er."),
        max_length=200,
    )
    where = line(_("Hvor sidder smerterne?"), max_length=200)
    since_month = NumberField(
        label=_("Måned"),
        lowest=1,
        highest=12,
        sentence=_("Skriv måneden som et tal fra 1 til 12."),
        size=4,
        required=False,
    )
    since_year = NumberField(
        label=_("År"),
        lowest=EARLIEST_YEAR,
        highest=2999,
        sentence=_("Skriv året med fire cifre, fx 2024."),
        size=4,
    )
    nrs_average = NumberField(
        label=_("Gennemsnit"),
        lowest=0,
        highest=10,
        sentence=_("Skriv et helt tal fra 0 til 10."),
        size=4,
        required=False,
    )
    nrs_worst = NumberField(
        label=_("Værst"),
        lowest=0,
        highest=10,
        sentence=_("Skriv et helt tal fra 0 til 10."),
        size=4,
        required=False,
    )
    consequences = words(
        _("Konsekvenser"),
        help_text=_("Hvad kan patienten ikke på grund af smerterne? Søvn, arbejde, hjem, fritid."),
    )

    def adapt(self) -> None:
        listed = {"list": "diagnosis-list", "autocomplete": "off"}
        self.fields["diagnosis"].widget.attrs.update(listed)
        self.fields["since_year"].error_messages["required"] = YEAR_MISSING

    def parts(self) -> list[Any]:
        return [
            "diagnosis",
            HTML('{% include "referrals/referrer/diagnosis_list.html" %}'),
            "where",
            Fieldset(
                _("Hvornår begyndte smerterne?"),
                Row("since_month", "since_year"),
                css_class="fieldset--small",
            ),
            Fieldset(
                _("Hvor stærke er de på NRS? 0 er ingen smerte, 10 den værst tænkelige"),
                Row("nrs_average", "nrs_worst"),
                css_class="fieldset--small",
            ),
            "consequences",
        ]

    def clean(self) -> dict[str, Any]:
        answers = self.cleaned_data
        since = self.since
        if since and since > self.setting.today:
            self.wrong("since_year", _("Smerterne kan ikke være begyndt i fremtiden."))
        average, worst = answers.get("nrs_average"), answers.get("nrs_worst")
        if average is not None and worst is not None and worst < average:
            self.wrong("nrs_worst", _("De værste smerter kan ikke være mindre end gennemsnittet."))
        return answers

    @property
    def since(self) -> dt.date | None:
        """The first day on which the pain may have begun; None while month or year is wrong."""
        year = self.cleaned_data.get("since_year")
        if not year or "since_month" not in self.cleaned_data:
            return None
        return dt.date(year, self.cleaned_data["since_month"] or 1, 1)

    @property
    def since_latest(self) -> dt.date | None:
        """The first of the last month in which it may have begun; None when the month is told."""
        if self.since is None or self.cleaned_data["since_month"]:
            return None
        return min(self.since.replace(month=12), self.setting.today.replace(day=1))

    def summary(self) -> list[Line]:
        return [
            self.line_of("diagnosis"),
            self.line_of("where", gettext("Sted")),
            Line(gettext("Begyndt"), self._since_in_words(), ("since_month", "since_year")),
            Line(gettext("Styrke (NRS 0–10)"), self._strength(), ("nrs_average", "nrs_worst")),
            self.line_of("consequences"),
        ]

    def _since_in_words(self) -> str:
        if not self.since:
            return " ".join(filter(None, [self.shown("since_month"), self.shown("since_year")]))
        if self.cleaned_data.get("since_month"):
            return date_format(self.since, "F Y")
        return str(self.since.year)

    def _strength(self) -> str:
        words = {
            "nrs_average": gettext("gennemsnit %(nrs)s"),
            "nrs_worst": gettext("værst %(nrs)s"),
        }
        given = {name: self.shown(name) for name in words}
        return ", ".join(words[name] % {"nrs": nrs} for name, nrs in given.items() if nrs)

    def facts(self) -> dict[str, Any]:
        typed = self.cleaned_data.get("diagnosis", "")
        diagnosis = listed_diagnosis(typed)
        return {
            "diagnosis": diagnosis,
            "diagnosis_text": "" if diagnosis else typed,
            "pain_since": self.since,
            "pain_since_latest": self.since_latest,
        }


def listed_diagnosis(typed: str) -> diagnoses.Diagnosis | None:
    """The listed diagnosis a referrer means: as listed, by its code alone, or by its whole name."""
    if in_brackets := CODE_AT_END.search(typed):
        return diagnoses.find(in_brackets[1])
    if " " not in typed and any(letter.isdigit() for letter in typed):
        return diagnoses.find(typed)
    wanted = diagnoses.plain(typed)
    named = (
        found for found in diagnoses.DIAGNOSES.values() if diagnoses.plain(found.text) == wanted
    )
    return next(named, None)
