"""What a patient wishes, as it is said on the phone or at the desk."""

import uuid
from typing import Any

from crispy_forms.layout import Div, Layout
from django import forms
from django.utils.translation import gettext_lazy

from pathways.forms.people import NO_SUCH_DAY, ActionForm
from patients.models import Wish
from patients.wishes import Said


class WishForm(ActionForm):
    """One wish. The hidden key makes a double click one wish."""

    mark_required = True

    key = forms.UUIDField(widget=forms.HiddenInput)
    kind = forms.ChoiceField(
        label=gettext_lazy("Hvad siger patienten"),
        choices=[
            (Wish.Kind.DATE, gettext_lazy("Ønsker en bestemt dag")),
            (Wish.Kind.DECLINED, gettext_lazy("Siger nej til en tilbudt tid")),
            (Wish.Kind.FREE_CHOICE, gettext_lazy("Ønsker et andet sygehus (frit sygehusvalg)")),
        ],
        widget=forms.RadioSelect,
        error_messages={"required": gettext_lazy("Vælg, hvad patienten ønsker.")},
    )
    day = forms.DateField(
        label=gettext_lazy("Hvilken dag"),
        required=False,
        error_messages={"invalid": NO_SUCH_DAY},
        help_text=gettext_lazy("Den ønskede dag, eller dagen for den tid, der var tilbudt."),
    )
    words = forms.CharField(
        label=gettext_lazy("Patientens ord"),
        widget=forms.Textarea(attrs={"rows": 3}),
        required=False,
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial.setdefault("key", uuid.uuid4())

    def layout(self) -> Layout:
        """A day is asked for when the wish is about one."""
        day = Div("day", data_shown_when="kind=date|declined")
        return Layout("key", "kind", day, "words")

    @property
    def said(self) -> Said:
        """What the patient said, once the form is valid."""
        said = self.cleaned_data
        return Said(kind=said["kind"], day=said["day"], words=said["words"])
