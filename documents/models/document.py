"""A document is its versions; meeting papers, outgoing and incoming documents all point at one."""

from uuid import uuid4

from django.conf import settings
from django.db import models

from documents.models.blob import Blob


class Document(models.Model):
    """Something to read, owned by an agency; who may read it is a set of audience keys, opaque here."""

    class Protection(models.TextChoices):
        """What readers get: everything, a watermark over it, or watermarked pictures of the pages and nothing else."""

        NONE = "none"
        WATERMARK = "watermark"
        PICTURES = "pictures"

    public_id = models.UUIDField(default=uuid4, unique=True, editable=False)
    agency = models.ForeignKey("people.Agency", on_delete=models.PROTECT, related_name="+")
    title = models.CharField(max_length=500)
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    created_at = models.DateTimeField()
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        on_delete=models.PROTECT,
        related_name="+",
        help_text="Whose personal file it is: nobody of the agency reads it unless it is shared.",
    )
    trashed_at = models.DateTimeField(null=True, help_text="In its owner's trash: nobody opens it.")
    protection = models.CharField(max_length=10, choices=Protection, default=Protection.NONE, db_default="none")

    class Meta:
        permissions = [("read_document", "Read a shared document")]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(protection__in=["none", "watermark", "pictures"]), name="document_protection_known"
            )
        ]

    def __str__(self) -> str:
        return self.title


class DocumentAudience(models.Model):
    """One audience that may read the document (`agency:3:clerk`, `agency:3:user:5`, `meeting:9`)."""

    document = models.ForeignKey(Document, on_delete=models.CASCADE, related_name="audiences")
    key = models.CharField(max_length=80, db_index=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["document", "key"], name="document_audience_once")]

    def __str__(self) -> str:
        return self.key


class Version(models.Model):
    """One frozen version: the bytes as they came (`original`) and the normalised PDF that is shown (`rendition`)."""

    class Preparation(models.TextChoices):
        """How far previews and text are."""

        WAITING = "waiting"
        READY = "ready"
        FAILED = "failed"

    public_id = models.UUIDField(default=uuid4, unique=True, editable=False)
    document = models.ForeignKey(Document, on_delete=models.PROTECT, related_name="versions")
    number = models.PositiveIntegerField()
    file_name = models.CharField(max_length=255)
    original = models.ForeignKey(Blob, on_delete=models.PROTECT, related_name="+")
    rendition = models.ForeignKey(Blob, on_delete=models.PROTECT, related_name="+")
    pages = models.PositiveIntegerField()
    page_sizes = models.JSONField(default=list, help_text="[[width, height], …] in PDF points.")
    notes = models.JSONField(default=list, help_text="[[code, detail], …]: what normalising took out or noticed.")
    changes = models.JSONField(
        default=dict,
        db_default=models.Value({}, models.JSONField()),
        help_text="{earlier version number: [changed pages of this one]}.",
    )
    preparation = models.CharField(max_length=10, choices=Preparation, default=Preparation.WAITING)
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    created_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["document", "number"], name="version_number_once")]
        ordering = ["number"]

    def __str__(self) -> str:
        return f"{self.file_name} ({self.number})"


class Preview(models.Model):
    """One page of a version as a picture of one width, shown before PDF.js has the page."""

    version = models.ForeignKey(Version, on_delete=models.CASCADE, related_name="previews")
    page = models.PositiveIntegerField(help_text="From 1.")
    width = models.PositiveIntegerField(help_text="In pixels.")
    height = models.PositiveIntegerField(help_text="In pixels.")
    blob = models.ForeignKey(Blob, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["version", "page", "width"], name="preview_once_per_width")]

    def __str__(self) -> str:
        return f"{self.version_id} p{self.page} {self.width}px"
