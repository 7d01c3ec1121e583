"""Compute the facts again from the transitions; with --check only say whether they agree."""

from argparse import ArgumentParser
from dataclasses import asdict
from typing import Any

from django.core.management.base import BaseCommand
from django.utils.translation import gettext as _

from ledger.rebuild import compare, rebuild


class Command(BaseCommand):
    help = "Compute the facts again from the transitions."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--check", action="store_true")

    def handle(self, *args: Any, **options: Any) -> None:
        found = compare() if options["check"] else rebuild()
        self.stdout.write(_("%(transitions)d transitions give %(facts)d facts.") % asdict(found))
        if not found:
            self.stdout.write(_("The stored facts agree."))
            return
        self.stdout.write(
            _("Missing: %(missing)d. Without a cause: %(extra)d. Different: %(different)d.") % asdict(found)
        )
        if options["check"]:
            raise SystemExit(1)
        self.stdout.write(_("The facts were put right."))
