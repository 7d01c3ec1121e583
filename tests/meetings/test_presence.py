"""Coming and going: with codes, many at once, at sites; logged, undone, told to the room; the quorum."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import connection

from ledger.models import AuditEntry
from ledger.verdict import Refused
from meetings.actions import participants, presence, replies, room, sites, votes
from meetings.actions.ballots import Cast, cast_together
from meetings.commands.obeying import obey
from meetings.commands.orders import Order
from meetings.commands.presence import MOST
from meetings.details import Entry, Seat, SiteDetails
from meetings.door import door_code
from meetings.door_code import STEP
from meetings.kinds import all_kinds, kind_from, written_rows
from meetings.models import Participant, RollEntry
from meetings.queries.roll import comings_of, roll_lines
from meetings.queries.room import quorum_of, roll_counts
from meetings.rules.presence import SCAN_KEEPS
from meetings.snapshot.room import room_snapshot
from tests.meetings.factories import check_in, now, running_vote, world
from tests.meetings.test_replies import BASIS, colleague, voting_world
from tests.meetings.test_sync import proved
from tests.people.factories import person

pytestmark = pytest.mark.django_db
HALL = SiteDetails("Điểm cầu xã Tân An", "Hội trường UBND xã", "https://hop.example.gov.vn/tan-an")


def site_of(made, details=HALL):
    return sites.add(made.meeting, details=details, by=made.clerk, at=now())


def ids(made, *users):
    return [made.place(user).public_id for user in users]


def do(made, verb, user, **data):
    return obey(made.reread(), Order(verb, data, uuid4(), user, now()))


def last():
    return AuditEntry.objects.order_by("pk").last()


def only_code(made):
    return sites.set_entry(made.meeting, entry=Entry(False), seen=Entry(True), by=made.clerk, at=now())


# --- by oneself, with the code, by the secretary ------------------------------------------------------


def test_how_a_check_in_came_about_is_kept():
    made = world("published")
    one, two, three = made.members
    at = now()
    presence.check_in(made.place(one), by=one, at=at)
    presence.check_in(made.place(two), code=door_code(made.meeting, None, at), by=two, at=at)
    presence.check_in(made.place(three), by=made.secretary, at=at)
    assert [made.place(user).checked_in_by for user in made.members] == ["self", "code", "secretary"]
    assert last().data["how"] == "secretary"
    shown = room_snapshot(made.meeting, "")["people"][str(made.place(two).public_id)]
    assert (shown["by"], shown["attends"]) == ("code", "room")


def test_where_the_code_is_asked_for_one_needs_it_but_chair_and_secretary_do_not():
    made = world("published")
    member, at = made.members[0], now()
    only_code(made)
    with pytest.raises(Refused, match="code_needed"):
        presence.check_in(made.place(member), by=member, at=at)
    presence.check_in(made.place(made.chair), by=made.chair, at=at)
    presence.check_in(made.place(made.members[1]), by=made.secretary, at=at)
    code = door_code(made.meeting, None, at)
    presence.check_in(made.place(member), code=code, by=member, at=at + timedelta(seconds=STEP))
    assert made.place(member).checked_in_by == "code"


def test_an_old_code_and_one_of_another_meeting_are_told_apart():
    made, other = world("published"), world("published")
    member, at = made.members[0], now()
    old = door_code(made.meeting, None, at - timedelta(seconds=3 * STEP))
    for code, reason in ((old, "code_old"), (door_code(other.meeting, None, at), "code_wrong"), ("x", "code_wrong")):
        with pytest.raises(Refused, match=reason):
            presence.check_in(made.place(member), code=code, by=member, at=at)
    scanned = at - timedelta(seconds=3 * STEP)
    assert presence.check_in(made.place(member), code=old, scanned_at=scanned, by=member, at=at).checked_in_at == at
    late = at + SCAN_KEEPS
    with pytest.raises(Refused, match="code_old"):
        presence.check_in(made.place(made.members[1]), code=old, scanned_at=scanned, by=made.members[1], at=late)


def test_the_code_of_a_site_says_where_one_is_and_going_elsewhere_is_no_second_coming():
    made = world("open")
    member, site, at = made.members[0], site_of(made), now()
    proved(
        made, lambda: presence.check_in(made.place(member), code=door_code(made.meeting, site, at), by=member, at=at)
    )
    place = made.place(member)
    assert (place.attends, place.site) == ("site", site)
    assert last().data["site"] == HALL.name
    came = place.checked_in_at
    proved(made, lambda: presence.check_in(made.place(member), attends="room", by=member, at=now()))
    assert last().verb == "set_site"
    assert (made.place(member).attends, made.place(member).checked_in_at) == ("room", came)
    before = AuditEntry.objects.count()
    presence.check_in(made.place(member), attends="room", by=member, at=now())
    assert AuditEntry.objects.count() == before


def test_who_is_expected_at_a_site_checks_in_there():
    made = world("published")
    member, site = made.members[0], site_of(made)
    proved(made, lambda: presence.set_site(
        made.meeting, people=ids(made, member), attends="site", site=site, by=made.clerk, at=now()
    ))  # fmt: skip
    presence.check_in(made.place(member), by=member, at=now())
    assert made.place(member).site == site
    assert last().data["site"] == HALL.name


def test_ways_of_attending_that_are_none_are_refused():
    made, other = world("published"), world("published")
    place, strange, gone = made.place(made.members[0]), site_of(other), site_of(made)
    sites.remove(gone, by=made.clerk, at=now())
    gone.refresh_from_db()
    for given, reason in (
        ({"attends": "moon"}, "attends_unknown"),
        ({"attends": "site"}, "site_missing"),
        ({"attends": "room", "site": site_of(made, SiteDetails("Khác"))}, "attends_unknown"),
        ({"site": strange}, "site_unknown"),
        ({"site": gone}, "site_unknown"),
    ):
        with pytest.raises(Refused, match=reason):
            presence.check_in(place, **given, by=place.user, at=now())


# --- many at once -----------------------------------------------------------------------------------------


def test_the_secretary_takes_the_suggestion_and_the_record_says_so():
    made = world("open", members=5)
    people = [*made.members, made.guest]
    check_in(made, made.members[0])
    count = proved(
        made,
        lambda: presence.check_in_together(
            made.meeting, people=[*ids(made, *people), uuid4()], how="connection", by=made.secretary, at=now()
        ),
    )
    assert count == 5
    entries = AuditEntry.objects.filter(verb="check_in", data__how="connection")
    assert {entry.data["user"] for entry in entries} == {user.pk for user in people[1:]}
    assert {entry.by_id for entry in entries} == {made.secretary.pk}
    assert made.place(people[0]).checked_in_by == "self"
    others = ids(made, *people[1:])
    assert proved(made, lambda: presence.undo_together(made.meeting, people=others, by=made.secretary, at=now())) == 5
    assert {entry.data["how"] for entry in AuditEntry.objects.filter(verb="undo_check_in")} == {"connection"}
    assert not Participant.objects.filter(user__in=people[1:], checked_in_at__isnull=False).exists()


def test_who_lost_the_connection_is_said_to_have_left():
    made = world("open")
    check_in(made)
    gone = made.members[:2]
    act = lambda: presence.leave_together(  # noqa: E731
        made.meeting, people=ids(made, *gone, made.guest), how="connection", by=made.secretary, at=now()
    )
    assert proved(made, act) == 2
    assert last().data["how"] == "connection"
    assert presence.leave_together(made.meeting, people=ids(made, *gone), by=made.secretary, at=now()) == 0


def test_undoing_passes_over_who_has_voted():
    made = world("open")
    vote = running_vote(made)
    voted, other, _ = made.members
    cast_together(vote, casts=[Cast(voted, "yes", now())], by=voted, at=now())
    act = lambda: presence.undo_together(  # noqa: E731
        made.meeting, people=ids(made, voted, other), by=made.secretary, at=now()
    )
    assert proved(made, act) == 1
    assert made.place(voted).checked_in_at
    assert RollEntry.objects.get(vote=vote, participant=made.place(other)).present is False
    with pytest.raises(Refused, match="nothing_to_undo"):
        act()


def test_lent_votes_go_back_and_come_again_among_many():
    made = voting_world()
    user, to = made.members[0], colleague(made)
    replies.delegate(made.place(user), to=to, basis=BASIS, by=user, at=now())
    room.open_room(made.meeting, by=made.chair, at=now())
    check_in(made, to)
    people = ids(made, user, *made.members[1:])
    arrive = lambda: presence.check_in_together(  # noqa: E731
        made.meeting, people=people, how="secretary", by=made.secretary, at=now()
    )
    proved(made, arrive, to)
    assert (made.place(user).votes, made.place(to).votes) == (True, False)
    go = lambda: presence.leave_together(made.meeting, people=people, by=made.secretary, at=now())  # noqa: E731
    proved(made, go, to)
    assert (made.place(user).votes, made.place(to).votes) == (False, True)
    assert AuditEntry.objects.get(verb="leave", data__user=user.pk).data["vote_with"] == to.pk


class Counter:
    count = 0

    def __call__(self, execute, sql, params, many, context):
        self.count += 1
        return execute(sql, params, many, context)


def crowd(made, size):
    people = [person(made.agency, "official") for _ in range(size)]
    lines = [participants.Guestline(user, Seat("member", votes=True)) for user in people]
    for start in range(0, size, 200):
        participants.invite_many(made.meeting, lines=lines[start : start + 200], by=made.clerk, at=now())
    return list(made.meeting.participants.filter(user__in=people).values_list("public_id", flat=True))


def statements(work):
    with connection.execute_wrapper(counter := Counter()):
        work()
    return counter.count


def test_200_people_take_as_many_statements_as_5():
    made = world("published", members=1)
    few, many = crowd(made, 5), crowd(made, 200)
    how = {"by": made.secretary, "at": now()}
    for act in (
        lambda people: presence.check_in_together(made.meeting, people=people, how="connection", **how),
        lambda people: presence.set_site(made.meeting, people=people, attends="online", **how),
        lambda people: presence.leave_together(made.meeting, people=people, **how),
        lambda people: presence.undo_together(made.meeting, people=people, **how),
    ):
        needed = statements(lambda act=act: act(few))
        assert statements(lambda act=act: act(many)) <= needed + 3, "entries and facts go in by hundreds"
        assert needed < 40


# --- quorum -----------------------------------------------------------------------------------------------


def test_sites_and_online_count_unless_the_kind_says_otherwise(monkeypatch):
    made = world("open")
    site = site_of(made)
    presence.check_in(made.place(made.members[0]), site=site, by=made.members[0], at=now())
    presence.check_in(made.place(made.members[1]), attends="online", by=made.members[1], at=now())
    presence.check_in(made.place(made.chair), by=made.chair, at=now())
    assert quorum_of(made.meeting).present == 3
    row = next(row for row in written_rows() if row["code"] == "ubnd_session" and not row["effective_to"])
    strict = kind_from({**row, "quorum_counts": {"ways": ["room", "site"], "certainty": "agency"}})
    monkeypatch.setattr("meetings.queries.room.kind_of", lambda meeting: strict)
    assert quorum_of(made.meeting).present == 2
    presence.check_in(made.place(made.members[2]), by=made.members[2], at=now())
    vote = votes.open_vote(made.vote(), by=made.chair, at=now())
    assert vote.roll.filter(present=True).count() == quorum_of(made.meeting).present == 3
    assert not vote.roll.get(participant__user=made.members[1]).present
    assert roll_counts(vote).there == 3
    cast_together(vote, casts=[Cast(made.members[1], "yes", now())], by=made.members[1], at=now())
    assert roll_counts(vote).there == 4  # who answers is part of what the answers are measured by


def test_every_kind_says_what_counts_and_how_sure_that_is():
    for kind in all_kinds():
        assert set(kind.quorum_counts.ways) <= {"room", "site", "online"}
        assert kind.quorum_counts.certainty == "unverified"


# --- the roll ---------------------------------------------------------------------------------------------


def test_the_roll_knows_several_comings_and_forgets_what_was_undone():
    made = world("open")
    back, undone, _ = made.members
    at = now()
    for user, act, after in (
        (back, presence.check_in, 0), (undone, presence.check_in, 1), (back, presence.leave, 10),
        (back, presence.check_in, 20), (undone, presence.leave, 25),
    ):  # fmt: skip
        act(made.place(user), by=user, at=at + timedelta(minutes=after))
    presence.undo_check_in(made.place(undone), by=made.secretary, at=at + timedelta(minutes=30))
    times = comings_of(made.meeting)
    first, second = times[back.pk]
    assert first[1] is not None
    assert [first[1] - first[0], second[1]] == [timedelta(minutes=10), None]
    assert times[undone.pk] == []
    lines = {line.place.user: line for line in roll_lines(made.meeting)}
    assert len(lines[back].spells) == 2
    assert not lines[undone].here


# --- commands ---------------------------------------------------------------------------------------------


def test_the_commands_of_the_room():
    made = world("open", members=4)
    site, (one, two, three, four) = site_of(made), made.members
    at = now()
    do(made, "check_in", one, code=door_code(made.meeting, site, at))
    do(made, "check_in", two, attends="online")
    do(made, "check_in", made.secretary, person=str(made.place(three).public_id), site=str(site.public_id))
    assert [made.place(user).attends for user in made.members] == ["site", "online", "site", "room"]
    assert do(made, "check_in_connected", made.chair, people=[str(key) for key in ids(made, one, four)])["count"] == 1
    assert do(made, "undo_check_in", made.secretary, people=[str(ids(made, four)[0])])["count"] == 1
    assert do(made, "check_in_people", made.secretary, people=[str(ids(made, four)[0])])["count"] == 1
    assert do(made, "undo_check_in", made.secretary, person=str(ids(made, four)[0]))["count"] == 1
    assert do(made, "leave_disconnected", made.secretary, people=[str(ids(made, one)[0])])["count"] == 1
    assert do(made, "set_site", made.clerk, people=[str(ids(made, two)[0])], attends="room")["count"] == 1
    for user in (one, made.guest, made.stranger):
        for verb in ("check_in_people", "check_in_connected", "leave_disconnected", "set_site"):
            with pytest.raises(Refused, match="not_yours"):
                do(
                    made,
                    verb,
                    user,
                    people=[str(ids(made, two)[0])],
                    **({"attends": "room"} if verb == "set_site" else {}),
                )


@pytest.mark.parametrize(
    "data",
    [
        {"people": []}, {"people": ["x"]}, {"people": "all"}, {}, {"people": [str(uuid4())] * (MOST + 1)},
    ],
)  # fmt: skip
def test_frames_that_are_none_are_refused(data):
    made = world("open")
    with pytest.raises(Refused, match="bad_frame"):
        do(made, "check_in_people", made.secretary, **data)
    for wrong in ({"attends": "moon"}, {"site": "x"}, {"code": "a\x00"}, {"code": "a" * 100}):
        with pytest.raises(Refused, match="bad_frame"):
            do(made, "check_in", made.members[0], **wrong)


def test_many_and_one_after_the_other_are_one_too():
    made = world("open")
    member, at = made.members[0], now()
    presence.check_in(made.place(member), by=member, at=at)
    assert presence.check_in_together(
        made.meeting, people=ids(made, member), how="connection", by=made.secretary, at=at
    ) == 0  # fmt: skip
    place = made.place(made.members[1])
    participants.remove(place, by=made.clerk, at=at)
    with pytest.raises(Refused, match="not_a_participant"):
        presence.check_in(place, by=place.user, at=at)
    assert presence.check_in_together(
        made.meeting, people=[place.public_id], how="connection", by=made.secretary, at=at
    ) == 0  # fmt: skip


def test_a_vote_that_runs_is_named_by_those_who_come_during_it():
    made = world("open", members=4)
    check_in(made, made.chair, made.secretary, *made.members[:3])
    vote = votes.open_vote(made.vote(), by=made.chair, at=now())
    presence.check_in_together(
        made.meeting, people=ids(made, made.members[3]), how="connection", by=made.secretary, at=now()
    )
    assert last().data["during_vote"] == str(vote.public_id)
