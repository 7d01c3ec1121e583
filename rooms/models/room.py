"""A meeting room with its equipment and seat plan."""

from uuid import uuid4

from django.db import models
from django.db.models import Q


class Room(models.Model):
    """One room of an agency; units under it may book it too. `plan` is read by rooms/plan.py."""

    public_id = models.UUIDField(default=uuid4, unique=True, editable=False)
    agency = models.ForeignKey("people.Agency", on_delete=models.PROTECT, related_name="rooms")
    name = models.CharField(max_length=120)
    building = models.CharField(max_length=200, blank=True, help_text="Building, floor, address.")
    capacity = models.PositiveIntegerField(default=0, help_text="People; 0 = not known.")
    equipment = models.JSONField(default=list, help_text='["projector", "microphones", …]; see rooms/equipment.py.')
    remark = models.CharField(max_length=500, blank=True)
    plan = models.JSONField(default=dict, help_text="Seats and furniture; see rooms/plan.py.")
    closed_at = models.DateTimeField(null=True, help_text="No longer offered; its past meetings keep it.")
    revision = models.PositiveIntegerField(default=1, help_text="Two people editing: the second one is told.")

    class Meta:
        ordering = ["name"]
        constraints = [
            models.UniqueConstraint(
                fields=["agency", "name"], condition=Q(closed_at__isnull=True), name="room_name_once"
            )
        ]

    def __str__(self) -> str:
        return self.name
