"""The page of participants: filters, adding many, order, two clerks at once, saved lists; 200 people stay quick."""

from uuid import uuid4

import pytest
from django.db import connection
from django.test import Client
from django.urls import reverse

from ledger.verdict import Refused
from meetings.actions import invitees, participants, units
from meetings.actions.participants import Guestline
from meetings.actions.units import Seats
from meetings.details import Seat
from meetings.models import InviteeList, Participant
from meetings.queries.people import Choice, participants_of
from notices.models import Notice
from tests.meetings.factories import now, world
from tests.meetings.test_sync import proved
from tests.meetings.test_units import Counter
from tests.people.factories import AgencyFactory, PostFactory, UserFactory, person

pytestmark = pytest.mark.django_db


def signed_in(user) -> Client:
    client = Client()
    client.force_login(user, backend="allauth.account.auth_backends.AuthenticationBackend")
    return client


def page(made, name="people", *args):
    return reverse(f"meetings:{name}", args=[made.meeting.public_id, *args])


def crowd(made, number):
    """Many more participants, as rows: how they came in is not what these tests are about."""
    for _ in range(number):
        Participant.objects.create(meeting=made.meeting, user=UserFactory(), role="member")


def queries(client, address, **data):
    client.get(address, data)
    with connection.execute_wrapper(counter := Counter()):
        assert client.get(address, data).status_code == 200
    return counter.count


@pytest.mark.parametrize("name", ["people", "roll"])
def test_the_pages_take_as_many_queries_for_200_as_for_few(name):
    made = world("published")
    client = signed_in(made.clerk)
    few = queries(client, page(made, name))
    crowd(made, 200)
    units.invite_unit(made.meeting, agency=AgencyFactory(), seats=Seats(), by=made.clerk, at=now())
    assert queries(client, page(made, name)) <= few


def test_everybody_who_sees_the_meeting_sees_who_takes_part_but_not_why_others_stay_away():
    made = world("published")
    Participant.objects.filter(meeting=made.meeting, user=made.members[0]).update(
        reply="absent", reply_reason="Ốm nặng"
    )
    for name in ("clerk", "leader", "chair", "secretary", "member", "guest"):
        text = signed_in(made.user(name)).get(page(made)).content.decode()
        assert made.members[0].full_name in text
        assert ("Ốm nặng" in text) is (name in ("clerk", "leader", "chair", "secretary")), name
    assert signed_in(made.stranger).get(page(made)).status_code == 404


def test_filters_leave_what_fits_and_nonsense_is_left_out():
    made = world("published")
    client, user = signed_in(made.clerk), made.members[0]
    assert [place.user for place in participants_of(made.meeting, Choice(text=user.full_name))] == [user]
    assert client.get(page(made), {"role": "guest"}).context["people"][0].user == made.guest
    assert len(client.get(page(made), {"role": "x", "reply": "y", "unit": "z", "page": "-"}).context["people"]) == 6
    assert client.get(page(made), {"q": "không ai tên thế"}).context["people"] == []
    assert len(client.get(page(made), {"reply": "none"}).context["people"]) == 6


def test_many_are_looked_at_first_then_added_once():
    made = world("published")
    under = [AgencyFactory(parent=made.agency) for _ in range(3)]
    leaders = [person(agency, "leader") for agency in under]
    PostFactory(user=made.members[0], agency=under[0], role="leader")
    client, add = signed_in(made.clerk), page(made, "add_many")
    seen = client.get(add, {"way": "leaders", "of": str(made.agency.public_id)})
    assert {line.post.user for line in seen.context["lines"]} == {*leaders, made.members[0]}
    assert [line.post.user for line in seen.context["lines"] if line.there] == [made.members[0]]
    marked = [str(user.public_id) for user in [*leaders, made.members[0]]]
    for _ in range(2):
        assert client.post(add, {"who": marked, "role": "guest", "votes": "on"}).status_code == 302
    added = Participant.objects.filter(meeting=made.meeting, user__in=leaders)
    assert {(place.role, place.votes) for place in added} == {("guest", False)}
    assert added.count() == 3
    assert Notice.objects.filter(user=leaders[0], kind="meetings.invited").count() == 1
    units_seen = client.get(add, {"way": "units", "of": str(made.agency.public_id)})
    assert {unit for unit, _ in units_seen.context["unit_lines"]} == set(under)
    assert client.post(add, {"unit": [str(unit.public_id) for unit in under], "seats": "2"}).status_code == 302
    assert made.meeting.units.filter(seats=2).count() == 3


def test_who_is_expected_elsewhere_is_said_and_not_marked():
    made, other = world("published"), world("published")
    busy = person(made.agency, "leader")
    participants.invite(other.meeting, user=busy, seat=Seat("member"), by=other.clerk, at=now())
    top = AgencyFactory()
    seen = signed_in(made.clerk).get(
        page(made, "add_many"), {"way": "branch_leaders", "of": str(made.agency.public_id)}
    )
    line = next(line for line in seen.context["lines"] if line.post.user == busy)
    assert line.clash is not None
    assert not line.clash.shown
    assert other.meeting.title not in seen.content.decode() or other.meeting.title == made.meeting.title
    assert top


def test_what_makes_no_sense_is_refused_with_a_sentence():
    made = world("published")
    client, add = signed_in(made.clerk), page(made, "add_many")
    for query in (
        {},
        {"way": "x", "of": str(made.agency.public_id)},
        {"way": "units", "of": "x"},
        {"way": "list", "list": str(uuid4())},
        {"way": "units", "of": str(uuid4())},
    ):
        assert client.get(add, query).status_code == 404
    assert client.post(add, {"who": ["x", str(uuid4())]}).status_code == 403
    assert client.post(add, {"unit": [str(made.agency.public_id)], "seats": "9999999"}).status_code == 403
    assert signed_in(made.members[0]).get(add, {"way": "units"}).status_code == 403
    place = made.place(made.members[0])
    for data in ({"position": "x"}, {"position": "99999999"}, {}):
        assert client.post(page(made, "order_place", place.public_id), data).status_code == 403
    assert client.post(page(made, "presence", place.public_id), {"do": "x"}).status_code == 403
    assert client.post(page(made, "invite_unit"), {"agency": "x", "seats": "1", "role": "member"}).status_code == 404


def test_two_clerks_changing_one_person_lose_nothing():
    made = world("published")
    place = made.place(made.members[0])
    participants.change(place, seat=Seat("member", True, "Giám đốc Sở"), revision=1, by=made.clerk, at=now())
    with pytest.raises(Refused, match="changed_meanwhile"):
        participants.change(place, seat=Seat("guest"), revision=1, by=made.secretary, at=now())
    assert made.place(made.members[0]).title == "Giám đốc Sở"


def test_two_clerks_adding_the_same_people_add_them_once():
    made = world("published")
    lines = [Guestline(person(made.agency), Seat("member")) for _ in range(3)]
    proved(
        made,
        lambda: participants.invite_many(made.meeting, lines=lines, by=made.clerk, at=now()),
        *[line.user for line in lines],
    )
    assert participants.invite_many(made.meeting, lines=lines[:2], by=made.secretary, at=now()) == []


def test_order_within_a_role_is_kept():
    made = world("published")
    first = made.place(made.members[2])
    participants.order(first, position=1, by=made.clerk, at=now())
    places = [place for place in participants_of(made.meeting) if place.role == "member"]
    assert next(place.user for place in places) == made.members[2]
    assert [place.position for place in places] == [1, 2, 3]
    participants.order(made.place(made.members[2]), position=3, by=made.clerk, at=now())
    assert [place.user for place in participants_of(made.meeting) if place.role == "member"][-1] == made.members[2]
    with pytest.raises(Refused):
        participants.order(first, position=1, by=made.members[0], at=now())


def test_changes_are_told_once_the_meeting_is_published():
    made = world("draft")
    user = made.members[0]
    participants.change(made.place(user), seat=Seat("guest"), by=made.clerk, at=now())
    assert not Notice.objects.filter(user=user).exists()
    made = world("published")
    user = made.members[0]
    participants.change(made.place(user), seat=Seat("guest"), by=made.clerk, at=now())
    participants.remove(made.place(user), by=made.clerk, at=now())
    kinds = list(Notice.objects.filter(user=user).order_by("pk").values_list("kind", flat=True))
    assert kinds == ["meetings.invited", "meetings.place_changed", "meetings.removed"]


def test_saved_lists_are_of_the_agency_that_prepares():
    made = world("published")
    client = signed_in(made.clerk)
    units.invite_unit(made.meeting, agency=AgencyFactory(), seats=Seats(), by=made.clerk, at=now())
    assert client.post(page(made, "save_list"), {"name": "Thành viên Ủy ban"}).status_code == 302
    kept = InviteeList.objects.get()
    assert (kept.users.count(), kept.units.count()) == (6, 1)
    client.post(page(made, "save_list"), {"name": "Thành viên Ủy ban"})
    assert InviteeList.objects.count() == 1
    assert "Thành viên Ủy ban" in client.get(reverse("meetings:invitee_lists")).content.decode()
    other = world("draft")
    seen = signed_in(other.clerk).get(reverse("meetings:invitee_lists")).content.decode()
    assert "Thành viên Ủy ban" not in seen
    drop = reverse("meetings:drop_list", args=[kept.public_id])
    assert signed_in(other.clerk).post(drop).status_code == 404
    for name in ("leader", "chair", "member"):
        with pytest.raises(Refused):
            invitees.save_list(made.agency, name="X", users=[made.chair], units=[], by=made.user(name), at=now())
        with pytest.raises(Refused):
            invitees.drop_list(kept, by=made.user(name), at=now())
    assert client.post(page(made, "save_list"), {"name": " "}).status_code == 403
    assert client.get(page(made, "add_many"), {"way": "list", "list": str(kept.public_id)}).context["fresh"] == 0
    assert client.post(drop).status_code == 302
    assert not InviteeList.objects.exists()


def test_many_new_people_cost_as_many_queries_as_few():
    made = world("published")
    asked = []
    for number in (3, 60):
        lines = [participants.Guestline(person(made.agency), Seat("member", votes=True)) for _ in range(number)]
        with connection.execute_wrapper(counter := Counter()):
            proved_places = participants.invite_many(made.meeting, lines=lines, by=made.clerk, at=now())
        assert len(proved_places) == number
        asked.append(counter.count)
    assert asked[1] <= asked[0] + 4  # rows go in by batches


def test_many_invited_together_are_told_to_the_room_and_to_each():
    made = world("published")
    people = [person(made.agency) for _ in range(3)]
    gone = made.members[0]
    participants.remove(made.place(gone), by=made.clerk, at=now())
    lines = [participants.Guestline(user, Seat("member", seat=f"A{at}")) for at, user in enumerate([*people, gone])]
    proved(made, lambda: participants.invite_many(made.meeting, lines=lines, by=made.clerk, at=now()), *people)
    for seat, code in ((Seat("member", seat="A1"), "seat_taken"), (Seat("chair"), "chair_taken")):
        line = participants.Guestline(person(made.agency), seat)
        with pytest.raises(Refused, match=code):
            participants.invite_many(made.meeting, lines=[line], by=made.clerk, at=now())
