"""A vote that is lent goes to and fro with who is in the room; a meeting keeps its chair; groups end with a place."""

import pytest
from django.db import connection

from documents.queries import visible_documents
from ledger.models import AuditEntry
from ledger.verdict import Refused
from meetings.actions import groups, papers, participants, presence, replies, room, votes
from meetings.actions.ballots import Cast, cast_together
from meetings.details import Seat
from meetings.models import Ballot, Participant, RollEntry
from people.queries import audiences_of
from tests.meetings.factories import check_in, now, received, running_vote, world
from tests.meetings.test_replies import BASIS, colleague, voting_world
from tests.meetings.test_sync import proved
from tests.people.factories import fresh
from tests.people.test_races import at_once

pytestmark = pytest.mark.django_db


def lent():
    """An open meeting in which the first member's substitute has the vote and is in the room, as everybody else."""
    made = voting_world()
    user, to = made.members[0], colleague(made)
    replies.delegate(made.place(user), to=to, basis=BASIS, by=user, at=now())
    room.open_room(made.meeting, by=made.chair, at=now())
    check_in(made, made.chair, to, *made.members[1:])
    return made, user, to


def held(made, user, to):
    return made.place(user).votes, made.place(to).votes


def cast(made, user):
    return cast_together(made.vote(), casts=[Cast(user, "yes", now())], by=user, at=now())[0]


def undo(made, user):
    return lambda: presence.undo_check_in(made.place(user), by=made.secretary, at=now())


def go(made, user):
    return lambda: presence.leave(made.place(user), by=user, at=now())


@pytest.mark.parametrize("away", [undo, go])
def test_who_is_not_here_after_all_leaves_the_vote_to_the_substitute(away):
    made, user, to = lent()
    vote = votes.open_vote(made.vote(), by=made.chair, at=now())
    proved(made, lambda: presence.check_in(made.place(user), by=made.secretary, at=now()), to)
    assert held(made, user, to) == (True, False)
    proved(made, away(made, user), to)
    assert held(made, user, to) == (False, True)
    assert AuditEntry.objects.last().data["vote_with"] == to.pk
    assert RollEntry.objects.get(vote=vote, participant=made.place(to)).present is True
    assert cast(made, user).code == "not_on_roll"
    assert cast(made, to)
    votes.close_vote(made.vote(), by=made.chair, at=now())
    votes.declare(made.vote(), by=made.chair, at=now())
    assert made.vote().result["counts"]["yes"] == 1


def test_who_has_voted_and_goes_stays_on_the_roll_and_the_substitute_has_the_next_vote():
    made, user, to = lent()
    vote = votes.open_vote(made.vote(), by=made.chair, at=now())
    presence.check_in(made.place(user), by=user, at=now())
    assert cast(made, user)
    with pytest.raises(Refused, match="ballot_given"):
        presence.undo_check_in(made.place(user), by=made.secretary, at=now())
    proved(made, go(made, user), to)
    assert cast(made, to).code == "not_on_roll"
    assert RollEntry.objects.filter(vote=vote, participant=made.place(user)).exists()
    assert held(made, user, to) == (False, True)
    votes.close_vote(made.vote(), by=made.chair, at=now())
    votes.declare(made.vote(), by=made.chair, at=now())
    assert made.vote().result["counts"]["yes"] == 1


def test_a_substitute_who_came_without_a_vote_gets_none():
    made = world("published")
    user, to = made.members[0], colleague(made)
    replies.delegate(made.place(user), to=to, basis=BASIS, by=user, at=now())
    room.open_room(made.meeting, by=made.chair, at=now())
    check_in(made, to, user)
    proved(made, go(made, user), to)
    assert held(made, user, to) == (True, False)


def test_a_check_in_from_before_the_delegation_does_not_keep_the_vote_away():
    made, user, to = lent()
    Participant.objects.filter(pk=made.place(user).pk).update(checked_in_at=now())
    presence.check_in(made.place(user), by=user, at=now())
    assert held(made, user, to) == (True, False)


def test_nobody_sends_a_substitute_who_has_checked_in():
    made = voting_world()
    user = made.members[0]
    presence.check_in(made.place(user), by=user, at=now())
    with pytest.raises(Refused, match="reply_checked_in"):
        replies.delegate(made.place(user), to=colleague(made), basis=BASIS, by=user, at=now())


def test_neither_side_of_a_lent_vote_gets_another_role_or_vote():
    made, user, to = lent()
    for who, code in ((user, "vote_is_lent"), (to, "vote_is_borrowed")):
        place = made.place(who)
        for seat in (Seat("guest"), Seat("secretary", votes=place.votes), Seat("member", votes=not place.votes)):
            with pytest.raises(Refused, match=code):
                participants.change(place, seat=seat, by=made.secretary, at=now())
        participants.change(place, seat=Seat("member", votes=place.votes, title="PGĐ"), by=made.secretary, at=now())
    presence.check_in(made.place(user), by=user, at=now())
    participants.change(made.place(to), seat=Seat("guest"), by=made.secretary, at=now())
    proved(made, go(made, user), to)
    assert held(made, user, to) == (True, False)


def test_a_published_meeting_keeps_a_chair():
    made = world("published")
    with pytest.raises(Refused, match="chair_stays"):
        participants.change(made.place(made.chair), seat=Seat("member", votes=True), by=made.clerk, at=now())
    participants.change(made.place(made.chair), seat=Seat("chair", votes=True, title="CT"), by=made.clerk, at=now())
    seat = Seat("chair", votes=True, title="Phó Chủ tịch")
    proved(made, lambda: participants.change(made.place(made.members[0]), seat=seat, by=made.clerk, at=now()))
    assert [made.place(user).role for user in (made.members[0], made.chair)] == ["chair", "member"]
    assert made.place(made.chair).votes
    participants.remove(made.place(made.chair), by=made.clerk, at=now())


def test_in_a_draft_the_chair_is_changed_at_will():
    made = world("draft")
    with pytest.raises(Refused, match="chair_taken"):
        participants.change(made.place(made.members[0]), seat=Seat("chair"), by=made.clerk, at=now())
    participants.change(made.place(made.chair), seat=Seat("member", votes=True), by=made.clerk, at=now())
    participants.change(made.place(made.members[0]), seat=Seat("chair"), by=made.clerk, at=now())


def test_who_is_invited_again_is_in_no_group():
    made = world("published")
    user, clerk = made.members[0], made.clerk
    group = groups.make_group(made.meeting, name="Tổ", people=[made.place(user)], by=clerk, at=now())
    paper = papers.lay(made.items[0], received(), groups=[group], by=clerk, at=now())
    proved(made, lambda: participants.remove(made.place(user), by=clerk, at=now()))
    assert not group.people.exists()
    proved(made, lambda: participants.invite(made.meeting, user=user, seat=Seat("member"), by=clerk, at=now()))
    assert f"meeting:{made.meeting.pk}:group:{group.pk}" not in audiences_of(fresh(user))
    assert not visible_documents(fresh(user)).filter(pk=paper.document_id).exists()


@pytest.mark.django_db(transaction=True)
@pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite has one writer at a time")
def test_a_check_in_taken_back_while_voting_leaves_no_ballot_of_somebody_absent():
    made = world("open")
    running_vote(made)
    user = made.members[0]
    at_once(lambda: cast(made, user), undo(made, user))
    given = Ballot.objects.filter(participant=made.place(user)).exists()
    assert given is (made.place(user).checked_in_at is not None)
