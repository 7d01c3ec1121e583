"""How people came in: bearer tokens (only their hash) and the sign-in log."""

from typing import Any, NoReturn
from uuid import uuid4

from django.conf import settings
from django.db import models

from ledger.verdict import Refused


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


class SignInLog(models.QuerySet["SignIn"]):
    """Lines of the sign-in log: nothing deletes them but the archive, which has written them down before."""

    def delete(self) -> NoReturn:
        """Refuse, and say why."""
        raise Refused("sign_in_kept")

    def let_go(self) -> int:
        """Remove lines that stand in a finished archive; return how many."""
        return super().delete()[0]


class SignIn(models.Model):
    """One attempt to come in, kept as the security rules ask; never deleted by hand."""

    at = models.DateTimeField(db_index=True)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="sign_ins")
    username = models.CharField(max_length=60)
    address = models.GenericIPAddressField(null=True)
    agent = models.CharField(max_length=200, blank=True)
    outcome = models.CharField(max_length=20, help_text="signed_in, refused, locked, signed_out, token.")

    objects = SignInLog.as_manager()

    class Meta:
        ordering = ["-at"]
        indexes = [
            models.Index(fields=["user", "-at"], name="sign_in_of_user"),
            models.Index(fields=["outcome", "-at"], name="sign_in_by_outcome"),
            models.Index(fields=["address", "-at"], name="sign_in_from_address"),
        ]

    def __str__(self) -> str:
        return f"{self.username} {self.outcome}"

    def delete(self, *args: Any, **kwargs: Any) -> NoReturn:
        """Refuse, and say why."""
        raise Refused("sign_in_kept")


class SignInArchive(models.Model):
    """A file of sign-ins past the time they are kept here: written, hashed and signed before the rows go."""

    public_id = models.UUIDField(default=uuid4, unique=True, editable=False)
    made_at = models.DateTimeField()
    first_at = models.DateTimeField()
    last_at = models.DateTimeField()
    last_key = models.BigIntegerField(unique=True, help_text="Of its newest row: two jobs cannot archive it twice.")
    lines = models.PositiveIntegerField()
    file_name = models.CharField(max_length=120)
    sha256 = models.CharField(max_length=64)
    signature = models.CharField(max_length=200, help_text="Of the hash, by the installation key, in base64.")
    key_id = models.CharField(max_length=64)

    class Meta:
        ordering = ["-last_at"]

    def __str__(self) -> str:
        return self.file_name
