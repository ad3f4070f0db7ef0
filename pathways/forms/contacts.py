"""The phone hour's forms: made to be filled in with the keyboard alone, while somebody talks."""

import datetime as dt
import uuid
from typing import Any

from crispy_forms.bootstrap import InlineRadios
from crispy_forms.layout import Div, Layout, Row
from django import forms
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from pathways.contacts import Call, default_due_at
from pathways.forms.people import NO_SUCH_DAY, NO_SUCH_TIME, ActionForm, PersonField
from pathways.models import Contact, Pathway
from staff.permissions import Permission

NAMED_CALLERS = "|".join(one for one in Contact.Caller.values if one != Contact.Caller.PATIENT)
PROMISES = "|".join(one for one in Contact.FollowUp.values if one != Contact.FollowUp.NOTHING)


class CallForm(ActionForm):
    """One call. The hidden key makes a double click one call."""

    mark_required = True

    key = forms.UUIDField(widget=forms.HiddenInput)
    caller = forms.ChoiceField(
        label=gettext_lazy("Hvem ringer"),
        choices=Contact.Caller.choices,
        widget=forms.RadioSelect,
        initial=Contact.Caller.PATIENT,
    )
    caller_name = forms.CharField(
        label=gettext_lazy("Navn på den, der ringer"), max_length=120, required=False
    )
    identity_checked = forms.BooleanField(
        label=gettext_lazy("Identitet bekræftet (navn og CPR-nummer)"),
        required=False,
        # Most calls are the patient's own: the first thing to do is to know that it is.
        widget=forms.CheckboxInput(attrs={"autofocus": True}),
    )
    reason = forms.ChoiceField(
        label=gettext_lazy("Om hvad"),
        choices=Contact.Reason.choices,
        widget=forms.RadioSelect,
        error_messages={"required": gettext_lazy("Vælg, hvad opkaldet handler om.")},
    )
    said = forms.CharField(
        label=gettext_lazy("Det blev sagt"),
        widget=forms.Textarea(attrs={"rows": 4}),
        error_messages={"required": gettext_lazy("Skriv, hvad der blev sagt.")},
    )
    advice = forms.CharField(
        label=gettext_lazy("Råd givet"), widget=forms.Textarea(attrs={"rows": 3}), required=False
    )
    follow_up = forms.ChoiceField(
        label=gettext_lazy("Derefter"),
        choices=Contact.FollowUp.choices,
        widget=forms.RadioSelect,
        initial=Contact.FollowUp.NOTHING,
    )
    follow_up_by = PersonField(
        Permission.PLAN,
        gettext_lazy("Hvem"),
        required=False,
    )
    due_day = forms.DateField(
        label=gettext_lazy("Senest"), required=False, error_messages={"invalid": NO_SUCH_DAY}
    )
    due_at = forms.TimeField(
        label=gettext_lazy("Klokken"),
        required=False,
        error_messages={"invalid": NO_SUCH_TIME},
        help_text=gettext_lazy("TT.MM"),
        widget=forms.TimeInput(format="%H.%M", attrs={"class": "input-char-8"}),
    )

    def __init__(self, *args: Any, pathway: Pathway | None, **kwargs: Any) -> None:
        kwargs["initial"] = _due_initial() | {"key": uuid.uuid4()} | (kwargs.get("initial") or {})
        super().__init__(*args, **kwargs)
        self.offer_people("follow_up_by", pathway, nobody=_("Den, der har ansvaret"))

    def layout(self) -> Layout:
        """In the order in which a call is taken; what a choice calls for stands right after it."""
        return Layout(
            "key",
            InlineRadios("caller", wrapper_class="chip-choices"),
            Div("caller_name", data_shown_when=f"caller={NAMED_CALLERS}"),
            "identity_checked",
            InlineRadios("reason", wrapper_class="chip-choices"),
            Div("said", "advice", css_class="call-words"),
            InlineRadios("follow_up", wrapper_class="chip-choices"),
            Div(
                Row("due_day", "due_at", "follow_up_by"),
                data_shown_when=f"follow_up={PROMISES}",
            ),
        )

    def clean(self) -> dict[str, Any]:
        answers = super().clean() or {}
        caller = answers.get("caller")
        if caller and caller != Contact.Caller.PATIENT and not answers.get("caller_name"):
            self.add_error("caller_name", _("Skriv navnet på den, der ringer."))
        return answers

    @property
    def call(self) -> Call:
        """The call as typed."""
        answers = self.cleaned_data
        promised = answers["follow_up"] != Contact.FollowUp.NOTHING
        return Call(
            caller=answers["caller"],
            caller_name=answers["caller_name"],
            identity_checked=answers["identity_checked"],
            reason=answers["reason"],
            said=answers["said"],
            advice=answers["advice"],
            follow_up=answers["follow_up"],
            follow_up_by=answers["follow_up_by"] if promised else None,
            follow_up_due_at=self._due() if promised else None,
        )

    def _due(self) -> dt.datetime | None:
        day, at = self.cleaned_data["due_day"], self.cleaned_data["due_at"]
        if day is None:
            return None
        default = timezone.localtime(default_due_at()).time()
        return timezone.make_aware(dt.datetime.combine(day, at or default))


def _due_initial() -> dict[str, Any]:
    due = timezone.localtime(default_due_at())
    return {"due_day": due.date(), "due_at": due.time()}


class AnswerForm(ActionForm):
    """What came of a call's follow-up."""

    outcome = forms.CharField(
        label=gettext_lazy("Svar eller resultat"),
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": gettext_lazy("Skriv, hvad der kom ud af det.")},
    )
    call_back = forms.BooleanField(
        label=gettext_lazy("Sygeplejersken ringer svaret til patienten"),
        required=False,
        initial=True,
    )

    def __init__(self, *args: Any, contact: Contact, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not contact.is_question:
            del self.fields["call_back"]
