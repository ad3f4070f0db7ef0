"""The two rights that the law gives a referred patient; which one applies, who decides says."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Right(TextChoices):
    """The value is the code in `staff.deadlines` that the right's last day is counted by.

    Who comes worked up, as the centre asks for, has the right to treatment.
    """

    TREATMENT = "treatment_right", _("Behandling (sundhedsloven § 87)")
    INVESTIGATION = "investigation_right", _("Udredning (sundhedsloven § 82 b)")
