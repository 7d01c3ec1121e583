"""Coming and going."""

from typing import Literal
from uuid import UUID

from ninja import Schema
from pydantic import Field

from meetings.actions import presence
from meetings.commands.orders import Order, Outcome, command
from meetings.models import Meeting, Participant
from meetings.queries.room import place_of
from meetings.queries.visible import get_visible_place, get_visible_site
from meetings.written import Text

MOST = 2000
Ways = Literal["", "room", "site", "online"]


class PersonData(Schema):
    """A participant; oneself when left out."""

    person: UUID | None = None


class ArrivalData(PersonData):
    """Who comes, where to, and with which code; without `attends` where they are expected."""

    attends: Ways = ""
    site: UUID | None = None
    code: Text = Field("", max_length=40)


class PeopleData(Schema):
    """Several participants."""

    people: list[UUID] = Field(min_length=1, max_length=MOST)


class UndoData(PersonData):
    """One participant, or several."""

    people: list[UUID] = Field(default_factory=list, max_length=MOST)


class SiteData(PeopleData):
    """Where these people attend."""

    attends: Literal["room", "site", "online"]
    site: UUID | None = None


def meant(meeting: Meeting, order: Order, person: UUID | None) -> Participant:
    """Return whom a command is about."""
    return get_visible_place(order.by, meeting, person) if person else place_of(order.by, meeting)


@command(ArrivalData)
def check_in(meeting: Meeting, order: Order, data: ArrivalData) -> None:
    """Check in oneself, or somebody else."""
    place = meant(meeting, order, data.person)
    site = get_visible_site(order.by, meeting, data.site) if data.site else None
    presence.check_in(place, attends=data.attends, site=site, code=data.code, by=order.by, at=order.at)


@command(PersonData)
def leave(meeting: Meeting, order: Order, data: PersonData) -> None:
    """Say that oneself, or somebody else, has left."""
    presence.leave(meant(meeting, order, data.person), by=order.by, at=order.at)


@command(UndoData)
def undo_check_in(meeting: Meeting, order: Order, data: UndoData) -> Outcome:
    """Say that somebody, or several people, were not here after all; the answer says how many it was."""
    if data.people:
        return {"count": presence.undo_together(meeting, people=data.people, by=order.by, at=order.at)}
    presence.undo_check_in(meant(meeting, order, data.person), by=order.by, at=order.at)
    return {"count": 1}


@command(PeopleData)
def check_in_people(meeting: Meeting, order: Order, data: PeopleData) -> Outcome:
    """Check several people in; the answer says how many it was."""
    count = presence.check_in_together(meeting, people=data.people, how="secretary", by=order.by, at=order.at)
    return {"count": count}


@command(PeopleData)
def check_in_connected(meeting: Meeting, order: Order, data: PeopleData) -> Outcome:
    """Check those in whose tablets are connected; the record says that the secretary went by the connection."""
    count = presence.check_in_together(meeting, people=data.people, how="connection", by=order.by, at=order.at)
    return {"count": count}


@command(PeopleData)
def leave_disconnected(meeting: Meeting, order: Order, data: PeopleData) -> Outcome:
    """Say that those have left whose tablets have been gone for a while."""
    return {"count": presence.leave_together(meeting, people=data.people, how="connection", by=order.by, at=order.at)}


@command(SiteData)
def set_site(meeting: Meeting, order: Order, data: SiteData) -> Outcome:
    """Say where these people attend."""
    site = get_visible_site(order.by, meeting, data.site) if data.site else None
    count = presence.set_site(meeting, people=data.people, attends=data.attends, site=site, by=order.by, at=order.at)
    return {"count": count}
