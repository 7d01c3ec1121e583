"""The background worker: runs jobs of every queue until it is told to stop."""

import logging
from argparse import ArgumentParser
from typing import Any

from django.db import connections
from django_tasks_db.management.commands.db_worker import Command as DatabaseWorker

from config.processes import keep_memory_together, leave_with_parent
from config.ticks import start_thread

PATIENCE = 30  # seconds for SQLite's one writer at a time: a job waits where a page would rather say that it is busy


class Command(DatabaseWorker):
    """`manage.py work`."""

    requires_system_checks = ()  # they read every address and view, which a worker never needs

    help = "Runs background jobs of every queue; with --ticks also what is due at intervals."

    def add_arguments(self, parser: ArgumentParser) -> None:
        super().add_arguments(parser)
        parser.add_argument("--ticks", action="store_true", help="also run what is due at intervals (one process only)")
        parser.set_defaults(queue_name="*", interval=0.5, startup_delay=False, reload=False)

    def configure_logging(self, verbosity: int) -> None:
        """Log what goes wrong; each job's coming and going only when asked for."""
        level = logging.INFO if verbosity > 1 else logging.ERROR
        for name in ("django_tasks", "django_tasks_db"):
            logging.getLogger(name).setLevel(level)

    def handle(self, *, ticks: bool = False, **options: Any) -> None:  # type: ignore[override]
        leave_with_parent()
        keep_memory_together()
        wait_patiently()
        if ticks:
            start_thread()
        super().handle(**options)


def wait_patiently() -> None:
    """Give this process's connections, those of its threads too, more time for their turn to write."""
    connections.close_all()
    for database in connections.databases.values():
        options = database.get("OPTIONS", {})
        if "timeout" in options:
            options["timeout"] = PATIENCE
