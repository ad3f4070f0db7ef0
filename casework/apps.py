from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class CaseworkConfig(AppConfig):
    """How a case moves: allowed moves, transitions, refusals, forms, pages of a worklist."""

    default_auto_field = "django.db.models.BigAutoField"
    name = "casework"
    verbose_name = _("Sagsgang")
