"""A new epoch: after a backup was restored, numbers may come again with other events behind them."""

from datetime import datetime
from typing import Any
from uuid import uuid4

from ledger.door import action, current_writ
from ledger.record import Entry, remember
from live.models import Stream


@action
def new_epoch(*, by: Any, at: datetime) -> None:
    """Begin a new epoch of every stream: every page gets a fresh snapshot when it comes back."""
    epoch = uuid4()
    Stream.objects.update(epoch=epoch)
    entry = Entry(
        chain="installation",
        verb="new_epoch",
        object_type="live.stream",
        object_id=epoch,
        by_id=by.pk,
        post_id=None,
        at=at,
        agency_id=0,
    )
    remember(current_writ(), entry)
