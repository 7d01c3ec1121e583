"""What a person keeps or prepares for a meeting: the notebook, opinions, reading."""

from uuid import uuid4

from django.conf import settings
from django.db import models
from django.db.models import Q

from meetings.models.agenda import AgendaItem, Paper
from meetings.models.meeting import Meeting
from search.fields import FoldedField


class NotebookEntry(models.Model):
    """A private note of a meeting; it passes through no door to anyone else, the ledger holds nothing of it."""

    public_id = models.UUIDField(default=uuid4, unique=True, editable=False)
    meeting = models.ForeignKey(Meeting, on_delete=models.PROTECT, related_name="+")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    text = models.TextField()
    text_folded = FoldedField(source="text")
    revision = models.PositiveIntegerField(default=1, help_text="Two devices editing: the second one is told.")
    created_at = models.DateTimeField()
    changed_at = models.DateTimeField()
    deleted_at = models.DateTimeField(null=True, help_text="Can be taken back for a day, then the row goes.")

    class Meta:
        ordering = ["created_at", "id"]

    def __str__(self) -> str:
        return str(self.public_id)


class Opinion(models.Model):
    """An opinion on an item; its author alone sees it until it is handed to the chair.

    One is prepared beforehand for each item. Those with a `note` are remarks on a place in a paper, any number.
    """

    public_id = models.UUIDField(default=uuid4, unique=True, editable=False)
    item = models.ForeignKey(AgendaItem, on_delete=models.PROTECT, related_name="opinions")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    text = models.TextField()
    revision = models.PositiveIntegerField(default=1, help_text="Two devices editing: the second one is told.")
    handed_in_at = models.DateTimeField(null=True, help_text="From then on chair and secretary read it.")
    created_at = models.DateTimeField()
    changed_at = models.DateTimeField()
    note = models.UUIDField(null=True, unique=True, help_text="The author's annotation it was made of: a remark.")
    paper = models.ForeignKey(Paper, null=True, on_delete=models.PROTECT, related_name="+")
    version = models.ForeignKey("documents.Version", null=True, on_delete=models.PROTECT, related_name="+")
    page = models.PositiveIntegerField(null=True, help_text="Counted from 1.")
    area = models.JSONField(null=True, help_text="[x, y, width, height] in points, from the top left corner.")
    quote = models.TextField(blank=True, default="", db_default="", help_text="The words of the paper it is about.")

    class Meta:
        ordering = ["created_at", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["item", "user"], condition=Q(note__isnull=True), name="opinion_once_per_item_and_person"
            ),
            models.CheckConstraint(
                condition=Q(note__isnull=True, paper__isnull=True, version__isnull=True, page__isnull=True)
                | Q(note__isnull=False, paper__isnull=False, version__isnull=False, page__gte=1),
                name="remark_has_its_place",
            ),
        ]

    def __str__(self) -> str:
        return str(self.public_id)


class Nudge(models.Model):
    """The one quiet reminder to read a paper that its meeting sends."""

    paper = models.OneToOneField(Paper, on_delete=models.CASCADE, related_name="nudge")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    told = models.PositiveIntegerField(help_text="How many people had not read it.")

    def __str__(self) -> str:
        return f"{self.paper_id}"


class CalendarFeed(models.Model):
    """The private address a person's calendar program asks; the address is shown once, only its hash is kept."""

    public_id = models.UUIDField(default=uuid4, unique=True, editable=False)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    digest = models.CharField(max_length=64, unique=True)
    busy_only = models.BooleanField(default=False, help_text="Tells when, not what.")
    created_at = models.DateTimeField()
    revoked_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["user"], condition=Q(revoked_at__isnull=True), name="one_feed_per_person")
        ]

    def __str__(self) -> str:
        return str(self.public_id)
