"""Ask the web server in this container whether it is ready: exit code 0 when it is."""

import os
import sys
import urllib.request

ADDRESS = "http://127.0.0.1:8000/health/ready"


def main() -> int:
    """Ask under a name that the server answers to."""
    name = os.environ["ALLOWED_HOSTS"].split(",")[0]
    request = urllib.request.Request(ADDRESS, headers={"Host": name})
    try:
        with urllib.request.urlopen(request, timeout=5) as answer:
            return int(answer.status != 200)
    except OSError:
        return 1


if __name__ == "__main__":
    sys.exit(main())
