"""What happens by itself: tablets of meetings that are over are called in."""

from datetime import datetime

from django.db.models import Q

from meetings.models import Meeting
from tablets.actions.handovers import call_in_over
from tablets.rules import LATE


def call_in_forgotten(*, at: datetime) -> None:
    """End hand-overs two hours after their meeting was closed, and those of meetings called off."""
    over = Q(state="closed", closed_at__lt=at - LATE) | Q(state="cancelled")
    held = Q(participants__handovers__isnull=False, participants__handovers__ended_at__isnull=True)
    for meeting in Meeting.objects.filter(over & held).distinct():
        call_in_over(meeting, at=at)
