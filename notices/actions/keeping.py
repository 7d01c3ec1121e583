"""How long notices are kept. A step; notices are not ledger data."""

from datetime import datetime, timedelta

from django.db.models import Q

from ledger.door import current_writ
from notices.models import Delivery, Notice

READ_KEPT_DAYS = 180
UNREAD_KEPT_DAYS = 730
DONE_KEPT_DAYS = 30
TOGETHER = 2000


def let_go(*, at: datetime) -> int:
    """Remove what was read or taken back half a year ago, and what nobody read in two years; return how many."""
    current_writ()
    old = at - timedelta(days=READ_KEPT_DAYS)
    ancient = at - timedelta(days=UNREAD_KEPT_DAYS)
    gone = Q(read_at__lt=old) | Q(taken_back_at__lt=old) | Q(created_at__lt=ancient)
    keys = Notice.objects.filter(gone).order_by("pk").values_list("pk", flat=True)
    removed = 0
    while batch := list(keys[:TOGETHER]):
        removed += len(batch)
        Notice.objects.filter(pk__in=batch).delete()
    over = [Delivery.State.SENT, Delivery.State.SKIPPED, Delivery.State.FAILED]
    Delivery.objects.filter(state__in=over, done_at__lt=at - timedelta(days=DONE_KEPT_DAYS)).delete()
    return removed
