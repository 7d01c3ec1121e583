"""One act of signing: bound to a person, a version, the prepared bytes and a certificate; one use, five minutes."""

from uuid import uuid4

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from signing.models.credential import SigningCredential


class SigningSession(models.Model):
    """Opened before the PIN is tried and used up by the signature it led to."""

    class Step(models.TextChoices):
        """Which of the two signatures (NĐ 30/2020, Art. 5)."""

        LEADER = "leader"
        AGENCY = "agency"

    public_id = models.UUIDField(default=uuid4, unique=True, editable=False)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    credential = models.ForeignKey(SigningCredential, on_delete=models.PROTECT, related_name="sessions")
    outgoing = models.ForeignKey("documents.OutgoingDocument", on_delete=models.PROTECT, related_name="+")
    version = models.ForeignKey("documents.Version", on_delete=models.PROTECT, related_name="+")
    step = models.CharField(max_length=10, choices=Step)
    version_sha256 = models.CharField(max_length=64)
    prepared_sha256 = models.CharField(max_length=64, help_text="The file with its place for the signature.")
    opened_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(expires_at__gt=F("opened_at")), name="signing_session_ends_later")
        ]

    def __str__(self) -> str:
        return f"{self.step} {self.version_id}"
