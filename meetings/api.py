"""Meetings in the open API: lists, one meeting with its parts, preparing one, and the room's commands."""

from datetime import datetime
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils import timezone
from ninja import Field, Router, Schema, Status

from ledger.verdict import Unseen, sentence
from live.log import position
from meetings.actions import agenda
from meetings.actions import meetings as acts
from meetings.commands.obeying import obey
from meetings.commands.orders import Order
from meetings.commands.votes import cast
from meetings.details import Details, Matter, Spot
from meetings.models import Meeting
from meetings.patches import personal_stream
from meetings.queries.calendar import past_meetings, upcoming_meetings
from meetings.queries.room import place_of
from meetings.queries.visible import get_visible_meeting, visible_items, visible_meetings
from meetings.rules.meeting import may_enter
from meetings.snapshot.agenda import items_for
from meetings.snapshot.own import personal_snapshot
from meetings.snapshot.room import room_snapshot
from meetings.snapshot.views import CHAIR, page_view, view_of, without_nulls
from meetings.written import Moment, Offset, Text
from people.queries import visible_agencies
from people.requests import person

router = Router(tags=["meetings"])
PAGE = 100
ANSWER_SECONDS = 15.0
AGAIN_SECONDS = 2


class MeetingOut(Schema):
    """One meeting in a list."""

    id: UUID = Field(alias="public_id")
    title: str
    kind: str
    place: str
    state: str
    starts_at: datetime
    ends_at: datetime
    agency: UUID = Field(alias="agency.public_id")


class MeetingIn(Schema):
    """A meeting to prepare."""

    agency: UUID
    kind: Text = Field(max_length=30)
    title: Text = Field(max_length=300)
    place: Text = Field("", max_length=200)
    starts_at: Moment
    ends_at: Moment


class ItemIn(Schema):
    """An agenda item to add."""

    title: Text = Field(max_length=500)
    presenter: Text = Field("", max_length=200)
    minutes: int = Field(0, ge=0, le=1440)
    after: UUID | None = None
    depth: int = Field(0, ge=0, le=20)


class ItemOut(Schema):
    """An agenda item."""

    id: UUID = Field(alias="public_id")
    position: int
    depth: int
    hidden: bool
    title: str
    presenter: str
    minutes: int


class CommandIn(Schema):
    """A command of the room, as over the socket."""

    id: UUID
    do: Text = Field(max_length=40)
    data: dict[str, Any] = {}


class CommandOut(Schema):
    """What came of it: the room shows it from event `seq` on; `data` names what was made."""

    ack: UUID
    seq: int
    data: dict[str, Any] = {}


@router.get("/meetings", response=list[MeetingOut], summary="Meetings that exist for me")
def list_meetings(request: HttpRequest, when: str = "", state: str = "", offset: Offset = 0) -> Any:
    """`when` is upcoming or past; at most 100 at a time."""
    user, now = person(request), timezone.now()
    lists = {"upcoming": upcoming_meetings, "past": past_meetings}
    found = lists[when](user, now) if when in lists else visible_meetings(user)
    found = found.filter(state=state) if state else found
    return list(found[offset : offset + PAGE])


@router.post("/meetings", response={201: MeetingOut}, summary="Start preparing a meeting")
def create_meeting(request: HttpRequest, data: MeetingIn) -> Any:
    """Clerks of the agency may."""
    user = person(request)
    agency = visible_agencies(user).filter(public_id=data.agency).first()
    if agency is None:
        raise Unseen
    details = Details(data.kind, data.title, data.starts_at, data.ends_at, data.place)
    return Status(201, acts.create(agency, details=details, by=user, at=timezone.now()))


@router.get("/meetings/{uuid:public_id}", response=MeetingOut, summary="One meeting")
def one_meeting(request: HttpRequest, public_id: UUID) -> Any:
    """What its line in the list says."""
    return get_visible_meeting(person(request), public_id)


@router.post("/meetings/{uuid:public_id}/items", response={201: ItemOut}, summary="Add an agenda item")
def add_item(request: HttpRequest, public_id: UUID, data: ItemIn) -> Any:
    """Right after the item `after`, `depth` steps in; at the end of the agenda without one."""
    user = person(request)
    matter = Matter(data.title, data.presenter, data.minutes)
    spot = Spot(data.after, data.depth) if data.after else None
    meeting = get_visible_meeting(user, public_id)
    return Status(201, agenda.add_item(meeting, matter=matter, spot=spot, by=user, at=timezone.now()))


def part(request: HttpRequest, public_id: UUID, name: str) -> list[dict[str, Any]]:
    """Return one part of the meeting as the person's view has it."""
    user = person(request)
    meeting = get_visible_meeting(user, public_id)
    found = room_snapshot(meeting, page_view(user, meeting))[name]
    return [{"id": key, **value} for key, value in found.items()]


@router.get("/meetings/{uuid:public_id}/items", response=list[dict[str, Any]], summary="The agenda")
def list_items(request: HttpRequest, public_id: UUID) -> Any:
    """In agenda order by `position`, with `label` and `depth`; hidden items for those who prepare the meeting."""
    user = person(request)
    meeting = get_visible_meeting(user, public_id)
    items = visible_items(user, meeting).select_related("owner_unit")
    return [{"id": key, **without_nulls(value)} for key, value in items_for(items, CHAIR).items()]


@router.get("/meetings/{uuid:public_id}/papers", response=list[dict[str, Any]], summary="The papers")
def list_papers(request: HttpRequest, public_id: UUID) -> Any:
    """Those the person may read; `document` is its id under /documents."""
    return part(request, public_id, "papers")


@router.get("/meetings/{uuid:public_id}/participants", response=list[dict[str, Any]], summary="Who takes part")
def list_participants(request: HttpRequest, public_id: UUID) -> Any:
    """With role, seat and presence."""
    return part(request, public_id, "people")


@router.get("/meetings/{uuid:public_id}/votes", response=list[dict[str, Any]], summary="The votes")
def list_votes(request: HttpRequest, public_id: UUID) -> Any:
    """Open ones with who has voted, closed ones with result and choices."""
    return part(request, public_id, "votes")


@router.get("/meetings/{uuid:public_id}/conclusions", response=list[dict[str, Any]], summary="The conclusions")
def list_conclusions(request: HttpRequest, public_id: UUID) -> Any:
    """Of the items and of the whole meeting."""
    return part(request, public_id, "conclusions")


@router.get("/meetings/{uuid:public_id}/room", response=dict[str, Any], summary="The room as it is now")
def room_now(request: HttpRequest, public_id: UUID) -> Any:
    """Where sockets are blocked: state and own part, with where both streams stand."""
    user = person(request)
    meeting = get_visible_meeting(user, public_id)
    may_enter(user, meeting).require()
    return room_state(meeting, user)


def room_state(meeting: Meeting, user: Any) -> dict[str, Any]:
    """Return both snapshots and where their streams stood before they were read."""
    shared, own = position(meeting.stream), position(personal_stream(meeting, user.pk))
    view = view_of(place_of(user, meeting))
    return {
        "view": view,
        "shared": {"epoch": shared.epoch, "seq": shared.seq, "data": room_snapshot(meeting, view)},
        "me": {"epoch": own.epoch, "seq": own.seq, "data": personal_snapshot(meeting, user)},
    }


@router.post("/meetings/{uuid:public_id}/commands", response=CommandOut, summary="Do a command of the room")
def do_command(request: HttpRequest, public_id: UUID, data: CommandIn) -> Any:
    """The same commands as over the socket, listed in docs/protocol.md; repeating one with its id does nothing."""
    user = person(request)
    meeting = get_visible_meeting(user, public_id)
    may_enter(user, meeting).require()
    order = Order(data.do, data.data, data.id, user, timezone.now())
    try:
        outcome = cast(meeting.pk, order).result(ANSWER_SECONDS) if data.do == "cast" else obey(meeting, order)
    except TimeoutError:
        return not_known_yet()
    seq = outcome.get("seqs", {}).get(meeting.stream) or position(meeting.stream).seq
    made = {key: value for key, value in outcome.items() if key != "seqs"}
    return {"ack": data.id, "seq": seq, "data": made}


def not_known_yet() -> HttpResponse:
    """Say that the ballot is in the box and nothing is known of it so far; sending it again counts nothing twice."""
    code = "not_known_yet"
    body = {"type": "about:blank", "title": code, "status": 503, "detail": sentence(code), "code": code}
    headers = {"Retry-After": str(AGAIN_SECONDS)}
    return JsonResponse(body, status=503, content_type="application/problem+json", headers=headers)
