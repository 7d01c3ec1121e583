"""Leading: who does, and the paper they turn the others to."""

from uuid import UUID

from ninja import Schema

from documents.queries import get_visible_version
from meetings.actions import leading
from meetings.commands.orders import NoData, Order, command
from meetings.commands.presence import PersonData
from meetings.models import Meeting
from meetings.queries.room import place_of
from meetings.queries.visible import get_visible_place


class VersionData(Schema):
    """A version of a paper."""

    document: UUID
    version: int


@command(PersonData)
def lead(meeting: Meeting, order: Order, data: PersonData) -> None:
    """Lead, or let somebody else lead."""
    place = get_visible_place(order.by, meeting, data.person) if data.person else place_of(order.by, meeting)
    leading.lead(place, by=order.by, at=order.at)


@command(VersionData)
def lead_paper(meeting: Meeting, order: Order, data: VersionData) -> None:
    """Turn the others to this paper."""
    version = get_visible_version(order.by, data.document, data.version)
    leading.lead_paper(meeting, version, by=order.by, at=order.at)


@command(NoData)
def stop_leading(meeting: Meeting, order: Order, data: NoData) -> None:
    """Lead no more, or end the leading of somebody else."""
    leading.stop_leading(meeting, by=order.by, at=order.at)
