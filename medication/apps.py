from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class MedicationConfig(AppConfig):
    """What the patient takes: lines as written, read into drugs and morphine equivalents."""

    default_auto_field = "django.db.models.BigAutoField"
    name = "medication"
    verbose_name = _("Medicin")
