from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ReferralsConfig(AppConfig):
    """The front door: the referrer's form, the admission criteria, triage."""

    default_auto_field = "django.db.models.BigAutoField"
    name = "referrals"
    verbose_name = _("Henvisninger")

    def ready(self) -> None:
        """Tell the rooms below, which do not know referrals: a patient's timeline and clocks of
        them, the outbox where one is seen, and the search its number.
        """
        from correspondence import subjects
        from pathways import clocks, timeline
        from pathways.views.find import pages_named
        from referrals.clocks import origin_of
        from referrals.history import referral_entries
        from referrals.references import page_named
        from referrals.subjects import page_of

        if referral_entries not in timeline.sources:
            timeline.sources.append(referral_entries)
        if origin_of not in clocks.origins:
            clocks.origins.append(origin_of)
        subjects.finders["referral"] = page_of
        if page_named not in pages_named:
            pages_named.append(page_named)
