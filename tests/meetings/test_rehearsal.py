"""A rehearsal: simulated people on real sockets, and nothing of it left but the record."""

import json
from datetime import timedelta

import pytest

from ledger.models import AuditEntry, Fact, Transition
from ledger.verdict import Refused
from live.models import Event, Stream
from meetings.actions import presence, rehearsals, room, votes
from meetings.details import Asked
from meetings.models import Ballot, Meeting, Participant, Vote
from meetings.queries.visible import visible_meetings
from meetings.rehearsal import report
from people.actions import simulated
from people.models import ApiToken, User
from people.queries import administered_users, system_user, visible_users
from tests.meetings.factories import now, world
from tests.servers.app import app_server

pytestmark = pytest.mark.django_db
AN_AGENCY = "from people.models import Agency; Agency.objects.create(name='UBND phường Một', code='P1')"


def staged(made, count=5):
    by, at = system_user(), now()
    people = simulated.enlist(made.agency, count=count, valid_for=timedelta(hours=1), by=by, at=at)
    return rehearsals.prepare(made.agency, kind="ubnd_session", people=[user for user, _ in people], by=by, at=at)


def test_simulated_people_are_seen_nowhere_and_sleep_afterwards():
    made = world("draft")
    people = simulated.enlist(made.agency, count=3, valid_for=timedelta(hours=1), by=system_user(), at=now())
    users = [user for user, _token in people]
    assert all(user.is_active and not user.has_usable_password() for user in users)
    for viewer in (made.clerk, made.leader, made.chair):
        assert not (visible_users(viewer) | administered_users(viewer)).filter(is_simulated=True).exists()
    simulated.dismiss(made.agency, people=users, by=system_user(), at=now())
    assert not User.objects.filter(is_simulated=True, is_active=True).exists()
    assert not ApiToken.objects.filter(user__is_simulated=True).exists()
    again = simulated.enlist(made.agency, count=4, valid_for=timedelta(hours=1), by=system_user(), at=now())
    assert User.objects.filter(is_simulated=True).count() == len(again) == 4


def test_nobody_of_the_agency_sees_the_rehearsal():
    made = world("draft")
    meeting = staged(made)
    for viewer in (made.clerk, made.leader, made.chair, made.stranger):
        assert not visible_meetings(viewer).filter(pk=meeting.pk).exists()
    assert visible_meetings(meeting.participants.first().user).get() == meeting


def test_everything_of_it_goes_but_the_record():
    made = world("draft")
    kept = (Meeting, Participant, Vote, Ballot, Stream, Event, Transition, Fact)
    before = {model: model.objects.count() for model in kept}
    meeting = staged(made)
    made.meeting, made.chair = meeting, meeting.participants.get(role="chair").user
    made.members = [place.user for place in meeting.participants.filter(role="member")]
    room.open_room(meeting, by=made.chair, at=now())
    for place in meeting.participants.exclude(role="chair"):
        presence.check_in(place, by=made.chair, at=now())
    vote = votes.prepare(meeting.items.first(), asked=Asked(question="Diễn tập?"), by=made.chair, at=now())
    votes.close_vote(votes.open_vote(vote, by=made.chair, at=now()), by=made.chair, at=now())
    votes.annul(vote, reason="Diễn tập hủy kết quả", by=made.chair, at=now())
    rehearsals.clear(Meeting.objects.get(pk=meeting.pk), by=system_user(), at=now())
    assert {model: model.objects.count() for model in before} == before
    entries = AuditEntry.objects.filter(chain__key=f"meeting:{meeting.pk}")
    assert entries.count() > 5
    assert all(entry.data["rehearsal"] == "diễn tập" for entry in entries)


def test_a_real_meeting_is_never_cleared():
    made = world("open")
    with pytest.raises(Refused, match="not_a_rehearsal"):
        rehearsals.clear(made.meeting, by=system_user(), at=now())
    assert Meeting.objects.filter(pk=made.meeting.pk).exists()


def test_what_a_killed_rehearsal_left_is_cleared_by_the_next():
    made = world("draft")
    staged(made)
    assert report.clear_left_over() == 1
    assert not Meeting.objects.filter(rehearsal=True).exists()
    assert not User.objects.filter(is_simulated=True, is_active=True).exists()


def test_against_a_running_server(tmp_path):
    with app_server(data_dir=tmp_path / "data") as server:
        server.manage("shell", "-v0", "-c", AN_AGENCY)
        printed = server.manage("rehearse", "--delegates", "30", "--server", server.url, "--json")
        findings = [json.loads(line) for line in printed.splitlines() if line.startswith("{")]
        assert len(findings) == 8
        assert all(finding["passed"] for finding in findings), findings
        assert "32/32" in findings[0]["text"]
        assert "31/31" in findings[2]["text"]
        assert "0 " in server.manage("rehearse", "--clear")
        assert "broken" not in server.manage("verify_audit")
        assert server.process.poll() is None
