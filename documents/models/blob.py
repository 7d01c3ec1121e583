"""Bytes by hash; a hash is never a capability."""

from django.db import models


class Blob(models.Model):
    """One stored sequence of bytes, key `blobs/ab/<sha256>` in the store."""

    sha256 = models.CharField(max_length=64, unique=True)
    size = models.PositiveBigIntegerField()
    media_type = models.CharField(max_length=100)
    created_at = models.DateTimeField()
    purged_at = models.DateTimeField(null=True, blank=True, help_text="The bytes are gone; hash and reason stay.")

    def __str__(self) -> str:
        return self.sha256[:12]
