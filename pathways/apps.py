from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class PathwaysConfig(AppConfig):
    """The patient's way: tracks, pathway, team, appointments, contacts."""

    default_auto_field = "django.db.models.BigAutoField"
    name = "pathways"
    verbose_name = _("Forløb")

    def ready(self) -> None:
        """Tell the rooms below, which do not know, what a letter meets.

        Who treats whom, who has died, which messages are in vain on paper, and where a pathway is
        seen.
        """
        from correspondence import replacing, settling, subjects
        from letters import models as letters
        from pathways.opening import check_may_be_written_to
        from pathways.reading import visible_patients
        from pathways.reminders import late_on_paper
        from pathways.subjects import page_of

        if visible_patients not in letters.treated_by:
            letters.treated_by.append(visible_patients)
        if check_may_be_written_to not in replacing.objections:
            replacing.objections.append(check_may_be_written_to)
        if late_on_paper not in settling.late_on_paper:
            settling.late_on_paper.append(late_on_paper)
        subjects.finders["pathway"] = page_of
