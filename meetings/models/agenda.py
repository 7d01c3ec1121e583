"""The agenda and its papers."""

from uuid import uuid4

from django.conf import settings
from django.db import models

from meetings.models.meeting import Meeting


class AgendaItem(models.Model):
    """One matter on the agenda, an outline: `position` counts from 1 without gaps, `depth` says how far it stands in.

    The first item has depth 0, no item stands more than one step deeper than the one before it (meetings/outline.py).
    """

    public_id = models.UUIDField(default=uuid4, unique=True, editable=False)
    meeting = models.ForeignKey(Meeting, on_delete=models.CASCADE, related_name="items")
    position = models.PositiveIntegerField()
    depth = models.PositiveSmallIntegerField(default=0)
    title = models.CharField(max_length=500)
    owner_unit = models.ForeignKey(
        "people.Agency", null=True, blank=True, on_delete=models.PROTECT, related_name="+", help_text="Answers for it."
    )
    hidden = models.BooleanField(default=False, help_text="Seen by those who prepare and conduct the meeting only.")
    presenter = models.CharField(max_length=200, blank=True)
    minutes = models.PositiveIntegerField(default=0, help_text="Planned, 0 = not planned.")
    revision = models.PositiveIntegerField(default=1, help_text="Two people editing: the second one is told.")

    class Meta:
        ordering = ["position"]
        constraints = [models.UniqueConstraint(fields=["meeting", "position"], name="item_once_per_position")]

    def __str__(self) -> str:
        return self.title


class Paper(models.Model):
    """A document under one item, on its way to being laid before the meeting; a table of states of its own.

    A unit's proposal for a newer version is a paper of its own that `replaces` the one laid; approved, its file becomes
    the newest version of that one's document.
    """

    public_id = models.UUIDField(default=uuid4, unique=True, editable=False)
    item = models.ForeignKey(AgendaItem, on_delete=models.PROTECT, related_name="papers")
    document = models.OneToOneField("documents.Document", on_delete=models.PROTECT, related_name="paper")
    source = models.ForeignKey(
        "documents.Document",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
        help_text="The unit's own, of which the approved version was laid; its other versions stay the unit's.",
    )
    position = models.PositiveIntegerField()
    guests_may_read = models.BooleanField(default=True)
    duty = models.ForeignKey("meetings.Duty", null=True, blank=True, on_delete=models.PROTECT, related_name="papers")
    replaces = models.ForeignKey("self", null=True, blank=True, on_delete=models.PROTECT, related_name="proposals")
    supplement = models.BooleanField(default=False, help_text="Laid after the meeting was published: bổ sung.")
    change_note = models.CharField(max_length=500, blank=True, help_text="What changed, in the words of who sent it.")
    reason = models.CharField(max_length=500, blank=True, help_text="Why it was returned or withdrawn.")
    submitted_at = models.DateTimeField(null=True, help_text="When the unit handed it in, to see whether in time.")
    laid_at = models.DateTimeField(null=True)
    changed_at = models.DateTimeField(null=True, help_text="Replaced after the meeting was published.")
    changed_pages = models.JSONField(default=list, help_text="Pages whose text the newest version changed.")
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+", help_text="Who did this last:"
    )
    decided_at = models.DateTimeField(null=True, help_text="Laid, replaced, returned or withdrawn.")
    state = models.CharField(max_length=20, default="laid", help_text="See meetings/workflow.py.")

    class Meta:
        ordering = ["position", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["replaces"],
                condition=models.Q(state__in=("prepared", "submitted", "returned")),
                name="one_proposal_per_paper",
            )
        ]

    def __str__(self) -> str:
        return f"{self.item_id}/{self.position}"
