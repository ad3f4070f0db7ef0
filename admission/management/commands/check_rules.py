"""`manage.py check_rules`: does every approved version answer as it did when it was approved?"""

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from admission.answers_kept import changed
from admission.models import RuleSet


class Command(BaseCommand):
    """Run it with a new release, before anybody is judged by it. Ends with 1 when one differs."""

    help = "Judges the kept cases by every approved version again and names those that differ."

    def handle(self, *args: Any, **options: Any) -> None:
        """Raises CommandError with the cases that are answered otherwise today."""
        versions = list(RuleSet.objects.approved().order_by("number"))
        wrong = [
            f"{each}: {case}" for each in versions for case in changed(each.answers, each.rules)
        ]
        bare = [f"{each}: no answers were kept" for each in versions if not each.answers]
        if wrong:
            raise CommandError("\n".join(["Answers have changed:", *wrong]))
        self.stdout.write("\n".join([*bare, f"{len(versions)} approved versions checked."]))
