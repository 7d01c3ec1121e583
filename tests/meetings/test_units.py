"""Units invited as such: what they see, whom they name, how many at most, also from two tablets at once."""

from datetime import timedelta
from threading import Barrier, Thread
from uuid import uuid4

import pytest
from django.db import connection
from django.test import Client
from django.urls import reverse

from ledger.verdict import Refused
from meetings.actions import package, replies, room, units
from meetings.actions.units import Seats
from meetings.inbox import waiting
from meetings.models import Participant, UnitInvitation
from meetings.queries.units import visible_units
from meetings.queries.visible import visible_meetings
from notices.models import Notice
from tests.meetings.factories import now, world
from tests.meetings.test_sync import proved
from tests.people.factories import AgencyFactory, fresh, person
from tests.undone import undone

pytestmark = pytest.mark.django_db


def signed_in(user) -> Client:
    client = Client()
    client.force_login(user, backend="allauth.account.auth_backends.AuthenticationBackend")
    return client


def invited(state="published", *, seats=2, role="member", **changes):
    """A meeting in a state that a department with a clerk, a leader and three officials is invited to."""
    made = world("draft", **changes)
    agency = AgencyFactory(name="Sở Thử nghiệm", parent=made.agency)
    desk = {"clerk": person(agency, "clerk"), "leader": person(agency, "leader")}
    people = [person(agency, "official") for _ in range(3)]
    unit = units.invite_unit(made.meeting, agency=agency, seats=Seats(seats, role, "Lãnh đạo"), by=made.clerk, at=now())
    if state in ("published", "open"):
        package.submit(made.meeting, by=made.clerk, at=now())
        package.approve(made.meeting, by=made.leader, at=now())
    if state == "open":
        room.open_room(made.meeting, by=made.chair, at=now())
    made.reread()
    return made, again(unit), desk, people


def again(unit):
    return UnitInvitation.objects.select_related("meeting__agency", "agency").get(pk=unit.pk)


def test_the_desk_is_told_when_the_meeting_is_published_and_sees_only_the_invitation():
    made, _unit, desk, _ = invited("draft")
    assert not Notice.objects.filter(user=desk["clerk"]).exists()
    assert not visible_units(desk["clerk"]).exists()
    package.submit(made.meeting, by=made.clerk, at=now())
    package.approve(made.meeting, by=made.leader, at=now())
    for user in desk.values():
        notice = Notice.objects.get(user=user, kind="meetings.unit_invited")
        client = signed_in(user)
        assert client.get(notice.url).status_code == 200
        assert client.get(reverse("meetings:detail", args=[made.meeting.public_id])).status_code == 404
    assert signed_in(made.stranger).get(notice.url).status_code == 404


def test_a_named_person_takes_part_and_the_desk_follows_as_a_guest_would():
    made, unit, desk, people = invited()
    clerk = desk["clerk"]
    place = proved(made, lambda: units.name_person(unit, user=people[0], title="PGĐ", by=clerk, at=now()), people[0])
    assert (place.unit_id, place.role, place.votes) == (unit.pk, "member", False)
    assert Notice.objects.filter(user=people[0], kind="meetings.named").count() == 1
    assert visible_meetings(fresh(clerk)).filter(pk=made.meeting.pk).exists()
    assert signed_in(clerk).get(reverse("meetings:detail", args=[made.meeting.public_id])).status_code == 200
    assert signed_in(clerk).get(reverse("meetings:room", args=[made.meeting.public_id])).status_code == 403
    proved(made, lambda: units.take_person_away(place, by=clerk, at=now()), people[0])
    assert made.place(people[0]).removed_at is not None
    assert not visible_meetings(fresh(clerk)).filter(pk=made.meeting.pk).exists()


def test_no_more_than_its_seats_and_only_its_own_people():
    made, unit, desk, people = invited(seats=1)
    leader = desk["leader"]
    with pytest.raises(Refused, match="unit_not_its_people"):
        units.name_person(unit, user=made.stranger, by=leader, at=now())
    units.name_person(unit, user=people[0], by=leader, at=now())
    with pytest.raises(Refused, match="unit_full"):
        units.name_person(unit, user=people[1], by=leader, at=now())
    units.change_unit(again(unit), seats=Seats(2), revision=1, by=made.clerk, at=now())
    with pytest.raises(Refused, match="changed_meanwhile"):
        units.change_unit(again(unit), seats=Seats(3), revision=1, by=made.clerk, at=now())
    with pytest.raises(Refused, match="already_invited"):
        units.name_person(unit, user=people[0], by=leader, at=now())
    units.name_person(unit, user=people[1], by=leader, at=now())
    with pytest.raises(Refused, match="unit_seats_taken"):
        units.change_unit(again(unit), seats=Seats(1), revision=2, by=made.clerk, at=now())


def test_people_of_units_under_it_may_be_named():
    _made, unit, desk, _ = invited()
    below = person(AgencyFactory(parent=unit.agency), "official")
    assert units.name_person(unit, user=below, by=desk["clerk"], at=now()).unit_id == unit.pk


def test_declining_takes_its_people_off_and_naming_again_undoes_it():
    made, unit, desk, people = invited()
    units.name_person(unit, user=people[0], by=desk["clerk"], at=now())
    with pytest.raises(Refused, match="reason_too_short"):
        units.decline(unit, reason="Bận", by=desk["clerk"], at=now())
    proved(made, lambda: units.decline(unit, reason="Trùng lịch công tác", by=desk["clerk"], at=now()), people[0])
    assert made.place(people[0]).removed_at is not None
    assert Notice.objects.filter(user=made.clerk, kind="meetings.unit_declined").count() == 1
    units.name_person(unit, user=people[1], by=desk["leader"], at=now())
    assert again(unit).declined_at is None


def test_taking_the_unit_off_takes_its_people_and_their_substitutes_off():
    made, unit, desk, people = invited()
    units.name_person(unit, user=people[0], by=desk["clerk"], at=now())
    replies.delegate(made.place(people[0]), to=people[1], basis="Giấy ủy quyền số 5", by=people[0], at=now())
    proved(made, lambda: units.remove_unit(again(unit), by=made.clerk, at=now()), people[0], people[1])
    assert made.place(people[0]).removed_at
    assert made.place(people[1]).removed_at
    assert units.invite_unit(made.meeting, agency=unit.agency, seats=Seats(), by=made.clerk, at=now()).pk == unit.pk


UNIT_VERBS = ("name", "take_away", "decline", "change", "remove", "invite")


def do(made, unit, people, verb, user):
    at = now()
    place = Participant.objects.filter(unit=unit).select_related("unit__meeting", "meeting__agency", "user").first()
    return {
        "name": lambda: units.name_person(unit, user=people[1], by=user, at=at),
        "take_away": lambda: units.take_person_away(place, by=user, at=at),
        "decline": lambda: units.decline(unit, reason="Trùng lịch công tác", by=user, at=at),
        "change": lambda: units.change_unit(unit, seats=Seats(3), revision=unit.revision, by=user, at=at),
        "remove": lambda: units.remove_unit(unit, by=user, at=at),
        "invite": lambda: units.invite_unit(
            made.meeting, agency=AgencyFactory(name="Đơn vị khác"), seats=Seats(), by=user, at=at
        ),
    }[verb]


@pytest.mark.parametrize("state", ["published", "open"])
@pytest.mark.parametrize("verb", UNIT_VERBS)
def test_every_role_at_every_verb(state, verb):
    keepers = {"published": {"clerk", "secretary"}, "open": {"clerk", "secretary", "chair"}}[state]
    units_own = {"unit clerk", "unit leader"} if state == "published" else set()
    wanted = keepers if verb in ("change", "remove", "invite") else units_own
    there = invited(state)
    Participant.objects.create(meeting=there[0].meeting, user=there[3][0], role="member", unit=there[1])
    for role in ("clerk", "leader", "chair", "secretary", "member", "guest", "stranger", "unit clerk", "unit leader"):
        with undone(there) as (made, unit, desk, people):
            user = fresh(desk[role.removeprefix("unit ")]) if role.startswith("unit ") else made.user(role)
            act = do(made, unit, people, verb, user)
            if role in wanted:
                act()
            else:
                with pytest.raises(Refused):
                    act()


def test_the_units_own_pages():
    made, unit, desk, people = invited()
    client, page = signed_in(desk["clerk"]), reverse("meetings:unit", args=[unit.public_id])
    assert made.meeting.title in client.get(reverse("meetings:units")).content.decode()
    assert people[0].full_name in client.get(page).content.decode()
    assert client.post(page, {"do": "name", "who": str(people[0].public_id)}).status_code == 302
    assert client.post(page, {"do": "name", "who": str(made.stranger.public_id)}).status_code == 422
    assert client.post(page, {"do": "name", "who": "x"}).status_code == 404
    place = made.place(people[0])
    assert client.post(page, {"do": "take_away", "who": str(place.public_id)}).status_code == 302
    assert client.post(page, {"do": "take_away", "who": str(uuid4())}).status_code == 404
    answer = client.post(page, {"do": "decline", "reason": "Bận"})
    assert answer.status_code == 422
    assert "Bận" in answer.content.decode()
    for query in ({"when": "past"}, {"state": "named"}, {"state": "declined", "q": "Sở"}, {"q": "%", "page": "x"}):
        assert client.get(reverse("meetings:units"), query).status_code == 200
    assert signed_in(made.stranger).get(page).status_code == 404


def test_the_list_of_invitations_takes_as_many_queries_for_three_as_for_one():
    _made, unit, desk, _ = invited()
    client = signed_in(desk["clerk"])
    client.get(reverse("meetings:units"))
    with connection.execute_wrapper(counter := Counter()):
        client.get(reverse("meetings:units"))
    one = counter.count
    for _number in range(2):
        other = world("draft")
        units.invite_unit(other.meeting, agency=unit.agency, seats=Seats(), by=other.clerk, at=now())
        package.submit(other.meeting, by=other.clerk, at=now())
        package.approve(other.meeting, by=other.leader, at=now())
    with connection.execute_wrapper(counter := Counter()):
        client.get(reverse("meetings:units"))
    assert counter.count == one


class Counter:
    """Counts queries."""

    def __init__(self):
        self.count = 0

    def __call__(self, execute, sql, params, many, context):
        self.count += 1
        return execute(sql, params, many, context)


def test_what_waits_for_the_unit_stands_in_its_inbox():
    made, unit, desk, people = invited()
    assert [item.kind for item in waiting(fresh(desk["clerk"]))] == ["unit"]
    units.name_person(unit, user=people[0], by=desk["clerk"], at=now())
    assert [item.kind for item in waiting(fresh(desk["clerk"]))] == []
    assert [item.kind for item in waiting(fresh(people[0]))] == ["reply"]
    replies.accept(made.place(people[0]), by=people[0], at=now())
    assert [item.kind for item in waiting(fresh(people[0]))] == ["invited"]


@pytest.mark.django_db(transaction=True)
def test_two_tablets_never_name_more_than_the_seats():
    _made, unit, desk, people = invited(seats=1, starts_at=now() + timedelta(hours=1))
    outcomes, start = [], Barrier(2)

    def name(user, by):
        start.wait()
        try:
            units.name_person(unit, user=user, by=by, at=now())
            outcomes.append("named")
        except Refused as refused:
            outcomes.append(refused.code)
        finally:
            connection.close()

    pairs = [(people[0], desk["clerk"]), (people[1], desk["leader"])]
    threads = [Thread(target=name, args=pair) for pair in pairs]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(outcomes) == ["named", "unit_full"]


@pytest.mark.django_db(transaction=True)
def test_two_tablets_accept_and_delegate_at_once():
    made = world("published")
    user, to = made.members[0], person(made.agency)
    start, outcomes = Barrier(2), []

    def tablet(act):
        start.wait()
        try:
            act()
            outcomes.append("done")
        except Refused as refused:
            outcomes.append(refused.code)
        finally:
            connection.close()

    acts = [
        lambda: replies.accept(made.place(user), by=user, at=now()),
        lambda: replies.delegate(made.place(user), to=to, basis="Giấy ủy quyền số 5", by=user, at=now()),
    ]
    threads = [Thread(target=tablet, args=(act,)) for act in acts]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    stands = Participant.objects.filter(meeting=made.meeting, user=to, removed_at__isnull=True).exists()
    assert outcomes == ["done", "done"]
    assert stands == (made.place(user).reply == "delegated")
