"""Who opened which version of a document, and when."""

from django.conf import settings
from django.db import models

from documents.models.document import Version


class Opening(models.Model):
    """One person has opened one version; kept once, not chained: it is no act, and nobody's reading is a record."""

    version = models.ForeignKey(Version, on_delete=models.CASCADE, related_name="openings")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    first_at = models.DateTimeField()
    last_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["version", "user"], name="opening_once_per_version_and_person")]

    def __str__(self) -> str:
        return f"{self.user_id}>{self.version_id}"
