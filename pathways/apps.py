from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class PathwaysConfig(AppConfig):
    """The patient's way: tracks, pathway, team, appointments, contacts."""

    default_auto_field = "django.db.models.BigAutoField"
    name = "pathways"
    verbose_name = _("Forløb")
