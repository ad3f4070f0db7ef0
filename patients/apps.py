from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class PatientsConfig(AppConfig):
    """Who we treat: identity, contact details, who looked at whom."""

    default_auto_field = "django.db.models.BigAutoField"
    name = "patients"
    verbose_name = _("Patienter")
