"""What somebody noted on a page, whom it is shared with, and what was answered."""

from uuid import uuid4

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from documents.models import Document, Version


class Annotation(models.Model):
    """One mark or stroke of one person on one page of one version; without rows of audiences it is its owner's alone.

    What it is never changes; `style`, `body`, `to` and `erased_at` are registers, each with its stamp.
    """

    class Kind(models.TextChoices):
        """What it is."""

        INK = "ink"
        HIGHLIGHT = "highlight"
        UNDERLINE = "underline"
        STRIKE = "strike"
        TEXT = "text"
        ARROW = "arrow"
        BOX = "box"
        ELLIPSE = "ellipse"

    public_id = models.UUIDField(default=uuid4, unique=True, editable=False, help_text="Drawn by the page.")
    document = models.ForeignKey(Document, on_delete=models.CASCADE, related_name="+")
    version = models.ForeignKey(Version, on_delete=models.CASCADE, related_name="+")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    page = models.PositiveIntegerField(help_text="From 1.")
    kind = models.CharField(max_length=10, choices=Kind)
    shape = models.JSONField(
        help_text="In points of the unrotated page, origin top left; by kind, see docs/protocol.md."
    )
    quote = models.JSONField(null=True, help_text="The words it marks: exact, prefix, suffix.")
    style = models.JSONField(help_text="colour, width, opacity.")
    body = models.TextField(blank=True)
    to = models.JSONField(null=True, help_text="Whom its owner chose: {circle} or {people}; null: nobody.")
    stamps = models.JSONField(default=dict, help_text="{field: [counter, operation id]}: the newest wins.")
    order = models.PositiveBigIntegerField(help_text="The server's order within the document.")
    origin = models.ForeignKey(
        "self", null=True, on_delete=models.SET_NULL, related_name="+", help_text="Carried over from an older version."
    )
    created_at = models.DateTimeField()
    changed_at = models.DateTimeField()
    erased_at = models.DateTimeField(null=True, help_text="Its owner can take it back for a day.")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["document", "order"], name="annotation_order_once_per_document"),
            models.CheckConstraint(condition=Q(page__gte=1), name="annotation_page_from_one"),
            models.CheckConstraint(condition=Q(changed_at__gte=F("created_at")), name="annotation_changed_after_made"),
        ]
        indexes = [
            models.Index(fields=["document", "user", "order"], name="annotation_by_document_owner"),
            models.Index(fields=["erased_at"], condition=Q(erased_at__isnull=False), name="annotation_erased"),
        ]

    def __str__(self) -> str:
        return str(self.public_id)


class AnnotationAudience(models.Model):
    """One audience that sees the annotation: a circle's key, or `user:<pk>` of somebody named."""

    annotation = models.ForeignKey(Annotation, on_delete=models.CASCADE, related_name="audiences")
    document = models.ForeignKey(Document, on_delete=models.CASCADE, related_name="+")
    key = models.CharField(max_length=80)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["annotation", "key"], name="annotation_audience_once")]
        indexes = [models.Index(fields=["document", "key"], name="annotation_by_document_key")]

    def __str__(self) -> str:
        return self.key


class Reply(models.Model):
    """What somebody who sees an annotation answered; it never changes, its author alone erases it."""

    public_id = models.UUIDField(default=uuid4, unique=True, editable=False, help_text="Drawn by the page.")
    annotation = models.ForeignKey(Annotation, on_delete=models.CASCADE, related_name="replies")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    body = models.TextField()
    stamp = models.JSONField(help_text="[counter, operation id].")
    created_at = models.DateTimeField()
    erased_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["created_at", "pk"]

    def __str__(self) -> str:
        return str(self.public_id)
