"""Booking and moving an appointment."""

import datetime as dt
from typing import Any

from crispy_forms.bootstrap import InlineRadios
from crispy_forms.layout import Div, Layout, Row
from django import forms
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from pathways.forms.people import NO_SUCH_DAY, NO_SUCH_TIME, PersonField, VersionedForm
from pathways.interpreters import BOOKED_FROM_LENGTH, Interpreter
from pathways.models import Appointment, Pathway
from pathways.times import Time
from staff.permissions import Permission

LENGTHS = [15, 30, 45, 60, 90, 120]


def booked_from() -> forms.CharField:
    """Where an interpreter is booked, which may be left out."""
    return forms.CharField(
        label=gettext_lazy("Bureau eller bookingnummer"),
        max_length=BOOKED_FROM_LENGTH,
        required=False,
        help_text=gettext_lazy("Så andre kan finde bestillingen igen."),
    )


class TimeForm(VersionedForm):
    """With whom, when, how long and in which form."""

    clinician = PersonField(
        Permission.CARRY_CASELOAD,
        gettext_lazy("Hos"),
        error_messages={"required": gettext_lazy("Vælg, hvem patienten skal møde.")},
    )
    day = forms.DateField(
        label=gettext_lazy("Dag"),
        error_messages={
            "required": gettext_lazy("Skriv dagen."),
            "invalid": NO_SUCH_DAY,
        },
    )
    at = forms.TimeField(
        label=gettext_lazy("Klokken"),
        help_text=gettext_lazy("TT.MM"),
        error_messages={
            "required": gettext_lazy("Skriv klokkeslættet."),
            "invalid": NO_SUCH_TIME,
        },
        widget=forms.TimeInput(format="%H.%M", attrs={"class": "input-char-8"}),
    )
    minutes = forms.TypedChoiceField(
        label=gettext_lazy("Minutter"),
        choices=[(length, length) for length in LENGTHS],
        coerce=int,
        initial=30,
        widget=forms.Select(attrs={"class": "input-char-8"}),
    )
    # Not named "form": that would hide the element's own form from the page's scripts.
    how = forms.ChoiceField(
        label=gettext_lazy("Form"),
        choices=Appointment.Form.choices,
        widget=forms.RadioSelect,
        initial=Appointment.Form.VISIT,
    )
    has_interpreter = forms.BooleanField(required=False)
    interpreter_from = booked_from()

    def __init__(self, *args: Any, pathway: Pathway, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.offer_people("clinician", pathway)
        self._ask_for_interpreter(pathway.patient.interpreter_language)

    def _ask_for_interpreter(self, spoken: str) -> None:
        """Only for who needs one."""
        if spoken:
            label = _("Tolk er bestilt til den tid (%(spoken)s)") % {"spoken": spoken}
            self.fields["has_interpreter"].label = label
        else:
            del self.fields["has_interpreter"], self.fields["interpreter_from"]

    def layout(self) -> Layout:
        """The day, the hour and the length on one line; of the interpreter what is called for."""
        laid = {"day", "at", "minutes", "how", "has_interpreter", "interpreter_from"}
        rest = [name for name in self.fields if name not in laid | {"version", "clinician"}]
        how = InlineRadios("how", wrapper_class="chip-choices")
        return Layout("version", "clinician", Row("day", "at", "minutes"), how, *rest, *self._asked)

    @property
    def _asked(self) -> list[Any]:
        if "has_interpreter" not in self.fields:
            return []
        return ["has_interpreter", Div("interpreter_from", data_shown_when="has_interpreter")]

    @property
    def time(self) -> Time:
        """The time as typed, in the centre's own time zone."""
        answers = self.cleaned_data
        starts_at = timezone.make_aware(dt.datetime.combine(answers["day"], answers["at"]))
        return Time(answers["clinician"], starts_at, answers["minutes"], answers["how"])

    @property
    def interpreter(self) -> Interpreter | None:
        """The interpreter who is booked already; None when there is none, or none is needed."""
        answers = self.cleaned_data
        if not answers.get("has_interpreter"):
            return None
        return Interpreter(answers["interpreter_from"])


class BookForm(TimeForm):
    """A new appointment; in a pathway that has begun, it need not be the next step."""

    is_next_step = forms.BooleanField(
        label=gettext_lazy("Tiden er patientens næste skridt"), required=False, initial=True
    )

    def __init__(self, *args: Any, pathway: Pathway, **kwargs: Any) -> None:
        super().__init__(*args, pathway=pathway, **kwargs)
        if pathway.status == "waiting":
            del self.fields["is_next_step"]


class InterpreterForm(VersionedForm):
    """That an interpreter is booked."""

    booked_from = booked_from()


class MoveForm(TimeForm):
    """Another time, person or form."""

    why = forms.CharField(label=gettext_lazy("Hvorfor"), max_length=200, required=False)
