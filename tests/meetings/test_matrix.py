"""Who may do what, when: every role × state × verb of the state tables; a refusal changes nothing."""

from importlib import import_module
from itertools import product
from uuid import uuid4

import pytest

from ledger.door import ACTIONS
from ledger.models import AuditEntry
from ledger.verdict import Refused, Unseen
from live.models import Event
from meetings import drafting
from meetings.actions import (
    agenda,
    conclusions,
    exports,
    leading,
    nudges,
    opening,
    outcome,
    package,
    paper_copy,
    papers,
    participants,
    presence,
    replies,
    room,
    seat_requests,
    sites,
    speaking,
    votes,
)
from meetings.actions import meetings as acts
from meetings.actions.ballots import Cast, cast_together
from meetings.actions.speaking import Wish
from meetings.commands.obeying import obey
from meetings.commands.orders import Order
from meetings.details import Asked, Matter, Seat, SiteDetails, Spot
from meetings.models import Conclusion, Participant
from meetings.queries.visible import get_visible_meeting
from meetings.rules.meeting import may
from meetings.workflow import MEETING, VOTE, WHO
from screens.actions import pairing as screens
from screens.actions.pairing import Hanging
from tests.meetings.factories import check_in, details, now, received, running_vote, world
from tests.screens.walls import paired_screen, waiting_code
from tests.undone import named, undone

pytestmark = pytest.mark.django_db

ROLES = ("clerk", "leader", "chair", "secretary", "member", "guest", "stranger")
STATES = MEETING.states()
VERBS = tuple(dict.fromkeys(row.verb for row in MEETING.moves))


def do(made, verb, user):
    """Do the verb as that person, on things that are ready for it."""
    meeting, at = made.meeting, now()
    late = made.members[-1]
    return {
        "edit": lambda: acts.edit(meeting, details=details(), revision=meeting.revision, by=user, at=at),
        "arrange": lambda: agenda.add_item(meeting, matter=Matter("Thêm"), by=user, at=at),
        "invite": lambda: participants.invite(meeting, user=made.stranger, seat=Seat("member"), by=user, at=at),
        "prepare_vote": lambda: votes.prepare(made.items[1], asked=Asked("Hỏi?"), by=user, at=at),
        "submit": lambda: package.submit(meeting, by=user, at=at),
        "approve": lambda: package.approve(meeting, by=user, at=at),
        "give_back": lambda: package.give_back(meeting, reason="Bổ sung tài liệu", by=user, at=at),
        "take_back": lambda: package.take_back(meeting, by=user, at=at),
        "check_in": lambda: presence.check_in(made.place(user), by=user, at=at),
        "leave": lambda: presence.leave(made.place(user), by=user, at=at),
        "undo_check_in": lambda: presence.undo_check_in(made.place(made.members[0]), by=user, at=at),
        "reply": lambda: replies.accept(made.place(user), by=user, at=at),
        "decide_absence": lambda: replies.decide(made.place(made.members[0]), excused=True, by=user, at=at),
        "remind": lambda: replies.remind(meeting, by=user, at=at),
        "check_in_other": lambda: presence.check_in(made.place(late), by=user, at=at),
        "arrange_sites": lambda: sites.add(meeting, details=SiteDetails("Điểm cầu 1"), by=user, at=at),
        "show_code": may(user, meeting, "show_code").require,
        "nudge": lambda: nudges.nudge(made.papers[0], by=user, at=at),
        "open": lambda: room.open_room(meeting, by=user, at=at),
        "take_back_opening": lambda: opening.take_back_opening(meeting, by=user, at=at),
        "move_item": lambda: room.move_to(made.items[1], by=user, at=at),
        "open_vote": lambda: votes.open_vote(made.vote(), by=user, at=at),
        "close_vote": lambda: votes.close_vote(made.vote(), by=user, at=at),
        "run_vote": lambda: votes.take_back(made.vote(), by=user, at=at),
        "cast": lambda: cast(made, user),
        "ask_to_speak": lambda: speaking.ask(made.items[1], wish=Wish(), by=user, at=at),
        "order_queue": lambda: speaking.order(meeting, order="manual", by=user, at=at),
        "run_floor": lambda: speaking.give_floor(made.items[1], person=made.place(made.members[0]), by=user, at=at),
        "lead": lambda: leading.lead(made.place(user), by=user, at=at),
        "give_lead": lambda: leading.lead(made.place(late), by=user, at=at),
        "lead_paper": lambda: leading.lead_paper(meeting, version_of(made.papers[0]), by=user, at=at),
        "stop_leading": lambda: leading.stop_leading(meeting, by=user, at=at),
        "pair_screen": lambda: screens.pair(meeting, code=waiting_code(), hanging=Hanging(), by=user, at=at),
        "unpair_screen": lambda: screens.unpair(paired_screen(meeting), by=user, at=at),
        "call_service": lambda: seat_requests.call_service(made.place(user), kind="water", by=user, at=at),
        "serve": lambda: seat_requests.take(standing_call(made), by=user, at=at),
        "conclude": lambda: conclusions.conclude(meeting, text="Kết luận.", by=user, at=at),
        "close": lambda: room.close_room(meeting, by=user, at=at),
        "cancel": lambda: acts.cancel(meeting, reason="Hoãn sang tuần sau", by=user, at=at),
        "discard": lambda: acts.discard(meeting, by=user, at=at),
        "draft_minutes": lambda: drafting.draft_minutes(meeting, by=user, at=at),
        "draft_notice": lambda: drafting.draft_notice(meeting, by=user, at=at),
        "publish_conclusions": lambda: outcome.publish_conclusions(meeting, by=user, at=at),
        "export": lambda: exports.ask(meeting, by=user, at=at),
        "bind_book": lambda: exports.ask(meeting, kind=exports.BOOK, by=user, at=at),
        "print_paper": lambda: paper_copy.record_copy(meeting, parts=["roll"], papers=0, sha256="", by=user, at=at),
    }[verb]


def cast(made, user):
    (verdict,) = cast_together(made.vote(), casts=[Cast(user, "yes", now())], by=user, at=now())
    verdict.require()


def standing_call(made):
    asked = {"participant": made.place(made.members[0]), "kind": "water", "state": "waiting"}
    return made.meeting.seat_requests.get_or_create(**asked, defaults={"asked_at": now()})[0]


def version_of(paper):
    return paper.document.versions.get(number=1)


def make_ready(made, state, verb):
    """Put what the verb works on into the meeting, which is in the state."""
    if state in ("published", "open") and verb in ("leave", "open_vote", "check_in_other"):
        check_in(made, made.chair, made.secretary, made.guest, *made.members[:-1])
    if state == "open" and verb in ("cast", "close_vote", "run_vote"):
        check_in(made, made.guest)
        running_vote(made)
    if state == "open" and verb in ("ask_to_speak", "run_floor"):
        check_in(made)
    if verb == "undo_check_in" and state in ("published", "open"):
        check_in(made, made.members[0])
    if verb == "decide_absence":
        Participant.objects.filter(meeting=made.meeting, user=made.members[0]).update(reply="asked")
    if state == "closed" and verb in ("draft_notice", "publish_conclusions"):
        Conclusion.objects.create(meeting=made.meeting, text="Có.", created_by=made.chair, created_at=now())


def may_do(state, verb, role):
    row = MEETING.move(state, verb)
    posts = {role, "server"} if role == "clerk" else {role}
    if row is None or not posts & WHO[row.who]:
        return False
    return role not in ("secretary", "guest") if verb == "cast" else True


@pytest.mark.parametrize("state", STATES)
def test_every_role_at_every_verb(state):
    standing = world(state, members=4)
    for verb in VERBS:
        with named(verb), undone(standing) as made:
            make_ready(made, state, verb)
            every_role(made, state, verb)


def every_role(made, state, verb):
    """Whoever the table does not name is refused and leaves nothing; each of the others does it."""
    allowed = [role for role in ROLES if may_do(state, verb, role)]
    for role in (role for role in ROLES if role not in allowed):
        left = AuditEntry.objects.count(), Event.objects.count()
        with named(role), pytest.raises((Refused, Unseen, Participant.DoesNotExist)):
            do(made, verb, made.user(role))()
        assert (AuditEntry.objects.count(), Event.objects.count()) == left, role
    for role in allowed:
        with named(role), undone(made) as mine:
            do(mine, verb, mine.user(role))()


def test_every_verb_of_the_table_is_tried():
    made = world("draft")
    for verb in VERBS:
        assert do(made, verb, made.clerk)


def test_every_action_of_the_package_is_known_here():
    """A new action needs a row in a table, and so a place in this matrix or a test of its own."""
    import_module("meetings.urls")  # whatever the pages can do is known from here on
    import_module("meetings.actions.rehearsals")  # what the console can do
    mine = {name.removeprefix("meetings.actions.") for name in ACTIONS if name.startswith("meetings.actions.")}
    assert mine == {
        "agenda.add_item", "agenda.add_items", "agenda.edit_item", "agenda.hide_item", "agenda.place_item",
        "agenda.remove_item", "agenda.step_item",
        "ballots.cast_together",
        "conclusions.attach", "conclusions.conclude", "conclusions.detach", "conclusions.edit", "conclusions.place",
        "conclusions.put_back", "conclusions.remove",
        "exports.advance", "exports.ask", "exports.fail", "exports.finish",
        "feeds.close_feed", "feeds.open_feed",
        "meetings.cancel", "meetings.create", "meetings.edit",
        "notebook.delete", "notebook.restore", "notebook.save", "nudges.nudge",
        "opinions.hand_in", "opinions.save", "opinions.take_back",
        "remarks.discard", "remarks.hand_in", "remarks.submit", "remarks.take_back",
        "minutes.approve", "minutes.ask_comments", "minutes.comment", "minutes.draft", "minutes.edit",
        "minutes.restore", "minutes.settle", "minutes.take_back",
        "opening.take_back_opening",
        "outcome.draft_notice", "outcome.publish_conclusions", "paper_copy.record_copy",
        "rehearsals.clear", "rehearsals.prepare",
        "package.approve", "package.give_back", "package.submit", "package.take_back",
        "papers.lay", "papers.open_to", "papers.place", "papers.protect", "papers.rename", "papers.replace",
        "papers.withdraw",
        "duties.appoint", "duties.assign", "duties.assign_all", "duties.change", "duties.waive",
        "groups.change_group", "groups.make_group", "groups.remove_group",
        "submissions.approve", "submissions.bring", "submissions.discard", "submissions.give_back",
        "submissions.propose", "submissions.submit", "submissions.take_back", "submissions.upload",
        "leading.lead", "leading.lead_paper", "leading.stop_leading",
        "invitees.drop_list", "invitees.save_list",
        "participants.change", "participants.invite", "participants.invite_many", "participants.order",
        "participants.remove",
        "replies.accept", "replies.decide", "replies.delegate", "replies.remind", "replies.stay_away",
        "presence.check_in", "presence.check_in_together", "presence.leave", "presence.leave_together",
        "presence.set_site", "presence.undo_check_in", "presence.undo_together",
        "seat_requests.call_service", "seat_requests.settle", "seat_requests.take", "seat_requests.withdraw",
        "sites.add", "sites.edit", "sites.put_back", "sites.remove", "sites.set_entry",
        "room.close_room", "room.move_to", "room.open_room",
        "units.change_unit", "units.decline", "units.invite_unit", "units.name_person", "units.remove_unit",
        "units.take_person_away",
        "speaking.answer", "speaking.ask", "speaking.call", "speaking.call_back", "speaking.finish",
        "speaking.give_floor", "speaking.give_more_time", "speaking.hold", "speaking.order", "speaking.place",
        "speaking.refuse", "speaking.reopen", "speaking.resume", "speaking.start", "speaking.take_back",
        "seating.clear", "seating.furnish", "seating.seat", "seating.seat_all",
        "entries.confirm", "entries.enter", "entries.withdraw", "outside.record",
        "votes.annul", "votes.close_vote", "votes.declare", "votes.drop", "votes.edit", "votes.extend",
        "votes.open_vote", "votes.place", "votes.prepare", "votes.run_out", "votes.take_back",
        "kinds.change_kind", "meetings.discard", "series.cancel_following", "series.copy",
        "series.edit_following", "series.start_series",
    }  # fmt: skip


def paper_verbs(made, user):
    paper = made.papers[0]
    return {
        "replace": lambda: papers.replace(paper, received(), change_note="Sửa phụ lục", by=user, at=now()),
        "guests": lambda: papers.open_to(paper, guests_may_read=False, by=user, at=now()),
        "protect": lambda: papers.protect(paper, protection="pictures", by=user, at=now()),
        "withdraw": lambda: papers.withdraw(paper, reason="Đơn vị xin rút", by=user, at=now()),
        "lay": lambda: papers.lay(made.items[0], received(), by=user, at=now()),
        "place": lambda: agenda.place_item(made.items[1], spot=Spot(), by=user, at=now()),
        "edit": lambda: agenda.edit_item(made.items[1], matter=Matter("Sửa"), revision=1, by=user, at=now()),
        "change": lambda: participants.change(
            made.place(made.members[0]), seat=Seat("member", seat="A1"), by=user, at=now()
        ),
        "remove": lambda: participants.remove(made.place(made.members[0]), by=user, at=now()),
        "drop": lambda: votes.drop(made.vote(), by=user, at=now()),
        "edit_vote": lambda: votes.edit(made.vote(), asked=Asked("Khác?"), by=user, at=now()),
    }


ARRANGERS = {
    "draft": {"clerk", "secretary"},
    "returned": {"clerk", "secretary"},
    "published": {"clerk", "secretary"},
    "open": {"clerk", "secretary", "chair"},
}


@pytest.mark.parametrize("state", STATES)
def test_what_hangs_on_a_meeting_follows_its_state(state):
    made = world(state)
    for role in ROLES:
        verbs = paper_verbs(made, made.user(role))
        for verb, act in verbs.items():
            may = role in ARRANGERS.get(state, set()) and not (
                verb in ("drop", "edit_vote") and (state, role) == ("open", "clerk")
            )
            # laying a file asks for a post in the agency too: chair and secretary hold one here
            if not may:
                with pytest.raises(Refused):
                    act()


@pytest.mark.parametrize("state", sorted(ARRANGERS))
def test_those_who_arrange_can(state):
    made = world(state)
    for role, verb in product(sorted(ARRANGERS[state]), paper_verbs(made, made.clerk)):
        if verb in ("drop", "edit_vote") and (state, role) == ("open", "clerk"):
            continue
        with named(role, verb), undone(made) as mine:
            paper_verbs(mine, mine.user(role))[verb]()


def test_votes_have_a_table_of_their_own():
    assert VOTE.states() == ["prepared", "dropped", "open", "closed", "declared", "annulled"]
    made = world("open")
    running_vote(made)
    votes.close_vote(made.vote(), by=made.chair, at=now())
    for act in ("open_vote", "close_vote"):
        with pytest.raises(Refused, match="wrong_state"):
            getattr(votes, act)(made.vote(), by=made.chair, at=now())


COMMAND_VERBS: dict[str, tuple[str, str, dict]] = {
    "open_meeting": ("published", "open", {}),
    "close_meeting": ("open", "close", {}),
    "move_item": ("open", "move_item", {"item": 1}),
    "prepare_vote": ("open", "prepare_vote", {"item": 1, "question": "Hỏi?"}),
    "conclude": ("open", "conclude", {"text": "Kết luận."}),
    "check_in": ("open", "check_in", {}),
}


@pytest.mark.parametrize("command", sorted(COMMAND_VERBS))
def test_the_commands_of_the_room_obey_the_same_table(command):
    state, verb, data = COMMAND_VERBS[command]
    for role in ROLES:
        made = world(state)
        user = made.user(role)
        sent = {key: str(made.items[1].public_id) if key == "item" else value for key, value in data.items()}
        order = Order(command, sent, uuid4(), user, now())
        if may_do(state, verb, role):
            first = obey(made.meeting, order)
            assert obey(made.meeting, order) == first
        else:
            with pytest.raises((Refused, Unseen)):
                obey(get_visible_meeting(user, made.meeting.public_id), order)
