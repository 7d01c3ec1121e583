"""Office tablets, the cards that hand them out, and who had which when."""

from uuid import uuid4

from django.conf import settings
from django.db import models
from django.db.models import Q


class Tablet(models.Model):
    """One tablet of an office; it knows itself by a cookie of which only the hash is kept."""

    public_id = models.UUIDField(default=uuid4, unique=True, editable=False)
    agency = models.ForeignKey("people.Agency", on_delete=models.PROTECT, related_name="+")
    label = models.CharField(max_length=60, help_text="As written on its back: Máy 07.")
    code_hash = models.CharField(max_length=64, blank=True, help_text="Of the code that makes a browser this tablet.")
    code_until = models.DateTimeField(null=True)
    token_hash = models.CharField(max_length=64, blank=True, help_text="Of the cookie; empty = not set up yet.")
    wrong_cards = models.PositiveSmallIntegerField(default=0, help_text="Since `wrong_since`.")
    wrong_since = models.DateTimeField(null=True, help_text="When the count of wrong PINs began.")
    locked_until = models.DateTimeField(null=True, help_text="After too many wrong PINs.")
    seen_at = models.DateTimeField(null=True)
    retired_at = models.DateTimeField(null=True, help_text="Lost, broken, given away: its cookie opens nothing.")
    created_at = models.DateTimeField()

    class Meta:
        ordering = ["label", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["agency", "label"], condition=Q(retired_at__isnull=True), name="tablet_label_once"
            ),
            models.UniqueConstraint(fields=["token_hash"], condition=~Q(token_hash=""), name="tablet_token_once"),
            models.UniqueConstraint(fields=["code_hash"], condition=~Q(code_hash=""), name="tablet_code_once"),
        ]

    def __str__(self) -> str:
        return self.label


class SeatCard(models.Model):
    """A card on a seat: code and PIN open the meeting for its participant, on an office tablet only."""

    participant = models.ForeignKey("meetings.Participant", on_delete=models.CASCADE, related_name="seat_cards")
    meeting = models.ForeignKey("meetings.Meeting", on_delete=models.CASCADE, related_name="seat_cards")
    token_hash = models.CharField(max_length=64, unique=True)
    pin_hash = models.CharField(max_length=64)
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField()
    revoked_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["participant"], condition=Q(revoked_at__isnull=True), name="one_card_per_participant"
            ),
            models.UniqueConstraint(
                fields=["meeting", "pin_hash"], condition=Q(revoked_at__isnull=True), name="card_pin_once_per_meeting"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.meeting_id}:{self.participant_id}"


class Handover(models.Model):
    """One person had one tablet for one meeting; closed by a receipt that nothing of theirs is left on it."""

    public_id = models.UUIDField(default=uuid4, unique=True, editable=False)
    tablet = models.ForeignKey(Tablet, on_delete=models.PROTECT, related_name="handovers")
    participant = models.ForeignKey("meetings.Participant", on_delete=models.PROTECT, related_name="handovers")
    by_pin = models.BooleanField(help_text="Typed; otherwise the card's code was scanned.")
    session_key = models.CharField(max_length=40)
    taken_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)
    ended_how = models.CharField(max_length=20, blank=True, help_text="returned, passed_on, moved, called_in, over.")
    wiped_at = models.DateTimeField(null=True)
    wiped = models.JSONField(default=dict, help_text="What was removed, as the tablet counted it: caches, stores…")

    class Meta:
        ordering = ["-taken_at", "-pk"]
        constraints = [
            models.UniqueConstraint(fields=["tablet"], condition=Q(ended_at__isnull=True), name="tablet_in_one_hand"),
            models.UniqueConstraint(
                fields=["participant"], condition=Q(ended_at__isnull=True), name="one_tablet_per_participant"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.tablet_id}>{self.participant_id}"
