"""What a meeting leaves: conclusions, minutes, the conclusion notice."""

from uuid import uuid4

from django.conf import settings
from django.db import models

from meetings.models.agenda import AgendaItem
from meetings.models.meeting import Meeting


class Conclusion(models.Model):
    """One conclusion of the chair, on an item or on the whole meeting."""

    public_id = models.UUIDField(default=uuid4, unique=True, editable=False)
    meeting = models.ForeignKey(Meeting, on_delete=models.PROTECT, related_name="conclusions")
    item = models.ForeignKey(AgendaItem, null=True, on_delete=models.PROTECT, related_name="conclusions")
    text = models.TextField()
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    created_at = models.DateTimeField()

    class Meta:
        ordering = ["created_at", "id"]

    def __str__(self) -> str:
        return self.text[:60]


class Outcome(models.Model):
    """The minutes drafted from the ledger, and the notice drafted as an outgoing document."""

    meeting = models.OneToOneField(Meeting, on_delete=models.PROTECT, related_name="outcome")
    minutes = models.OneToOneField("documents.Document", null=True, on_delete=models.PROTECT, related_name="+")
    notice = models.OneToOneField("documents.OutgoingDocument", null=True, on_delete=models.PROTECT, related_name="+")

    def __str__(self) -> str:
        return f"{self.meeting_id}"
