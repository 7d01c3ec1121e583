"""Questions about groups of participants."""

from collections.abc import Iterable

from ledger.verdict import YES, Verdict, no
from meetings.models import Group, Meeting, Participant


def are_groups_of(meeting: Meeting, groups: Iterable[Group]) -> Verdict:
    """Do these groups belong to this meeting?"""
    return YES if all(group.meeting_id == meeting.pk for group in groups) else no("group_unknown")


def is_sound_group(meeting: Meeting, name: str, *, besides: int = 0) -> Verdict:
    """Is there a name, and no other group of it in the meeting?"""
    if not name.strip() or "\0" in name:
        return no("title_missing")
    taken = meeting.groups.filter(name=name.strip()).exclude(pk=besides).exists()
    return no("group_name_taken") if taken else YES


def take_part(meeting: Meeting, places: Iterable[Participant]) -> Verdict:
    """Do these people take part in this meeting?"""
    fits = all(place.meeting_id == meeting.pk and place.removed_at is None for place in places)
    return YES if fits else no("person_unknown")
