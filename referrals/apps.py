from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ReferralsConfig(AppConfig):
    """The front door: the referrer's form, the admission criteria, triage."""

    default_auto_field = "django.db.models.BigAutoField"
    name = "referrals"
    verbose_name = _("Henvisninger")
