"""Draws the pages of this folder from the status tables; with `--check`, says which are stale.

python -m docs.lifecycles [--check]
"""

import sys

from django.conf import settings

settings.configure(USE_I18N=False)  # the tables' words, without a server or a catalogue

from docs.lifecycles.drawing import draw, stale  # noqa: E402

if "--check" not in sys.argv:
    draw()
elif found := stale():
    sys.exit(f"Stale: {', '.join(found)}. Run `python -m docs.lifecycles`.")
