"""Draws the pages of this folder from the status tables; with `--check`, says which are stale.

python -m docs.lifecycles [--check]
"""

import sys

from django.conf import settings

settings.configure(USE_I18N=False)  # the tables' words, without a server or a catalogue


def main() -> str | None:
    """Draw or check; what is wrong, None when all is well."""
    from docs.lifecycles.drawing import draw, stale

    if "--check" not in sys.argv:
        draw()
    elif found := stale():
        return f"Stale: {', '.join(found)}. Run `python -m docs.lifecycles`."
    return None


sys.exit(main())
