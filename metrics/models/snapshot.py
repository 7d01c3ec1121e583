"""A figure frozen with its list and hash: evidence for an appraiser."""

from uuid import uuid4

from django.conf import settings
from django.db import models


class Snapshot(models.Model):
    """One indicator version, agency and period as they stood at `taken_at`; `listing` names every object counted."""

    public_id = models.UUIDField(default=uuid4, unique=True, editable=False)
    agency = models.ForeignKey("people.Agency", on_delete=models.PROTECT, related_name="+")
    indicator = models.CharField(max_length=40)
    version = models.PositiveIntegerField()
    period = models.CharField(max_length=10)
    calendar = models.CharField(max_length=10)
    numerator = models.PositiveIntegerField()
    denominator = models.PositiveIntegerField()
    listing = models.JSONField(help_text='{"numerator": [public ids], "denominator": [public ids]}')
    sha256 = models.CharField(max_length=64, help_text="Over the canonical JSON of all the above.")
    taken_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    taken_at = models.DateTimeField()

    class Meta:
        ordering = ["-taken_at"]

    def __str__(self) -> str:
        return f"{self.indicator} {self.period}"
