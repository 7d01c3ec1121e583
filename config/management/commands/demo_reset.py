"""Throw the demo's data away and fill it again."""

import shutil
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError
from django.db import connections

from config.data_dir import InUse, held
from config.management.commands.backup import embedded_database


class Command(BaseCommand):
    """`manage.py demo_reset`."""

    help = "Empties a demo installation and fills it again; refuses where real people work."

    def handle(self, *args: Any, **options: Any) -> None:
        database = embedded_database()
        marker = Path(settings.DATA_DIR) / "demo-people.json"
        if settings.PRODUCTION or (database.exists() and not marker.exists()):
            raise CommandError(f"{settings.DATA_DIR} does not hold demo data: nothing was removed.")
        try:
            with held(settings.DATA_DIR, alone=True):
                connections.close_all()
                remove(database, marker)
                call_command("migrate", interactive=False, verbosity=0)
        except InUse as error:
            raise CommandError(str(error)) from error
        call_command("demo", stdout=self.stdout)


def remove(database: Path, marker: Path) -> None:
    """Remove database, documents and demo keys; the installation's own secret stays."""
    for name in (database.name, f"{database.name}-wal", f"{database.name}-shm"):
        database.with_name(name).unlink(missing_ok=True)
    shutil.rmtree(Path(settings.DATA_DIR) / "blobs", ignore_errors=True)
    shutil.rmtree(Path(settings.KEYS_DIR) / "demo-pki", ignore_errors=True)
    marker.unlink(missing_ok=True)
