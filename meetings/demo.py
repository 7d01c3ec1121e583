"""The demo's meetings, built through the actions: one being prepared, one for today, two that are over."""

import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from functools import cache
from pathlib import Path
from typing import Any

from django.utils import timezone, translation

from documents.intake_gate import keep
from documents.received import Received
from documents.typeset.typeset import render
from ledger.days import legal_day
from ledger.door import writing
from meetings import (
    demo_after,
    demo_calendar,
    demo_notes,
    demo_papers,
    demo_replies,
    demo_series,
    demo_speeches,
    demo_votes,
    drafting,
)
from meetings.actions import agenda, conclusions, package, papers, participants, presence, room, votes
from meetings.actions import meetings as acts
from meetings.details import Asked, Details, Matter, Seat, Spot
from meetings.minutes.words import day_in_words
from meetings.models import AgendaItem, Meeting, Participant, Vote
from people.demo import holder, holders
from people.models import Post, User
from people.queries import posts_of
from rooms.queries import clashes, room_called

DATA = Path(__file__).resolve().parent / "data" / "demo.json"
DAYS_BACK, DAYS_RECENT, DAYS_AHEAD = 12, 2, 9
ALREADY_SEATED = 4
MORNING = time(8, 0)


@dataclass(frozen=True)
class Players:
    """Who plays in the demo's meetings."""

    clerk: User
    leader: User
    chair: User
    secretary: User
    members: list[User]
    guest: User


@cache
def data() -> dict[str, Any]:
    """Return what the demo's meetings are about."""
    return dict(json.loads(DATA.read_text(encoding="utf-8")))


def build(at: datetime) -> None:
    """Build each of the four meetings unless it is there."""
    people = players()
    if not Meeting.objects.filter(created_by=people.clerk, state="closed").exists():
        build_past(people, on_day(at, -DAYS_BACK))
        build_recent(people, on_day(at, -DAYS_RECENT), at)
    if not Meeting.objects.filter(created_by=people.clerk, published_at__isnull=False).exclude(state="closed").exists():
        build_today(people, at)
    if not Meeting.objects.filter(created_by=people.clerk, published_at__isnull=True).exists():
        build_coming(people, at)
    demo_calendar.build(at)
    build_series(people)


def players() -> Players:
    """Return the demo people in their parts."""
    chair = holder("chair")
    members = [user for user in holders("member") if user != chair]
    return Players(holder("clerk"), holder("leader"), chair, holder("secretary"), members, holder("guest"))


def build_series(people: Players) -> None:
    """Build the weekly briefing: the leaders, the secretary, no guests."""
    agency = posts_of(people.clerk)[0].agency
    few = [
        line for line in seats(people, agency.pk) if line[0] in (people.chair, people.secretary, *people.members[:2])
    ]
    briefing = [(user, Seat(seat.role, seat.votes, seat.title)) for user, seat in few]
    demo_series.build(data()["series"], agency, people.clerk, holder("admin"), briefing)


def on_day(at: datetime, days: int) -> datetime:
    """Return eight in the morning, legal time, so many days away."""
    morning = datetime.combine(legal_day(at) + timedelta(days=days), MORNING)
    return timezone.make_aware(morning).astimezone(UTC)


def build_coming(people: Players, at: datetime) -> None:
    """Build the meeting the clerk is still preparing."""
    start = on_day(at, DAYS_AHEAD)
    files = paper_files(data()["coming"], start, at)
    brought = paper_files({"items": demo_papers.lines("coming")}, start, at)
    with writing():
        meeting = prepared(people, data()["coming"], files, start, at)
        demo_papers.ask_units(meeting, brought, people.clerk, at)


def build_today(people: Players, at: datetime) -> None:
    """Build the meeting of today: published, some members already in their seats, the chair about to open it."""
    start = at.replace(minute=0, second=0, microsecond=0)
    files = paper_files(data()["today"], start, at)
    late = paper_files({"items": demo_papers.lines("today")}, start, at)
    with writing():
        meeting = prepared(people, data()["today"], files, start, at)
        demo_replies.invite_units(meeting, people.clerk, at)
        package.submit(meeting, by=people.clerk, at=at)
        package.approve(meeting, by=people.leader, at=at)
        demo_replies.answer_invitations(meeting, people.members, people.secretary, at)
        demo_papers.supplement(meeting, late, people.clerk, people.members, at)
        demo_votes.prepare_choices(meeting, people.secretary, at)
        demo_speeches.asked_today(meeting, people.members, at)
        check_in(meeting, people.members[-ALREADY_SEATED:], at)
    demo_notes.note(meeting, people.chair, people.secretary, people.members, at)


def build_past(people: Players, start: datetime) -> None:
    """Build the meeting that is over, with votes, conclusions, minutes and the drafted notice."""
    files = paper_files(data()["past"], start, start)
    before = start - timedelta(days=4)
    with writing():
        meeting = prepared(people, data()["past"], files, start, before)
        package.submit(meeting, by=people.clerk, at=before + timedelta(hours=1))
        package.approve(meeting, by=people.leader, at=before + timedelta(hours=5))
        demo_replies.excuse(meeting, people.members[-1], people.chair, before + timedelta(hours=20))
        hold(meeting, people, start, data()["past"]["items"])
    over = Meeting.objects.select_related("agency", "room").get(pk=meeting.pk)
    demo_after.approved(over, people.secretary, people.chair, start + timedelta(hours=3))
    drafting.draft_notice(over, by=people.clerk, at=start + timedelta(hours=5))


def build_recent(people: Players, start: datetime, at: datetime) -> None:
    """Build the meeting of the day before yesterday: its minutes are with the members for comments."""
    files = paper_files(data()["recent"], start, start)
    before = start - timedelta(days=3)
    with writing():
        meeting = prepared(people, data()["recent"], files, start, before)
        package.submit(meeting, by=people.clerk, at=before + timedelta(hours=1))
        package.approve(meeting, by=people.leader, at=before + timedelta(hours=4))
        hold(meeting, people, start, data()["recent"]["items"])
    over = Meeting.objects.select_related("agency", "room").get(pk=meeting.pk)
    until = at + timedelta(days=demo_after.DAYS_FOR_COMMENTS)
    demo_after.commented(over, people.secretary, people.members, start + timedelta(hours=5), until)


def prepared(people: Players, script: dict[str, Any], files: list[Received], start: datetime, at: datetime) -> Meeting:
    """Create the meeting with people, agenda, papers and questions."""
    agency = posts_of(people.clerk)[0].agency
    end = start + timedelta(hours=3)
    room = free_room(script.get("room", ""), start, end)
    details = Details("ubnd_session", dated(script["title"], start), start, end, script["place"], room)
    meeting = acts.create(agency, details=details, by=people.clerk, at=at)
    for user, seat in seats(people, agency.pk):
        participants.invite(meeting, user=user, seat=seat, by=people.clerk, at=at)
    for line, received in zip(script["items"], files, strict=True):
        matter = Matter(dated(line["title"], start), line["presenter"], line["minutes"])
        item = agenda.add_item(meeting, matter=matter, by=people.clerk, at=at)
        title = f"{line['paper']['type_name']}: {line['paper']['subject']}"
        papers.lay(item, received, title=title, by=people.clerk, at=at)
        if line["question"]:
            votes.prepare(item, asked=Asked(line["question"]), by=people.clerk, at=at)
        for part in reversed(line.get("under", ())):
            matter = Matter(part["title"], part["presenter"], part["minutes"])
            agenda.add_item(meeting, matter=matter, spot=Spot(item.public_id, 1), by=people.clerk, at=at)
    for title in script.get("hidden", ()):
        agenda.add_item(meeting, matter=Matter(title, hidden=True), by=people.clerk, at=at)
    return meeting


def free_room(name: str, start: datetime, end: datetime) -> int | None:
    """Return the demo's room of this name, if it is free then."""
    room = room_called(name)
    return room.pk if room and not clashes(room, start, end).exists() else None


def seats(people: Players, agency_id: int) -> Iterable[tuple[User, Seat]]:
    """Yield everybody with role, vote, post and seat."""
    roles = Participant.Role
    yield people.chair, Seat(roles.CHAIR, True, title_of(people.chair, agency_id), "A1")
    yield people.secretary, Seat(roles.SECRETARY, False, title_of(people.secretary, agency_id), "A2")
    for number, user in enumerate(people.members, start=1):
        yield user, Seat(roles.MEMBER, True, title_of(user, agency_id), f"B{number}")
    yield people.guest, Seat(roles.GUEST, False, title_of(people.guest, agency_id), "C1")


def title_of(user: User, agency_id: int) -> str:
    """Return the post the person sits in the meeting with, the meeting's own agency first."""
    posts: list[Post] = sorted(posts_of(user), key=lambda post: post.agency_id != agency_id)
    if not posts:
        return ""
    own = posts[0].agency_id == agency_id
    return posts[0].title if own else f"{posts[0].title}, {posts[0].agency.name}"


def dated(text: str, start: datetime) -> str:
    """Return the text with the month and year of the meeting."""
    day = legal_day(start)
    return text % {"month": day.month, "year": day.year} if "%(" in text else text


def check_in(meeting: Meeting, users: Iterable[User], at: datetime) -> None:
    """Let these people check in, a few seconds apart."""
    for number, user in enumerate(users):
        place = meeting.participants.select_related("meeting__agency", "user").get(user=user)
        presence.check_in(place, by=user, at=at + timedelta(seconds=7 * number))


def hold(meeting: Meeting, people: Players, start: datetime, script: list[dict[str, Any]]) -> None:
    """Hold the meeting: one member stays away, two questions are voted on, every item is concluded."""
    here = [people.chair, people.secretary, *people.members[:-1], people.guest]
    check_in(meeting, here, start - timedelta(minutes=10))
    room.open_room(meeting, by=people.chair, at=start)
    for number, item in enumerate(meeting.items.select_related("meeting__agency")):
        at = start + timedelta(minutes=40 * number + 1)
        room.move_to(item, by=people.chair, at=at)
        demo_speeches.discussed(item, people.members[number : number + 3], people.chair, at + timedelta(minutes=8))
        put_to_the_vote(item, people, at + timedelta(minutes=25), script[number].get("vote", ""))
        text = script[number]["conclusion"]
        conclusions.conclude(meeting, text=text, item=item, by=people.chair, at=at + timedelta(minutes=32))
    room.close_room(meeting, by=people.chair, at=start + timedelta(minutes=125))


def put_to_the_vote(item: AgendaItem, people: Players, at: datetime, how: str) -> None:
    """Vote on what was prepared for the item: on the tablets, annulled and held again, or outside the program."""
    vote = Vote.objects.select_related("meeting__agency", "item").filter(item=item).first()
    if vote is None:
        return
    voters = [people.chair, *people.members[:-1]]
    if how == "again":
        demo_votes.decide_again(vote, voters, people.chair, people.secretary, at)
    elif how == "outside":
        demo_votes.decide_outside(vote, voters, people.chair, people.secretary, at)
    else:
        demo_votes.decide(vote, voters, people.chair, at)


def paper_files(script: dict[str, Any], start: datetime, at: datetime) -> list[Received]:
    """Typeset and store the paper of every item, written before `at`; slow, so before any transaction."""
    written = min(start - timedelta(days=5), at - timedelta(days=1))
    return [paper_file(line, number, written) for number, line in enumerate(script["items"], start=1)]


def vietnamese_day(at: datetime) -> str:
    """Return the day as documents write it, whatever language the command runs in."""
    with translation.override("vi"):
        return day_in_words(at)


def paper_file(line: dict[str, Any], number: int, at: datetime) -> Received:
    """Typeset one paper in the layout of Decree 30."""
    paper = line["paper"]
    written = {
        **paper,
        "governing": "Ủy ban nhân dân tỉnh Mẫu",
        "agency": line["presenter"],
        "number": f"{number + 30}",
        "place": "Mẫu",
        "date": vietnamese_day(at),
        "addressees": ["Ủy ban nhân dân tỉnh Mẫu"],
        "body": data()["body"],
        "recipients": ["Như trên", "Lưu: VT"],
    }
    pdf = render("demo_paper", written, at=at).pdf
    return keep(pdf, file_name=f"{paper['type_name']} {number}.pdf")
