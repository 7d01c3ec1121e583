"""The first-day kit from the console: looks at a workbook, and takes it over when told to."""

from argparse import ArgumentParser
from hashlib import sha256
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from ledger.verdict import Refused
from people.actions import imports
from people.intakes import import_agency
from people.models import User
from people.queries import administered_ids, user_by_name
from people.sheets.plan import Plan
from people.sheets.reading import read_workbook
from people.sheets.sentences import fault_text
from people.sheets.world import plan_for


class Command(BaseCommand):
    """Prints what a workbook would do and what is wrong in it; writes only with --apply."""

    help = "Import units, people and posts from an XLSX file as an administrator."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Name the file, the administrator, and whether to write."""
        parser.add_argument("file", type=Path)
        parser.add_argument("--by", required=True, metavar="USERNAME", help="the administrator who imports")
        parser.add_argument("--apply", action="store_true", help="write it; refused while rows are faulty")
        parser.add_argument("--leave-out", action="store_true", help="write all but the faulty rows")

    def handle(self, *args: Any, **options: Any) -> None:
        """Look, tell, and write when told to."""
        by = self.administrator(options["by"])
        try:
            content = options["file"].read_bytes()
            sheets = read_workbook(content)
            _, plan = plan_for(by, sheets)
            self.tell(plan)
            if options["apply"] or options["leave_out"]:
                self.write(by, sheets, plan, options["file"].name, content, leave_out=options["leave_out"])
        except OSError as error:
            raise CommandError(str(error)) from error
        except Refused as refused:
            raise CommandError(refused.text) from refused

    def administrator(self, username: str) -> User:
        """Return who imports; somebody who administers something."""
        user = user_by_name(username)
        if user is None or not administered_ids(user):
            raise CommandError(f"{username} is not an administrator.")
        return user

    def tell(self, plan: Plan) -> None:
        """Print what is wrong, then the counts."""
        for fault in plan.faults:
            self.stdout.write(f"{fault.sheet} {fault.cell}: {fault_text(fault)}")
        for name, count in plan.counts().items():
            self.stdout.write(f"{name}: {count}")

    def write(
        self, by: User, sheets: list[dict[str, Any]], plan: Plan, name: str, content: bytes, *, leave_out: bool
    ) -> None:
        """Take the workbook over through the same doors as the page."""
        digest, at = sha256(content).hexdigest(), timezone.now()
        kept = imports.read_in(import_agency(by), sheets=sheets, file_name=name, sha256=digest, by=by, at=at)
        imports.take_over(kept, fingerprint=plan.fingerprint(), leave_out=leave_out, by=by, at=at)
        self.stdout.write(self.style.SUCCESS("written"))
