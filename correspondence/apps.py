"""What leaves the house: messages, the outbox and its channels."""

from django.apps import AppConfig
from django.core.checks import register
from django.utils.translation import gettext_lazy as _

from correspondence.checks import carriers_exist


class CorrespondenceConfig(AppConfig):
    """What leaves the house: messages, the outbox and its channels."""

    default_auto_field = "django.db.models.BigAutoField"
    name = "correspondence"
    verbose_name = _("Korrespondance")

    def ready(self) -> None:
        register(carriers_exist)
