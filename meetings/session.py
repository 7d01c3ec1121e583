"""Stays in a meeting: the room with what is a person's own, and the calls of its seats for who serves it."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any
from uuid import UUID

from annotations.live_reading import Reads
from ledger.verdict import Refused
from live.follower import RIGHT_LOST
from live.frames import Request, ephemeral
from meetings.ballot_box import ballot_box
from meetings.commands.obeying import obey
from meetings.commands.orders import Order
from meetings.commands.votes import ballot
from meetings.elsewhere import ask_who_is_there, listen
from meetings.models import Meeting, Participant
from meetings.passing import part, pass_on
from meetings.patches import personal_stream
from meetings.presence import Presence
from meetings.queries.calls import get_served_meeting, served_meetings
from meetings.queries.visible import get_visible_meeting
from meetings.rules.calls import is_secretary, reads_messages
from meetings.rules.meeting import participation, place_in_room
from meetings.snapshot.calls import SECRETARY, SERVER, support_snapshot, support_stream
from meetings.snapshot.own import personal_snapshot
from meetings.snapshot.room import room_snapshot
from meetings.snapshot.views import CHAIR, view_of
from people.live_session import Session, Stream
from people.live_threads import fresh, in_thread
from people.models import User

ME, SUPPORT = "me", "support"
SERVING = frozenset({"take_call", "settle_call"})

presence = Presence()


class MeetingSession(Session):
    """What the stays in a meeting have in common: its commands."""

    meeting: Meeting

    @property
    def stream(self) -> str:
        """Return the stream that commands are answered on."""
        return self.meeting.stream

    async def obeyed(self, request: Request, request_id: UUID, at: datetime) -> Mapping[str, Any]:
        """Do one command; ballots go into the box, where those of a moment are committed together."""
        order = Order(request.do, request.data, request_id, self.user, at)
        if order.do == "cast":
            return await ballot_box.put_here(self.meeting.pk, *ballot(order))
        return await in_thread(lambda: obey(self.meeting, replace(order, by=fresh(order.by))))


class RoomSession(Reads, MeetingSession):
    """One page in one room: the room as the person's view has it, what is the person's own, notes on open papers."""

    place: Participant

    def look_up(self, user: User) -> int:
        """Let in who takes part."""
        place = place_in_room(user, self.public_id)
        if place is None:
            self.meeting = get_visible_meeting(user, self.public_id)  # or there is nothing here for them
            return RIGHT_LOST
        self.place, self.meeting = place, place.meeting
        return 0

    @property
    def view(self) -> str:
        """Return which view of the room the person had when they came."""
        return view_of(self.place)

    def streams(self) -> list[Stream]:
        """Return the room and the person's own; a secretary also follows the calls from the seats."""
        meeting, user = self.meeting, self.user
        own = personal_stream(meeting, user.pk)
        return [
            Stream(meeting.stream, self.view, lambda view: room_snapshot(meeting, view), floor=self.place.told_from),
            Stream(own, "", lambda _: personal_snapshot(meeting, user), label=ME, shared=False),
            *([support(meeting, SECRETARY, label=SUPPORT)] if is_secretary(self.place) else []),
        ]

    def view_now(self, stream: str) -> str | None:
        """Ask for the place in the meeting again; who becomes a secretary or ceases to be one comes anew."""
        if self.is_read(stream):
            return self.view_of_notes(stream)
        place = participation(self.user, self.meeting)
        if place is None:
            return None
        if is_secretary(place) != (support_stream(self.meeting) in self._streams):
            raise ComeAgain
        self.place = place
        if stream == support_stream(self.meeting):
            return SECRETARY
        return view_of(place) if stream == self.meeting.stream else ""

    async def passed_on(self, request: Request) -> None:
        """Do what a passing frame asks."""
        if not await self.drawn(request):
            await pass_on(self, request)

    def came(self) -> None:
        """Show chair and secretary who is connected; when they come they get everybody, here and elsewhere."""
        listen(presence)
        if presence.came(self.meeting.pk, str(self.place.public_id)):
            self._show(connected=True)
        if self.view == CHAIR and self.follower is not None:
            here = dict.fromkeys(presence.here(self.meeting.pk), True)
            self.follower.say(ephemeral({"kind": "here", "data": here}))
            ask_who_is_there(self.meeting)

    def left(self) -> None:
        """Show that the person's last page went."""
        part(self)
        if presence.went(self.meeting.pk, str(self.place.public_id)):
            self._show(connected=False)

    def _show(self, *, connected: bool) -> None:
        person = str(self.place.public_id)
        self.tell({"kind": "here", "data": {person: connected or None}}, (CHAIR,), key=f"here:{person}")


class SupportSession(MeetingSession):
    """The page of one who serves a room: calls and seats, and nothing else of the meeting."""

    def look_up(self, user: User) -> int:
        """Let in who serves the room."""
        self.meeting = get_served_meeting(user, self.public_id)
        return 0

    @property
    def stream(self) -> str:
        """Return the stream that commands are answered on."""
        return support_stream(self.meeting)

    def streams(self) -> list[Stream]:
        """Return the calls."""
        view = SECRETARY if reads_messages(self.user, self.meeting) else SERVER
        return [support(self.meeting, view)]

    def view_now(self, stream: str) -> str | None:
        """Ask again whether the person serves the room."""
        if not served_meetings(self.user).filter(pk=self.meeting.pk).exists():
            return None
        return SECRETARY if reads_messages(self.user, self.meeting) else SERVER

    async def obeyed(self, request: Request, request_id: UUID, at: datetime) -> Mapping[str, Any]:
        """Take up and settle calls; nothing else can be asked for here."""
        if request.do not in SERVING:
            raise Refused("unknown_command")
        return await super().obeyed(request, request_id, at)


class ComeAgain(Exception):
    """The person follows other streams from now on: their page comes back and finds them."""


def support(meeting: Meeting, view: str, label: str = "") -> Stream:
    """Return the calls from the seats, as a stream to follow."""
    return Stream(support_stream(meeting), view, lambda now: support_snapshot(meeting, now), label=label)
