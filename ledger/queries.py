"""Reading the ledger: the acts of one chain, the way one object came."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import Model, QuerySet

from ledger.models import AuditEntry, Transition


def acts_of(chain_key: str) -> "QuerySet[AuditEntry, tuple[datetime, str, Mapping[str, Any]]]":
    """Return time, verb and data of every act of a chain, oldest first; who may read them is the caller's rule."""
    entries = AuditEntry.objects.filter(chain__key=chain_key).order_by("seq")
    return entries.values_list("at", "verb", "data")


def history(obj: Model) -> QuerySet[Transition]:
    """Return the changes of state of an object (which has a `public_id`), oldest first, people fetched along."""
    public_id = obj.public_id  # type: ignore[attr-defined]
    rows = Transition.objects.filter(object_type=obj._meta.label_lower, object_id=public_id)
    return rows.select_related("by").order_by("pk")


def told_of(chain_key: str) -> "QuerySet[AuditEntry, tuple[datetime, str, UUID, Mapping[str, Any]]]":
    """Return time, verb, object and data of every act of a chain, oldest first; who may read them the caller knows."""
    entries = AuditEntry.objects.filter(chain__key=chain_key).order_by("seq")
    return entries.values_list("at", "verb", "object_id", "data")


def changes_of(kind: type[Model], public_ids: Iterable[UUID]) -> QuerySet[Transition]:
    """Return the changes of state of these objects, oldest first, people and acts fetched along."""
    rows = Transition.objects.filter(object_type=kind._meta.label_lower, object_id__in=list(public_ids))
    return rows.select_related("by", "entry").order_by("pk")
