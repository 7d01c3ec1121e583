"""Units that are invited as such: the clerk invites them, each names its people or declines."""

from dataclasses import dataclass
from datetime import datetime

from ledger.door import action
from ledger.verdict import YES, Refused, first_no, no
from meetings.invitations import tell_keepers, tell_people, tell_unit
from meetings.models import Meeting, Participant, UnitInvitation
from meetings.records import locked, note
from meetings.rules.meeting import may
from meetings.rules.people import is_invitable
from meetings.rules.replies import are_seats, is_of_unit, may_with_unit
from meetings.rules.words import is_reason
from meetings.seating import end_substitute, seated, taken_off
from people.models import Agency, User
from search.fold import composed

MOST_REMARK = 300


@dataclass(frozen=True)
class Seats:
    """How many people a unit may send, as what, and whom: "lãnh đạo đơn vị"."""

    seats: int = 1
    role: str = "member"
    remark: str = ""

    def clean_remark(self) -> str:
        """Return the remark in one spelling, cut to what the row holds."""
        return composed(self.remark).strip()[:MOST_REMARK]


def _locked_unit(unit: UnitInvitation) -> UnitInvitation:
    """Return the invitation as it is now, its meeting held."""
    locked(unit.meeting)
    return UnitInvitation.objects.select_related("meeting__agency", "agency").get(pk=unit.pk)


def _named(unit: UnitInvitation) -> list[Participant]:
    """Return the people the unit has named, without those who stand in for them."""
    people = Participant.objects.filter(unit=unit, removed_at__isnull=True, stands_in_for__isnull=True)
    return list(people.select_related("meeting__agency", "user", "stands_in_for"))


@action
def invite_unit(meeting: Meeting, *, agency: Agency, seats: Seats, by: User, at: datetime) -> UnitInvitation:
    """Invite a unit; one that was taken off before comes back."""
    meeting = locked(meeting)
    standing = meeting.units.filter(agency=agency, removed_at__isnull=True).exists()
    first_no(
        may(by, meeting, "invite"),
        no("unit_unknown") if agency.dissolved_on else YES,
        no("unit_invited") if standing else YES,
        are_seats(seats.seats, seats.role),
    ).require()
    fields = {
        "seats": seats.seats,
        "role": seats.role,
        "remark": seats.clean_remark(),
        "declined_at": None,
        "decline_reason": "",
        "removed_at": None,
        "invited_at": at,
    }
    unit, _ = UnitInvitation.objects.update_or_create(meeting=meeting, agency=agency, defaults=fields)
    data = {"agency": agency.pk, "name": agency.name, "seats": seats.seats, "role": seats.role}
    note(meeting, "invite_unit", by=by, at=at, about=unit, data=data)
    tell_unit(unit, "unit_invited", at=at)
    return unit


@action
def change_unit(unit: UnitInvitation, *, seats: Seats, revision: int, by: User, at: datetime) -> UnitInvitation:
    """Change seats, role or remark; people already named keep what they are."""
    unit = _locked_unit(unit)
    people = _named(unit)
    first_no(
        may_with_unit(by, unit, "change", len(people)),
        YES if unit.revision == revision else no("changed_meanwhile"),
        are_seats(seats.seats, seats.role, len(people)),
    ).require()
    unit.seats, unit.role, unit.remark = seats.seats, seats.role, seats.clean_remark()
    unit.revision += 1
    unit.save(update_fields=["seats", "role", "remark", "revision"])
    note(unit.meeting, "change_unit", by=by, at=at, about=unit, data={"seats": seats.seats, "role": seats.role})
    return unit


@action
def remove_unit(unit: UnitInvitation, *, by: User, at: datetime) -> None:
    """Take a unit off, and the people it named."""
    unit = _locked_unit(unit)
    people = _named(unit)
    may_with_unit(by, unit, "remove", len(people)).require()
    unit.removed_at = at
    unit.save(update_fields=["removed_at"])
    for place in people:
        _off(place, by=by, at=at)
    note(unit.meeting, "remove_unit", by=by, at=at, about=unit, data={"name": unit.agency.name, "people": len(people)})
    tell_unit(unit, "unit_removed", at=at)


@action
def name_person(unit: UnitInvitation, *, user: User, title: str = "", by: User, at: datetime) -> Participant:
    """Name somebody of the unit; seats are counted under the meeting's lock, so two tablets never name too many."""
    unit = _locked_unit(unit)
    meeting, people = unit.meeting, _named(unit)
    first_no(
        may_with_unit(by, unit, "name", len(people)),
        no("unit_full", seats=unit.seats) if len(people) >= unit.seats else YES,
        is_of_unit(unit, user),
        is_invitable(meeting, user),
    ).require()
    if unit.declined_at is not None:
        unit.declined_at, unit.decline_reason = None, ""
        unit.save(update_fields=["declined_at", "decline_reason"])
    place = seated(meeting, user, {"role": unit.role, "votes": False, "title": title[:120], "unit": unit}, by=by, at=at)
    data = {"user": user.pk, "name": user.full_name, "unit": unit.agency.name}
    note(meeting, "name_person", by=by, at=at, about=place, data=data)
    tell_people(meeting, [user] if user.pk != by.pk else [], "named", at=at, unit=unit.agency.name)
    return place


@action
def take_person_away(place: Participant, *, by: User, at: datetime) -> None:
    """Take somebody the unit named off again."""
    if place.unit is None:
        raise Refused("wrong_state")
    unit = _locked_unit(place.unit)
    people = _named(unit)
    found = next((other for other in people if other.pk == place.pk), None)
    may_with_unit(by, unit, "take_away", len(people)).require()
    if found is None:
        raise Refused("wrong_state")
    _off(found, by=by, at=at)
    note(unit.meeting, "take_person_away", by=by, at=at, about=found, data={"user": found.user_id})


@action
def decline(unit: UnitInvitation, *, reason: str, by: User, at: datetime) -> UnitInvitation:
    """Say that the unit sends nobody, and why; whoever it had named is taken off."""
    unit = _locked_unit(unit)
    people = _named(unit)
    first_no(may_with_unit(by, unit, "decline", len(people)), is_reason(reason)).require()
    unit.declined_at, unit.decline_reason = at, composed(reason).strip()
    unit.save(update_fields=["declined_at", "decline_reason"])
    for place in people:
        _off(place, by=by, at=at)
    data = {"name": unit.agency.name, "reason": unit.decline_reason}
    note(unit.meeting, "decline_unit", by=by, at=at, about=unit, data=data)
    tell_keepers(unit.meeting, "unit_declined", at=at, unit=unit.agency.name, reason=unit.decline_reason)
    return unit


def _off(place: Participant, *, by: User, at: datetime) -> None:
    """Take a named person and their substitute off, and tell them."""
    end_substitute(place, by=by, at=at)
    taken_off(place, by=by, at=at)
    if place.user_id != by.pk:
        tell_people(place.meeting, [place.user], "removed", at=at)
