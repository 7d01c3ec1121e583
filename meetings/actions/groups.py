"""Groups of a meeting's participants, for whom single papers are laid."""

from collections.abc import Iterable, Sequence
from datetime import datetime

from ledger.door import action, nothing_changed
from ledger.verdict import YES, first_no, no
from meetings.laying import in_groups, refresh_papers
from meetings.models import Group, Meeting, Paper, Participant
from meetings.patches import revoke
from meetings.records import locked, note
from meetings.rules.groups import is_sound_group, take_part
from meetings.rules.meeting import may
from people.models import User
from search.fold import composed

LONGEST_NAME = 120


def _papers_for(group: Group) -> list[Paper]:
    """Return the papers laid for the group."""
    papers = Paper.objects.filter(groups=group, state="laid")
    return list(papers.select_related("item__meeting__agency", "document"))


@action
def make_group(meeting: Meeting, *, name: str, people: Sequence[Participant] = (), by: User, at: datetime) -> Group:
    """Name a group of participants."""
    meeting, name = locked(meeting), composed(name).strip()[:LONGEST_NAME]
    first_no(may(by, meeting, "invite"), is_sound_group(meeting, name), take_part(meeting, people)).require()
    group = Group.objects.create(meeting=meeting, name=name)
    group.people.set(people)
    _note(group, "make_group", people, by=by, at=at)
    return group


@action
def change_group(group: Group, *, name: str, people: Sequence[Participant], by: User, at: datetime) -> Group:
    """Name the group and say who is in it; who is no longer loses its papers with this transaction."""
    meeting, name = locked(group.meeting), composed(name).strip()[:LONGEST_NAME]
    group = Group.objects.get(pk=group.pk)
    sound = first_no(is_sound_group(meeting, name, besides=group.pk), take_part(meeting, people))
    first_no(may(by, meeting, "invite"), sound).require()
    papers = _papers_for(group)
    before = list(in_groups(papers).values())
    had = set(group.people.filter(removed_at__isnull=True).values_list("pk", flat=True))
    if group.name == name and had == {place.pk for place in people}:
        nothing_changed()
        return group
    group.name = name
    group.save(update_fields=["name"])
    group.people.set(people)
    _note(group, "change_group", people, by=by, at=at)
    refresh_papers(papers, before=before, by=by, at=at)
    for place in meeting.participants.filter(pk__in=had - {place.pk for place in people}).select_related("user"):
        revoke(meeting, place.user, by=by, at=at)  # what they follow of its papers ends
    return group


@action
def remove_group(group: Group, *, by: User, at: datetime) -> None:
    """Take away a group no paper is laid for."""
    meeting = locked(group.meeting)
    free = no("group_in_use") if _papers_for(group) else YES
    first_no(may(by, meeting, "invite"), free).require()
    _note(group, "remove_group", (), by=by, at=at)
    group.papers.clear()
    group.delete()


def _note(group: Group, verb: str, people: Iterable[Participant], *, by: User, at: datetime) -> None:
    data = {"name": group.name, "people": sorted(place.user_id for place in people)}
    note(group.meeting, verb, by=by, at=at, about=group, data=data)
