"""Workbooks of units, people and posts on their way in: read, looked at, taken over or dropped."""

from uuid import uuid4

from django.conf import settings
from django.db import models


class PeopleImport(models.Model):
    """One workbook as it was read; its rows go once it is taken over or dropped, the counts stay."""

    class State(models.TextChoices):
        """Where the workbook stands."""

        READ = "read"
        DONE = "done"
        DROPPED = "dropped"

    public_id = models.UUIDField(default=uuid4, unique=True, editable=False)
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField()
    agency = models.ForeignKey(
        "people.Agency", on_delete=models.PROTECT, related_name="+", help_text="Whose chain records what becomes of it."
    )
    file_name = models.CharField(max_length=200)
    sha256 = models.CharField(max_length=64)
    state = models.CharField(max_length=8, choices=State, default=State.READ)
    rows = models.JSONField(default=dict, help_text="The sheets as they were read.")
    outcome = models.JSONField(default=dict, help_text="How much was added, changed, left alone, left out.")
    finished_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["-made_at", "-pk"]

    def __str__(self) -> str:
        return self.file_name
