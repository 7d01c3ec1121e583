"""Answers to invitations: every verb × role × state; delegation, votes, reminders; two tablets at once."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse

from ledger.models import AuditEntry
from ledger.verdict import Refused
from meetings.actions import meetings as acts
from meetings.actions import participants, presence, replies, room, units, votes
from meetings.actions.ballots import Cast, cast_together
from meetings.actions.kinds import Wish, change_kind
from meetings.details import Seat
from meetings.kinds import new_code
from meetings.models import Meeting, Participant, RollEntry
from meetings.rules.replies import may_reply
from meetings.snapshot.room import room_snapshot
from meetings.workflow import MEETING, REPLY, REPLY_ASKS
from notices.jobs import remind
from notices.models import Notice
from people.queries import today
from tests.meetings.factories import bring, check_in, details, now, world
from tests.meetings.test_sync import proved
from tests.people.factories import AgencyFactory, fresh, person

pytestmark = pytest.mark.django_db

REASON, BASIS = "Đi công tác nước ngoài", "Giấy ủy quyền số 12/GUQ"
ROLES = ("clerk", "leader", "chair", "secretary", "member", "guest", "stranger")


def signed_in(user) -> Client:
    client = Client()
    client.force_login(user, backend="allauth.account.auth_backends.AuthenticationBackend")
    return client


def colleague(made, **fields):
    return person(made.agency, "official", **fields)


def own(made, user):
    return made.place(user)


def put(place, reply):
    Participant.objects.filter(pk=place.pk).update(reply=reply)
    return Participant.objects.select_related("meeting__agency", "user").get(pk=place.pk)


@pytest.mark.parametrize("state", ["draft", "submitted", "published", "open", "closed", "cancelled"])
def test_the_table_decides_for_every_role_verb_and_reply(state):
    made = world(state)
    for reply in REPLY.states():
        place = put(made.place(made.members[0]), reply)
        for verb, asked in REPLY_ASKS.items():
            row, meeting_row = REPLY.move(reply, verb), MEETING.move(state, asked)
            for role in ROLES:
                wanted = role == "member" if asked == "reply" else role in ("chair", "secretary")
                allowed = row is not None and meeting_row is not None and wanted
                assert bool(may_reply(made.user(role), place, verb)) is allowed, (reply, verb, role)


def test_a_refusal_changes_nothing():
    made = world("published")
    place, left = made.place(made.members[0]), AuditEntry.objects.count()
    for name in ("clerk", "leader", "chair", "secretary", "guest", "stranger"):
        for act in (
            lambda user: replies.accept(place, by=user, at=now()),
            lambda user: replies.stay_away(place, reason=REASON, by=user, at=now()),
            lambda user: replies.delegate(place, to=made.stranger, basis=BASIS, by=user, at=now()),
            lambda user: replies.decide(place, excused=True, by=user, at=now()),
        ):
            with pytest.raises(Refused):
                act(made.user(name))
    assert AuditEntry.objects.count() == left


def test_accepting_and_changing_ones_mind_until_the_meeting_opens():
    made = world("published", kind="enlarged_conference")
    user = made.members[0]
    proved(made, lambda: replies.accept(made.place(user), by=user, at=now()))
    assert made.place(user).reply == "accepted"
    left = AuditEntry.objects.count()
    replies.accept(made.place(user), by=user, at=now())
    assert AuditEntry.objects.count() == left
    replies.stay_away(made.place(user), reason=REASON, by=user, at=now())
    assert (made.place(user).reply, made.place(user).reply_reason) == ("absent", REASON)
    replies.accept(made.place(user), by=user, at=now())
    assert made.place(user).reply_reason == ""
    room.open_room(made.meeting, by=made.chair, at=now())
    with pytest.raises(Refused, match="reply_passed"):
        replies.stay_away(made.place(user), reason=REASON, by=user, at=now())


def test_where_members_vote_the_chair_is_asked():
    made = world("published")
    user, chair = made.members[0], made.chair
    replies.stay_away(made.place(user), reason=REASON, by=user, at=now())
    assert made.place(user).reply == "asked"
    assert Notice.objects.filter(user=chair, kind="meetings.absence_asked").count() == 1
    with pytest.raises(Refused, match="reason_too_short"):
        replies.decide(made.place(user), excused=False, words="Không", by=chair, at=now())
    replies.decide(made.place(user), excused=False, words="Nội dung cần có mặt", by=made.secretary, at=now())
    assert (made.place(user).reply, made.place(user).decision_words) == ("refused", "Nội dung cần có mặt")
    assert AuditEntry.objects.filter(verb="refuse").last().data["on_the_chairs_word"] is True
    replies.decide(made.place(user), excused=True, by=chair, at=now())
    assert made.place(user).reply == "excused"
    assert set(Notice.objects.filter(user=user).values_list("kind", flat=True)) >= {
        "meetings.invited",
        "meetings.absence_refused",
        "meetings.absence_excused",
    }


def test_nobody_decides_on_their_own_absence():
    made = world("published")
    replies.stay_away(made.place(made.secretary), reason=REASON, by=made.secretary, at=now())
    with pytest.raises(Refused, match="reply_own_absence"):
        replies.decide(made.place(made.secretary), excused=True, by=made.secretary, at=now())
    replies.stay_away(made.place(made.chair), reason=REASON, by=made.chair, at=now())
    assert made.place(made.chair).reply == "absent"


def test_a_colleague_stands_in_and_is_told():
    made = world("published")
    user, to = made.members[0], colleague(made)
    substitute = proved(
        made, lambda: replies.delegate(made.place(user), to=to, basis=BASIS, title="PGĐ", by=user, at=now()), to
    )
    assert (substitute.stands_in_for_id, substitute.votes, substitute.role) == (made.place(user).pk, False, "member")
    assert made.place(user).votes is True
    assert room_snapshot(made.meeting, "guest")["people"][str(substitute.public_id)]["for"] == str(
        made.place(user).public_id
    )
    assert Notice.objects.filter(user=to, kind="meetings.delegated").count() == 1
    assert Notice.objects.filter(user=user, kind="meetings.stood_in_for").count() == 1
    with pytest.raises(Refused, match="reply_sub_delegates"):
        replies.delegate(substitute, to=colleague(made), basis=BASIS, by=fresh(to), at=now())


def test_changing_and_withdrawing_a_substitute_ends_the_first_ones_rights():
    made = world("published")
    user, first, second = made.members[0], colleague(made), colleague(made)
    replies.delegate(made.place(user), to=first, basis=BASIS, by=user, at=now())
    proved(made, lambda: replies.delegate(made.place(user), to=second, basis=BASIS, by=user, at=now()), first, second)
    assert made.place(first).removed_at is not None
    assert signed_in(first).get(reverse("meetings:detail", args=[made.meeting.public_id])).status_code == 404
    proved(made, lambda: replies.accept(made.place(user), by=user, at=now()), second)
    assert made.place(second).removed_at is not None
    assert made.place(user).reply == "accepted"
    assert Notice.objects.filter(user=second, kind="meetings.delegation_ended").count() == 1
    back = proved(made, lambda: replies.delegate(made.place(user), to=first, basis=BASIS, by=user, at=now()), first)
    assert back.removed_at is None


def test_who_may_not_be_sent():
    made = world("published")
    user, place = made.members[0], made.place(made.members[0])
    below = AgencyFactory(parent=made.agency)
    for to, code in (
        (made.stranger, "reply_not_colleague"),
        (user, "reply_not_yourself"),
        (made.members[1], "already_invited"),
        (person(made.agency, is_active=False), "reply_not_colleague"),
    ):
        with pytest.raises(Refused, match=code):
            replies.delegate(place, to=fresh(to), basis=BASIS, by=user, at=now())
    with pytest.raises(Refused, match="reply_basis_missing"):
        replies.delegate(place, to=colleague(made), basis="Ừ", by=user, at=now())
    with pytest.raises(Refused, match="reply_chair_delegates"):
        replies.delegate(made.place(made.chair), to=colleague(made), basis=BASIS, by=made.chair, at=now())
    assert replies.delegate(place, to=person(below), basis=BASIS, by=user, at=now()).stands_in_for_id == place.pk


def voting_world():
    """A published meeting of a kind whose substitutes vote, as its agency's regulation says."""
    made, code = world("draft"), new_code()
    changes = {"substitutes_vote": True, "certainty": "agency", "basis": "Quy chế làm việc số 01/QC-UBND"}
    wish = Wish("ubnd_session", today(), "Phiên họp được ủy quyền", changes=changes)
    change_kind(made.agency, code=code, wish=wish, by=person(made.agency, "admin"), at=now())
    wanted = details(kind=code, starts_at=made.meeting.starts_at, ends_at=made.meeting.ends_at)
    acts.edit(made.meeting, details=wanted, revision=made.meeting.revision, by=made.clerk, at=now())
    bring(made, "published")
    return made


def test_a_lent_vote_is_held_once_and_goes_back():
    made = voting_world()
    user, to = made.members[0], colleague(made)
    before = room_snapshot(made.meeting, "")["meeting"]["quorum"]["members"]
    substitute = proved(made, lambda: replies.delegate(made.place(user), to=to, basis=BASIS, by=user, at=now()), to)
    assert (substitute.votes, made.place(user).votes) == (True, False)
    assert room_snapshot(made.meeting, "")["meeting"]["quorum"]["members"] == before
    with pytest.raises(Refused, match="vote_is_lent"):
        participants.change(made.place(user), seat=Seat("member", votes=True), by=made.clerk, at=now())
    proved(made, lambda: replies.accept(made.place(user), by=user, at=now()), to)
    assert (made.place(to).votes, made.place(user).votes) == (False, True)


def test_who_comes_after_all_takes_the_place_back_even_in_a_running_vote():
    made = voting_world()
    user, to = made.members[0], colleague(made)
    replies.delegate(made.place(user), to=to, basis=BASIS, by=user, at=now())
    room.open_room(made.meeting, by=made.chair, at=now())
    check_in(made, made.chair, to, *made.members[1:])
    vote = votes.open_vote(made.vote(), by=made.chair, at=now())
    proved(made, lambda: presence.check_in(made.place(user), by=user, at=now()), to)
    assert not RollEntry.objects.filter(vote=vote, participant=made.place(to)).exists()
    (refused,) = cast_together(made.vote(), casts=[Cast(to, "yes", now())], by=to, at=now())
    (taken,) = cast_together(made.vote(), casts=[Cast(user, "yes", now())], by=user, at=now())
    assert (refused.code, bool(taken)) == ("not_on_roll", True)


def test_a_substitute_removed_while_voting_votes_no_more():
    made = voting_world()
    user, to = made.members[0], colleague(made)
    replies.delegate(made.place(user), to=to, basis=BASIS, by=user, at=now())
    room.open_room(made.meeting, by=made.chair, at=now())
    check_in(made, made.chair, to, *made.members[1:])
    votes.open_vote(made.vote(), by=made.chair, at=now())
    proved(made, lambda: participants.remove(made.place(to), by=made.secretary, at=now()), to)
    (answer,) = cast_together(made.vote(), casts=[Cast(to, "yes", now(), client_id=uuid4())], by=to, at=now())
    assert answer.code == "not_on_roll"
    assert made.place(user).votes is True
    assert made.place(user).reply == "none"


def test_a_ballot_already_given_stays_and_is_not_given_twice():
    made = voting_world()
    user, to = made.members[0], colleague(made)
    replies.delegate(made.place(user), to=to, basis=BASIS, by=user, at=now())
    room.open_room(made.meeting, by=made.chair, at=now())
    check_in(made, made.chair, to, *made.members[1:])
    votes.open_vote(made.vote(), by=made.chair, at=now())
    cast_together(made.vote(), casts=[Cast(to, "yes", now())], by=to, at=now())
    presence.check_in(made.place(user), by=user, at=now())
    (answer,) = cast_together(made.vote(), casts=[Cast(user, "no", now())], by=user, at=now())
    assert answer.code == "not_on_roll"
    votes.close_vote(made.vote(), by=made.chair, at=now())
    assert made.vote().result["counts"]["yes"] == 1


def test_removing_the_person_takes_the_substitute_along():
    made = world("published")
    user, to = made.members[0], colleague(made)
    replies.delegate(made.place(user), to=to, basis=BASIS, by=user, at=now())
    proved(made, lambda: participants.remove(made.place(user), by=made.clerk, at=now()), to)
    assert made.place(to).removed_at is not None


def test_reminding_is_once_a_day_and_only_for_those_who_have_not_answered():
    made = world("published")
    replies.accept(made.place(made.members[0]), by=made.members[0], at=now())
    assert replies.remind(made.meeting, by=made.clerk, at=now()) == 5
    assert not Notice.objects.filter(user=made.members[0], kind="meetings.reply_reminder").exists()
    with pytest.raises(Refused, match="reminded_today"):
        replies.remind(made.meeting, by=made.secretary, at=now())
    for name in ("leader", "member", "guest", "stranger"):
        with pytest.raises(Refused):
            replies.remind(made.meeting, by=made.user(name), at=now())


def test_the_card_answers_in_one_tap_and_the_page_keeps_what_was_written():
    made = world("published")
    user = made.members[0]
    client, page = signed_in(user), reverse("meetings:reply", args=[made.meeting.public_id])
    assert "answer" in client.get(reverse("meetings:detail", args=[made.meeting.public_id])).context
    assert client.post(page, {"do": "accept", "next": "inbox"})["Location"] == "/inbox/"
    answer = client.post(page, {"do": "stay_away", "reason": "Bận"})
    assert answer.status_code == 422
    assert "Bận" in answer.content.decode()
    assert client.post(page, {"do": "delegate", "to": "x"}).status_code == 422
    assert client.post(page, {"do": "delegate", "to": str(uuid4()), "basis": BASIS}).status_code == 404
    assert client.post(page, {"do": "x"}).status_code == 404
    to = colleague(made)
    assert to.full_name in client.get(page, {"q": to.full_name}).content.decode()
    assert client.post(page, {"do": "delegate", "to": str(to.public_id), "basis": BASIS}).status_code == 302
    assert made.place(user).reply == "delegated"
    assert client.get(page, {"q": "x" * 3000}).status_code == 200


def test_colleagues_of_the_own_unit_stand_before_those_under_it():
    made = world("published")
    user = made.members[0]
    below = AgencyFactory(parent=made.agency, name="A – đơn vị trực thuộc")
    far, near = person(below, full_name="An Văn An"), person(made.agency, full_name="Vũ Văn Vũ")
    answer = signed_in(user).get(reverse("meetings:reply", args=[made.meeting.public_id]))
    shown = [post.user_id for post in answer.context["colleagues"]]
    assert shown.index(near.pk) < shown.index(far.pk)
    places = [post.agency_id for post in answer.context["colleagues"]]
    assert places == sorted(places, key=places.index)
    assert answer.content.decode().count(f">{below.name}</h3>") == 1


def test_only_the_chair_reads_why_and_decides_on_the_page():
    made = world("published")
    user = made.members[0]
    replies.stay_away(made.place(user), reason=REASON, by=user, at=now())
    page = reverse("meetings:people", args=[made.meeting.public_id])
    decide = reverse("meetings:decide", args=[made.meeting.public_id, made.place(user).public_id])
    assert REASON in signed_in(made.chair).get(page).content.decode()
    assert REASON not in signed_in(made.members[1]).get(page).content.decode()
    assert signed_in(made.members[1]).post(decide, {"do": "excuse"}).status_code == 403
    assert signed_in(made.chair).post(decide, {"do": "excuse"}).status_code == 302
    assert made.place(user).reply == "excused"


def test_undoing_a_check_in_is_told_to_the_room():
    made = world("published")
    user = made.members[0]
    presence.check_in(made.place(user), by=user, at=now())
    for name in ("clerk", "leader", "member", "guest", "stranger"):
        with pytest.raises(Refused):
            presence.undo_check_in(made.place(user), by=made.user(name), at=now())
    proved(made, lambda: presence.undo_check_in(made.place(user), by=made.secretary, at=now()))
    assert made.place(user).checked_in_at is None


def reminded(kind="reply_reminder"):
    return sorted(Notice.objects.filter(kind=f"meetings.{kind}").values_list("user_id", flat=True))


def test_the_tick_reminds_two_days_and_one_day_before_only_those_without_an_answer():
    made = world("published")
    due = now() + timedelta(days=5)
    Meeting.objects.filter(pk=made.meeting.pk).update(reply_by=due)
    answered, away, gone = made.members
    replies.accept(made.place(answered), by=answered, at=now())
    replies.stay_away(made.place(away), reason=REASON, by=away, at=now())
    participants.remove(made.place(gone), by=made.clerk, at=now())
    silent = sorted(one.pk for one in (made.chair, made.secretary, made.guest))
    assert remind(at=due - timedelta(days=2, minutes=1)) == 0
    assert remind(at=due - timedelta(days=2)) == 3
    assert reminded() == silent
    assert remind(at=due - timedelta(days=1, minutes=1)) == 0  # told once, however often the clock asks
    replies.accept(made.place(made.guest), by=made.guest, at=now())
    assert remind(at=due - timedelta(days=1)) == 2
    assert reminded() == sorted([*silent, made.chair.pk, made.secretary.pk])
    assert remind(at=due - timedelta(minutes=1)) == 0
    assert remind(at=due + timedelta(minutes=1)) == 0


def test_the_tick_reminds_units_that_have_named_nobody():
    made = world("draft")
    silent, busy = AgencyFactory(parent=made.agency), AgencyFactory(parent=made.agency)
    desks = {unit.pk: person(unit, "clerk") for unit in (silent, busy)}
    invited = {
        unit.pk: units.invite_unit(made.meeting, agency=unit, seats=units.Seats(1), by=made.clerk, at=now())
        for unit in (silent, busy)
    }
    bring(made, "published")
    due = now() + timedelta(days=3)
    Meeting.objects.filter(pk=made.meeting.pk).update(reply_by=due)
    units.name_person(invited[busy.pk], user=person(busy), by=desks[busy.pk], at=now())
    remind(at=due - timedelta(days=2))
    remind(at=due - timedelta(days=2))
    assert reminded("unit_reminder") == [desks[silent.pk].pk]


def test_nobody_is_reminded_of_a_meeting_called_off():
    made = world("published")
    due = now() + timedelta(days=5)
    Meeting.objects.filter(pk=made.meeting.pk).update(reply_by=due)
    acts.cancel(made.meeting, reason=REASON, by=made.clerk, at=now())
    assert remind(at=due - timedelta(days=1)) == 0
