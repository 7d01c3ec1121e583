"""`manage.py export_metrics`: the figures of one agency and period, as a file or on standard output."""

import sys
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from metrics.exports import WRITERS
from metrics.figures import figures
from metrics.periods import Calendar, UnknownPeriod, parse_period
from people.models import Agency


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
        agency = Agency.objects.filter(code=options["agency"]).first()
        if agency is None:
            raise CommandError(f"Không có cơ quan mang mã {options['agency']}. / No agency has this code.")
        try:
            period = parse_period(options["period"], Calendar(options["calendar"]))
        except UnknownPeriod as problem:
            raise CommandError(
                "Kỳ báo cáo phải viết như 2026-11, 2026-Q4, 2026-H2 hoặc 2026. / Write the period as in these examples."
            ) from problem
        content = WRITERS[options["format"]](agency, period.name, figures(agency, period))
        if options["output"]:
            options["output"].write_bytes(content)
        else:
            sys.stdout.buffer.write(content)
