"""Questions about taking an opening back."""

from ledger.verdict import YES, Verdict, no
from meetings.models import Meeting, Turn

UNTOUCHED = ("prepared", "dropped")


def has_only_opened(meeting: Meeting) -> Verdict:
    """Has nothing come of the opening yet: no question put, nobody spoken, nothing concluded, still the first item?"""
    put = meeting.votes.exclude(state__in=UNTOUCHED).exists()
    spoken = Turn.objects.filter(speech__meeting=meeting).exists()
    first = meeting.items.filter(hidden=False).first()
    moved = first is not None and meeting.current_item_id != first.pk
    return no("already_begun") if put or spoken or moved or meeting.conclusions.exists() else YES
