"""A meeting and where it stands."""

from uuid import uuid4

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from meetings.where import where
from search.fields import FoldedField


class Series(models.Model):
    """Meetings that come again; each one is prepared on its own, the series only links them and says the rhythm."""

    public_id = models.UUIDField(default=uuid4, unique=True, editable=False)
    agency = models.ForeignKey("people.Agency", on_delete=models.PROTECT, related_name="+")
    title = models.CharField(max_length=300)
    rhythm = models.JSONField(default=dict, help_text="See meetings/rhythm.py.")
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    created_at = models.DateTimeField()

    def __str__(self) -> str:
        return self.title


class Meeting(models.Model):
    """One meeting of an agency; `kind` names the dated rules (quorum, labels, thresholds) of meetings/kinds.py."""

    public_id = models.UUIDField(default=uuid4, unique=True, editable=False)
    agency = models.ForeignKey("people.Agency", on_delete=models.PROTECT, related_name="meetings")
    kind = models.CharField(max_length=30)
    kind_row = models.ForeignKey(
        "meetings.AgencyKind",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
        help_text="The agency's own dated rules of that kind, where it has any.",
    )
    title = models.CharField(max_length=300)
    title_folded = FoldedField(source="title")
    place = models.CharField(max_length=200, blank=True, help_text="In words, where no room of ours is booked.")
    room = models.ForeignKey("rooms.Room", null=True, blank=True, on_delete=models.PROTECT, related_name="meetings")
    chairing_unit = models.ForeignKey(
        "people.Agency", null=True, blank=True, on_delete=models.PROTECT, related_name="+", help_text="Đơn vị chủ trì."
    )
    series = models.ForeignKey(
        "meetings.Series", null=True, blank=True, on_delete=models.PROTECT, related_name="meetings"
    )
    reply_by = models.DateTimeField(null=True, blank=True, help_text="Replies are asked for until then.")
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    state = models.CharField(max_length=20, default="draft", help_text="See meetings/workflow.py.")
    return_reason = models.CharField(max_length=500, blank=True)
    current_item = models.ForeignKey(
        "meetings.AgendaItem", null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    item_since = models.DateTimeField(null=True, help_text="Since when the room is at the present item.")
    presenter = models.ForeignKey(
        "meetings.Participant",
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        help_text="Whose page the others follow.",
    )
    led_version = models.ForeignKey(
        "documents.Version",
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        help_text="What the presenter has open: the only paper a room screen gets pictures of.",
    )
    queue_order = models.CharField(
        max_length=10, default="fair", db_default="fair", help_text="Speakers: fair (who spoke least first) or manual."
    )
    self_check_in = models.BooleanField(
        default=True, db_default=True, help_text="May people check in by themselves, or only with the room's code?"
    )
    join_link = models.URLField(max_length=500, blank=True, default="", db_default="", help_text="For those online.")
    rehearsal = models.BooleanField(
        default=False, db_default=False, help_text="Diễn tập: simulated people, removed afterwards, no facts."
    )
    published_at = models.DateTimeField(null=True, help_text="Invited people see the meeting from here on.")
    opened_at = models.DateTimeField(null=True)
    closed_at = models.DateTimeField(null=True)
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    created_at = models.DateTimeField()
    revision = models.PositiveIntegerField(default=1, help_text="Two people editing: the second one is told.")

    class Meta:
        ordering = ["-starts_at"]
        constraints = [models.CheckConstraint(condition=Q(ends_at__gt=F("starts_at")), name="meeting_ends_after_start")]
        indexes = [
            models.Index(fields=["starts_at", "ends_at"], name="meetings_by_time"),
            models.Index(fields=["agency", "starts_at"], name="meetings_of_an_agency"),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def stream(self) -> str:
        """The key of the room's shared stream, ledger chain and reading audience."""
        return f"meeting:{self.pk}"

    @property
    def where(self) -> str:
        """Where it is held: the room booked, and what else was written; fetch `room` along where there are many."""
        return where(self.room.name if self.room else "", self.place)
