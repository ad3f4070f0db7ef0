"""`manage.py demo_centre`: make the demo centre in an empty database."""

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone
from rich.progress import BarColumn, Progress, TaskProgressColumn, TextColumn

from demo.centre import is_empty, make_centre
from demo.large import make_large_centre

COLUMNS = (TextColumn("{task.description}"), BarColumn(), TaskProgressColumn())


class Command(BaseCommand):
    help = "Makes a centre of fictitious people, as of today, in an empty database."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--seed", type=int, default=1, help="another seed, another centre")
        parser.add_argument(
            "--size", type=int, help="a large centre of so many referrals, for measuring"
        )
        parser.add_argument(
            "--if-empty", action="store_true", help="do nothing when the database is in use"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        if not settings.DEMO:
            raise CommandError("Demo people belong in a demo centre only. Set DEMO=1 to make one.")
        if not is_empty():
            if options["if_empty"]:
                return
            raise CommandError(
                "This database already has people or patients. The demo centre needs an empty one."
            )
        self._make(options["seed"], options["size"])

    def _make(self, seed: int, size: int | None) -> None:
        with Progress(*COLUMNS) as bar:
            task = bar.add_task("Making the demo centre", total=1)
            today = timezone.localdate()
            if size is None:
                make_centre(today, seed, lambda share: bar.update(task, completed=share))
            else:
                make_large_centre(
                    today, seed, size, lambda share: bar.update(task, completed=share)
                )
