from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class DemoConfig(AppConfig):
    """A living centre of fictitious people, to try the product on."""

    default_auto_field = "django.db.models.BigAutoField"
    name = "demo"
    verbose_name = _("Democenter")
