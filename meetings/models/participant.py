"""Who takes part, as what, and whether they are in the room."""

from uuid import uuid4

from django.conf import settings
from django.db import models
from django.db.models import Q

from meetings.models.meeting import Meeting


class Participant(models.Model):
    """One person in one meeting; `votes` is separate from the role (a UBND chair votes, a guest never)."""

    class Role(models.TextChoices):
        """What the person is in this meeting."""

        CHAIR = "chair"
        SECRETARY = "secretary"
        MEMBER = "member"
        GUEST = "guest"

    public_id = models.UUIDField(default=uuid4, unique=True, editable=False)
    meeting = models.ForeignKey(Meeting, on_delete=models.CASCADE, related_name="participants")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="participations")
    role = models.CharField(max_length=10, choices=Role)
    votes = models.BooleanField(default=False)
    title = models.CharField(max_length=120, blank=True, help_text="Post as printed in roll and minutes.")
    seat = models.CharField(max_length=10, blank=True)
    checked_in_at = models.DateTimeField(null=True)
    left_at = models.DateTimeField(null=True)
    told_from = models.PositiveBigIntegerField(
        default=0,
        help_text="Earlier events are not replayed: before invitation, publication, change of view.",
    )
    removed_at = models.DateTimeField(null=True, help_text="A removed participant stays in the record, without rights.")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["meeting", "user"], name="participant_once_per_meeting"),
            models.UniqueConstraint(
                fields=["meeting"], condition=Q(role="chair", removed_at__isnull=True), name="one_chair_per_meeting"
            ),
            models.CheckConstraint(condition=~Q(role="guest", votes=True), name="guest_never_votes"),
        ]

    def __str__(self) -> str:
        return f"{self.user_id}@{self.meeting_id} {self.role}"
