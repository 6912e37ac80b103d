#!/usr/bin/env python
"""The posko's one command: `manage.py start --demo`, `manage.py --help`."""

import os
import sys


def main() -> None:
    # The demo differs from a real posko in this one variable, so that every other command can be pointed at it too.
    if "--demo" in sys.argv[1:]:
        os.environ["POSKO_DEMO"] = "1"
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "advocacy.settings")
    from django.core.management import execute_from_command_line

    execute_from_command_line(sys.argv)


if __name__ == "__main__":
    main()
