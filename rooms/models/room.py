"""A meeting room with its equipment, and the ways it can be furnished."""

from uuid import uuid4

from django.db import models
from django.db.models import Q


class Room(models.Model):
    """One room of an agency; units under it may book it too."""

    public_id = models.UUIDField(default=uuid4, unique=True, editable=False)
    agency = models.ForeignKey("people.Agency", on_delete=models.PROTECT, related_name="rooms")
    name = models.CharField(max_length=120)
    building = models.CharField(max_length=200, blank=True, help_text="Building, floor, address.")
    capacity = models.PositiveIntegerField(default=0, help_text="People; 0 = not known.")
    equipment = models.JSONField(
        default=list, help_text='["projector", "microphones", …]: codes of rooms/equipment.py, and free words.'
    )
    remark = models.CharField(max_length=500, blank=True)
    folded = models.TextField(default="", editable=False, help_text="Name, building and remark, folded, to search in.")
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


class SeatPlan(models.Model):
    """One way the room is furnished; `layout` is read by rooms/plan.py. The main one is offered first."""

    public_id = models.UUIDField(default=uuid4, unique=True, editable=False)
    room = models.ForeignKey(Room, on_delete=models.CASCADE, related_name="plans")
    name = models.CharField(max_length=120)
    layout = models.JSONField(default=dict)
    seats = models.PositiveIntegerField(default=0, help_text="How many seats the layout has.")
    main = models.BooleanField(default=False)
    revision = models.PositiveIntegerField(default=1, help_text="Two people drawing: the second one is told.")

    class Meta:
        ordering = ["-main", "name"]
        constraints = [
            models.UniqueConstraint(fields=["room", "name"], name="seat_plan_name_once"),
            models.UniqueConstraint(fields=["room"], condition=Q(main=True), name="one_main_seat_plan"),
        ]

    def __str__(self) -> str:
        return self.name
