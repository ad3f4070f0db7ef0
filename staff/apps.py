from django.apps import AppConfig
from django.core.checks import Tags, register
from django.utils.translation import gettext_lazy as _

from staff.checks import demo_is_off


class StaffConfig(AppConfig):
    """Who we are: people, roles and permissions, referring units, working days."""

    default_auto_field = "django.db.models.BigAutoField"
    name = "staff"
    verbose_name = _("Personale")

    def ready(self) -> None:
        register(demo_is_off, Tags.security, deploy=True)
