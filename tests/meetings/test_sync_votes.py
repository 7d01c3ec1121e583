"""Sync proof of every act on a vote: old snapshot + published events = new snapshot, for each view and each person."""

import pytest

from meetings import countdown
from meetings.actions import entries, outside, participants, presence, votes
from meetings.actions.ballots import Cast, cast_together
from meetings.details import Asked, Chosen, Counted
from meetings.snapshot.room import room_snapshot
from tests.meetings.factories import check_in, now, overdue, world
from tests.meetings.test_sync import proved

pytestmark = pytest.mark.django_db
FORMS = {
    "approve": (Asked("Thông qua?", seconds=60), ("yes",), ("no",)),
    "one": (Asked("Chọn một?", form="one", options=("A", "B"), seconds=60), ("o1",), ("o2",)),
    "several": (Asked("Chọn hai?", form="several", options=("A", "B", "C"), most=2), ("o1", "o2"), ("o3",)),
}


def chosen(codes):
    return Chosen(codes[0]) if len(codes) == 1 else Chosen(choices=codes)


@pytest.mark.parametrize(
    ("form", "kind"),
    [  # each kind with each way of showing counts, each form with each number of choices
        ("approve", "ubnd_session"),
        ("approve", "hdnd_session"),
        ("approve", "department_meeting"),
        ("one", "hdnd_session"),
        ("several", "ubnd_session"),
    ],
)
def test_from_preparation_to_annulment(form, kind):
    made = world("open", kind=kind, members=4)
    asked, first, second = FORMS[form]
    check_in(made, made.chair, made.secretary, *made.members[:3])
    vote = proved(made, lambda: votes.prepare(made.items[1], asked=asked, by=made.secretary, at=now()))
    made.votes.insert(0, vote)
    proved(made, lambda: votes.edit(made.vote(), asked=asked, revision=1, by=made.secretary, at=now()))
    proved(made, lambda: votes.open_vote(made.vote(), by=made.chair, at=now()))
    proved(made, lambda: votes.take_back(made.vote(), by=made.chair, at=now()))
    proved(made, lambda: votes.open_vote(made.vote(), by=made.chair, at=now()))
    proved(made, lambda: votes.extend(made.vote(), seconds=30, by=made.chair, at=now()))
    cast = Cast(made.chair, chosen(first).choice, now(), choices=chosen(first).choices)
    proved(made, lambda: cast_together(made.vote(), casts=[cast], by=made.chair, at=now()))
    proved(made, lambda: presence.check_in(made.place(made.members[3]), by=made.members[3], at=now()))
    enter = lambda user, codes: entries.enter(  # noqa: E731
        made.vote(), place=made.place(user), manner="hands", chosen=chosen(codes), by=made.secretary, at=now()
    )
    entry = proved(made, lambda: enter(made.members[0], second))
    proved(made, lambda: entries.withdraw(entry, by=made.secretary, at=now()))
    entry = proved(made, lambda: enter(made.members[0], first))
    other = proved(made, lambda: enter(made.members[3], second))
    proved(made, lambda: entries.confirm(entry, by=made.chair, at=now()))
    proved(made, lambda: entries.withdraw(other, by=made.chair, at=now()))
    proved(made, lambda: votes.close_vote(made.vote(), by=made.chair, at=now()))
    proved(made, lambda: votes.declare(made.vote(), by=made.chair, at=now()))
    again = proved(made, lambda: votes.annul(made.vote(), reason="Nhầm câu hỏi", by=made.chair, at=now()))
    proved(made, lambda: votes.drop(again, by=made.chair, at=now()))


def test_the_system_closes():
    made = world("open")
    check_in(made)
    made.votes.insert(0, votes.prepare(made.items[1], asked=Asked("Hỏi?", seconds=60), by=made.chair, at=now()))
    vote = votes.open_vote(made.vote(), by=made.chair, at=now())
    proved(made, lambda: countdown.close_overdue(at=overdue(vote)))
    assert made.vote().state == "closed"


def test_a_vote_held_outside_and_one_annulled_before_it_was_declared():
    made = world("open", kind="hdnd_session")
    check_in(made)
    counted = Counted({"yes": 3, "no": 1}, 4, "Giơ tay tại hội trường")
    proved(made, lambda: outside.record(made.vote(), counted=counted, by=made.secretary, at=now()))
    proved(made, lambda: votes.annul(made.vote(), reason="Đếm nhầm số phiếu", by=made.chair, at=now()))


def test_taking_back_forgets_who_was_known_by_the_roll_alone():
    made = world("open", members=5)
    check_in(made, made.chair, made.secretary, *made.members[:3])
    votes.open_vote(made.vote(), by=made.chair, at=now())
    place = made.place(made.members[4])
    participants.remove(place, by=made.secretary, at=now())
    assert str(place.public_id) in room_snapshot(made.meeting, "")["people"]
    proved(made, lambda: votes.take_back(made.vote(), by=made.chair, at=now()))
    assert str(place.public_id) not in room_snapshot(made.meeting, "")["people"]


def test_questions_change_places():
    made = world("open")
    made.votes.insert(0, votes.prepare(made.items[0], asked=Asked("Thứ hai?"), by=made.chair, at=now()))
    proved(made, lambda: votes.place(made.vote(), position=1, by=made.chair, at=now()))


def test_a_snapshot_costs_the_same_however_many_votes_and_entries():
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    made = world("open", members=4)
    check_in(made)
    costs = []
    for round_ in (1, 2):
        votes.open_vote(made.vote(), by=made.chair, at=now())
        for user in made.members[:round_]:
            place = made.place(user)
            entry = entries.enter(
                made.vote(), place=place, manner="hands", chosen=Chosen("yes"), by=made.secretary, at=now()
            )
            entries.confirm(entry, by=made.chair, at=now())
        votes.close_vote(made.vote(), by=made.chair, at=now())
        with CaptureQueriesContext(connection) as asked:
            room_snapshot(made.meeting, "chair")
        costs.append(len(asked))
        made.votes.insert(0, votes.annul(made.vote(), reason="Đếm nhầm số tay", by=made.chair, at=now()))
    assert costs[0] == costs[1]
