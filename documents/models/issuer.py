"""Bodies outside this installation that send documents: the catalogue each agency keeps (cơ quan ban hành)."""

from uuid import uuid4

from django.db import models
from django.db.models import Q


class Issuer(models.Model):
    """One issuing body; retired ones are not suggested any more, what names them stays."""

    class Level(models.TextChoices):
        """Where the body stands."""

        CENTRAL = "central"
        PROVINCE = "province"
        COMMUNE = "commune"
        PARTY = "party"
        OTHER = "other"

    public_id = models.UUIDField(default=uuid4, unique=True, editable=False)
    agency = models.ForeignKey("people.Agency", on_delete=models.PROTECT, related_name="+")
    name = models.CharField(max_length=200)
    key = models.CharField(max_length=200, editable=False, help_text="The name without case and marks.")
    abbreviation = models.CharField(max_length=40, blank=True)
    organ_id = models.CharField(max_length=35, blank=True, help_text="Identifier after QĐ 20/2020/QĐ-TTg: H41.02.")
    level = models.CharField(max_length=10, choices=Level, default=Level.OTHER)
    address = models.CharField(max_length=300, blank=True)
    email = models.EmailField(blank=True)
    retired_on = models.DateField(null=True)
    revision = models.PositiveIntegerField(default=1, help_text="Two people editing: the second one is told.")

    class Meta:
        ordering = ["key", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["agency", "key"], condition=Q(retired_on__isnull=True), name="issuer_once_per_agency"
            ),
            models.UniqueConstraint(
                fields=["agency", "organ_id"],
                condition=Q(retired_on__isnull=True) & ~Q(organ_id=""),
                name="issuer_organ_id_once",
            ),
        ]

    def __str__(self) -> str:
        return self.name
