"""What was told to whom."""

from uuid import uuid4

from django.conf import settings
from django.db import models
from django.db.models import Q


class Notice(models.Model):
    """One thing told to one person; `kind` and `values` become a sentence in the reader's language when shown."""

    public_id = models.UUIDField(default=uuid4, unique=True, editable=False)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="notices")
    kind = models.CharField(max_length=60, help_text="See notices/kinds.py.")
    values = models.JSONField(default=dict)
    url = models.CharField(max_length=300, blank=True)
    about = models.CharField(max_length=80, blank=True, help_text="What it is about: meeting:<pk>; opaque here.")
    key = models.CharField(max_length=120, blank=True, help_text="A reminder's own: told once only.")
    agency = models.ForeignKey("people.Agency", on_delete=models.PROTECT, related_name="+")
    created_at = models.DateTimeField()
    read_at = models.DateTimeField(null=True)
    taken_back_at = models.DateTimeField(null=True, help_text="No longer true, and gone from the list.")

    class Meta:
        ordering = ["-created_at", "-id"]
        constraints = [
            models.UniqueConstraint(fields=["user", "key"], condition=~Q(key=""), name="notice_once_per_key")
        ]
        indexes = [models.Index(fields=["user", "-created_at"], name="notices_of_a_person")]

    def __str__(self) -> str:
        return f"{self.kind}>{self.user_id}"
