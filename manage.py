#!/usr/bin/env python
"""The command line of Nghị Sự."""

import os
import sys

FOR_OTHERS = {"collectstatic", "compilemessages", "makemessages", "makemigrations"}  # write source or public files


def main() -> None:
    if not FOR_OTHERS.intersection(sys.argv[1:2]):
        os.umask(0o077)
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    from django.core.management import execute_from_command_line

    execute_from_command_line(sys.argv)


if __name__ == "__main__":
    main()
