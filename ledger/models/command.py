"""What a device asked for, once: the same client id never does it twice."""

from django.conf import settings
from django.db import models


class Command(models.Model):
    """One command and its outcome, kept 30 days; `client_id` is the device's own random id."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", db_index=False)
    client_id = models.UUIDField()
    at = models.DateTimeField()
    asked = models.CharField(max_length=64, help_text="SHA-256 of what was asked: another command needs another id.")
    outcome = models.JSONField(default=dict)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["user", "client_id"], name="command_once_per_user")]

    def __str__(self) -> str:
        return str(self.client_id)
