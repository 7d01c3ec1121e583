"""A person's own library: folders, files of their own, and documents they keep within reach."""

from uuid import uuid4

from django.conf import settings
from django.db import models
from django.db.models import Q

from documents.models.document import Document
from search.fields import FoldedField

DEEPEST = 8


class Library(models.Model):
    """One person's library; its row is the lock of everything in it, so that two tablets cannot make a ring."""

    owner = models.OneToOneField(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    def __str__(self) -> str:
        return str(self.owner_id)


class Folder(models.Model):
    """One folder; names of folders that stand beside each other differ."""

    public_id = models.UUIDField(default=uuid4, unique=True, editable=False)
    library = models.ForeignKey(Library, on_delete=models.PROTECT, related_name="folders")
    parent = models.ForeignKey("self", null=True, on_delete=models.PROTECT, related_name="children")
    name = models.CharField(max_length=120)
    key = FoldedField(source="name")
    depth = models.PositiveSmallIntegerField(default=1)
    trashed_at = models.DateTimeField(null=True)
    trashed_with = models.ForeignKey(
        "self", null=True, on_delete=models.SET_NULL, related_name="+", help_text="The folder that took it along."
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["parent", "name"], condition=Q(trashed_at__isnull=True), name="library_folder_name_once"
            ),
            models.UniqueConstraint(
                fields=["library", "name"],
                condition=Q(trashed_at__isnull=True, parent__isnull=True),
                name="library_top_folder_name_once",
            ),
            models.CheckConstraint(condition=Q(depth__gte=1, depth__lte=DEEPEST), name="library_folder_depth"),
        ]

    def __str__(self) -> str:
        return self.name


class LibraryItem(models.Model):
    """One thing in a library: a file of one's own, or a document kept within reach (its own rules open it)."""

    public_id = models.UUIDField(default=uuid4, unique=True, editable=False)
    library = models.ForeignKey(Library, on_delete=models.PROTECT, related_name="items")
    folder = models.ForeignKey(Folder, null=True, on_delete=models.PROTECT, related_name="items")
    document = models.ForeignKey(Document, on_delete=models.PROTECT, related_name="+")
    own = models.BooleanField(help_text="A file of one's own, against a document kept within reach.")
    title = models.CharField(max_length=500, help_text="As its owner calls it here.")
    key = FoldedField(source="title")
    size = models.PositiveBigIntegerField(default=0, help_text="Bytes of the file as it came; 0 for what is kept.")
    added_at = models.DateTimeField()
    trashed_at = models.DateTimeField(null=True)
    trashed_with = models.ForeignKey(
        Folder, null=True, on_delete=models.SET_NULL, related_name="+", help_text="The folder that took it along."
    )

    class Meta:
        constraints = [models.UniqueConstraint(fields=["library", "document"], name="library_item_once_per_document")]
        indexes = [
            models.Index(fields=["library", "folder", "-added_at"], name="library_item_by_folder"),
            models.Index(fields=["trashed_at"], condition=Q(trashed_at__isnull=False), name="library_item_in_trash"),
        ]

    def __str__(self) -> str:
        return self.title
