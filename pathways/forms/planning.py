"""Next step, team and end of a pathway."""

import datetime as dt
from typing import Any

from crispy_forms.bootstrap import InlineRadios
from crispy_forms.layout import Div, Layout, Row
from django import forms
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from pathways.forms.people import NO_SUCH_DAY, Choice, PersonField, VersionedForm, person_label
from pathways.lifecycle import CHOSEN_ENDINGS, Ending, PauseReason
from pathways.models import Pathway
from pathways.planning import NEXT_STEP_LENGTH
from pathways.team import Seat
from pathways.tracks import Discipline
from staff.models import User
from staff.permissions import Permission, Role

WHY_LENGTH = 300


class NextStepForm(VersionedForm):
    """What is to be done next, by whom and by when: none of the three may be left out."""

    next_step = forms.CharField(
        label=gettext_lazy("Næste skridt"),
        max_length=NEXT_STEP_LENGTH,
        error_messages={
            "required": gettext_lazy(
                "Skriv, hvad der skal ske. Et forløb har altid et næste skridt."
            )
        },
    )
    next_step_by = PersonField(
        Permission.PLAN,
        gettext_lazy("Hvem gør det"),
        error_messages={"required": gettext_lazy("Vælg, hvem der gør det.")},
    )
    due_on = forms.DateField(
        label=gettext_lazy("Senest"),
        error_messages={
            "required": gettext_lazy("Vælg en dag. Et næste skridt har altid en frist."),
            "invalid": NO_SUCH_DAY,
        },
    )

    def __init__(self, *args: Any, pathway: Pathway, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.offer_people("next_step_by", pathway)

    def layout(self) -> Layout:
        """Who and by when on one line."""
        return Layout("version", "next_step", Row("next_step_by", "due_on"))

    def clean_due_on(self) -> dt.date:
        due_on: dt.date = self.cleaned_data["due_on"]
        if due_on < timezone.localdate():
            raise forms.ValidationError(_("Dagen er allerede gået. Vælg en dag fra i dag af."))
        return due_on


class TeamForm(VersionedForm):
    """Who joins, who leaves, who is responsible, and why."""

    join = forms.ModelChoiceField(
        User.objects.none(), label=gettext_lazy("Ny på teamet"), required=False
    )
    leave = forms.ModelChoiceField(
        User.objects.none(), label=gettext_lazy("Går af teamet"), required=False
    )
    responsible = forms.ModelChoiceField(
        User.objects.none(),
        label=gettext_lazy("Ny behandlingsansvarlig læge"),
        required=False,
    )
    why = forms.CharField(
        label=gettext_lazy("Hvorfor"),
        max_length=200,
        error_messages={"required": gettext_lazy("Skriv, hvorfor teamet ændres.")},
    )

    def __init__(self, *args: Any, pathway: Pathway, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        team = [place.user for place in pathway.team.current().select_related("user")]
        people = list(User.objects.who_may(Permission.CARRY_CASELOAD))
        self._offer("join", [one for one in people if one not in team], by_role=True)
        self._offer("leave", team)
        physicians = [one for one in people if one.role == Role.PHYSICIAN]
        self._offer("responsible", [one for one in physicians if one != pathway.responsible])

    def _offer(self, name: str, people: list[User], by_role: bool = False) -> None:
        field = self.fields[name]
        assert isinstance(field, forms.ModelChoiceField)
        field.queryset = User.objects.filter(pk__in=[person.pk for person in people])
        listed: list[Choice] = [(person.pk, person_label(person)) for person in people]
        groups = _by_role(people) if by_role else listed
        field.choices = [("", _("Ingen ændring")), *groups]

    @property
    def seat(self) -> list[Seat]:
        """The seat of the person who joins, if any."""
        person = self.cleaned_data["join"]
        return [Seat(person, Discipline(person.role), self.cleaned_data["why"])] if person else []

    @property
    def leaving(self) -> list[User]:
        """The person who leaves, if any."""
        return [self.cleaned_data["leave"]] if self.cleaned_data["leave"] else []

    def handing_over(self, pathway: Pathway) -> list[User]:
        """Who leaves, and who is no longer responsible for the pathway as it was read."""
        handed_over = [pathway.responsible] if self.cleaned_data["responsible"] else []
        return [*self.leaving, *handed_over]


def _by_role(people: list[User]) -> list[tuple[str, list[Choice]]]:
    groups: dict[str, list[Choice]] = {}
    for person in people:
        role = str(person.get_role_display()).capitalize()
        groups.setdefault(role, []).append((person.pk, person.name))
    return list(groups.items())


class DischargeForm(VersionedForm):
    """The letter to the referrer."""

    mark_required = True

    summary = forms.CharField(
        label=gettext_lazy("Epikrise"),
        widget=forms.Textarea(attrs={"rows": 8}),
        help_text=gettext_lazy("Forløbet, resultatet og den medicin, patienten fortsætter med."),
        error_messages={"required": gettext_lazy("Skriv epikrisen. Den sendes til henviser.")},
    )
    follow_up_by_gp = forms.TypedChoiceField(
        label=gettext_lazy("Anbefales opfølgning i almen praksis?"),
        choices=[("yes", gettext_lazy("Ja")), ("no", gettext_lazy("Nej"))],
        coerce=lambda answer: answer == "yes",
        widget=forms.RadioSelect,
        error_messages={"required": gettext_lazy("Svar ja eller nej.")},
    )
    follow_up_advice = forms.CharField(
        label=gettext_lazy("Det anbefales egen læge"),
        widget=forms.Textarea(attrs={"rows": 3}),
        required=False,
        help_text=gettext_lazy("Står øverst i brevet."),
    )
    words_to_patient = forms.CharField(
        label=gettext_lazy("Egne ord i patientens brev"),
        widget=forms.Textarea(attrs={"rows": 3}),
        required=False,
        help_text=gettext_lazy("Sættes ind i patientens brev. Skriv, så patienten forstår det."),
    )

    def layout(self) -> Layout:
        """The advice is asked for when follow-up is recommended."""
        advice = Div("follow_up_advice", data_shown_when="follow_up_by_gp=yes")
        gp = InlineRadios("follow_up_by_gp", wrapper_class="chip-choices")
        return Layout("version", "summary", gp, advice, "words_to_patient")

    def clean(self) -> dict[str, Any]:
        answers = super().clean() or {}
        if answers.get("follow_up_by_gp") is True and not answers.get("follow_up_advice"):
            self.add_error("follow_up_advice", _("Skriv, hvad egen læge anbefales at følge op på."))
        return answers


class PauseForm(VersionedForm):
    """Why a pathway waits, and the day on which somebody looks again."""

    mark_required = True

    reason = forms.ChoiceField(
        label=gettext_lazy("Hvorfor"),
        choices=PauseReason.choices,
        widget=forms.RadioSelect,
        error_messages={"required": gettext_lazy("Vælg, hvorfor forløbet sættes på pause.")},
    )
    why = forms.CharField(
        label=gettext_lazy("Med egne ord"),
        max_length=WHY_LENGTH,
        required=False,
        help_text=gettext_lazy("Fx hvilken behandling der afventes. Skal skrives ved anden grund."),
    )
    look_again_on = forms.DateField(
        label=gettext_lazy("Se på forløbet igen"),
        error_messages={
            "required": gettext_lazy("Vælg en dag. En pause har altid en dag, hvor den slutter."),
            "invalid": NO_SUCH_DAY,
        },
    )
    look_again_by = PersonField(
        Permission.PLAN, gettext_lazy("Hvem ser på det igen"), required=False
    )

    def __init__(self, *args: Any, pathway: Pathway, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.offer_people("look_again_by", pathway)
        self.initial["look_again_by"] = pathway.next_step_by_id

    def layout(self) -> Layout:
        """The reason first; the day and the person on one line."""
        return Layout("version", "reason", "why", Row("look_again_on", "look_again_by"))


class ReopenForm(NextStepForm):
    """Why a pathway goes on, and with what."""

    why = forms.CharField(
        label=gettext_lazy("Hvorfor åbnes forløbet igen?"),
        max_length=WHY_LENGTH,
        help_text=gettext_lazy("Står i brevet til henviser."),
        error_messages={"required": gettext_lazy("Skriv, hvorfor forløbet åbnes igen.")},
    )

    def layout(self) -> Layout:
        """Why first, then what is to be done."""
        return Layout("version", "why", "next_step", Row("next_step_by", "due_on"))


class DiscontinueForm(VersionedForm):
    """By whom or what a pathway is broken off, and why; that somebody has died is said twice."""

    ending = forms.ChoiceField(
        label=gettext_lazy("Hvem eller hvad afbryder forløbet?"),
        choices=[(ending.value, ending.label) for ending in CHOSEN_ENDINGS],
        widget=forms.RadioSelect,
        error_messages={
            "required": gettext_lazy("Vælg, hvem eller hvad der afbryder forløbet."),
        },
    )
    why = forms.CharField(
        label=gettext_lazy("Hvorfor"),
        max_length=300,
        help_text=gettext_lazy("Står i brevet til henviser."),
        error_messages={"required": gettext_lazy("Skriv hvorfor.")},
    )
    has_died = forms.BooleanField(required=False)

    def __init__(self, *args: Any, pathway: Pathway, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.name = {"name": pathway.patient.name}
        self.fields["has_died"].label = _("Ja, %(name)s er død") % self.name

    def layout(self) -> Layout:
        """Who is taken for dead is named once more."""
        return Layout("version", "ending", Div("has_died", data_shown_when="ending=died"), "why")

    def clean(self) -> dict[str, Any]:
        answers = super().clean() or {}
        if answers.get("ending") == Ending.DIED and not answers.get("has_died"):
            self.add_error("has_died", _("Bekræft, at %(name)s er død.") % self.name)
        return answers

    @property
    def answers(self) -> dict[str, Any]:
        """What the verb needs to know."""
        return {name: self.cleaned_data[name] for name in ("version", "ending", "why")}


class WhyForm(VersionedForm):
    """A reason, for what is not done without one."""

    why = forms.CharField(
        label=gettext_lazy("Hvorfor"),
        max_length=300,
        error_messages={"required": gettext_lazy("Skriv hvorfor.")},
    )
