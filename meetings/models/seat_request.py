"""What somebody asks for from their seat: water, a technician, the secretary, or a message to the secretary."""

from uuid import uuid4

from django.conf import settings
from django.db import models
from django.db.models import Q

from meetings.models.meeting import Meeting
from meetings.models.participant import Participant


class SeatRequest(models.Model):
    """One call from a seat; who serves the room takes it up and settles it."""

    class Kind(models.TextChoices):
        """What is wanted; a message goes to the secretaries alone."""

        WATER = "water"
        TECHNICIAN = "technician"
        SECRETARY = "secretary"
        OTHER = "other"
        MESSAGE = "message"

    public_id = models.UUIDField(default=uuid4, unique=True, editable=False)
    meeting = models.ForeignKey(Meeting, on_delete=models.CASCADE, related_name="seat_requests")
    participant = models.ForeignKey(Participant, on_delete=models.PROTECT, related_name="seat_requests")
    kind = models.CharField(max_length=12, choices=Kind)
    text = models.CharField(max_length=500, blank=True)
    answer = models.CharField(max_length=500, blank=True)
    seat = models.CharField(max_length=10, blank=True, help_text="Where it was asked from, also after a move.")
    site = models.CharField(max_length=120, blank=True, help_text="The site it was asked from, by name.")
    state = models.CharField(max_length=12, default="waiting", help_text="See meetings/workflow.py.")
    asked_at = models.DateTimeField()
    taken_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    taken_at = models.DateTimeField(null=True)
    settled_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["participant", "kind"],
                condition=Q(state__in=("waiting", "taken")) & ~Q(kind="message"),
                name="one_standing_call_per_seat_and_kind",
            ),
            models.CheckConstraint(
                condition=~Q(kind="message") | ~Q(text=""), name="message_to_secretary_says_something"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.participant_id} {self.kind} {self.state}"
