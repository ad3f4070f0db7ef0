"""Everything between servers that answer and a centre that can open: run before the web server."""

import django
from django.conf import settings
from django.core.management import call_command


def main() -> None:
    """Migrate, gather the static files, and fill an empty demo centre."""
    django.setup()
    call_command("migrate", interactive=False, verbosity=0)
    call_command("collectstatic", interactive=False, verbosity=0)
    if settings.DEMO:
        call_command("demo_centre", if_empty=True)


if __name__ == "__main__":
    main()
