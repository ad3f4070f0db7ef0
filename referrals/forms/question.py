"""What the referrer wants of the centre; from hospitals also the situation after admission."""

from typing import Any, ClassVar

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from admission.criteria import OpioidContext, Question, Situation
from referrals.forms.base import Line, StepForm, shown_when
from referrals.forms.fields import DoseField, choice, several_of, words

OPIOIDS = Situation.OPIOIDS_AT_DISCHARGE


class QuestionForm(StepForm):
    """Step 2. Follow-up is offered to hospital departments only (deck: "Subakutte spor")."""

    step = "question"
    asks_for: ClassVar = {
        "question": "question",
        "situations": "situations",
        "morphine_mg_at_discharge": "discharge_dose",
        "opioid_contexts": "opioid_contexts",
    }

    question = choice(
        _("Hvad ønsker I af centret?"), Question, missing=_("Vælg, hvad I ønsker af centret.")
    )
    situations = several_of(_("Hvilken situation følges der op på?"), Situation)
    discharge_dose = DoseField(
        label=_("Opioiddosis ved udskrivelsen"),
        help_text=_(
            "Skriv kun dosis, hvis den ikke fremgår af medicinlisten: milligram morfinækvivalenter "
            "pr. døgn, fx 80."
        ),
        max_length=12,
    )
    opioid_contexts = several_of(_("Hvad gælder for opioidbehandlingen?"), OpioidContext)
    help_wanted = words(
        _("Hvad ønsker I hjælp til?"), help_text=_("Jeres eget spørgsmål, kort og med egne ord.")
    )
    expectations = words(
        _("Forventninger og motivation"),
        help_text=_("Hvad forventer I af centret, og hvad vil patienten selv gøre?"),
        rows=2,
    )

    def adapt(self) -> None:
        if not self.setting.from_hospital:
            offered = [pair for pair in Question.choices if pair[0] != Question.FOLLOW_UP]
            field = self.fields["question"]
            assert isinstance(field, forms.ChoiceField)
            field.choices = offered

    def parts(self) -> list[Any]:
        after_admission = [
            shown_when(
                f"question={Question.FOLLOW_UP}",
                "situations",
                shown_when(f"situations={OPIOIDS}", "discharge_dose", "opioid_contexts"),
            )
        ]
        return [
            "question",
            *(after_admission if self.setting.from_hospital else []),
            "help_wanted",
            "expectations",
        ]

    def clean(self) -> dict[str, Any]:
        answers = self.cleaned_data
        if answers.get("question") != Question.FOLLOW_UP:
            answers["situations"] = []
        elif not answers.get("situations"):
            self.missing("situations", _("Vælg mindst én situation."))
        self._clean_opioids(OPIOIDS in answers.get("situations", []))
        if answers.get("question") == Question.ADVICE and not answers.get("help_wanted"):
            self.missing("help_wanted", _("Skriv, hvad I ønsker råd om."))
        return answers

    def _clean_opioids(self, asked: bool) -> None:
        """What stands in a hidden field does not count."""
        if not asked:
            for name in ("discharge_dose", "opioid_contexts"):
                self.errors.pop(name, None)
            self.cleaned_data |= {"discharge_dose": None, "opioid_contexts": []}
            return
        if not self.cleaned_data.get("opioid_contexts"):
            self.missing(
                "opioid_contexts",
                _("Vælg mindst ét svar, eller fjern den høje opioiddosering ovenfor."),
            )

    def summary(self) -> list[Line]:
        dose = self.line_of("discharge_dose")
        if self.cleaned_data.get("discharge_dose"):
            dose = dose._replace(value=gettext("%(dose)s mg pr. døgn") % {"dose": dose.value})
        return [
            self.line_of("question", gettext("Ønsker")),
            self.line_of("help_wanted"),
            self.line_of("situations", gettext("Situation")),
            dose,
            self.line_of("opioid_contexts", gettext("Om opioidbehandlingen")),
            self.line_of("expectations"),
        ]

    def facts(self) -> dict[str, Any]:
        answers = self.cleaned_data
        question = answers.get("question")
        return {
            "question": Question(question) if question else None,
            "situations": frozenset(map(Situation, answers.get("situations") or [])),
            "morphine_mg_at_discharge": answers.get("discharge_dose"),
            "opioid_contexts": frozenset(map(OpioidContext, answers.get("opioid_contexts") or [])),
        }
