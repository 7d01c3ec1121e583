"""The catalogue of titles of office: what they are called, in which order lists put them, what they usually may."""

from uuid import uuid4

from django.db import models
from django.db.models import Q

from people.models.agency import Agency
from people.models.post import Role


class Position(models.Model):
    """One title of office, known in its agency and everywhere under it; one that was used is retired, not removed."""

    public_id = models.UUIDField(default=uuid4, unique=True, editable=False)
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="positions")
    name = models.CharField(max_length=120)
    key = models.CharField(max_length=120, editable=False, help_text="The name without case and marks.")
    rank = models.PositiveSmallIntegerField(help_text="Lists put small ranks first: Chủ tịch before Phó Chủ tịch.")
    role = models.CharField(max_length=12, choices=Role, default=Role.OFFICIAL)
    retired_on = models.DateField(null=True, blank=True)
    revision = models.PositiveIntegerField(default=0)

    class Meta:
        ordering = ["rank", "name", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["agency", "key"], condition=Q(retired_on__isnull=True), name="position_once_per_agency"
            )
        ]

    def __str__(self) -> str:
        return self.name
