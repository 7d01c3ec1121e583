"""Check the signatures of a PDF file."""

import json
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from signing import installation, trust
from signing.presentation import as_json, lines
from signing.verification.verify import verify


class Command(BaseCommand):
    """`manage.py verify_pdf FILE [--trust ROOT.pem]… [--json]`."""

    help = "Checks the signatures of a PDF; exits with 0 whenever a verdict was reached, whatever it is."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path)
        parser.add_argument(
            "--trust",
            type=Path,
            action="append",
            default=[],
            metavar="ROOT.pem",
            help="trust exactly these roots (PEM or DER, may be repeated) instead of this installation's",
        )
        parser.add_argument("--json", action="store_true", help="print the report as JSON")

    def handle(self, *args: Any, **options: Any) -> None:
        pdf = read(options["file"])
        roots = trusted(options["trust"])
        report = verify(pdf, roots, at=timezone.now())
        text = json.dumps(as_json(report), ensure_ascii=False) if options["json"] else "\n".join(lines(report))
        self.stdout.write(text)


def trusted(files: list[Path]) -> trust.TrustList:
    """Return the roots named on the command line, or the installation's."""
    if not files:
        return installation.trust_list()
    try:
        return trust.given([read(path) for path in files])
    except trust.BadCertificate as error:
        raise CommandError(f"--trust: {error}") from error


def read(path: Path) -> bytes:
    """Return a file's bytes, or say why not."""
    try:
        return path.read_bytes()
    except OSError as error:
        raise CommandError(f"{path}: {error.strerror}") from error
