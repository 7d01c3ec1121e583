"""What a machine has read from pages that are pictures: for the search alone, never part of a file."""

from django.db import models

from documents.models.blob import Blob


class ReadPage(models.Model):
    """The text of one page without letters of its own; empty when nothing could be read."""

    rendition = models.ForeignKey(Blob, on_delete=models.CASCADE, related_name="read_pages")
    page = models.PositiveIntegerField(help_text="From 1.")
    text = models.TextField(blank=True)
    read_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["rendition", "page"], name="page_read_once")]

    def __str__(self) -> str:
        return f"{self.rendition_id} p{self.page}"
