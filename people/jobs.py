"""What people's own data asks for by itself: old sign-ins archived, undecided workbooks forgotten."""

from datetime import datetime, timedelta

from django.conf import settings

from ledger.verdict import Refused
from people.actions import imports, sign_ins
from people.archive import written
from people.models import SignIn
from people.queries import system_user

AT_ONCE = 20_000


def archive_sign_ins(*, at: datetime) -> int:
    """Archive the sign-ins past the time they are kept, file by file; return how many lines went."""
    if settings.SIGN_INS_KEPT_DAYS <= 0:
        return 0
    gone, limit = 0, at - timedelta(days=settings.SIGN_INS_KEPT_DAYS)
    while rows := list(SignIn.objects.filter(at__lt=limit).order_by("pk")[:AT_ONCE]):
        try:
            sign_ins.put_away(written(rows, at), keys=[row.pk for row in rows], by=system_user(), at=at)
        except Refused:
            break  # another process has just done it
        gone += len(rows)
    return gone


def forget_workbooks(*, at: datetime) -> int:
    """Drop the workbooks nobody has decided on."""
    return imports.forget_old(by=system_user(), at=at)
