"""Destroy the bytes of one file for a recorded reason."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone
from django.utils.translation import gettext as _

from documents.actions.purge import purge
from documents.queries import blob_by_hash
from ledger.verdict import Refused, Unseen
from people.models import User
from people.queries import user_by_name


class Command(BaseCommand):
    """`manage.py purge_file SHA256 --reason "…" --by USERNAME`."""

    help = "Destroys the bytes of a file with its pictures and indexed text; hash and reason stay in the ledger."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("sha256", metavar="SHA256", help="of the file as it came, or of the PDF that is shown")
        parser.add_argument("--reason", required=True, help="why; it is kept in the ledger")
        parser.add_argument(
            "--by", required=True, metavar="USERNAME", help="an administrator of every agency concerned"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        blob, user = blob_by_hash(options["sha256"].lower()), administrator(options["by"])
        if blob is None:
            raise CommandError(_("No file with this hash is known here. Check the SHA-256."))
        if blob.purged_at is not None:
            self.stdout.write(_("This file was destroyed before; nothing was changed."))
            return
        try:
            purge(blob, reason=options["reason"], by=user, at=timezone.now())
        except Refused as refusal:
            raise CommandError(refusal.text) from refusal
        except Unseen as unseen:
            raise CommandError(_("No document shows this file.")) from unseen
        self.stdout.write(_("The file was destroyed; its hash and the reason are in the ledger."))


def administrator(username: str) -> User:
    """Return the person who answers for it."""
    user = user_by_name(username)
    if user is None:
        raise CommandError(_("Nobody in office here has this user name. Check --by."))
    return user
