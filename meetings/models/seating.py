"""Where the seats of one meeting stand: a copy of the room's plan, so that the room may be furnished anew."""

from uuid import uuid4

from django.db import models

from meetings.models.meeting import Meeting


class Seating(models.Model):
    """The meeting's own seat plan; `layout` is read by rooms/plan.py, `Participant.seat` names a seat in it."""

    public_id = models.UUIDField(default=uuid4, unique=True, editable=False)
    meeting = models.OneToOneField(Meeting, on_delete=models.CASCADE, related_name="seating")
    name = models.CharField(max_length=120, help_text="Of the plan it was copied from.")
    layout = models.JSONField(default=dict)

    def __str__(self) -> str:
        return self.name
