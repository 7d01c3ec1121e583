"""How people came in: bearer tokens (only their hash) and the sign-in log."""

from uuid import uuid4

from django.conf import settings
from django.db import models


class ApiToken(models.Model):
    """A bearer token; the token itself is shown once and only its SHA-256 is kept."""

    public_id = models.UUIDField(default=uuid4, unique=True, editable=False)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="tokens")
    digest = models.CharField(max_length=64, unique=True)
    label = models.CharField(max_length=80, blank=True)
    created_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    revoked_at = models.DateTimeField(null=True, blank=True)

    def __str__(self) -> str:
        return self.label or str(self.public_id)


class SignIn(models.Model):
    """One attempt to come in, kept as the security rules ask; never deleted by hand."""

    at = models.DateTimeField(db_index=True)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="sign_ins")
    username = models.CharField(max_length=60)
    address = models.GenericIPAddressField(null=True)
    agent = models.CharField(max_length=200, blank=True)
    outcome = models.CharField(max_length=20, help_text="signed_in, refused, locked, signed_out, token.")

    class Meta:
        ordering = ["-at"]

    def __str__(self) -> str:
        return f"{self.username} {self.outcome}"
