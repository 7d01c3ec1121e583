"""Rehearse a session against the running server, before the people come."""

import json
import ssl
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import translation
from django.utils.translation import gettext as _

from meetings.rehearsal import report
from meetings.rehearsal.run import Finding
from people.models import Agency
from people.queries import agency_by_code, every_agency


class Command(BaseCommand):
    """`manage.py rehearse --delegates 200`."""

    help = "Simulated delegates connect, check in and vote on the running server; says what passed, leaves nothing."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--delegates", type=int, default=200, help="how many members (default 200, at most 2000)")
        parser.add_argument("--agency", default="", help="code of the agency that rehearses (default: the topmost)")
        parser.add_argument("--server", default="", help="where the server is (default: PUBLIC_URL, else HOST:PORT)")
        parser.add_argument("--language", default="vi", choices=[code for code, _name in settings.LANGUAGES])
        parser.add_argument("--clear", action="store_true", help="only remove what a killed rehearsal has left")
        parser.add_argument("--json", action="store_true", help="print findings as JSON lines")

    def handle(self, *args: Any, **options: Any) -> None:
        with translation.override(options["language"]):
            if options["clear"]:
                count = report.clear_left_over()
                self.stdout.write(_("%(count)d unfinished rehearsals removed.") % {"count": count})
                return
            self.rehearse(options)

    def rehearse(self, options: dict[str, Any]) -> None:
        """Run it and say whether the session may begin."""
        if not 1 <= options["delegates"] <= 2000:
            raise CommandError(_("Choose between 1 and 2000 delegates."))
        server = options["server"] or settings.PUBLIC_URL or f"http://{settings.HOST}:{settings.PORT}"
        passed = report.run(
            self.agency(options["agency"]),
            count=options["delegates"],
            server=server,
            trust=trusted() if server.startswith("https") else None,
            tell=self.as_json if options["json"] else self.in_words,
        )
        if not passed:
            raise CommandError(_("The rehearsal did not pass. See the lines marked with ✗."))
        if not options["json"]:
            self.stdout.write(self.style.SUCCESS(_("Everything passed: the room is ready.")))

    def agency(self, code: str) -> Agency:
        """Return the agency asked for, else the topmost."""
        found = agency_by_code(code) if code else every_agency().order_by("pk").first()
        if found is None:
            raise CommandError(_("There is no such agency."))
        return found

    def in_words(self, finding: Finding) -> None:
        """Print one finding for people."""
        mark = self.style.SUCCESS("✓") if finding.passed else self.style.ERROR("✗")
        self.stdout.write(f"{mark} {finding.text}")

    def as_json(self, finding: Finding) -> None:
        """Print one finding for programs."""
        line = {"passed": finding.passed, "text": finding.text, "seconds": finding.seconds}
        self.stdout.write(json.dumps(line, ensure_ascii=False))


def trusted() -> ssl.SSLContext:
    """Return whom to trust: the system's authorities and the installation's own."""
    context = ssl.create_default_context()
    own = Path(settings.KEYS_DIR) / "tls" / "ca.crt"
    if own.exists():
        context.load_verify_locations(own)
    return context
