"""The answer to the centre's question in the referrer's own words, on the last page."""

from django import forms
from django.utils.translation import gettext_lazy as _

from referrals.forms.base import StepForm
from referrals.forms.fields import LONG


class AnswerForm(StepForm):
    """What no field of the form asks about; shown only where the centre waits for an answer."""

    step = "review"

    answer = forms.CharField(
        label=_("Jeres svar"),
        help_text=_("Svar med egne ord, eller ret det, centret spørger om, ovenfor."),
        required=False,
        max_length=LONG,
        widget=forms.Textarea({"rows": 4}),
        error_messages={"max_length": _("Teksten er for lang: højst 5000 tegn.")},
    )
