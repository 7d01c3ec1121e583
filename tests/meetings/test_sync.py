"""Sync proof: for every action, the old snapshot with the published events applied is the new snapshot."""

import json
from datetime import timedelta
from functools import partial
from uuid import uuid4

import pytest

from meetings import drafting
from meetings.actions import agenda, conclusions, outcome, package, papers, participants, presence, room, votes
from meetings.actions import meetings as acts
from meetings.actions import minutes as acts_on_minutes
from meetings.actions.ballots import Cast, cast_together
from meetings.details import Asked, Matter, Seat, Spot
from meetings.patches import personal_stream
from meetings.snapshot.own import personal_snapshot
from meetings.snapshot.room import room_snapshot
from meetings.snapshot.views import VIEWS
from tests.live.sync_proof import assert_synced
from tests.meetings.factories import check_in, details, now, received, running_vote, world

pytestmark = pytest.mark.django_db


def proved(made, act, *others):
    """What `act` does is told completely: to each of the three views of the room, and to each person."""
    meeting = made.meeting
    streams = {meeting.stream: {view: partial(room_snapshot, meeting, view) for view in VIEWS}}
    for user in [*made.everyone(), made.guest, *others]:
        streams[personal_stream(meeting, user.pk)] = {"": partial(personal_snapshot, meeting, user)}
    return assert_synced(streams, act)


def test_preparing():
    made = world("draft")
    meeting, clerk = made.meeting, made.clerk
    proved(made, lambda: acts.edit(meeting, details=details(title="Khác", place=""), revision=1, by=clerk, at=now()))
    item = proved(made, lambda: agenda.add_item(meeting, matter=Matter("Đầu tiên"), spot=Spot(), by=clerk, at=now()))
    proved(made, lambda: agenda.edit_item(item, matter=Matter("Sửa", "Sở", 5), revision=1, by=clerk, at=now()))
    proved(made, lambda: agenda.place_item(item, spot=Spot(made.items[1].public_id), by=clerk, at=now()))
    proved(made, lambda: agenda.remove_item(item, by=clerk, at=now()))


def test_papers_for_every_view():
    made = world("published")
    paper = made.papers[0]
    other = proved(made, lambda: papers.lay(made.items[0], received(), guests_may_read=False, by=made.clerk, at=now()))
    assert str(other.public_id) not in room_snapshot(made.meeting, "guest")["papers"]
    proved(
        made,
        lambda: papers.replace(paper, received(pages=9), change_note="Sửa số liệu trang 2", by=made.clerk, at=now()),
    )
    proved(made, lambda: papers.open_to(paper, guests_may_read=False, by=made.clerk, at=now()))
    proved(made, lambda: papers.open_to(paper, guests_may_read=True, by=made.clerk, at=now()))
    proved(made, lambda: papers.withdraw(paper, reason="Đơn vị xin rút", by=made.clerk, at=now()))


def test_participants():
    made = world("published")
    place = proved(
        made,
        lambda: participants.invite(
            made.meeting, user=made.stranger, seat=Seat("member", votes=True), by=made.clerk, at=now()
        ),
        made.stranger,
    )
    proved(
        made,
        lambda: participants.change(place, seat=Seat("guest", title="Khách", seat="C9"), by=made.clerk, at=now()),
        made.stranger,
    )
    proved(made, lambda: participants.remove(place, by=made.clerk, at=now()), made.stranger)
    proved(
        made,
        lambda: participants.invite(made.meeting, user=made.stranger, seat=Seat("member"), by=made.clerk, at=now()),
        made.stranger,
    )


def test_who_was_removed_stays_only_where_the_record_names_them():
    made = world("published", members=4)
    early, present, entitled, other = made.members
    presence.check_in(made.place(present), by=present, at=now())
    for user, shown in ((early, False), (present, True)):
        place = made.place(user)
        proved(made, lambda place=place: participants.remove(place, by=made.clerk, at=now()))
        assert (str(place.public_id) in room_snapshot(made.meeting, "guest")["people"]) is shown
    room.open_room(made.meeting, by=made.chair, at=now())
    check_in(made, made.chair, other)
    votes.open_vote(made.vote(), by=made.chair, at=now())
    place = made.place(entitled)
    proved(made, lambda: participants.remove(place, by=made.secretary, at=now()))
    assert room_snapshot(made.meeting, "guest")["people"][str(place.public_id)]["removed"] is True


def test_the_package():
    made = world("draft")
    meeting = made.meeting
    for act in (
        lambda: package.submit(meeting, by=made.clerk, at=now()),
        lambda: package.take_back(meeting, by=made.clerk, at=now()),
        lambda: package.submit(meeting, by=made.clerk, at=now()),
        lambda: package.give_back(meeting, reason="Bổ sung tài liệu", by=made.leader, at=now()),
        lambda: package.submit(meeting, by=made.clerk, at=now()),
        lambda: package.approve(meeting, by=made.leader, at=now()),
        lambda: acts.cancel(meeting, reason="Hoãn sang tuần sau", by=made.clerk, at=now()),
    ):
        proved(made, act)


def test_the_room():
    made = world("published")
    place = made.place(made.members[0])
    proved(made, lambda: presence.check_in(place, by=place.user, at=now()))
    proved(made, lambda: room.open_room(made.meeting, by=made.chair, at=now()))
    proved(made, lambda: presence.leave(place, by=place.user, at=now()))
    proved(made, lambda: presence.check_in(place, by=made.secretary, at=now()))
    proved(made, lambda: room.move_to(made.items[1], by=made.chair, at=now()))
    line = proved(
        made, lambda: conclusions.conclude(made.meeting, text="Giao việc.", item=made.items[1], by=made.chair, at=now())
    )
    proved(made, lambda: conclusions.edit(line, text="Giao việc khác.", seen="Giao việc.", by=made.chair, at=now()))
    proved(made, lambda: conclusions.remove(line, by=made.chair, at=now()))
    conclusions.conclude(made.meeting, text="Chung.", by=made.chair, at=now())
    proved(made, lambda: room.close_room(made.meeting, by=made.chair, at=now()))
    proved(made, lambda: drafting.draft_minutes(made.reread(), by=made.secretary, at=now()))
    proved(made, lambda: drafting.draft_notice(made.meeting, by=made.secretary, at=now()))


@pytest.mark.parametrize("kind", ["ubnd_session", "hdnd_session", "department_meeting"])
def test_a_vote(kind):
    made = world("open", kind=kind)
    other = proved(made, lambda: votes.prepare(made.items[1], asked=Asked("Khác?"), by=made.chair, at=now()))
    proved(made, lambda: votes.edit(other, asked=Asked("Khác hẳn?"), by=made.chair, at=now()))
    proved(made, lambda: votes.drop(other, by=made.chair, at=now()))
    check_in(made, made.chair, made.secretary, *made.members[:-1])
    proved(made, lambda: votes.open_vote(made.vote(), by=made.chair, at=now()))
    proved(made, lambda: cast_together(made.vote(), casts=[Cast(made.chair, "yes", now())], by=made.chair, at=now()))
    proved(made, lambda: presence.check_in(made.place(made.members[-1]), by=made.members[-1], at=now()))
    codes = [option["code"] for option in made.vote().options]
    casts = [
        Cast(user, codes[-1], now(), remark="Ý khác", client_id=uuid4())
        for user in [made.members[0], made.members[-1], made.members[0]]
    ]
    proved(made, lambda: cast_together(made.vote(), casts=casts, by=None, at=now()))
    proved(made, lambda: votes.close_vote(made.vote(), by=made.chair, at=now()))
    proved(made, lambda: votes.declare(made.vote(), by=made.chair, at=now()))


def test_who_may_see_how_an_open_vote_stands():
    made = world("open")
    vote = running_vote(made)
    cast_together(vote, casts=[Cast(made.chair, "yes", now())], by=made.chair, at=now())
    shown = {view: room_snapshot(made.meeting, view)["votes"][str(vote.public_id)] for view in VIEWS}
    assert shown["chair"]["counts"]["yes"] == 1
    assert "counts" not in shown[""]
    assert shown[""]["voted"]
    assert "voted" not in shown["guest"]
    assert {shown[view]["cast"] for view in VIEWS} == {1}
    votes.close_vote(made.vote(), by=made.chair, at=now())
    shown = {view: room_snapshot(made.meeting, view)["votes"][str(vote.public_id)] for view in VIEWS}
    assert shown["chair"]["result"]["counts"]["yes"] == 1
    assert not {"result", "choices", "counts", "digest"} & {*shown[""], *shown["guest"]}
    votes.declare(made.vote(), by=made.chair, at=now())
    shown = {view: room_snapshot(made.meeting, view)["votes"][str(vote.public_id)] for view in VIEWS}
    assert shown[""]["choices"]
    assert "choices" not in shown["guest"]
    assert shown["guest"]["result"]["counts"]["yes"] == 1


def test_snapshots_hold_no_nulls():
    made = world("open")
    running_vote(made)
    for view in VIEWS:
        assert "null" not in json.dumps(room_snapshot(made.meeting, view))


def test_what_a_meeting_leaves():
    made = world("open", members=2)
    check_in(made)
    meeting = made.meeting
    first = proved(made, lambda: conclusions.conclude(meeting, text="Một.", by=made.chair, at=now()))
    second = proved(
        made, lambda: conclusions.conclude(meeting, text="Hai.", item=made.items[0], by=made.secretary, at=now())
    )
    proved(made, lambda: conclusions.place(second, position=1, by=made.chair, at=now()))
    proved(made, lambda: conclusions.remove(first, by=made.chair, at=now()))
    proved(made, lambda: conclusions.put_back(meeting, removed=first.public_id, by=made.chair, at=now()))
    proved(made, lambda: conclusions.attach(second, received(), by=made.secretary, at=now()))
    files = {view: room_snapshot(meeting, view)["conclusions"][str(second.public_id)].get("files") for view in VIEWS}
    assert files["guest"] is None
    assert files[""] == files["chair"] == [{"document": str(second.files.get().public_id), "title": "Tờ trình.pdf"}]
    proved(made, lambda: conclusions.detach(second, second.files.get(), by=made.secretary, at=now()))
    room.close_room(meeting, by=made.chair, at=now())
    minutes = proved(made, lambda: drafting.draft_minutes(made.reread(), by=made.secretary, at=now()))
    until = now() + timedelta(days=1)
    proved(made, lambda: acts_on_minutes.ask_comments(minutes, until=until, by=made.secretary, at=now()))
    said = proved(made, lambda: acts_on_minutes.comment(minutes, text="Sửa.", by=made.members[0], at=now()))
    proved(made, lambda: acts_on_minutes.settle(said, answer="Đã sửa.", by=made.secretary, at=now()))
    proved(made, lambda: acts_on_minutes.take_back(minutes, by=made.secretary, at=now()))
    minutes.refresh_from_db()
    proved(made, lambda: drafting.approve_minutes(minutes, revision=minutes.revision, by=made.chair, at=now()))
    proved(made, lambda: outcome.publish_conclusions(made.meeting, by=made.chair, at=now()))
