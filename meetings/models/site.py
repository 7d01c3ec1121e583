"""Sites of a meeting (điểm cầu): other rooms that take part over a line."""

from uuid import uuid4

from django.db import models
from django.db.models import Q

from meetings.models.meeting import Meeting


class Site(models.Model):
    """Another room of the same meeting, with a link to join it."""

    public_id = models.UUIDField(default=uuid4, unique=True, editable=False)
    meeting = models.ForeignKey(Meeting, on_delete=models.CASCADE, related_name="sites")
    name = models.CharField(max_length=120)
    place = models.CharField(max_length=200, blank=True)
    join_link = models.URLField(max_length=500, blank=True)
    position = models.PositiveSmallIntegerField(default=0)
    removed_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["position", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["meeting", "name"], condition=Q(removed_at__isnull=True), name="site_name_once_per_meeting"
            )
        ]

    def __str__(self) -> str:
        return self.name
