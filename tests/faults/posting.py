"""Somebody who posts messages, each in a transaction: `python -m tests.faults.posting 100`.

Says the number of each message once it is posted.
"""

import sys
import time

import django

django.setup()

from tests.correspondence.factories import a_message  # noqa: E402  # models need the setup

PAUSE = 0.02  # seconds

if __name__ == "__main__":
    for _ in range(int(sys.argv[1])):
        sys.stdout.write(f"{a_message().pk}\n")
        sys.stdout.flush()
        time.sleep(PAUSE)
