"""Who opened which version of a document, and when: as an answer to a question, and as the access log."""

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


class Access(models.Model):
    """One line of the access log, for those who keep the document; not chained, and no act of anybody."""

    version = models.ForeignKey(Version, on_delete=models.CASCADE, related_name="accesses")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    on_device = models.BooleanField(
        default=False,
        db_default=False,
        help_text="Read from a copy on a device without a network; the device says when.",
    )

    class Meta:
        ordering = ["-at", "-pk"]
        indexes = [
            models.Index(fields=["version", "-at"], name="access_newest_of_version"),
            models.Index(fields=["user", "version", "-at"], name="access_newest_of_person"),
        ]

    def __str__(self) -> str:
        return f"{self.user_id}>{self.version_id}"
