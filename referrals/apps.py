from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ReferralsConfig(AppConfig):
    """The front door: the referrer's form, the admission criteria, triage."""

    default_auto_field = "django.db.models.BigAutoField"
    name = "referrals"
    verbose_name = _("Henvisninger")

    def ready(self) -> None:
        """Tell a patient's timeline about referrals: the room below does not know of this one."""
        from pathways import timeline
        from referrals.history import referral_entries

        if referral_entries not in timeline.sources:
            timeline.sources.append(referral_entries)
