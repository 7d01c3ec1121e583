"""Make a copy of the embedded installation while it runs."""

from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from config.backup import Unusable, make_backup

GROWN = (
    "This installation keeps its database or its documents on other servers. Back those up where they are "
    "(pg_dump, versioned bucket) and keep {keys} apart; see docs/operations.md."
)


class Command(BaseCommand):
    """`manage.py backup`."""

    help = "Copies database and documents into a new folder, and the keys into a file apart."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--to", default="", help="folder for backups (default: backups/ in DATA_DIR)")

    def handle(self, *args: Any, **options: Any) -> None:
        database = embedded_database()
        target = Path(options["to"] or settings.DATA_DIR / "backups").resolve()
        try:
            made = make_backup(settings.DATA_DIR, database, target, timezone.now())
        except Unusable as error:
            raise CommandError(str(error)) from error
        self.stdout.write(
            f"{made.folder}  ({made.blobs} documents' files, {made.size / 1e6:.1f} MB, every hash checked)"
        )
        if made.keys:
            self.stdout.write(f"{made.keys}  (keys: keep this file apart from the folder)")


def embedded_database() -> Path:
    """Return the database file, or say that this installation is not the embedded one."""
    database = settings.DATABASES["default"]
    if settings.S3_ENDPOINT or not database["ENGINE"].endswith("sqlite3"):
        raise CommandError(GROWN.format(keys=settings.KEYS_DIR))
    return Path(database["NAME"])
