"""`manage.py export_metrics`: the figures of one agency and period, as a file or on standard output."""

import sys
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from metrics.exports import WRITERS
from metrics.figures import figures
from metrics.periods import Calendar, Period, UnknownPeriod, parse_period
from people.models import Agency
from people.queries import agency_by_code


class Command(BaseCommand):
    """Print or write the figures an index asks for."""

    help = "Export the figures of one agency and period."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Declare the options of the fixed handle."""
        parser.add_argument("--agency", required=True, help="the agency's code")
        parser.add_argument("--period", required=True, help="2026-11, 2026-Q4, 2026-H2 or 2026")
        parser.add_argument("--calendar", choices=list(Calendar), default=Calendar.CALENDAR)
        parser.add_argument("--format", choices=list(WRITERS), default="json")
        parser.add_argument("--output", type=Path)

    def handle(self, *args: Any, **options: Any) -> None:
        """Compute and write."""
        agency = known_agency(options["agency"])
        period = known_period(options["period"], Calendar(options["calendar"]))
        content = WRITERS[options["format"]](agency, period.name, figures(agency, period))
        if options["output"]:
            write(options["output"], content)
        else:
            sys.stdout.buffer.write(content)


def known_agency(code: str) -> Agency:
    """Return the agency, or end with a sentence."""
    agency = agency_by_code(code)
    if agency is None:
        raise CommandError(
            _("No agency has the code %(code)s. Check the code in the list of agencies.") % {"code": code}
        )
    return agency


def known_period(name: str, calendar: Calendar) -> Period:
    """Return the period, or end with a sentence."""
    try:
        return parse_period(name, calendar)
    except UnknownPeriod as problem:
        text = _("There is no period %(period)s. Write it like 2026-11, 2026-Q4, 2026-H2 or 2026.")
        raise CommandError(text % {"period": name}) from problem


def write(path: Path, content: bytes) -> None:
    """Write the file, or end with a sentence."""
    try:
        path.write_bytes(content)
    except OSError as problem:
        text = _("The file %(path)s cannot be written (%(why)s). Choose another place with --output.")
        raise CommandError(text % {"path": path, "why": problem.strerror}) from problem
