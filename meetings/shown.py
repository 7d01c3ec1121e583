"""Whose pages show a vote: each process counts the people at its own pages, without a row; chair and screens join them.

A page says `shown` when it has drawn the question or the result, and says it again after every hello. A person counts
once however many pages they have; who leaves counts no more; whose page shows another digest is named.
"""

import asyncio
from collections import OrderedDict, defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Literal
from uuid import UUID

from ninja import Schema
from pydantic import Field

from meetings.models import Meeting
from meetings.passing import parting, passing
from meetings.session import RoomSession
from meetings.snapshot.views import CHAIR, GUEST
from people.live_threads import in_thread

SEEN_BY = (CHAIR, GUEST)  # a screen has what guests have
PUBLIC = ("open", "declared")  # in every other state the digest may be of a result that was not declared
SHEETS_KEPT = 16  # of a meeting: the newest states of votes
Subject = tuple[str, str]


class ShownData(Schema):
    """What a page shows: which vote, how far it was, and the digest it computed of the result."""

    vote: UUID
    state: Literal["open", "closed", "declared", "annulled"]
    digest: str = Field("", pattern=r"^([0-9a-f]{64})?$")


@dataclass
class Sheet:
    """Who shows one state of one vote at this process: each page with the digest it drew."""

    digest: str
    pages: dict[RoomSession, str] = field(default_factory=dict)

    def as_data(self, subject: Subject, process: str) -> Mapping[str, Any]:
        """Return the frame's data: people once each, those with another digest apart."""
        given: dict[str, set[str]] = defaultdict(set)
        for session, digest in self.pages.items():
            given[str(session.place.public_id)].add(digest)
        people = sorted(person for person, digests in given.items() if self.digest in digests)
        differ = sorted(person for person, digests in given.items() if digests != {self.digest})
        vote, state = subject
        head = {"vote": vote, "state": state, "digest": self.digest, "process": process}
        return {**head, "people": people, "differ": differ}


class Sheets:
    """The sheets of this process, by meeting; used on the event loop only."""

    def __init__(self) -> None:
        self._meetings: dict[int, OrderedDict[Subject, Sheet]] = {}

    def of(self, meeting: int) -> OrderedDict[Subject, Sheet]:
        """Return the sheets of a meeting."""
        return self._meetings.setdefault(meeting, OrderedDict())

    def begin(self, meeting: int, subject: Subject, digest: str) -> Sheet:
        """Return the sheet of this state of a vote; where another digest holds by now, a new one."""
        kept = self.of(meeting)
        if subject not in kept or kept[subject].digest != digest:
            kept[subject] = Sheet(digest)
        kept.move_to_end(subject)
        while len(kept) > SHEETS_KEPT:
            kept.popitem(last=False)
        return kept[subject]

    def leave(self, session: RoomSession) -> list[tuple[Subject, Sheet]]:
        """Take a page off every sheet; return those it stood on."""
        kept = self.of(session.meeting.pk)
        left = [(subject, sheet) for subject, sheet in kept.items() if sheet.pages.pop(session, None) is not None]
        if not any(sheet.pages for sheet in kept.values()):
            self._meetings.pop(session.meeting.pk)
        return left


sheets = Sheets()


@passing("shown", ShownData)
async def shown(session: RoomSession, data: ShownData) -> None:
    """Note that a page shows this; the first one of each state has the right digest looked up."""
    subject = str(data.vote), data.state
    sheet = sheets.of(session.meeting.pk).get(subject)
    if sheet is None or sheet.digest != data.digest:
        digest = await looked_up(session.meeting, data)
        if digest is None or session.follower is None:
            return
        sheet = sheets.begin(session.meeting.pk, subject, digest)
    sheet.pages[session] = data.digest
    tell(session, subject, sheet)


looking: dict[tuple[int, Subject], asyncio.Future[str | None]] = {}


async def looked_up(meeting: Meeting, data: ShownData) -> str | None:
    """Return the right digest; hundreds of pages that ask at once share the answer."""
    sought = meeting.pk, (str(data.vote), data.state)
    if sought not in looking:
        looking[sought] = asyncio.ensure_future(in_thread(lambda: digest_now(meeting, data)))
        looking[sought].add_done_callback(lambda _: looking.pop(sought, None))
    return await asyncio.shield(looking[sought])


def digest_now(meeting: Meeting, data: ShownData) -> str | None:
    """Return the digest of the vote's result in this state, "" while it has none; None where there is no such state."""
    found = meeting.votes.filter(public_id=data.vote, state=data.state).values_list("digest", flat=True).first()
    return "" if found is not None and data.state == "open" else found


@parting
def page_left(session: Any) -> None:
    """Count a page no more that has left."""
    if isinstance(session, RoomSession):
        for subject, sheet in sheets.leave(session):
            tell(session, subject, sheet)


def tell(session: RoomSession, subject: Subject, sheet: Sheet) -> None:
    """Tell chair and screens how many there are at this process, at most four times a second.

    A digest gives a result away to whoever tries all counts there can be: before it is declared the chair alone hears.
    """
    key = f"shown:{':'.join(subject)}:{session.process}"
    views = SEEN_BY if subject[1] in PUBLIC else (CHAIR,)
    session.tell({"kind": "shown", "data": sheet.as_data(subject, session.process)}, views, key=key, keep=True)
