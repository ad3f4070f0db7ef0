"""Work-up and treatment so far: whether each is finished, and if not, what is missing."""

from typing import Any, ClassVar

from crispy_forms.layout import Fieldset
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from referrals.forms.base import Line, StepForm, shown_when
from referrals.forms.fields import NO, as_bool, words, yes_no


class WorkupForm(StepForm):
    """Step 4. What is missing counts only when the answer is no."""

    step = "workup"
    asks_for: ClassVar = {
        "worked_up": "worked_up",
        "work_up_missing": "work_up_missing",
        "fully_treated": "fully_treated",
        "treatment_missing": "treatment_missing",
    }

    findings = words(
        _("Fund"), help_text=_("Undersøgelse og blodprøver, kun det der betyder noget her.")
    )
    imaging = words(
        _("Billeddiagnostik"), help_text=_("Hvad, hvornår og med hvilket svar."), rows=2
    )
    opinions = words(_("Speciallægers vurdering"), help_text=_("Speciale og konklusion."), rows=2)
    worked_up = yes_no(
        _("Er patienten færdigudredt for den tilgrundliggende sygdom?"),
        missing=_("Svar på, om patienten er færdigudredt."),
    )
    work_up_missing = words(_("Hvad mangler i udredningen?"), rows=2)
    tried = words(
        _("Prøvede behandlinger"),
        help_text=_(
            "Medicin, blokader, operation, fysioterapi, psykolog: virkning og bivirkninger."
        ),
        rows=4,
    )
    fully_treated = yes_no(
        _("Er patienten færdigbehandlet af de relevante specialer?"),
        missing=_("Svar på, om patienten er færdigbehandlet."),
    )
    treatment_missing = words(_("Hvad mangler i behandlingen?"), rows=2)
    earlier_centre = words(
        _("Tidligere forløb på et smertecenter"),
        help_text=_("Hvor og hvornår, og hvad et nyt forløb skal give."),
        rows=2,
    )

    def parts(self) -> list[Any]:
        return [
            Fieldset(
                _("Udredning"),
                "worked_up",
                shown_when(f"worked_up={NO}", "work_up_missing"),
                "findings",
                "imaging",
                "opinions",
            ),
            Fieldset(
                _("Behandling"),
                "fully_treated",
                shown_when(f"fully_treated={NO}", "treatment_missing"),
                "tried",
                "earlier_centre",
            ),
        ]

    def summary(self) -> list[Line]:
        short = {"worked_up": gettext("Færdigudredt"), "fully_treated": gettext("Færdigbehandlet")}
        order = (
            *("worked_up", "work_up_missing", "findings", "imaging", "opinions"),
            *("fully_treated", "treatment_missing", "tried", "earlier_centre"),
        )
        return [self.line_of(name, short.get(name, "")) for name in order]

    def clean(self) -> dict[str, Any]:
        answers = self.cleaned_data
        for question, rest in (
            ("worked_up", "work_up_missing"),
            ("fully_treated", "treatment_missing"),
        ):
            if answers.get(question) != NO:
                answers[rest] = ""
        return answers

    def facts(self) -> dict[str, Any]:
        answers = self.cleaned_data
        return {
            "worked_up": as_bool(answers.get("worked_up")),
            "work_up_missing": answers.get("work_up_missing", ""),
            "fully_treated": as_bool(answers.get("fully_treated")),
            "treatment_missing": answers.get("treatment_missing", ""),
        }
