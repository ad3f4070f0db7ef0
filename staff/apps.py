from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class StaffConfig(AppConfig):
    """Who we are: people, roles and permissions, referring units, working days."""

    default_auto_field = "django.db.models.BigAutoField"
    name = "staff"
    verbose_name = _("Personale")

    def ready(self) -> None:
        from staff import checks  # noqa: F401 - registers the checks once apps are loaded
