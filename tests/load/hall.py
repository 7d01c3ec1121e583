"""Fills an installation with a meeting of n members who are all in, and signs everybody in; prints what clients need.

Run on the installation's own environment: `python -m tests.load.hall 200 30` makes 200 members and 30 votes, the
first of which lets people change their ballot until it is closed.
"""

import json
import sys
from datetime import date, timedelta
from secrets import token_hex
from typing import Any

DAY = date(2026, 1, 1)
BACKEND = "allauth.account.auth_backends.AuthenticationBackend"
WEEK = timedelta(days=7)


def people(count: int) -> list[Any]:
    """Make the agency's people; the first is its clerk and leader."""
    from django.utils import timezone

    from people.actions import agencies
    from people.models import Post, User
    from people.queries import system_user

    by, at = system_user(), timezone.now()
    agency = agencies.create(code="P", name="HĐND tỉnh", abbreviation="HĐND", place="P", from_day=DAY, by=by, at=at)
    made = User.objects.bulk_create(
        User(username=f"dai.bieu{n:04d}", full_name=f"Đại biểu thứ {n}", sort_key=f"{n:04d}", password="!")
        for n in range(count)
    )
    roles = [(made[0], "clerk"), (made[0], "leader"), *((user, "official") for user in made)]
    Post.objects.bulk_create(
        Post(user=user, agency=agency, role=role, title="Đại biểu", valid_from=DAY) for user, role in roles
    )
    return made


def meeting_of(users: list[Any]) -> Any:
    """Prepare, publish and open a session; everybody has checked in."""
    from django.utils import timezone

    from meetings.actions import agenda, meetings, package, participants, room
    from meetings.details import Details, Matter, Seat
    from meetings.models import Meeting, Participant
    from people.models import User

    now = timezone.now()
    clerk = User.objects.get(pk=users[0].pk)
    agency = clerk.posts_today[0].agency
    session = {"starts_at": now + timedelta(hours=1), "ends_at": now + timedelta(hours=4), "place": "Hội trường"}
    details = Details(kind="hdnd_session", title="Kỳ họp thường lệ cuối năm", **session)
    meeting = meetings.create(agency, details=details, by=clerk, at=now)
    agenda.add_item(meeting, matter=Matter("Dự thảo nghị quyết", minutes=60), by=clerk, at=now)
    participants.invite(meeting, user=clerk, seat=Seat("chair", votes=True, title="Chủ tọa"), by=clerk, at=now)
    package.submit(meeting, by=clerk, at=now)
    package.approve(Meeting.objects.get(pk=meeting.pk), by=clerk, at=now)
    Participant.objects.bulk_create(
        Participant(meeting=meeting, user=one, role="member", votes=True) for one in users[1:]
    )
    Participant.objects.filter(meeting=meeting).update(checked_in_at=now)
    room.open_room(Meeting.objects.get(pk=meeting.pk), by=clerk, at=now)
    return Meeting.objects.get(pk=meeting.pk)


def votes_of(meeting: Any, count: int) -> list[str]:
    """Prepare the votes; in the first one a ballot may be changed."""
    from meetings.models import Vote
    from meetings.queries.room import frozen_rule, rules_for

    item, kind = meeting.items.get(), rules_for(meeting)
    rule = {**frozen_rule(meeting, "ordinary"), "board": "live"}
    asked = {"meeting": meeting, "item": item, "options": [dict(option) for option in kind.options]}
    made = Vote.objects.bulk_create(
        Vote(question=f"Thông qua nội dung {n}?", position=n, rule={**rule, "change": n == 0}, **asked)
        for n in range(count)
    )
    return [str(vote.public_id) for vote in made]


def cookies_of(users: list[Any]) -> list[str]:
    """Sign everybody in, as the form would."""
    from django.conf import settings
    from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
    from django.contrib.sessions.backends.db import SessionStore
    from django.contrib.sessions.models import Session
    from django.utils import timezone

    store, until = SessionStore(), timezone.now() + WEEK
    keys = [token_hex(16) for _ in users]
    said = [
        {SESSION_KEY: str(user.pk), BACKEND_SESSION_KEY: BACKEND, HASH_SESSION_KEY: user.get_session_auth_hash()}
        for user in users
    ]
    Session.objects.bulk_create(
        Session(session_key=key, session_data=store.encode(data), expire_date=until)
        for key, data in zip(keys, said, strict=True)
    )
    return [f"{settings.SESSION_COOKIE_NAME}={key}" for key in keys]


def fill(size: int, votes: int) -> dict[str, Any]:
    """Return what clients need: where the room is, who chairs it, everybody's cookie, the votes."""
    users = people(size)
    meeting = meeting_of(users)
    path = f"/ws/meetings/{meeting.public_id}/"
    return {"path": path, "cookies": cookies_of(users), "votes": votes_of(meeting, votes)}


if __name__ == "__main__":
    import django

    django.setup()
    print(json.dumps(fill(int(sys.argv[1]), int(sys.argv[2]))))
