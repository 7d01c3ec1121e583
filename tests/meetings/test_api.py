"""Meetings in the open API, with a bearer token: lists, parts, creating, the commands of the room; finding by words."""

import json
from datetime import timedelta
from uuid import uuid4

import pytest
from django.test import Client

from meetings import api
from meetings.actions import conclusions, participants
from meetings.ballot_box import ballot_box
from meetings.models import Meeting
from people.actions import tokens
from people.queries import audiences_of
from search.queries import find
from tests.meetings.factories import now, running_vote, world

pytestmark = pytest.mark.django_db


class Program:
    """A program that acts for somebody."""

    def __init__(self, user):
        _row, token = tokens.issue(user, label="thử", by=user, at=now())
        self.headers = {"Authorization": f"Bearer {token}"}
        self.client = Client()

    def get(self, path):
        return self.client.get(f"/api/v1{path}", headers=self.headers)

    def post(self, path, body):
        return self.client.post(
            f"/api/v1{path}", json.dumps(body), content_type="application/json", headers=self.headers
        )


def test_lists_hold_what_exists_for_the_person():
    made = world("published")
    assert [one["id"] for one in Program(made.members[0]).get("/meetings").json()] == [str(made.meeting.public_id)]
    assert Program(made.members[0]).get("/meetings?when=upcoming&state=published").json()
    assert Program(made.members[0]).get("/meetings?when=past").json() == []
    assert Program(made.stranger).get("/meetings").json() == []
    assert Client().get("/api/v1/meetings").status_code == 401


@pytest.mark.parametrize("part", ["", "/items", "/papers", "/participants", "/votes", "/conclusions", "/room"])
def test_parts_of_a_meeting(part):
    made = world("open")
    path = f"/meetings/{made.meeting.public_id}{part}"
    assert Program(made.members[0]).get(path).status_code == 200
    assert Program(made.stranger).get(path).status_code == 404


def test_the_token_of_a_removed_person_opens_nothing_any_more():
    made = world("open")
    program, path = Program(made.members[0]), f"/meetings/{made.meeting.public_id}"
    paper = program.get(f"{path}/papers").json()[0]
    assert program.get(f"/documents/{paper['document']}").status_code == 200
    participants.remove(made.place(made.members[0]), by=made.secretary, at=now())
    for address in (path, f"{path}/papers", f"{path}/room", f"/documents/{paper['document']}"):
        assert program.get(address).status_code == 404
    refused = program.post(f"{path}/commands", {"id": str(uuid4()), "do": "check_in", "data": {}})
    assert refused.status_code == 404


def test_guests_get_the_papers_open_to_them():
    made = world("published")
    made.papers[0].guests_may_read = False
    made.papers[0].save()
    path = f"/meetings/{made.meeting.public_id}/papers"
    assert len(Program(made.guest).get(path).json()) == 1
    assert len(Program(made.members[0]).get(path).json()) == 2


def test_a_clerks_program_prepares_a_meeting():
    made = world("draft")
    start = now() + timedelta(days=2)
    body = {
        "agency": str(made.agency.public_id),
        "kind": "hdnd_session",
        "title": "Kỳ họp thứ mười",
        "starts_at": start.isoformat(),
        "ends_at": (start + timedelta(hours=4)).isoformat(),
    }
    clerk = Program(made.clerk)
    created = clerk.post("/meetings", body)
    assert created.status_code == 201
    item = clerk.post(f"/meetings/{created.json()['id']}/items", {"title": "Khai mạc", "minutes": 10})
    assert (item.status_code, item.json()["position"]) == (201, 1)
    assert Program(made.leader).post("/meetings", body).status_code == 403
    assert clerk.post("/meetings", {**body, "agency": str(uuid4())}).status_code == 404
    assert clerk.post("/meetings", {**body, "ends_at": start.isoformat()}).json()["code"] == "times_wrong"
    assert clerk.post("/meetings", {}).status_code == 422
    assert Meeting.objects.count() == 2


def test_commands_are_done_once():
    made = world("open")
    chair = Program(made.chair)
    path = f"/meetings/{made.meeting.public_id}/commands"
    sent = {"id": str(uuid4()), "do": "conclude", "data": {"text": "Giao việc."}}
    first, second = chair.post(path, sent).json(), chair.post(path, sent).json()
    assert first == second
    assert first["data"]["conclusion"]
    assert made.meeting.conclusions.count() == 1
    other = chair.post(path, {**sent, "data": {"text": "Giao việc khác."}})
    assert (other.status_code, other.json()["code"]) == (403, "id_taken")
    refused = Program(made.members[0]).post(path, {"id": str(uuid4()), "do": "close_meeting"})
    assert (refused.status_code, refused.json()["code"]) == (403, "not_yours")
    assert chair.post(path, {"id": str(uuid4()), "do": "fly"}).json()["code"] == "unknown_command"
    assert Program(made.clerk).post(path, sent).json()["code"] == "not_a_participant"


@pytest.mark.django_db(transaction=True)
def test_ballots_over_http_go_into_the_same_box():
    made = world("open")
    vote = running_vote(made)
    path = f"/meetings/{made.meeting.public_id}/commands"
    sent = {"id": str(uuid4()), "do": "cast", "data": {"vote": str(vote.public_id), "choice": "yes"}}
    member = Program(made.members[0])
    try:
        assert member.post(path, sent).status_code == 200
        assert member.post(path, sent).status_code == 200
        assert vote.ballots.count() == 1
        again = {"id": str(uuid4()), "do": "cast", "data": {"vote": str(vote.public_id), "choice": "no"}}
        assert member.post(path, again).json()["code"] == "already_voted"
    finally:
        ballot_box.stop()


def test_meetings_and_conclusions_are_found_by_those_invited():
    made = world("open", title="Phiên họp về quy hoạch đô thị")
    conclusions.conclude(made.meeting, text="Thống nhất phương án kè sông.", by=made.chair, at=now())

    def found(user, words):
        return [hit.kind for hit in find(audiences_of(user), words)]

    for name in ("clerk", "member", "guest"):
        assert "meeting" in found(made.user(name), "quy hoạch")
        assert "meeting_conclusions" in found(made.user(name), "kè sông")
    assert found(made.stranger, "quy hoạch") == found(made.stranger, "kè sông") == []
    hidden = world("submitted", title="Phiên họp kín về nhân sự")
    assert found(hidden.user("member"), "nhân sự") == []


NUL = "a\0b"


def body_of(made, **changes):
    times = {"starts_at": "2026-12-01T08:00:00+07:00", "ends_at": "2026-12-01T10:00:00+07:00"}
    return {"agency": str(made.agency.public_id), "kind": "ubnd_session", "title": "Phiên họp", **times, **changes}


@pytest.mark.parametrize(
    "changes",
    [
        {"title": NUL},
        {"place": NUL},
        {"starts_at": "2026-12-01T08:00:00"},
        {"ends_at": "9999-12-31T23:00:00+00:00"},
        {"starts_at": "0001-01-01T00:00:00+14:00"},
    ],
)
def test_what_no_database_could_keep_is_refused(changes):
    made = world("draft")
    assert Program(made.clerk).post("/meetings", body_of(made, **changes)).status_code == 422
    assert Program(made.clerk).post("/meetings", body_of(made)).status_code == 201


def test_text_with_a_nul_is_refused_everywhere():
    made = world("open")
    item, path = str(made.items[0].public_id), f"/meetings/{made.meeting.public_id}"
    vote = str(running_vote(made).public_id)
    assert Program(made.clerk).post(f"{path}/items", {"title": NUL}).status_code == 422
    orders = [
        ("conclude", {"text": NUL}),
        ("prepare_vote", {"item": item, "question": NUL}),
        ("prepare_vote", {"item": item, "question": "q", "rule": NUL}),
        ("cast", {"vote": vote, "choice": "yes", "remark": NUL}),
    ]
    for verb, data in orders:
        answer = Program(made.chair).post(f"{path}/commands", {"id": str(uuid4()), "do": verb, "data": data})
        assert (answer.status_code, answer.json()["code"]) == (403, "bad_frame"), verb
    assert made.vote().ballots.count() == 0


@pytest.mark.parametrize("query", [f"offset={'9' * 30}", "offset=-1"])
def test_lists_refuse_what_they_cannot_look_for(query):
    made = world("published")
    assert Program(made.chair).get(f"/meetings?{query}").status_code == 422


@pytest.mark.django_db(transaction=True)
def test_a_ballot_not_answered_in_time_may_be_sent_again(monkeypatch):
    made = world("open")
    vote = running_vote(made)
    path = f"/meetings/{made.meeting.public_id}/commands"
    sent = {"id": str(uuid4()), "do": "cast", "data": {"vote": str(vote.public_id), "choice": "yes"}}
    member = Program(made.members[0])
    try:
        with monkeypatch.context() as impatient:
            impatient.setattr(api, "ANSWER_SECONDS", 0.0)
            unknown = member.post(path, sent)
        assert (unknown.status_code, unknown.json()["code"]) == (503, "not_known_yet")
        assert unknown["Content-Type"] == "application/problem+json"
        assert int(unknown["Retry-After"]) > 0
        assert member.post(path, sent).status_code == 200
        assert vote.ballots.count() == 1
    finally:
        ballot_box.stop()
