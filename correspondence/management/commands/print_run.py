"""`manage.py print_run`: the day's letters on paper in one PDF, made once however often it runs."""

from typing import Any

from django.core.management.base import BaseCommand

from correspondence.printing import file_of, print_run


class Command(BaseCommand):
    """What the hourly task does; says where the PDF lies."""

    help = "Makes the day's print run of what cannot go digitally, if letters are due."

    def handle(self, *args: Any, **options: Any) -> None:
        run = print_run()
        if run is None:
            self.stdout.write("No letters on paper are due.")
        else:
            self.stdout.write(f"{run.letters} letters, {run.pages} pages: {file_of(run)}")
