"""Screens as tests hang them: waiting with a code, or paired."""

from itertools import count

from django.utils import timezone

from people.queries import system_user
from screens.actions import pairing
from screens.models import Screen
from screens.secrets import digest

NUMBERS = count(1)


def waiting_code(token: str = "") -> str:
    """Return the code a new browser shows."""
    return pairing.show_code(token, address="10.0.0.7", by=system_user(), at=timezone.now()).code


def paired_screen(meeting, token: str = "") -> Screen:
    """Return a screen that shows the meeting, as the action leaves it."""
    now, number = timezone.now(), next(NUMBERS)
    return Screen.objects.create(
        meeting=meeting,
        label=f"Màn {number}",
        token_hash=digest(token or f"token {number}"),
        paired_at=now,
        created_at=now,
        seen_at=now,
    )
