"""Reading the ledger: the acts of one chain."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db.models import QuerySet

from ledger.models import AuditEntry


def acts_of(chain_key: str) -> "QuerySet[AuditEntry, tuple[datetime, str, Mapping[str, Any]]]":
    """Return time, verb and data of every act of a chain, oldest first; who may read them is the caller's rule."""
    entries = AuditEntry.objects.filter(chain__key=chain_key).order_by("seq")
    return entries.values_list("at", "verb", "data")
