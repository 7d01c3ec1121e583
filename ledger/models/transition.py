"""Every change of state; facts are computed from these rows alone."""

from django.conf import settings
from django.db import models


class Transition(models.Model):
    """`object` went from `source` to `target` by `verb`; `attributes` are frozen as they were at that moment."""

    object_type = models.CharField(max_length=60)
    object_id = models.UUIDField()
    source = models.CharField(max_length=30, blank=True)
    verb = models.CharField(max_length=60)
    target = models.CharField(max_length=30)
    at = models.DateTimeField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    agency_id = models.BigIntegerField(help_text="The owner agency at that moment.")
    attributes = models.JSONField(default=dict)

    class Meta:
        indexes = [models.Index(fields=["object_type", "object_id", "id"], name="transition_by_object")]

    def __str__(self) -> str:
        return f"{self.object_type} {self.source}→{self.target}"
