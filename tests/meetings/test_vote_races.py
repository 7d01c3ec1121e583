"""At the same moment, on both databases: each vote is closed, declared, annulled and each entry confirmed once."""

import threading
from datetime import timedelta

import pytest
from django.db import connection

from ledger.door import retrying
from ledger.models import AuditEntry
from ledger.verdict import Refused
from meetings import countdown
from meetings.actions import entries, votes
from meetings.actions.ballots import Cast, cast_together
from meetings.countdown import GRACE
from meetings.details import Asked, Chosen
from meetings.models import Ballot, EnteredBallot, Participant
from people.models import User
from people.queries import system_user
from tests.meetings.factories import check_in, now, overdue, world
from tests.people.factories import fresh

pytestmark = pytest.mark.django_db(transaction=True)
ROUNDS = 3


def at_once(*works):
    """Start the works together, each on a connection of its own; return what each of them raised."""
    start = threading.Barrier(len(works))
    wrong: list[Exception | None] = [None] * len(works)

    def run(place):
        start.wait()
        try:
            retrying(works[place])
        except Exception as error:
            wrong[place] = error
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=(place,)) for place in range(len(works))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert all(error is None or isinstance(error, Refused) for error in wrong), wrong
    return [error.code if isinstance(error, Refused) else "" for error in wrong]


def opened(**changes):
    made = world("open", members=4, with_papers=False, **changes)
    check_in(made)
    votes.open_vote(made.vote(), by=made.chair, at=now())
    return made


def second_secretary(made) -> User:
    """Two besides who entered the ballot may confirm it."""
    Participant.objects.filter(meeting=made.meeting, user=made.members[3]).update(role="secretary")
    return fresh(made.members[3])


def entered(made, user=None):
    place = made.place(user or made.members[0])
    entry = entries.enter(made.vote(), place=place, manner="hands", chosen=Chosen("yes"), by=made.secretary, at=now())
    return lambda: EnteredBallot.objects.select_related("vote__meeting", "participant").get(pk=entry.pk)


@pytest.mark.parametrize("_round", range(ROUNDS))
def test_two_confirm_the_same_ballot(_round):
    made = opened()
    other, entry = second_secretary(made), entered(made)
    codes = at_once(
        lambda: entries.confirm(entry(), by=fresh(made.chair), at=now()),
        lambda: entries.confirm(entry(), by=other, at=now()),
    )
    assert sorted(codes) == ["", "entry_settled"]
    assert Ballot.objects.count() == AuditEntry.objects.filter(verb="confirm_ballot").count() == 1


@pytest.mark.parametrize("_round", range(ROUNDS))
def test_one_confirms_while_another_withdraws(_round):
    made = opened()
    entry = entered(made)
    codes = at_once(
        lambda: entries.confirm(entry(), by=fresh(made.chair), at=now()),
        lambda: entries.withdraw(entry(), by=fresh(made.secretary), at=now()),
    )
    assert sorted(codes) == ["", "entry_settled"]
    assert Ballot.objects.count() == (entry().state == "confirmed")


@pytest.mark.parametrize("_round", range(ROUNDS))
def test_a_confirmation_while_the_person_votes_on_a_tablet(_round):
    made = opened()
    entry, user = entered(made), made.members[0]
    answers = []
    codes = at_once(
        lambda: entries.confirm(entry(), by=fresh(made.chair), at=now()),
        lambda: answers.extend(cast_together(made.vote(), casts=[Cast(user, "no", now())], by=user, at=now())),
    )
    assert (codes[0], answers[0].code) in {("", "already_voted"), ("voted_meanwhile", "")}
    assert Ballot.objects.count() == 1


@pytest.mark.parametrize("_round", range(ROUNDS))
def test_closing_against_a_confirmation_counts_it_or_waits_for_it(_round):
    made = opened()
    entry = entered(made)
    confirmed, closed = at_once(
        lambda: entries.confirm(entry(), by=fresh(made.chair), at=now()),
        lambda: votes.close_vote(made.vote(), by=fresh(made.secretary), at=now()),
    )
    assert confirmed == ""
    assert closed in ("", "entries_unconfirmed")
    if not closed:
        assert made.vote().result["cast"] == 1


@pytest.mark.parametrize("_round", range(ROUNDS))
def test_the_countdown_against_the_chair_closes_once(_round):
    made = opened()
    vote = votes.extend(made.vote(), seconds=10, by=made.chair, at=now())
    over = overdue(vote)
    codes = at_once(
        lambda: votes.close_vote(made.vote(), by=fresh(made.chair), at=now()),
        lambda: votes.run_out(made.vote(), by=system_user(), at=over),
        lambda: countdown.close_overdue(at=over),
    )
    assert codes[1:] == ["", ""]
    assert codes[0] in ("", "wrong_state")
    assert made.vote().state == "closed"
    assert AuditEntry.objects.filter(verb="close_vote").count() == 1


@pytest.mark.parametrize("_round", range(ROUNDS))
def test_declared_against_annulled(_round):
    made = opened()
    votes.close_vote(made.vote(), by=made.chair, at=now())
    codes = at_once(
        lambda: votes.declare(made.vote(), by=fresh(made.chair), at=now()),
        lambda: votes.annul(made.vote(), reason="Nhầm câu hỏi biểu quyết", by=fresh(made.secretary), at=now()),
    )
    assert codes in (["", ""], ["wrong_state", ""])
    assert made.vote().state == "annulled"
    assert (made.vote().declared_at is not None) is (codes[0] == "")
    assert made.meeting.votes.filter(replaces=made.vote()).count() == 1


@pytest.mark.parametrize("_round", range(ROUNDS))
def test_two_annul_and_the_question_is_asked_anew_once(_round):
    made = opened()
    votes.close_vote(made.vote(), by=made.chair, at=now())
    people = (made.chair, made.secretary)
    reason = "Nhầm câu hỏi biểu quyết"
    codes = at_once(
        *[lambda user=user: votes.annul(made.vote(), reason=reason, by=fresh(user), at=now()) for user in people]
    )
    assert sorted(codes) == ["", "wrong_state"]
    assert made.meeting.votes.filter(replaces__isnull=False).count() == 1


@pytest.mark.parametrize("_round", range(ROUNDS))
def test_two_questions_opened_at_once(_round):
    made = world("open", members=4, with_papers=False)
    check_in(made)
    made.votes.append(votes.prepare(made.items[1], asked=Asked("Thứ hai?"), by=made.chair, at=now()))
    codes = at_once(
        lambda: votes.open_vote(made.vote(0), by=fresh(made.chair), at=now()),
        lambda: votes.open_vote(made.vote(1), by=fresh(made.secretary), at=now()),
    )
    assert sorted(codes) == ["", "another_vote_open"]
    assert made.meeting.votes.filter(state="open").count() == 1


@pytest.mark.parametrize("_round", range(ROUNDS))
def test_taken_back_against_the_first_ballot(_round):
    made = opened()
    user, answers = made.members[0], []
    back, _ = at_once(
        lambda: votes.take_back(made.vote(), by=fresh(made.chair), at=now()),
        lambda: answers.extend(cast_together(made.vote(), casts=[Cast(user, "yes", now())], by=user, at=now())),
    )
    counted = answers[0].code == ""
    assert (back, made.vote().state) == (("ballots_in", "open") if counted else ("", "prepared"))
    assert Ballot.objects.count() == counted


def test_the_timer_of_the_process_closes_the_vote():
    made = opened()
    vote = made.vote()
    past = now() - timedelta(seconds=20)
    vote.__class__.objects.filter(pk=vote.pk).update(closes_at=past)
    timer = countdown.start_timer(vote.pk, past + GRACE)
    timer.join(20)
    assert (made.vote().state, made.vote().closed_at) == ("closed", past)
