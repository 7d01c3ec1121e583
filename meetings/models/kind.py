"""What an agency made of the kinds of meeting the law knows: own labels, kinds switched off, kinds of its own."""

from uuid import uuid4

from django.conf import settings
from django.db import models
from django.db.models import F, Q


class AgencyKind(models.Model):
    """One dated row: from `effective_from` until before `effective_to` the agency's `code` is `base` with `changes`.

    A row whose code is the base's only renames that kind or switches it off. A change makes a new row, so meetings held
    under the old one keep it. `changes` is read by meetings/kinds.py.
    """

    public_id = models.UUIDField(default=uuid4, unique=True, editable=False)
    agency = models.ForeignKey("people.Agency", on_delete=models.PROTECT, related_name="meeting_kinds")
    code = models.CharField(max_length=30)
    base = models.CharField(max_length=30, help_text="The kind of data/kinds.json it derives from.")
    label = models.CharField(max_length=120, blank=True, help_text="Empty: as the base is called.")
    offered = models.BooleanField(default=True, help_text="May new meetings have it?")
    changes = models.JSONField(default=dict, help_text='{"quorum": …, "rules": …, "basis": …}; see meetings/kinds.py.')
    effective_from = models.DateField()
    effective_to = models.DateField(null=True, blank=True)
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    created_at = models.DateTimeField()

    class Meta:
        ordering = ["code", "-effective_from"]
        constraints = [
            models.UniqueConstraint(
                fields=["agency", "code"], condition=Q(effective_to__isnull=True), name="one_standing_row_per_kind"
            ),
            models.CheckConstraint(
                condition=Q(effective_to__isnull=True) | Q(effective_to__gte=F("effective_from")),
                name="agency_kind_ends_later",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.agency_id}:{self.code}"
