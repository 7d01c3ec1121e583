"""Sync proof of speaking: for every action, old snapshot + events = new snapshot, in every view."""

import json

import pytest

from meetings.actions import agenda, groups, papers, participants, presence, room, speaking
from meetings.actions.speaking import Wish
from meetings.details import Matter, Seat
from meetings.models import Meeting
from meetings.snapshot.own import personal_snapshot
from meetings.snapshot.room import room_snapshot
from meetings.snapshot.views import VIEWS
from tests.meetings.factories import check_in, now, world
from tests.meetings.test_sync import proved

pytestmark = pytest.mark.django_db


def council(state="open", **changes):
    made = world(state, kind="hdnd_session", members=4, **changes)
    if state == "open":
        check_in(made, made.guest, *made.everyone())
    return made


def shown(made, view=""):
    return room_snapshot(made.meeting, view)["speeches"]


def test_a_speech_from_asking_to_its_end():
    made = council()
    chair, item = made.chair, made.items[0]
    wish = Wish(subject="Về mục II", paper=made.papers[0], page=2)
    speech = proved(made, lambda: speaking.ask(item, wish=wish, by=made.members[0], at=now()))
    other = proved(made, lambda: speaking.ask(item, wish=Wish(), by=made.members[1], at=now()))
    proved(made, lambda: speaking.call(speech, by=chair, at=now()))
    proved(made, lambda: speaking.call_back(speech, by=chair, at=now()))
    proved(made, lambda: speaking.call(speech, by=chair, at=now()))
    proved(made, lambda: speaking.start(speech, by=chair, at=now()))
    proved(made, lambda: speaking.hold(speech, by=chair, at=now()))
    proved(made, lambda: speaking.resume(speech, by=chair, at=now()))
    proved(made, lambda: speaking.give_more_time(speech, seconds=60, by=chair, at=now()))
    proved(made, lambda: speaking.start(other, pausing=True, by=chair, at=now()))
    assert [line["state"] for line in shown(made).values()] == ["paused", "speaking"]
    proved(made, lambda: speaking.resume(speech, by=chair, at=now()))
    assert [line["state"] for line in shown(made).values()] == ["speaking", "done"]
    proved(made, lambda: speaking.finish(speech, by=chair, at=now()))
    proved(made, lambda: speaking.reopen(speech, by=chair, at=now()))
    proved(made, lambda: room.move_to(made.items[1], by=chair, at=now()))
    proved(made, lambda: room.close_room(made.meeting, by=chair, at=now()))
    assert {line["state"] for line in shown(made).values()} == {"done"}
    for view in VIEWS:
        assert "null" not in json.dumps(room_snapshot(made.meeting, view))


def test_questions_refusals_withdrawals_and_the_floor_given():
    made = council()
    item, minister = made.items[0], made.place(made.guest)
    wish = Wish(lane="question", subject="Bao giờ xong?", asked=minister)
    asked = proved(made, lambda: speaking.ask(item, wish=wish, by=made.members[0], at=now()))
    proved(made, lambda: speaking.start(asked, by=made.chair, at=now()))
    proved(made, lambda: speaking.answer(asked, by=made.chair, at=now()))
    assert [turn["phase"] for turn in shown(made)[str(asked.public_id)]["turns"]] == ["ask", "answer"]
    mine = proved(made, lambda: speaking.ask(item, wish=Wish(lane="debate"), by=made.members[1], at=now()))
    proved(made, lambda: speaking.refuse(mine, reason="Đã hết thời gian thảo luận", by=made.chair, at=now()))
    assert str(mine.public_id) not in shown(made, "chair")
    told = personal_snapshot(made.meeting, made.members[1])["refusals"][str(mine.public_id)]
    assert told["words"] == "Đã hết thời gian thảo luận"
    assert personal_snapshot(made.meeting, made.members[2])["refusals"] == {}
    back = proved(made, lambda: speaking.ask(item, wish=Wish(), by=made.members[2], at=now()))
    proved(made, lambda: speaking.take_back(back, by=made.members[2], at=now()))
    proved(made, lambda: speaking.give_floor(item, person=minister, by=made.secretary, at=now()))


def test_the_order_of_the_queue():
    made = council()
    asked = [speaking.ask(made.items[0], wish=Wish(), by=user, at=now()) for user in made.members]
    proved(made, lambda: speaking.order(made.meeting, order="manual", by=made.chair, at=now()))
    proved(made, lambda: speaking.place(asked[3], position=1, by=made.chair, at=now()))
    assert shown(made)[str(asked[3].public_id)]["position"] == 1
    proved(made, lambda: speaking.order(made.meeting, order="fair", by=made.chair, at=now()))


def test_who_leaves_asks_no_more():
    made = council()
    for user in made.members:
        speaking.ask(made.items[0], wish=Wish(), by=user, at=now())
    first, second, third, _ = [made.place(user) for user in made.members]
    speaking.start(first.speeches.get(), by=made.chair, at=now())
    proved(made, lambda: presence.leave(first, by=first.user, at=now()))
    proved(made, lambda: presence.undo_check_in(second, by=made.secretary, at=now()))
    proved(made, lambda: participants.remove(third, by=made.clerk, at=now()))
    assert [line["state"] for line in shown(made).values()] == ["done", "waiting"]


def test_hidden_items_keep_their_queues_to_the_chair():
    made = world("published", items=3)
    speech = speaking.ask(made.items[2], wish=Wish(), by=made.members[0], at=now())
    proved(made, lambda: agenda.hide_item(made.items[2], hidden=True, by=made.clerk, at=now()))
    assert [str(speech.public_id) in shown(made, view) for view in VIEWS] == [True, False, False]
    proved(made, lambda: agenda.hide_item(made.items[2], hidden=False, by=made.clerk, at=now()))


def test_another_kind_brings_other_lanes():
    from meetings.actions import meetings as acts
    from tests.meetings.factories import details

    made = world("published", kind="hdnd_session")
    codes = lambda: [lane["code"] for lane in room_snapshot(made.meeting, "")["meeting"]["lanes"]]  # noqa: E731
    assert codes() == ["speech", "debate", "question"]
    revision = made.reread().revision
    proved(made, lambda: acts.edit(made.meeting, details=details(), revision=revision, by=made.clerk, at=now()))
    assert codes() == ["speech", "question"]


def test_a_snapshot_costs_the_same_whatever_is_said(django_assert_num_queries):
    made = council()
    first = speaking.ask(made.items[0], wish=Wish(paper=made.papers[0], page=1), by=made.members[0], at=now())
    speaking.start(first, by=made.chair, at=now())
    with_one = counted(made)
    for user in made.members[1:]:
        speech = speaking.ask(made.items[0], wish=Wish(paper=made.papers[0], page=1), by=user, at=now())
        speaking.start(speech, by=made.chair, at=now())
    assert counted(made) == with_one


def counted(made):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    with CaptureQueriesContext(
        connection,
    ) as seen:
        room_snapshot(Meeting.objects.get(pk=made.meeting.pk), "")
    return len(seen)


def test_who_comes_back_begins_without_old_refusals_of_others():
    made = council()
    place = participants.invite(made.meeting, user=made.stranger, seat=Seat("member"), by=made.clerk, at=now())
    assert personal_snapshot(made.meeting, place.user)["refusals"] == {}


def test_an_item_that_goes_takes_its_refusals_along():
    made = council()
    item = agenda.add_item(made.meeting, matter=Matter("Việc khác"), by=made.clerk, at=now())
    speech = speaking.ask(item, wish=Wish(), by=made.members[0], at=now())
    speaking.refuse(speech, reason="Đã đủ ý kiến", by=made.secretary, at=now())
    proved(made, lambda: agenda.remove_item(item, by=made.secretary, at=now()))
    assert personal_snapshot(made.meeting, made.members[0])["refusals"] == {}


def test_a_request_names_a_paper_only_to_those_who_may_read_it():
    made = council()
    paper = made.papers[0]
    wish = Wish(subject="Về mục II", paper=paper, page=2)
    speech = proved(made, lambda: speaking.ask(made.items[0], wish=wish, by=made.members[0], at=now()))
    key = str(speech.public_id)
    proved(made, lambda: papers.open_to(paper, guests_may_read=False, by=made.clerk, at=now()))
    assert [("paper" in shown(made, view)[key]) for view in ("chair", "", "guest")] == [True, True, False]
    people = [made.place(made.members[0])]
    group = groups.make_group(made.meeting, name="Tổ thẩm tra", people=people, by=made.secretary, at=now())
    proved(made, lambda: papers.open_to(paper, groups=[group], by=made.secretary, at=now()))
    assert [("paper" in shown(made, view)[key]) for view in ("chair", "", "guest")] == [True, False, False]
    assert "page" not in shown(made)[key]
    proved(made, lambda: papers.open_to(paper, by=made.secretary, at=now()))
    assert [shown(made, view)[key]["page"] for view in ("chair", "", "guest")] == [2, 2, 2]
