"""What a meeting leaves: conclusions, minutes, the conclusion notice."""

from uuid import uuid4

from django.conf import settings
from django.db import models

from meetings.models.agenda import AgendaItem
from meetings.models.meeting import Meeting


class Conclusion(models.Model):
    """One conclusion of the chair, on an item or on the whole meeting."""

    public_id = models.UUIDField(default=uuid4, unique=True, editable=False)
    meeting = models.ForeignKey(Meeting, on_delete=models.PROTECT, related_name="conclusions")
    item = models.ForeignKey(AgendaItem, null=True, on_delete=models.PROTECT, related_name="conclusions")
    text = models.TextField()
    position = models.PositiveIntegerField(default=0, help_text="Their order in notice and minutes.")
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    created_at = models.DateTimeField()
    revision = models.PositiveIntegerField(default=1, help_text="Two people editing: the second one is told.")
    files = models.ManyToManyField("documents.Document", related_name="+", blank=True)

    class Meta:
        ordering = ["position", "created_at", "id"]

    def __str__(self) -> str:
        return self.text[:60]


class Outcome(models.Model):
    """The minutes drafted from the ledger, and the notice drafted as an outgoing document."""

    meeting = models.OneToOneField(Meeting, on_delete=models.PROTECT, related_name="outcome")
    minutes = models.OneToOneField("documents.Document", null=True, on_delete=models.PROTECT, related_name="+")
    notice = models.OneToOneField("documents.OutgoingDocument", null=True, on_delete=models.PROTECT, related_name="+")

    def __str__(self) -> str:
        return f"{self.meeting_id}"


class Minutes(models.Model):
    """The minutes as text: drafted from the ledger, edited, commented on, approved by the chair, then locked."""

    public_id = models.UUIDField(default=uuid4, unique=True, editable=False)
    meeting = models.OneToOneField(Meeting, on_delete=models.PROTECT, related_name="minutes_text")
    body = models.JSONField(help_text="Sections and lines; see meetings/minutes/.")
    state = models.CharField(max_length=20, default="drafted", help_text="See meetings/workflow.py.")
    revision = models.PositiveIntegerField(default=1, help_text="Two people editing: the second one is told.")
    comment_by = models.DateTimeField(null=True, help_text="Comments are asked for until then.")
    approved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+", help_text="The chair."
    )
    approved_at = models.DateTimeField(null=True)
    changed_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.meeting_id} {self.state}"


class MinutesComment(models.Model):
    """What a participant says about the drafted minutes."""

    public_id = models.UUIDField(default=uuid4, unique=True, editable=False)
    minutes = models.ForeignKey(Minutes, on_delete=models.PROTECT, related_name="comments")
    section = models.CharField(max_length=60, blank=True, help_text="Which part of the body it is about.")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    text = models.TextField()
    created_at = models.DateTimeField()
    answer = models.CharField(max_length=500, blank=True)
    settled_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["created_at", "id"]

    def __str__(self) -> str:
        return str(self.public_id)


class RecordExport(models.Model):
    """The whole record of a meeting as one ZIP, or its papers as one book; for one person, of what that person may see.

    Its bytes lie in the store without a row of their own, so they are swept away a day later.
    """

    public_id = models.UUIDField(default=uuid4, unique=True, editable=False)
    meeting = models.ForeignKey(Meeting, on_delete=models.PROTECT, related_name="exports")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=10, default="record", db_default="record", help_text="record, book.")
    notes = models.CharField(max_length=10, blank=True, default="", db_default="", help_text="In a book: mine, all.")
    state = models.CharField(max_length=10, default="waiting", help_text="waiting, working, ready, failed.")
    done = models.PositiveIntegerField(default=0, help_text="Files packed so far.")
    total = models.PositiveIntegerField(default=0)
    sha256 = models.CharField(max_length=64, blank=True)
    size = models.PositiveBigIntegerField(default=0)
    made_of = models.JSONField(default=dict, db_default={}, help_text="What the person could have when it was made.")
    asked_at = models.DateTimeField()
    finished_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["-asked_at", "-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["meeting", "user", "kind"],
                condition=models.Q(state__in=("waiting", "working")),
                name="one_running_export_per_person",
            )
        ]

    def __str__(self) -> str:
        return f"{self.meeting_id} {self.state}"
