"""What a room shows, per view, and what is one person's own; the same serializers make the patches.

A serializer gives `None` for what is not there. A snapshot leaves those keys out, a patch keeps them: in a JSON Merge
Patch (RFC 7396) null removes the key, so both always come to the same state.
"""

from collections.abc import Iterable, Mapping
from datetime import UTC, datetime
from typing import Any

from meetings.counting import count_choices
from meetings.models import AgendaItem, Ballot, Conclusion, Meeting, Opinion, Outcome, Paper, Participant, Vote
from meetings.outline import labels
from meetings.queries.room import group_papers, papers_of, quorum_of, shown_people
from meetings.queries.visible import own_agencies
from meetings.quorum import Quorum
from meetings.rules.meeting import CONDUCTING, participation
from meetings.rules.people import is_present
from people.models import User

Data = dict[str, Any]
CHAIR, MEMBER, GUEST = "chair", "", "guest"
VIEWS = (CHAIR, MEMBER, GUEST)


def view_of(place: Participant) -> str:
    """Return which of the three views a participant gets."""
    if place.role in CONDUCTING:
        return CHAIR
    return GUEST if place.role == Participant.Role.GUEST else MEMBER


def page_view(user: User, meeting: Meeting) -> str:
    """Return the view of somebody reading without a place: the agency's own office as members, a unit's as guests."""
    place = participation(user, meeting)
    if place is not None:
        return view_of(place)
    return MEMBER if meeting.agency_id in own_agencies(user) else GUEST


def moment(at: datetime | None) -> str | None:
    """Return an instant as JSON text in UTC."""
    return at.astimezone(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z") if at else None


def without_nulls(value: Any) -> Any:
    """Return the value with every key that holds nothing left out."""
    if isinstance(value, Mapping):
        return {key: without_nulls(item) for key, item in value.items() if item is not None}
    return value


def meeting_data(meeting: Meeting, quorum: Quorum, current: AgendaItem | None) -> Data:
    """Return the meeting's own line."""
    return {
        "id": str(meeting.public_id),
        "title": meeting.title,
        "kind": meeting.kind,
        "place": meeting.place,
        "state": meeting.state,
        "starts_at": moment(meeting.starts_at),
        "ends_at": moment(meeting.ends_at),
        "opened_at": moment(meeting.opened_at),
        "closed_at": moment(meeting.closed_at),
        "current_item": str(current.public_id) if current else None,
        "item_since": moment(meeting.item_since),
        "minutes": minutes_of(meeting),
        "quorum": quorum.as_data(),
    }


def minutes_of(meeting: Meeting) -> str | None:
    """Return the document of the minutes, once there is one."""
    found = Outcome.objects.filter(meeting=meeting).values_list("minutes__public_id", flat=True).first()
    return str(found) if found else None


def items_for(items: Iterable[AgendaItem], view: str) -> Data:
    """Return the agenda as that view has it: hidden items are the chair's alone, and numbers close over them."""
    shown = [item for item in items if view == CHAIR or not item.hidden]
    numbers = labels([item.depth for item in shown])
    lines = zip(shown, numbers, strict=True)
    return {str(item.public_id): item_data(item, at, label) for at, (item, label) in enumerate(lines, start=1)}


def item_data(item: AgendaItem, position: int, label: str) -> Data:
    """Return one agenda item; `position` and `label` are those of the view."""
    return {
        "position": position,
        "label": label,
        "depth": item.depth,
        "title": item.title,
        "presenter": item.presenter,
        "owner": item.owner_unit.name if item.owner_unit else None,
        "minutes": item.minutes,
        "hidden": True if item.hidden else None,
        "revision": item.revision,
    }


def paper_data(paper: Paper) -> Data:
    """Return one paper with its newest version."""
    version = list(paper.document.versions.all())[-1]
    return {
        "item": str(paper.item.public_id),
        "position": paper.position,
        "title": paper.document.title,
        "document": str(paper.document.public_id),
        "version": version.number,
        "pages": version.pages,
        "guests": paper.guests_may_read,
        "supplement": True if paper.supplement else None,
        "changed_at": moment(paper.changed_at),
        "change_note": paper.change_note or None,
    }


def paper_for(paper: Paper, view: str) -> Data | None:
    """Return the paper as that view has it: only chair and secretary share what is hidden or for some groups."""
    if view != CHAIR and (paper.item.hidden or paper.groups.all()):
        return None
    return None if view == GUEST and not paper.guests_may_read else paper_data(paper)


def own_papers(meeting: Meeting, user: User) -> Data:
    """Return the papers laid for groups the person is in."""
    return {str(paper.public_id): paper_data(paper) for paper in group_papers(meeting, user)}


def person_data(place: Participant) -> Data:
    """Return one participant; a removed one stays by name, because closed votes point there."""
    return {
        "name": place.user.full_name,
        "sort": place.user.sort_key,
        "title": place.title,
        "role": place.role,
        "votes": place.votes,
        "seat": place.seat,
        "present": is_present(place),
        "checked_in_at": moment(place.checked_in_at),
        "left_at": moment(place.left_at),
        "for": str(place.stands_in_for.public_id) if place.stands_in_for else None,
        "removed": True if place.removed_at else None,
    }


def conclusion_data(conclusion: Conclusion, view: str) -> Data:
    """Return one conclusion; its files are for those who read the minutes, so guests are told of none."""
    files = [] if view == GUEST else sorted(conclusion.files.all(), key=lambda file: file.pk)
    return {
        "item": str(conclusion.item.public_id) if conclusion.item else None,
        "position": conclusion.position,
        "text": conclusion.text,
        "at": moment(conclusion.created_at),
        "files": [{"document": str(file.public_id), "title": file.title} for file in files] or None,
    }


def conclusion_for(conclusion: Conclusion, view: str) -> Data | None:
    """Return the conclusion as that view has it: one on a hidden item is the chair's alone."""
    hidden = view != CHAIR and conclusion.item is not None and conclusion.item.hidden
    return None if hidden else conclusion_data(conclusion, view)


def sees_counts(vote: Vote, view: str) -> bool:
    """Does this view see the counts while the vote is open? The rule of the kind says whether members do."""
    return view == CHAIR or (view == MEMBER and vote.rule.get("board") == "live")


def vote_data(vote: Vote, view: str, ballots: Iterable[Ballot] = ()) -> Data:
    """Return one vote: while open who has voted, after closing who chose what; guests see the totals only."""
    cast = list(ballots)
    is_open, is_closed = vote.state == "open", vote.state == "closed"
    return {
        "item": str(vote.item.public_id),
        "position": vote.position,
        "question": vote.question,
        "options": vote.options,
        "rule": vote.rule,
        "state": vote.state,
        "opened_at": moment(vote.opened_at),
        "closed_at": moment(vote.closed_at),
        "cast": len(cast) if is_open else None,
        "counts": counts_of(vote, cast) if is_open and sees_counts(vote, view) else None,
        "voted": has_voted(cast) if is_open and view != GUEST else None,
        "result": vote.result if is_closed else None,
        "choices": choices_of(cast) if is_closed and view != GUEST else None,
        "remarks": remarks_of(cast) if is_closed and view != GUEST else None,
    }


def counts_of(vote: Vote, ballots: Iterable[Ballot]) -> dict[str, int]:
    """Return how many chose each option so far."""
    return count_choices([option["code"] for option in vote.options], [ballot.choice for ballot in ballots])


def has_voted(ballots: Iterable[Ballot]) -> Data:
    """Return who has voted, not how."""
    return {str(ballot.participant.public_id): True for ballot in ballots}


def choices_of(ballots: Iterable[Ballot]) -> Data:
    """Return who chose what."""
    return {str(ballot.participant.public_id): ballot.choice for ballot in ballots}


def remarks_of(ballots: Iterable[Ballot]) -> Data:
    """Return the words of those who had another opinion."""
    return {str(ballot.participant.public_id): ballot.remark for ballot in ballots if ballot.remark}


def room_snapshot(meeting: Meeting, view: str) -> Data:
    """Return the whole room as one view has it, without nulls; a constant number of queries."""
    meeting = Meeting.objects.select_related("current_item").get(pk=meeting.pk)
    papers = {str(paper.public_id): paper_for(paper, view) for paper in papers_of([meeting])}
    conclusions = meeting.conclusions.select_related("item").prefetch_related("files")
    state = {
        "meeting": meeting_data(meeting, quorum_of(meeting), meeting.current_item),
        "items": items_for(meeting.items.select_related("owner_unit"), view),
        "papers": papers,
        "people": {str(place.public_id): person_data(place) for place in shown_people(meeting)},
        "votes": votes_snapshot(meeting, view),
        "conclusions": {str(line.public_id): conclusion_for(line, view) for line in conclusions},
        "opinions": opinions_snapshot(meeting, view),
    }
    cleaned: Data = without_nulls(state)
    return cleaned


def opinion_data(opinion: Opinion) -> Data:
    """Return an opinion handed in, as chair and secretary have it."""
    return {**own_opinion_data(opinion), "name": opinion.user.full_name}


def own_opinion_data(opinion: Opinion) -> Data:
    """Return an opinion handed in, as its author has it; one not handed in stands in no snapshot."""
    return {"item": str(opinion.item.public_id), "text": opinion.text, "at": moment(opinion.handed_in_at)}


def opinions_snapshot(meeting: Meeting, view: str) -> Data | None:
    """Return what was handed in, for chair and secretary only."""
    if view != CHAIR:
        return None
    handed_in = Opinion.objects.filter(item__meeting=meeting, handed_in_at__isnull=False)
    return {str(one.public_id): opinion_data(one) for one in handed_in.select_related("user", "item")}


def own_opinions(meeting: Meeting, user: User) -> Data:
    """Return what the person has handed in."""
    mine = Opinion.objects.filter(item__meeting=meeting, user=user, handed_in_at__isnull=False)
    return {str(one.public_id): own_opinion_data(one) for one in mine.select_related("item")}


def votes_snapshot(meeting: Meeting, view: str) -> Data:
    """Return the votes of the meeting, dropped ones left out."""
    votes = meeting.votes.exclude(state="dropped").select_related("item")
    ballots = Ballot.objects.filter(vote__in=votes).select_related("participant").order_by("pk")
    by_vote: dict[int, list[Ballot]] = {}
    for ballot in ballots:
        by_vote.setdefault(ballot.vote_id, []).append(ballot)
    return {str(vote.public_id): vote_for(vote, view, by_vote.get(vote.pk, [])) for vote in votes}


def vote_for(vote: Vote, view: str, ballots: Iterable[Ballot] = ()) -> Data | None:
    """Return the vote as that view has it: on a hidden item only chair and secretary see one."""
    return None if vote.item.hidden and view != CHAIR else vote_data(vote, view, ballots)


def ballot_data(ballot: Ballot) -> Data:
    """Return a person's own ballot, for that person only."""
    return {"choice": ballot.choice, "remark": ballot.remark or None, "at": moment(ballot.cast_at)}


def me_data(place: Participant) -> Data:
    """Return what a person is in the room."""
    return {"person": str(place.public_id), "role": place.role, "votes": place.votes, "view": view_of(place)}


def first_snapshot(place: Participant) -> Data:
    """Return what is the person's alone who has never had a place here before."""
    me: Data = without_nulls(me_data(place))
    return {"me": me, "ballots": {}, "papers": {}, "opinions": {}}


def personal_snapshot(meeting: Meeting, user: User) -> Data:
    """Return what is this person's alone: their place, their ballots, papers for their groups."""
    place = meeting.participants.filter(user=user, removed_at__isnull=True).first()
    if place is None:
        return {}
    mine = Ballot.objects.filter(vote__meeting=meeting, participant=place).select_related("vote")
    ballots = {str(ballot.vote.public_id): ballot_data(ballot) for ballot in mine}
    papers, opinions = own_papers(meeting, user), own_opinions(meeting, user)
    state = {"me": me_data(place), "ballots": ballots, "papers": papers, "opinions": opinions}
    cleaned: Data = without_nulls(state)
    return cleaned
