"""Who has a room when. A booking takes quarters of an hour, and a quarter of a room is taken once."""

from uuid import uuid4

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from rooms.models.room import Room


class Booking(models.Model):
    """A stretch of time in one room; `subject` says what for (`meeting:<pk>`), to whoever booked it."""

    class Kind(models.TextChoices):
        """A use of the room, or a time in which it cannot be used."""

        USE = "use"
        BLOCK = "block"

    public_id = models.UUIDField(default=uuid4, unique=True, editable=False)
    room = models.ForeignKey(Room, on_delete=models.PROTECT, related_name="bookings")
    kind = models.CharField(max_length=10, choices=Kind, default=Kind.USE)
    subject = models.CharField(max_length=80, unique=True)
    title = models.CharField(max_length=300)
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    agency = models.ForeignKey("people.Agency", on_delete=models.PROTECT, related_name="+")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    booked_at = models.DateTimeField()

    class Meta:
        ordering = ["starts_at", "pk"]
        indexes = [models.Index(fields=["room", "starts_at"], name="booking_by_room_and_time")]
        constraints = [models.CheckConstraint(condition=Q(ends_at__gt=F("starts_at")), name="booking_ends_after_start")]

    def __str__(self) -> str:
        return f"{self.title} {self.starts_at:%d/%m %H:%M}"


class BookedQuarter(models.Model):
    """One quarter of an hour of one room, taken; `quarter` counts them since 1970 (rooms/quarters.py)."""

    room = models.ForeignKey(Room, on_delete=models.PROTECT, related_name="+")
    booking = models.ForeignKey(Booking, on_delete=models.CASCADE, related_name="quarters")
    quarter = models.PositiveIntegerField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["room", "quarter"], name="room_quarter_once")]

    def __str__(self) -> str:
        return f"{self.room_id}:{self.quarter}"
