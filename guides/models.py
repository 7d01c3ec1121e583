"""Guides an office writes for its people, and what people say about the program."""

from uuid import uuid4

from django.conf import settings
from django.db import models


class Guide(models.Model):
    """One guide of an agency, in Markdown; its people and those of the units under it read it once published."""

    public_id = models.UUIDField(default=uuid4, unique=True, editable=False)
    agency = models.ForeignKey("people.Agency", on_delete=models.PROTECT, related_name="+")
    title = models.CharField(max_length=200)
    body = models.TextField(help_text="CommonMark with tables; raw HTML is shown as text.")
    roles = models.JSONField(default=list, help_text="For whom: roles of posts; none = for everybody.")
    video = models.URLField(blank=True, help_text="A film of the guide, if there is one.")
    place = models.PositiveSmallIntegerField(default=100, help_text="Smaller ones stand first.")
    state = models.CharField(max_length=20, default="draft", help_text="See guides/workflow.py.")
    revision = models.PositiveIntegerField(default=1, help_text="Two people editing: the second one is told.")
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    created_at = models.DateTimeField()
    changed_at = models.DateTimeField()

    class Meta:
        ordering = ["place", "title", "pk"]

    def __str__(self) -> str:
        return self.title


class Feedback(models.Model):
    """What a person says about the program, and what was answered."""

    class Kind(models.TextChoices):
        """What it is."""

        DEFECT = "defect"
        WISH = "wish"
        QUESTION = "question"

    public_id = models.UUIDField(default=uuid4, unique=True, editable=False)
    agency = models.ForeignKey("people.Agency", on_delete=models.PROTECT, related_name="+")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=10, choices=Kind)
    text = models.TextField()
    page = models.CharField(max_length=300, blank=True, help_text="The address it was written from, without a query.")
    device = models.CharField(max_length=200, blank=True, help_text="The browser as it names itself.")
    state = models.CharField(max_length=20, default="new", help_text="See guides/workflow.py.")
    answer = models.TextField(blank=True)
    answered_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    answered_at = models.DateTimeField(null=True)
    created_at = models.DateTimeField()

    class Meta:
        ordering = ["-created_at", "-pk"]
        indexes = [models.Index(fields=["agency", "state", "-created_at"], name="feedback_of_an_agency")]

    def __str__(self) -> str:
        return f"{self.kind} {self.public_id}"
