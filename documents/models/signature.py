"""What `signing` found in a version: recorded here, verdict kept with its evidence."""

from django.conf import settings
from django.db import models

from documents.models.document import Version


class Signature(models.Model):
    """One signature inside a version's PDF, as verified right after it was made."""

    class Kind(models.TextChoices):
        """Who signs (NĐ 30/2020 Art. 5: the competent person and the agency)."""

        PERSON = "person"
        AGENCY = "agency"

    version = models.ForeignKey(Version, on_delete=models.PROTECT, related_name="signatures")
    field_name = models.CharField(max_length=60)
    kind = models.CharField(max_length=10, choices=Kind)
    signer = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    certificate_subject = models.CharField(max_length=300)
    certificate_serial = models.CharField(max_length=60)
    trust_class = models.CharField(max_length=20, help_text="official (công vụ), public, internal.")
    signed_at = models.DateTimeField()
    verdict = models.CharField(max_length=20, help_text="valid, valid_with_notes, invalid, indeterminate.")
    evidence = models.JSONField(default=dict)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["version", "field_name"], name="signature_once_per_field")]

    def __str__(self) -> str:
        return f"{self.field_name} {self.verdict}"
