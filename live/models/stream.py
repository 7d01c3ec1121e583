"""Ordered event streams: gap-free sequence numbers in commit order, bytes fixed at write."""

from uuid import uuid4

from django.db import models


class Stream(models.Model):
    """One ordered log; `key` is opaque here (`meeting:34`, `meeting:34:user:7`, `control`)."""

    key = models.CharField(max_length=80, unique=True)
    epoch = models.UUIDField(default=uuid4)
    last = models.PositiveBigIntegerField(default=0)

    def __str__(self) -> str:
        return self.key


class Event(models.Model):
    """One event; `bodies` maps a view ("" = everybody else) to its JSON text, or to null where it is hidden."""

    stream = models.ForeignKey(Stream, on_delete=models.CASCADE, related_name="events", db_index=False)
    seq = models.PositiveBigIntegerField()
    kind = models.CharField(max_length=60)
    at = models.DateTimeField()
    by = models.UUIDField(null=True, help_text="The public id of who did it.")
    bodies = models.JSONField(default=dict)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["stream", "seq"], name="event_once_per_place")]

    def __str__(self) -> str:
        return f"{self.stream_id}#{self.seq} {self.kind}"
