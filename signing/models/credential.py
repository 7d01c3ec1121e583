"""A certificate and its sealed key, of a person or of an agency."""

from uuid import uuid4

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from signing.trust import TrustClass


class SigningCredential(models.Model):
    """What one person, or one agency through its clerk, signs with; the key inside opens only in the signer process."""

    class Driver(models.TextChoices):
        """Who makes the signature value."""

        SOFTWARE = "software", _("Software key on this server")

    public_id = models.UUIDField(default=uuid4, unique=True, editable=False)
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="credentials"
    )
    agency = models.ForeignKey(
        "people.Agency", null=True, blank=True, on_delete=models.PROTECT, related_name="credentials"
    )
    driver = models.CharField(max_length=20, choices=Driver, default=Driver.SOFTWARE)
    trust_class = models.CharField(max_length=20, choices=[(each.value, each.value) for each in TrustClass])
    subject = models.CharField(max_length=300)
    serial = models.CharField(max_length=60)
    certificate = models.TextField(help_text="PEM.")
    sealed_key = models.TextField(help_text="PKCS#8 under AES-256-GCM; see signing/keys.py.")
    not_after = models.DateTimeField()
    wrong_pins = models.PositiveIntegerField(default=0, help_text="In a row; counted before each try.")
    locked_until = models.DateTimeField(null=True, blank=True)
    is_demo = models.BooleanField(default=False)
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    created_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(user__isnull=True) ^ Q(agency__isnull=True), name="credential_of_person_or_agency"
            ),
            models.UniqueConstraint(
                fields=["user"], condition=Q(withdrawn_at__isnull=True), name="one_credential_per_person"
            ),
            models.UniqueConstraint(
                fields=["agency"], condition=Q(withdrawn_at__isnull=True), name="one_credential_per_agency"
            ),
            models.UniqueConstraint(fields=["serial", "subject"], name="credential_serial_once"),
        ]

    def __str__(self) -> str:
        return self.subject
