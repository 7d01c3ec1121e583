"""The agenda and its papers."""

from uuid import uuid4

from django.db import models

from meetings.models.meeting import Meeting


class AgendaItem(models.Model):
    """One matter on the agenda; `position` counts from 1 without gaps."""

    public_id = models.UUIDField(default=uuid4, unique=True, editable=False)
    meeting = models.ForeignKey(Meeting, on_delete=models.CASCADE, related_name="items")
    position = models.PositiveIntegerField()
    title = models.CharField(max_length=500)
    presenter = models.CharField(max_length=200, blank=True)
    minutes = models.PositiveIntegerField(default=0, help_text="Planned, 0 = not planned.")
    revision = models.PositiveIntegerField(default=1, help_text="Two people editing: the second one is told.")

    class Meta:
        ordering = ["position"]
        constraints = [models.UniqueConstraint(fields=["meeting", "position"], name="item_once_per_position")]

    def __str__(self) -> str:
        return self.title


class Paper(models.Model):
    """A document laid before the meeting under one item; a table of states of its own."""

    public_id = models.UUIDField(default=uuid4, unique=True, editable=False)
    item = models.ForeignKey(AgendaItem, on_delete=models.PROTECT, related_name="papers")
    document = models.OneToOneField("documents.Document", on_delete=models.PROTECT, related_name="paper")
    position = models.PositiveIntegerField()
    guests_may_read = models.BooleanField(default=True)
    state = models.CharField(max_length=20, default="laid", help_text="See meetings/workflow.py.")

    class Meta:
        ordering = ["position", "id"]

    def __str__(self) -> str:
        return f"{self.item_id}/{self.position}"
