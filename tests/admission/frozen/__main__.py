"""`python -m tests.admission.frozen write 1` freezes the verdicts of version 1, once.

A version that is frozen already is refused: its answers never change.
"""

import os
import sys

import django


def main(order: str, number: str) -> int:
    """Write one version's file; 1 when it is written already, 2 for anything else asked."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tests.settings")
    django.setup()
    from tests.admission.frozen.kept import SHIPPED, write

    if order != "write" or not number.isdecimal() or int(number) not in SHIPPED:
        sys.stderr.write(str(__doc__))
        return 2
    try:
        sys.stdout.write(f"Written: {write(int(number))}\n")
    except FileExistsError:
        sys.stderr.write(f"Version {number} is frozen already and stays as it is.\n")
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main(*(sys.argv[1:] if len(sys.argv) == 3 else ("", ""))))
