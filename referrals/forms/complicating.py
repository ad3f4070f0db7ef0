"""What complicates: the answers that decide between the tracks, and those that exclude."""

from typing import Any, ClassVar, Final

from crispy_forms.layout import Fieldset
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from admission.criteria import Alcohol, Cancer, Headache
from referrals.forms.base import Line, StepForm, shown_when
from referrals.forms.fields import (
    UNKNOWN,
    YES,
    as_bool,
    choice,
    several_of,
    words,
    yes_no,
)

NEITHER: Final = "none"
EXPERTISE: Final = [
    ("neurostimulation", _("Neurostimulation kan være en mulighed")),
    ("opioid_dependence", _("Patienten er blevet afhængig af ordinerede opioider")),
    ("cannabinoids", _("Behandling med cannabinoider overvejes")),
    (NEITHER, _("Nej, ingen af delene")),
]


class ComplicatingForm(StepForm):
    """Step 6. "Do not know" is an answer, but no fact: the centre will ask."""

    step = "complicating"
    asks_for: ClassVar = {
        "psychological": "psychological",
        "social": "social",
        "illegal_drugs": "illegal_drugs",
        "alcohol": "alcohol",
        "cancer": "cancer",
        "headache": "headache",
        "able_to_attend": "able_to_attend",
        **{name: "expertise" for name, _label in EXPERTISE if name != NEITHER},
    }

    known_as: ClassVar = {
        "psychological_words": _("Hvilke psykologiske problemer"),
        "social_words": _("Hvilke sociale problemer"),
    }

    psychological = yes_no(
        _("Er smerterne kompliceret af psykologiske problemer?"),
        missing=_("Svar på, om der er psykologiske problemer."),
    )
    psychological_words = words(
        _("Hvilke?"), help_text=_("Er tilstanden stabil? Psykolog eller psykiater?"), rows=2
    )
    social = yes_no(
        _("Er smerterne kompliceret af sociale eller arbejdsmæssige problemer?"),
        missing=_("Svar på, om der er sociale problemer."),
    )
    social_words = words(
        _("Hvilke?"), help_text=_("Arbejde, sygemelding, forsørgelse, kommune, familie."), rows=2
    )
    compensation = yes_no(_("Er der en verserende erstatnings- eller pensionssag?"))
    expertise = several_of(
        _("Er der brug for særlig viden eller erfaring?"),
        EXPERTISE,
        missing=_('Svar på, om der er brug for særlig viden. Vælg "Nej", hvis der ikke er.'),
    )
    cancer = choice(
        _("Har eller har patienten haft kræft?"), Cancer, missing=_("Svar på, om der er kræft.")
    )
    headache = choice(
        _("Har patienten hovedpine?"), Headache, missing=_("Svar på, om der er hovedpine.")
    )
    illegal_drugs = yes_no(
        _("Er der et illegalt misbrug?"),
        unknown=True,
        missing=_("Svar på, om der er et illegalt misbrug."),
        help_text=_(
            "Afhængighed af ordinerede opioider er ikke misbrug: det er en grund til at henvise."
        ),
    )
    alcohol = choice(
        _("Alkohol"),
        [*Alcohol.choices, (UNKNOWN, _("Ved ikke"))],
        missing=_("Svar på, om der er et alkoholforbrug."),
    )
    able_to_attend = yes_no(
        _("Kan patienten møde op i et ambulatorium?"),
        missing=_("Svar på, om patienten kan møde op."),
    )

    def parts(self) -> list[Any]:
        return [
            Fieldset(
                _("Det der gør smerterne komplekse"),
                "psychological",
                shown_when(f"psychological={YES}", "psychological_words"),
                "social",
                shown_when(f"social={YES}", "social_words"),
                "compensation",
                "expertise",
            ),
            Fieldset(
                _("Det der kan høre til et andet sted"),
                "cancer",
                "headache",
                "illegal_drugs",
                "alcohol",
                "able_to_attend",
            ),
        ]

    def summary(self) -> list[Line]:
        return [
            self._with_words(gettext("Psykologiske problemer"), "psychological"),
            self._with_words(gettext("Sociale problemer"), "social"),
            self.line_of("compensation", gettext("Erstatnings- eller pensionssag")),
            self.line_of("expertise", gettext("Særlig viden")),
            self.line_of("cancer", gettext("Kræft")),
            self.line_of("headache", gettext("Hovedpine")),
            self.line_of("illegal_drugs", gettext("Illegalt misbrug")),
            self.line_of("alcohol"),
            self.line_of("able_to_attend", gettext("Kan møde op")),
        ]

    def _with_words(self, label: str, name: str) -> Line:
        names = (name, f"{name}_words")
        return Line(label, ". ".join(filter(None, map(self.shown, names))), names)

    def clean(self) -> dict[str, Any]:
        answers = self.cleaned_data
        for question in ("psychological", "social"):
            if answers.get(question) != YES:
                answers[f"{question}_words"] = ""
        chosen = answers.get("expertise", [])
        if NEITHER in chosen and len(chosen) > 1:
            self.wrong("expertise", _('Vælg enten "Nej, ingen af delene" eller de andre.'))
        return answers

    def facts(self) -> dict[str, Any]:
        answers = self.cleaned_data
        plain = ("psychological", "social", "illegal_drugs", "able_to_attend")
        return {
            **{name: as_bool(answers.get(name)) for name in plain},
            **self._expertise(answers.get("expertise") or []),
            "cancer": Cancer(answers["cancer"]) if answers.get("cancer") else None,
            "headache": Headache(answers["headache"]) if answers.get("headache") else None,
            "alcohol": self._alcohol(answers.get("alcohol", "")),
        }

    @staticmethod
    def _expertise(chosen: list[str]) -> dict[str, bool | None]:
        names = [name for name, _label in EXPERTISE if name != NEITHER]
        return {name: (name in chosen) if chosen else None for name in names}

    @staticmethod
    def _alcohol(answer: str) -> Alcohol | None:
        return Alcohol(answer) if answer in Alcohol.values else None
