"""Agencies: a tree kept as a closure table with validity dates, because agencies merge, split and are dissolved."""

from uuid import uuid4

from django.db import models
from django.db.models import F, Q

from search.fields import FoldedField


class Agency(models.Model):
    """One body with its own seal and registers; a dissolved one stays, read-only, with a successor."""

    public_id = models.UUIDField(default=uuid4, unique=True, editable=False)
    code = models.CharField(max_length=40, unique=True)
    name = models.CharField(max_length=200)
    name_folded = FoldedField(source="name")
    abbreviation = models.CharField(max_length=20, help_text="As in document symbols (NĐ 30/2020 Art. 15): UBND.")
    place = models.CharField(max_length=80, help_text="Place name on documents: Hải Phòng.")
    superior_name = models.CharField(max_length=200, blank=True, help_text="Line above the name on documents.")
    organ_id = models.CharField(max_length=35, blank=True, help_text="QĐ 20/2020/QĐ-TTg.")
    organ_id_old = models.CharField(max_length=35, blank=True, help_text="QCVN 102:2016.")
    dissolved_on = models.DateField(null=True, blank=True)
    successor = models.ForeignKey("self", null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    revision = models.PositiveIntegerField(default=0, help_text="Counts the changes of what documents print.")

    class Meta:
        ordering = ["name"]
        constraints = [
            models.CheckConstraint(
                condition=Q(successor__isnull=True) | Q(dissolved_on__isnull=False), name="only_dissolved_has_successor"
            )
        ]

    def __str__(self) -> str:
        return self.name


class AgencyLink(models.Model):
    """`descendant` stands `depth` steps under `ancestor` from `valid_from` until before `valid_to` (null: still)."""

    ancestor = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="links_down")
    descendant = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="links_up")
    depth = models.PositiveSmallIntegerField()
    valid_from = models.DateField()
    valid_to = models.DateField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["ancestor", "descendant", "valid_from"], name="agency_link_once_per_start"),
            models.CheckConstraint(
                condition=Q(valid_to__isnull=True) | Q(valid_to__gt=F("valid_from")), name="agency_link_ends_later"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.ancestor_id} > {self.descendant_id}"
