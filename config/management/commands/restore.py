"""Put a backup back into an empty data folder."""

from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import connections
from django.utils import timezone

from config.backup import Unusable, put_back
from config.data_dir import InUse, held
from config.management.commands.backup import embedded_database
from live.actions import new_epoch
from people.queries import system_user


class Command(BaseCommand):
    """`manage.py restore`."""

    help = "Checks a backup and puts it back; every open room then starts from a fresh state."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("folder", help="the folder that backup made")
        parser.add_argument("--keys", default="", help="the file of keys that backup made")

    def handle(self, *args: Any, **options: Any) -> None:
        database = embedded_database()
        keys = Path(options["keys"]).resolve() if options["keys"] else None
        try:
            with held(settings.DATA_DIR, alone=True):
                connections.close_all()
                manifest = put_back(Path(options["folder"]).resolve(), settings.DATA_DIR, database, keys)
                call_command("migrate", interactive=False, verbosity=0)
                start_new_epoch()
        except (Unusable, InUse) as error:
            raise CommandError(str(error)) from error
        self.stdout.write(f"Restored the state of {manifest.made}: {len(manifest.blobs)} documents' files.")
        if keys is None:
            self.stdout.write("No keys were given: signing keys and the ledger's own key are not those of the backup.")


def start_new_epoch() -> None:
    """Make every browser load its room afresh: the numbers it remembers may never have happened."""
    new_epoch(by=system_user(), at=timezone.now())
