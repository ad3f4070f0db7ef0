#!/usr/bin/env python
import os
import sys

from smertecenter.environment import adopt

if __name__ == "__main__":
    adopt()
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "smertecenter.settings")
    from django.core.management import execute_from_command_line

    execute_from_command_line(sys.argv)
