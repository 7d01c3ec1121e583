"""Votes: every role × state × verb of their table, by the action and by the command; a refusal changes nothing."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import transaction

from ledger.models import AuditEntry
from ledger.verdict import Refused, Unseen
from live.models import Event
from meetings.actions import entries, outside, votes
from meetings.actions.ballots import Cast, cast_together
from meetings.commands.obeying import obey
from meetings.commands.orders import Order
from meetings.details import Asked, Chosen, Counted
from meetings.models import EnteredBallot, Vote
from meetings.queries.visible import get_visible_meeting
from meetings.workflow import MEETING, VOTE, VOTE_ASKS, WHO
from tests.meetings.factories import check_in, now, world

pytestmark = pytest.mark.django_db

ROLES = ("clerk", "leader", "chair", "secretary", "member", "guest", "stranger")
STATES = [state for state in VOTE.states() if state != "dropped"]
VERBS = tuple(dict.fromkeys(row.verb for row in VOTE.moves))
COUNTS = {"yes": 3, "no": 1, "abstain": 0}


def standing(state):
    """A vote in that state, in an open meeting where everybody is, and an entry of the clerk's that waits."""
    made = world("open", members=4)
    check_in(made, made.guest, *made.everyone())
    steps = {
        "open": lambda vote: votes.open_vote(vote, by=made.chair, at=now()),
        "closed": lambda vote: votes.close_vote(vote, by=made.chair, at=now()),
        "declared": lambda vote: votes.declare(vote, by=made.chair, at=now()),
        "annulled": lambda vote: votes.annul(vote, reason="Nhầm câu hỏi biểu quyết", by=made.chair, at=now()),
    }
    for step in list(steps)[: STATES.index(state)]:
        steps[step](made.vote())
    EnteredBallot.objects.create(
        vote=made.vote(),
        participant=made.place(made.members[0]),
        manner="hands",
        choice="yes",
        entered_by=made.clerk,
        entered_at=now(),
    )
    return made


def waiting(made):
    return EnteredBallot.objects.select_related("vote__meeting", "participant").order_by("pk").last()


def untouched(made):
    """What stands in the way of taking a vote back is withdrawn first."""
    EnteredBallot.objects.filter(vote=made.vote()).update(state="taken_back")


def cast(made, user):
    (verdict,) = cast_together(made.vote(), casts=[Cast(user, "yes", now())], by=user, at=now())
    verdict.require()


def by_action(made, verb, user):
    """Do the verb as that person, through the action."""
    vote, at = made.vote(), now()
    free = made.place(made.members[1])
    counted = Counted(COUNTS, 5, "Giơ tay tại hội trường")
    return {
        "edit": lambda: votes.edit(vote, asked=Asked("Khác?"), by=user, at=at),
        "drop": lambda: votes.drop(vote, by=user, at=at),
        "open": lambda: votes.open_vote(vote, by=user, at=at),
        "record_outside": lambda: outside.record(vote, counted=counted, by=user, at=at),
        "cast": lambda: cast(made, user),
        "enter": lambda: entries.enter(vote, place=free, manner="paper", chosen=Chosen("no"), by=user, at=at),
        "confirm_entry": lambda: entries.confirm(waiting(made), by=user, at=at),
        "withdraw_entry": lambda: entries.withdraw(waiting(made), by=user, at=at),
        "extend": lambda: votes.extend(vote, seconds=30, by=user, at=at),
        "take_back": lambda: votes.take_back(vote, by=user, at=at),
        "close": lambda: votes.close_vote(vote, by=user, at=at),
        "declare": lambda: votes.declare(vote, by=user, at=at),
        "annul": lambda: votes.annul(vote, reason="Nhầm câu hỏi biểu quyết", by=user, at=at),
    }[verb]


COMMANDS: dict[str, tuple[str, dict[str, object]]] = {
    "edit": ("edit_vote", {"question": "Khác?"}),
    "drop": ("drop_vote", {}),
    "open": ("open_vote", {}),
    "record_outside": ("record_outside", {"counts": COUNTS, "present": 5, "note": "Giơ tay tại hội trường"}),
    "enter": ("enter_ballot", {"manner": "paper", "choice": "no"}),
    "confirm_entry": ("confirm_ballot", {}),
    "withdraw_entry": ("withdraw_ballot", {}),
    "extend": ("extend_vote", {"seconds": 30}),
    "take_back": ("take_back_vote", {}),
    "close": ("close_vote", {}),
    "declare": ("declare_vote", {}),
    "annul": ("annul_vote", {"reason": "Nhầm câu hỏi biểu quyết"}),
}


def by_command(made, verb, user):
    """Do the verb as that person, as the socket and HTTP do."""
    if verb == "cast":
        return lambda: cast(made, user)
    name, data = COMMANDS[verb]
    about: dict[str, object] = {"vote": str(made.vote().public_id)}
    if verb in ("confirm_entry", "withdraw_entry"):
        about = {"entry": str(waiting(made).public_id)}
    if verb == "enter":
        about["person"] = str(made.place(made.members[1]).public_id)
    order = Order(name, {**about, **data}, uuid4(), user, now())
    return lambda: obey(get_visible_meeting(user, made.meeting.public_id), order)


def may_do(state, verb, role):
    """What both tables say: the vote's and, in an open meeting, the meeting's."""
    row, asked = VOTE.move(state, verb), MEETING.move("open", VOTE_ASKS[verb])
    if row is None or asked is None or not {role} & WHO[row.who] & WHO[asked.who]:
        return False
    return role not in ("secretary", "guest") if verb == "cast" else True


def traces():
    states = list(Vote.objects.order_by("pk").values_list("pk", "state", "revision", "closes_at"))
    entered = list(EnteredBallot.objects.order_by("pk").values_list("pk", "state"))
    return AuditEntry.objects.count(), Event.objects.count(), states, entered


@pytest.mark.parametrize("way", [by_action, by_command], ids=["action", "command"])
@pytest.mark.parametrize("state", STATES)
def test_every_role_at_every_verb(state, way):
    made = standing(state)
    for verb in VERBS:
        for role in ROLES:
            mark = transaction.savepoint()
            if verb in ("take_back", "close"):
                untouched(made)
            before = traces()
            act = way(made, verb, made.user(role))
            if may_do(state, verb, role):
                act()
                assert traces() != before, (verb, role)
            else:
                with pytest.raises((Refused, Unseen)):
                    act()
                assert traces() == before, (verb, role)
            transaction.savepoint_rollback(mark)


def test_every_verb_is_a_command():
    assert set(COMMANDS) | {"cast"} == set(VERBS)


def test_the_system_closes_only_what_is_due():
    from people.queries import system_user

    made = world("open")
    check_in(made)
    vote = votes.open_vote(made.vote(), by=made.chair, at=now())
    votes.run_out(vote, by=system_user(), at=now() + timedelta(days=1))
    assert made.vote().state == "open"
    for act in (votes.declare, votes.take_back, votes.open_vote):
        with pytest.raises(Refused, match=r"not_yours|wrong_state"):
            act(made.vote(), by=system_user(), at=now())
