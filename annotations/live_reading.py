"""Reading on a live line: documents opened on it, notes that come and go with them, strokes while they are drawn."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from time import monotonic
from typing import Any
from uuid import UUID

from django.utils import timezone, translation
from ninja import Schema
from pydantic import Field, ValidationError

from annotations.circles import Circle, circles_of
from annotations.drawing import DrawData, draw, stroke_in
from annotations.inkwell import inkwell
from annotations.queries import circle_snapshot, named_readers, personal_snapshot, purged_versions
from annotations.streams import Seal, label_of, personal_stream, stream_of
from documents.access_streams import access_stream
from documents.models import Document
from documents.queries import get_visible_document
from ledger.verdict import Refused, Unseen
from live.control import CONTROL
from live.follower import Since
from live.frames import Request
from live.hub import current_hub
from live.log import position
from people.live_session import Session, Stream
from people.live_threads import fresh, in_thread
from people.models import User

MOST_DOCUMENTS = 16
ASKED_AGAIN, BETWEEN_LOOKS = 5.0, 1.0  # seconds
MOST_WATCHED, AT_ONCE = 8, 4  # sets of people named that a page remembers; those it may ask for in a row
WAITING = "reading"  # nothing is ever published there: pages that only read hear hello and ticks on it


class ReadData(Schema):
    """Which document is opened, and where the page stands in its streams."""

    document: UUID
    places: dict[str, dict[str, Any]] = Field(default={}, max_length=64)


class StopData(Schema):
    """Which document is closed."""

    document: UUID


class AnnotateData(Schema):
    """What is done to the notes of which document."""

    document: UUID
    operations: list[Any]


@dataclass(frozen=True)
class Notes:
    """One followed stream of notes: of which document, for which circle (none: the person's own)."""

    document: Document
    stream: Stream
    seal: Seal
    circle: str = ""
    start: Since | None = None

    def since(self, places: Mapping[str, Mapping[str, Any]]) -> "Notes":
        """Return it as it is followed from where the page says it stands: hello gives the epoch with a seal."""
        place = places.get(self.stream.label, {})
        start, floor = self.seal.opened(place.get("seq"), place.get("epoch"))

        def sealed(epoch: str, end: int) -> str:
            return self.seal.closed(epoch, end if start is None else floor)

        return replace(self, stream=replace(self.stream, floor=floor, epoch=sealed), start=start)


@dataclass(frozen=True)
class Opened:
    """One document as it was opened: its streams, and the circles one can share with."""

    document: Document
    notes: list[Notes]
    circles: list[Circle] = field(default_factory=list)


class Reads(Session):
    """A session on which documents are opened; what it follows else is its own affair."""

    def __init__(self, send: Any, scope: Mapping[str, Any]) -> None:
        super().__init__(send, scope)
        self._notes: dict[str, Notes] = {}
        self._watchers: dict[tuple[int, frozenset[UUID]], tuple[float, list[int]]] = {}
        self._looks_paid = 0.0

    # --- what is asked for

    async def do_here(self, request: Request, at: datetime) -> Mapping[str, Any] | None:
        """Do what concerns open documents; None for every other command."""
        verbs: dict[str, tuple[type[Schema], Callable[[Any, datetime], Any]]] = {
            "read": (ReadData, self._read),
            "stop_reading": (StopData, self._stop),
            "annotate": (AnnotateData, self._annotate),
        }
        if request.do not in verbs:
            return None
        schema, work = verbs[request.do]
        try:
            data = schema.model_validate(request.data)
        except ValidationError as error:
            raise Refused("bad_frame") from error
        found: Mapping[str, Any] = await work(data, at)
        return found

    async def _read(self, data: ReadData, at: datetime) -> Mapping[str, Any]:
        """Follow the notes of one more document; one that is open already begins again."""
        if self.follower is None:
            raise Refused("not_reading")
        controls = current_hub().controls
        opened = await in_thread(lambda: self._look_at(data))
        self._leave(data.document)
        if len({notes.document.pk for notes in self._notes.values()}) >= MOST_DOCUMENTS:
            raise Refused("too_many_documents")
        for notes in opened.notes:
            self._notes[notes.stream.key] = notes
            await self.follow(notes.stream, notes.start)
        if current_hub().controls != controls:  # somebody's right changed meanwhile: whose, nobody heard here
            self.follower.rights_changed(None)
        circles = [{"name": circle.name, "label": circle.label} for circle in opened.circles]
        return {"streams": [notes.stream.label for notes in opened.notes], "circles": circles}

    async def _stop(self, data: StopData, at: datetime) -> Mapping[str, Any]:
        self._leave(data.document)
        return {}

    def _leave(self, document: UUID) -> None:
        """Follow the notes of a document no more."""
        for key in [key for key, notes in self._notes.items() if notes.document.public_id == document]:
            del self._notes[key]
            if self.follower is not None:
                self.follower.unfollow(key)

    async def _annotate(self, data: AnnotateData, at: datetime) -> Mapping[str, Any]:
        return {"answers": await inkwell().put(fresh(self.user), data.document, data.operations, at)}

    # --- rows, on a thread

    def _look_at(self, data: ReadData) -> Opened:
        controls = position(CONTROL).seq  # what is said of rights from here on, the rows may not show yet
        user = fresh(self.user)
        document = get_visible_document(user, data.document)
        with translation.override(user.language):
            circles = circles_of(user, document)
        view = view_now(document)
        own = own_notes(document, user, view, controls)
        others = [circle_notes(document, circle, user, view, controls) for circle in circles]
        return Opened(document, [notes.since(data.places) for notes in (own, *others)], circles)

    def is_read(self, stream: str) -> bool:
        """Is this a stream of an open document's notes?"""
        return stream in self._notes

    def view_of_notes(self, stream: str) -> str | None:
        """Ask the rows again whether the document is readable and the person in the circle."""
        notes, user = self._notes.get(stream), fresh(self.user)
        if notes is None:
            return None
        try:
            document = get_visible_document(user, notes.document.public_id)
        except Unseen:
            return None
        if notes.circle and stream not in {stream_of(document.pk, circle.key) for circle in circles_of(user, document)}:
            return None
        return view_now(document)

    # --- strokes

    async def drawn(self, request: Request) -> bool:
        """Pass on a piece of a stroke; answer whether it was one, good or not."""
        if request.do != "draw":
            return False
        data = stroke_in(request)
        notes = next((one for one in self._notes.values() if data is not None and is_for(one, data)), None)
        if data is None or notes is None or self.follower is None or not self.follower.follows(notes.stream.key):
            return True
        for stream in [notes.stream.key] if notes.circle else await self._watching(notes.document, data.to.people):
            draw(stream, str(self.user.public_id), self.user.full_name, data)
        return True

    async def _watching(self, document: Document, people: frozenset[UUID]) -> list[str]:
        """Return the streams of people named, if each may read the document: asked again every few seconds.

        A page asks for one set of people a second, a few at once, however often it names others; what it draws for them
        meanwhile they see when it is finished. Whoever has lost the document does not follow their stream, and hears
        nothing.
        """
        place, now = (document.pk, people), monotonic()
        known = self._watchers.get(place)
        if (known is None or known[0] < now) and self._looks_paid <= now + (AT_ONCE - 1) * BETWEEN_LOOKS:
            self._looks_paid = max(self._looks_paid, now) + BETWEEN_LOOKS
            found = await in_thread(lambda: named_readers(document, people))
            self._watchers.pop(place, None)
            known = self._watchers[place] = now + ASKED_AGAIN, [user.pk for user in found or []]
            for oldest in list(self._watchers)[:-MOST_WATCHED]:
                del self._watchers[oldest]
        return [personal_stream(document.pk, user_id) for user_id in (known[1] if known else [])]


def is_for(notes: Notes, data: DrawData) -> bool:
    """Is it the stream the stroke is drawn for, or for people named the person's own of that document?"""
    return notes.circle == data.to.circle and notes.document.public_id == data.document


def view_now(document: Document) -> str:
    """Return the view of a document's notes: another one once a version was destroyed, so that its notes go."""
    purged = purged_versions(document)
    return f"without:{purged}" if purged else ""


def own_notes(document: Document, user: User, view: str, controls: int) -> Notes:
    """Return the person's own stream of a document."""
    key = personal_stream(document.pk, user.pk)
    made = Stream(
        key,
        view,
        lambda _: personal_snapshot(user, document, timezone.now()),
        label_of(document),
        shared=False,
        alone=True,
        heeds=(access_stream(document.pk),),
    )
    return Notes(document, made, Seal(user, key, made.heeds, controls))


def circle_notes(document: Document, circle: Circle, user: User, view: str, controls: int) -> Notes:
    """Return a circle's stream of a document."""
    key = stream_of(document.pk, circle.key)
    made = Stream(
        key,
        view,
        lambda _: circle_snapshot(document, circle.key),
        label_of(document, circle.name),
        alone=True,
        heeds=(access_stream(document.pk), *filter(None, [circle.room])),
    )
    return Notes(document, made, Seal(user, key, made.heeds, controls), circle.name)


class ReadingSession(Reads):
    """A page that reads documents outside a room: nothing but what is opened on it."""

    @property
    def stream(self) -> str:
        """Return the stream that commands are answered on."""
        return WAITING

    def look_up(self, user: User) -> int:
        """Let in whoever is signed in."""
        return 0

    def streams(self) -> list[Stream]:
        """Return what carries hello and ticks."""
        return [Stream(WAITING, "", lambda _: {})]

    def view_now(self, stream: str) -> str | None:
        """Ask again whether an open document may still be read."""
        return self.view_of_notes(stream) if stream != WAITING else ""

    async def passed_on(self, request: Request) -> None:
        """Pass on pieces of strokes, and nothing else."""
        await self.drawn(request)
