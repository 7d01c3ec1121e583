"""Rehearsals that are there."""

from django.db.models import QuerySet

from meetings.models import Meeting


def left_over() -> QuerySet[Meeting]:
    """Return the rehearsals whose rows have not been removed."""
    return Meeting.objects.filter(rehearsal=True).select_related("agency")
