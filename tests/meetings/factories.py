"""A meeting to test with: an agency, all who could want something of it, rows as actions leave them."""

import hashlib
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from itertools import count

from django.utils import timezone

from documents.received import PDF, Received, StoredFile
from meetings.actions import agenda, package, papers, participants, presence, room, votes
from meetings.actions import meetings as acts
from meetings.countdown import GRACE
from meetings.details import Asked, Details, Matter, Seat
from meetings.models import AgendaItem, Meeting, Paper, Participant, Vote
from people.models import Agency, User
from tests.people.factories import AgencyFactory, fresh, person

NUMBERS = count(1)


def now():
    return timezone.now()


def received(name: str = "Tờ trình.pdf", pages: int = 3) -> Received:
    """A file as the gate would hand it over; its bytes are nobody's concern here."""
    digest = hashlib.sha256(f"{name}{next(NUMBERS)}".encode()).hexdigest()
    file = StoredFile(digest, 1000, PDF)
    return Received(file_name=name, original=file, rendition=file, page_sizes=((595.0, 842.0),) * pages)


def details(**changes) -> Details:
    start = now() + timedelta(hours=1)
    made = {
        "kind": "ubnd_session",
        "title": "Phiên họp thường kỳ tháng 11",
        "starts_at": start,
        "ends_at": start + timedelta(hours=3),
        "place": "Phòng họp số 1",
    }
    return Details(**made | changes)


@dataclass
class World:
    """One agency and its people; `meeting` is in the state asked for."""

    agency: Agency
    clerk: User
    leader: User
    chair: User
    secretary: User
    guest: User
    members: list[User]
    stranger: User
    meeting: Meeting
    items: list[AgendaItem] = field(default_factory=list)
    papers: list[Paper] = field(default_factory=list)
    votes: list[Vote] = field(default_factory=list)

    def user(self, name: str) -> User:
        """The person of that part, as a new request sees them."""
        return fresh(self.members[0] if name == "member" else getattr(self, name))

    def place(self, user: User) -> Participant:
        return Participant.objects.select_related("meeting__agency", "user").get(meeting=self.meeting, user=user)

    def reread(self) -> Meeting:
        self.meeting = Meeting.objects.select_related("agency").get(pk=self.meeting.pk)
        return self.meeting

    def vote(self, index: int = 0) -> Vote:
        return Vote.objects.select_related("meeting__agency", "item").get(pk=self.votes[index].pk)

    def everyone(self) -> list[User]:
        return [self.chair, self.secretary, *self.members]


def people_of(agency: Agency, members: int) -> dict:
    other = AgencyFactory(name="UBND phường Khác")
    return {
        "clerk": person(agency, "clerk"),
        "leader": person(agency, "leader"),
        "chair": person(agency, "official"),
        "secretary": person(agency, "official"),
        "guest": person(other, "official"),
        "members": [person(agency, "official") for _ in range(members)],
        "stranger": person(other, "clerk"),
    }


def world(state: str = "draft", *, members: int = 3, items: int = 2, with_papers: bool = True, **changes) -> World:
    """A meeting in `state`, prepared by the clerk through the actions."""
    agency = AgencyFactory()
    people = people_of(agency, members)
    meeting = acts.create(agency, details=details(**changes), by=people["clerk"], at=now())
    made = World(agency=agency, meeting=meeting, **people)
    fill(made, items, with_papers=with_papers)
    bring(made, state)
    return made


def fill(made: World, items: int, *, with_papers: bool) -> None:
    clerk, meeting = made.clerk, made.meeting
    seats = [(made.chair, Seat("chair", votes=True, title="Chủ tịch")), (made.secretary, Seat("secretary"))]
    seats += [(user, Seat("member", votes=True)) for user in made.members] + [(made.guest, Seat("guest"))]
    lines = [participants.Guestline(user, seat) for user, seat in seats]
    participants.invite_many(meeting, lines=lines, by=clerk, at=now())
    if items:
        matters = [(0, Matter(f"Nội dung {number + 1}", minutes=15)) for number in range(items)]
        made.items += agenda.add_items(meeting, lines=matters, by=clerk, at=now())
    for number, item in enumerate(made.items if with_papers else [], start=1):
        made.papers.append(papers.lay(item, received(f"Tài liệu {number}.pdf"), by=clerk, at=now()))
    if made.items:
        made.votes.append(votes.prepare(made.items[0], asked=Asked("Thông qua nội dung 1?"), by=clerk, at=now()))


ROAD = {
    "draft": [],
    "submitted": ["submit"],
    "returned": ["submit", "give_back"],
    "published": ["submit", "approve"],
    "open": ["submit", "approve", "open"],
    "closed": ["submit", "approve", "open", "close"],
    "cancelled": ["cancel"],
    "discarded": ["discard"],
}


def bring(made: World, state: str) -> None:
    """Walk the meeting to a state."""
    steps = {
        "submit": lambda: package.submit(made.meeting, by=made.clerk, at=now()),
        "give_back": lambda: package.give_back(made.meeting, reason="Thiếu tài liệu mục 2", by=made.leader, at=now()),
        "approve": lambda: package.approve(made.meeting, by=made.leader, at=now()),
        "open": lambda: room.open_room(made.meeting, by=made.chair, at=now()),
        "close": lambda: room.close_room(made.meeting, by=made.chair, at=now()),
        "discard": lambda: acts.discard(made.meeting, by=made.clerk, at=now()),
        "cancel": lambda: acts.cancel(made.meeting, reason="Hoãn theo chỉ đạo", by=made.clerk, at=now()),
    }
    for step in ROAD[state]:
        steps[step]()
    made.reread()


def overdue(vote: Vote) -> datetime:
    """The moment from which the countdown of a vote closes it."""
    assert vote.closes_at is not None
    return vote.closes_at + GRACE


def check_in(made: World, *users: User) -> None:
    for user in users or made.everyone():
        presence.check_in(made.place(user), by=user, at=now())


def running_vote(made: World) -> Vote:
    """Everybody is in, and the first vote is open."""
    check_in(made)
    return votes.open_vote(made.vote(), by=made.chair, at=now())
