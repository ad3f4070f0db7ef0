from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class PathwaysConfig(AppConfig):
    """The patient's way: tracks, pathway, team, appointments, contacts."""

    default_auto_field = "django.db.models.BigAutoField"
    name = "pathways"
    verbose_name = _("Forløb")

    def ready(self) -> None:
        """Tell the delivery of messages which ones are in vain on paper."""
        from correspondence import settling
        from pathways.reminders import late_on_paper

        if late_on_paper not in settling.late_on_paper:
            settling.late_on_paper.append(late_on_paper)
