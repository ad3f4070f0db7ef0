"""Nothing lost: print the figures of now, and end with 1 when one that must be 0 is not."""

import sys
from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone

from oversight import cases
from oversight.proof import MUST_BE_ZERO, count, faults


class Command(BaseCommand):
    """Prints no names and no CPR numbers; cases that lack something are named by their number."""

    help = "Proves that nothing is lost; ends with 1 when something is."

    def handle(self, *args: Any, **options: Any) -> None:
        figures = count(timezone.now())
        for figure, number in figures.items():
            limit = "  (must be 0)" if figure in MUST_BE_ZERO else ""
            self.stdout.write(f"{number:>9}  {figure.value}{limit}")
        for lost in cases.lost():
            lacks = ", ".join(lost.lacks)
            self.stdout.write(f"{lost.kind} {lost.pk} at {lost.status!r} has no {lacks}")
        if faults(figures):
            self.stdout.write("The proof does not hold.")
            sys.exit(1)
        self.stdout.write("Nothing is lost.")
