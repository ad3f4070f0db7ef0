"""The referrer's form: one module per step, and the list of steps. Read `steps` first."""

from referrals.forms.base import Setting, StepForm, anchor, several
from referrals.forms.steps import (
    ATTACHMENTS,
    BY_NAME,
    FORMS,
    PATIENT,
    REVIEW,
    STEPS,
    TYPED,
    WRITTEN,
    Step,
    after,
    before,
)

__all__ = [
    "ATTACHMENTS",
    "BY_NAME",
    "FORMS",
    "PATIENT",
    "REVIEW",
    "STEPS",
    "TYPED",
    "WRITTEN",
    "Setting",
    "Step",
    "StepForm",
    "after",
    "anchor",
    "before",
    "several",
]
