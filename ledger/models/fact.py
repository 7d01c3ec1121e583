"""What counts in a figure: a pure function of transitions, so that a rebuild must agree."""

from django.db import models


class Fact(models.Model):
    """`name` happened to `object` of `agency` on legal day `day`; `subject` tells several of one object apart."""

    name = models.CharField(max_length=60)
    agency_id = models.BigIntegerField()
    object_type = models.CharField(max_length=60)
    object_id = models.UUIDField()
    subject = models.CharField(max_length=80, blank=True, default="")
    day = models.DateField(help_text="Legal day in Asia/Ho_Chi_Minh.")
    at = models.DateTimeField()
    attributes = models.JSONField(default=dict)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["name", "object_type", "object_id", "subject"], name="fact_once_per_subject"
            )
        ]
        indexes = [models.Index(fields=["agency_id", "name", "day"], name="fact_by_agency_name_day")]

    def __str__(self) -> str:
        return f"{self.name} {self.day}"
