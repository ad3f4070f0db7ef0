from django.apps import AppConfig
from django.core.checks import register
from django.utils.translation import gettext_lazy as _

from letters import checks


class LettersConfig(AppConfig):
    """Letters: what they say, as accessible PDF, signed and kept as they were sent."""

    default_auto_field = "django.db.models.BigAutoField"
    name = "letters"
    verbose_name = _("Breve")

    def ready(self) -> None:
        register(checks.the_letterhead_can_be_used)
        register(checks.the_fonts_are_there)
        register(checks.the_letterhead_is_the_hospitals_own, deploy=True)
