"""Coming and going: by oneself, with the code of a door, by the secretary, many at once from their connections."""

from collections.abc import Collection
from datetime import datetime
from uuid import UUID

from ledger.door import action, nothing_changed
from ledger.verdict import Refused, first_no
from meetings.coming import arrive, depart, move, take_back, votes_elsewhere
from meetings.door import read_code
from meetings.models import Ballot, Meeting, Participant, Site
from meetings.records import locked, locked_place
from meetings.rules.meeting import may
from meetings.rules.people import is_check_in_time, is_present, may_check_in, may_undo_check_in
from meetings.rules.presence import is_where, may_come, opens
from meetings.seating import running_votes
from people.models import User

By, Attends = Participant.ArrivalBy, Participant.Attends
GUESSED = (By.CONNECTION.value, By.SECRETARY.value)


@action
def check_in(
    place: Participant,
    *,
    attends: str = "",
    site: Site | None = None,
    code: str = "",
    scanned_at: datetime | None = None,
    by: User,
    at: datetime,
) -> Participant:
    """Say that this person is here; a vote that is already open stays open to them (and the record says so).

    Without `attends` they come where they are expected; with the code of a door, where that door is.
    """
    place = locked_place(place)
    may_come(by, place, code, at).require()
    where = _door(place.meeting, code, scanned_at or at, at) if code else _where(place, attends, site)
    if is_present(place) and not votes_elsewhere([place]):
        return _stay(place, where, by=by, at=at)
    place.attends, place.site = where
    arrive(place.meeting, [place], how=_how(place, code, by), by=by, at=at)
    return place


def _where(place: Participant, attends: str, site: Site | None) -> tuple[str, Site | None]:
    """Return where somebody comes: as said, else where they are expected."""
    if not attends and site is None:
        return place.attends, place.site
    attends = attends or Attends.SITE
    is_where(place.meeting, attends, site).require()
    return attends, site


def _door(meeting: Meeting, code: str, scanned_at: datetime, at: datetime) -> tuple[str, Site | None]:
    """Return where the door is whose code this is."""
    reading, site = read_code(meeting, code, scanned_at)
    opens(reading, scanned_at, at).require()
    return (Attends.SITE, site) if site else (Attends.ROOM, None)


def _how(place: Participant, code: str, by: User) -> str:
    """Return how this check-in came about."""
    if place.user_id != by.pk:
        return By.SECRETARY
    return By.CODE if code else By.SELF


def _stay(place: Participant, where: tuple[str, Site | None], *, by: User, at: datetime) -> Participant:
    """Let somebody who is here be somewhere else; the same again changes nothing."""
    if (place.attends, place.site) == where:
        nothing_changed()
    else:
        move(place.meeting, [place], *where, by=by, at=at)
    return place


@action
def leave(place: Participant, *, by: User, at: datetime) -> Participant:
    """Say that this person has left."""
    place = locked_place(place)
    may_check_in(by, place, "leave", at).require()
    if not is_present(place):
        raise Refused("not_checked_in")
    depart(place.meeting, [place], by=by, at=at)
    return place


@action
def undo_check_in(place: Participant, *, by: User, at: datetime) -> Participant:
    """Take back a check-in made by mistake: the person was not here; whoever has voted was."""
    place = locked_place(place)
    running_votes(place.meeting)
    may_undo_check_in(by, place).require()
    take_back(place.meeting, [place], by=by, at=at)
    return place


@action
def check_in_together(meeting: Meeting, *, people: Collection[UUID], how: str, by: User, at: datetime) -> int:
    """Check in those of these people who are not here yet, `how` secretary or connection; return how many it was.

    The number of statements does not grow with the people: a hall fills within a minute.
    """
    meeting = locked(meeting)
    first_no(may(by, meeting, "check_in_other"), is_check_in_time(meeting, at)).require()
    if how not in GUESSED:
        raise Refused("bad_frame")
    places = [place for place in _places(meeting, people) if not is_present(place)]
    if not places:
        nothing_changed()
        return 0
    arrive(meeting, places, how=how, by=by, at=at)
    return len(places)


@action
def leave_together(meeting: Meeting, *, people: Collection[UUID], how: str = "", by: User, at: datetime) -> int:
    """Say that those of these people who are here have left; return how many it was."""
    meeting = locked(meeting)
    may(by, meeting, "check_in_other").require()
    places = [place for place in _places(meeting, people) if is_present(place)]
    if not places:
        nothing_changed()
        return 0
    depart(meeting, places, how=how, by=by, at=at)
    return len(places)


@action
def undo_together(meeting: Meeting, *, people: Collection[UUID], by: User, at: datetime) -> int:
    """Take these check-ins back, except of those who have voted since; return how many it was."""
    meeting = locked(meeting)
    running_votes(meeting)
    may(by, meeting, "undo_check_in").require()
    given = set(Ballot.objects.filter(vote__meeting=meeting).values_list("participant_id", flat=True))
    places = [place for place in _places(meeting, people) if place.checked_in_at and place.pk not in given]
    if not places:
        raise Refused("nothing_to_undo")
    take_back(meeting, places, by=by, at=at)
    return len(places)


@action
def set_site(
    meeting: Meeting, *, people: Collection[UUID], attends: str, site: Site | None = None, by: User, at: datetime
) -> int:
    """Say where these people attend; those who are here already are there from now on. Return how many changed."""
    meeting = locked(meeting)
    first_no(may(by, meeting, "arrange_sites"), is_where(meeting, attends, site)).require()
    places = [place for place in _places(meeting, people) if (place.attends, place.site) != (attends, site)]
    if not places:
        nothing_changed()
        return 0
    move(meeting, places, attends, site, by=by, at=at)
    return len(places)


def _places(meeting: Meeting, people: Collection[UUID]) -> list[Participant]:
    """Return those of these people who take part still; who was taken off meanwhile is passed over."""
    found = meeting.participants.filter(public_id__in=list(people), removed_at__isnull=True)
    places = list(found.select_related("user", "site", "stands_in_for", "unit__agency").order_by("pk"))
    for place in places:
        place.meeting = meeting
    return places
