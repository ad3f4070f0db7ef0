from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class LettersConfig(AppConfig):
    """Letters: what they say, as accessible PDF, signed and kept as they were sent."""

    default_auto_field = "django.db.models.BigAutoField"
    name = "letters"
    verbose_name = _("Breve")
