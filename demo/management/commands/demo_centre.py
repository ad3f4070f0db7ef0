"""`manage.py demo_centre`: make the demo centre in an empty database."""

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from demo.centre import is_empty, make_centre


class Command(BaseCommand):
    help = "Makes a living centre of fictitious people in an empty database, as of today."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--seed", type=int, default=1, help="another seed, another centre")
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
        make_centre(timezone.localdate(), options["seed"])
