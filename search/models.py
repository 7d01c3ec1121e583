"""What can be found: one entry per object, its text page by page, the audiences that may find it."""

from django.db import models


class Entry(models.Model):
    """One object in the index; `kind` and `object_id` are the caller's, opaque here."""

    kind = models.CharField(max_length=30)
    object_id = models.UUIDField()
    agency_id = models.BigIntegerField()
    title = models.CharField(max_length=500)
    url = models.CharField(max_length=300)
    day = models.DateField(null=True)
    facets = models.CharField(
        max_length=300, default="", db_default="", help_text="What else it is filtered by, between spaces."
    )
    anchors = models.TextField(
        default="", db_default="", help_text="Where each page is on the object's own page (#item-…), a line each."
    )
    read_by_machine = models.TextField(
        default="", db_default="", help_text="Pages whose letters a machine recognised, by number, between spaces."
    )
    standing = models.TextField(
        default="",
        db_default="",
        help_text="Keys and facets its words stand under in the full-text tables; empty: not there yet.",
    )

    class Meta:
        constraints = [models.UniqueConstraint(fields=["kind", "object_id"], name="entry_once_per_object")]
        indexes = [models.Index(fields=["id"], name="entry_waiting", condition=models.Q(standing=""))]

    def __str__(self) -> str:
        return self.title


class EntryPage(models.Model):
    """The text of one page in NFC; page 0 is the title with number and symbol, and what else is said of the object."""

    entry = models.ForeignKey(Entry, on_delete=models.CASCADE, related_name="pages")
    page = models.PositiveIntegerField()
    text = models.TextField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["entry", "page"], name="entry_page_once")]

    def __str__(self) -> str:
        return f"{self.entry_id}/{self.page}"


class EntryAudience(models.Model):
    """One audience that may find the entry."""

    entry = models.ForeignKey(Entry, on_delete=models.CASCADE, related_name="audiences")
    key = models.CharField(max_length=80)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["key", "entry"], name="entry_audience_once")]

    def __str__(self) -> str:
        return self.key


class IndexState(models.Model):
    """One row: how the words in the full-text tables were read (`search.fold.current_words`)."""

    words = models.CharField(max_length=40)

    def __str__(self) -> str:
        return self.words
