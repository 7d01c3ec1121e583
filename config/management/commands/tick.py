"""Do what is due at intervals, once (for cron or a systemd timer) or for ever."""

from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django.utils import timezone

from config.ticks import TICKS, loop, run_due


class Command(BaseCommand):
    """`manage.py tick`."""

    help = "Runs what is due at intervals: ledger anchors, sweeping of orphaned files, reminders."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--loop", action="store_true", help="keep running and look every ten seconds")

    def handle(self, *args: Any, **options: Any) -> None:
        if options["loop"]:
            loop(TICKS)
        for name in run_due(TICKS, timezone.now()):
            self.stdout.write(name)
