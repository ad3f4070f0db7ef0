from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class AdmissionConfig(AppConfig):
    """Whom we receive, and on which track: criteria and routing, and their versions."""

    default_auto_field = "django.db.models.BigAutoField"
    name = "admission"
    verbose_name = _("Henvisningskriterier")
