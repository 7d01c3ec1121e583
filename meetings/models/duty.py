"""What units must prepare for a meeting, and by when."""

from uuid import uuid4

from django.conf import settings
from django.db import models

from meetings.models.agenda import AgendaItem


class Duty(models.Model):
    """One unit must prepare papers for one item by a time; it is met when an approved paper hangs on it."""

    public_id = models.UUIDField(default=uuid4, unique=True, editable=False)
    item = models.ForeignKey(AgendaItem, on_delete=models.PROTECT, related_name="duties")
    agency = models.ForeignKey("people.Agency", on_delete=models.PROTECT, related_name="duties")
    what = models.CharField(max_length=500, blank=True, help_text="Tờ trình, dự thảo nghị quyết…")
    people = models.ManyToManyField(
        settings.AUTH_USER_MODEL, related_name="duties", blank=True, help_text="Whom the unit put in charge of it."
    )
    due_at = models.DateTimeField()
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    created_at = models.DateTimeField()
    waived_at = models.DateTimeField(null=True, help_text="No longer asked for.")
    revision = models.PositiveIntegerField(default=1, help_text="Two people editing: the second one is told.")

    class Meta:
        ordering = ["due_at", "id"]
        constraints = [models.UniqueConstraint(fields=["item", "agency"], name="duty_once_per_item_and_unit")]
        indexes = [models.Index(fields=["agency", "-due_at"], name="duties_of_a_unit")]

    def __str__(self) -> str:
        return f"{self.agency_id}:{self.item_id}"
