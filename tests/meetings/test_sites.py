"""Sites and doors: who arranges them, what the room is told, pages and codes, each with a clear sentence."""

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse

from ledger.models import AuditEntry
from ledger.verdict import Refused
from live.models import Event
from meetings.actions import participants, presence, seating, sites
from meetings.details import Entry, SiteDetails
from meetings.door import door_code
from meetings.door_code import STEP
from meetings.models import Participant, Site
from meetings.snapshot.room import room_snapshot
from rooms.shapes import drawn
from search.fold import fold
from tests.meetings.factories import check_in, now, world
from tests.meetings.test_participants import queries
from tests.meetings.test_presence import statements
from tests.meetings.test_roll import signed_in
from tests.meetings.test_sync import proved

pytestmark = pytest.mark.django_db
HALL = SiteDetails("Điểm cầu xã Tân An", "Hội trường UBND xã", "https://hop.example.gov.vn/tan-an")
OTHER = SiteDetails("Điểm cầu xã Bình Minh")
ROLES = ("clerk", "leader", "chair", "secretary", "member", "guest", "stranger")
KEEPERS = ("clerk", "secretary", "chair")


def page(made, name="sites", *rest):
    return reverse(f"meetings:{name}", args=[made.meeting.public_id, *rest])


def hall(made):
    return sites.add(made.meeting, details=HALL, by=made.clerk, at=now())


def body(answer):
    return answer.content.decode()


# --- acts ---------------------------------------------------------------------------------------------


def test_every_act_on_a_site_reaches_the_room():
    made = world("open")
    meeting, by = made.meeting, made.secretary
    site = proved(made, lambda: sites.add(meeting, details=HALL, by=by, at=now()))
    key = str(site.public_id)
    assert room_snapshot(meeting, "")["sites"][key] == {
        "name": HALL.name, "place": HALL.place, "link": HALL.join_link, "position": 1
    }  # fmt: skip
    proved(made, lambda: sites.edit(site, details=OTHER, seen=HALL, by=by, at=now()))
    member = made.place(made.members[0])
    presence.set_site(meeting, people=[member.public_id], attends="site", site=site, by=by, at=now())
    proved(made, lambda: sites.remove(site, by=by, at=now()))
    assert made.place(made.members[0]).attends == "room"
    proved(made, lambda: sites.put_back(site, by=by, at=now()))
    entry = Entry(False, "https://hop.example.gov.vn/chung")
    proved(made, lambda: sites.set_entry(meeting, entry=entry, seen=Entry(), by=by, at=now()))
    shown = room_snapshot(meeting, "")["meeting"]
    assert (shown["self_check_in"], shown["join_link"]) == (False, entry.join_link)


def test_who_takes_part_no_more_does_not_come_back_with_a_site_that_goes():
    made = world("open")
    site, place = hall(made), made.place(made.members[0])
    presence.set_site(made.meeting, people=[place.public_id], attends="site", site=site, by=made.secretary, at=now())
    participants.remove(place, by=made.secretary, at=now())
    proved(made, lambda: sites.remove(site, by=made.secretary, at=now()))
    place.refresh_from_db()
    assert (place.attends, place.site) == ("room", None)


def acts(made, site, user):
    """Every act on sites, as somebody."""
    people = [made.place(made.members[0]).public_id]
    how = {"by": user, "at": now()}
    return {
        "add": lambda: sites.add(made.meeting, details=OTHER, **how),
        "edit": lambda: sites.edit(site, details=OTHER, seen=HALL, **how),
        "remove": lambda: sites.remove(site, **how),
        "put_back": lambda: sites.put_back(removed(made, site), **how),
        "set_entry": lambda: sites.set_entry(made.meeting, entry=Entry(False), seen=Entry(), **how),
        "set_site": lambda: presence.set_site(made.meeting, people=people, attends="site", site=site, **how),
    }


def removed(made, site):
    Site.objects.filter(pk=site.pk).update(removed_at=now())
    site.refresh_from_db()
    return site


def may_arrange(state, role):
    if state in ("draft", "returned"):
        return role in ("clerk", "secretary")
    return state in ("published", "open") and role in KEEPERS


@pytest.mark.parametrize("verb", ["add", "edit", "remove", "put_back", "set_entry", "set_site"])
@pytest.mark.parametrize("state", ["draft", "submitted", "returned", "published", "open", "closed", "cancelled"])
def test_who_may_arrange_sites_when(state, verb):
    made = None
    for role in ROLES:
        made = made or stood(state)
        site = made.meeting.sites.get()
        act = acts(made, site, made.user(role))[verb]
        if may_arrange(state, role):
            act()
            made = None
            continue
        left = AuditEntry.objects.count(), Event.objects.count()
        with pytest.raises(Refused):
            act()
        assert (AuditEntry.objects.count(), Event.objects.count()) == left, role


def stood(state):
    """A meeting in the state, with a site."""
    made = world(state, members=1, items=1, with_papers=False)
    Site.objects.create(meeting=made.meeting, name=HALL.name, place=HALL.place, join_link=HALL.join_link)
    return made


def test_what_cannot_be_a_site():
    made = world("published")
    hall(made)
    add = lambda **given: sites.add(  # noqa: E731
        made.meeting, details=SiteDetails(**{"name": "Khác", **given}), by=made.clerk, at=now()
    )
    for given, reason in (
        ({"name": "  "}, "site_name_missing"),
        ({"name": HALL.name}, "site_name_taken"),
        ({"join_link": "javascript:alert(1)"}, "link_not_web"),
        ({"join_link": "ftp://hop"}, "link_not_web"),
    ):
        with pytest.raises(Refused, match=reason):
            add(**given)


def test_two_who_change_a_site_are_told():
    made = world("published")
    site = hall(made)
    sites.edit(site, details=OTHER, seen=HALL, by=made.clerk, at=now())
    with pytest.raises(Refused, match="changed_meanwhile"):
        sites.edit(site, details=SiteDetails("Tên thứ ba"), seen=HALL, by=made.secretary, at=now())
    sites.set_entry(made.meeting, entry=Entry(False), seen=Entry(), by=made.clerk, at=now())
    with pytest.raises(Refused, match="changed_meanwhile"):
        sites.set_entry(made.meeting, entry=Entry(True, "https://a.vn"), seen=Entry(), by=made.secretary, at=now())


def test_a_site_somebody_has_been_at_stays():
    made = world("published")
    site = hall(made)
    presence.check_in(made.place(made.members[0]), site=site, by=made.members[0], at=now())
    with pytest.raises(Refused, match="site_in_use"):
        sites.remove(site, by=made.clerk, at=now())


# --- the page -------------------------------------------------------------------------------------------


def test_a_site_is_added_changed_removed_and_put_back_on_the_page():
    made = world("published")
    clerk = signed_in(made.clerk)
    given = {"name": HALL.name, "place": HALL.place, "join_link": HALL.join_link}
    assert clerk.post(page(made), given).status_code == 302
    site = Site.objects.get()
    seen = {f"seen_{key}": value for key, value in given.items()}
    edit = page(made, "edit_site", site.public_id)
    assert clerk.post(edit, {**given, **seen, "place": "Phòng họp tầng 2"}).status_code == 302
    late = clerk.post(edit, {**given, **seen, "name": "Tên người thứ hai ghi"})
    assert late.status_code == 409
    assert "Tên người thứ hai ghi" in body(late)
    assert "Phòng họp tầng 2" in body(late), "both texts are there"
    wrong = clerk.post(page(made), {"name": "Khác", "join_link": "javascript:alert(1)"})
    assert wrong.status_code == 409
    assert "https://" in body(wrong)
    people = [str(made.place(user).public_id) for user in made.members]
    assert clerk.post(page(made, "assign_sites"), {"people": people, "to": str(site.public_id)}).status_code == 302
    assert Participant.objects.filter(site=site).count() == 3
    assert clerk.post(page(made, "assign_sites"), {"people": ["x"], "to": "online"}).status_code == 403
    assert clerk.post(page(made, "remove_site", site.public_id)).status_code == 302
    assert "Khôi phục" in body(clerk.get(page(made)))
    assert clerk.post(page(made, "put_back_site", site.public_id)).status_code == 302
    assert clerk.post(page(made, "set_entry"), {"self_check_in": "no", "seen_self": "yes"}).status_code == 302
    assert made.reread().self_check_in is False
    assert clerk.post(page(made, "set_entry"), {"self_check_in": "maybe"}).status_code == 409


def test_the_link_is_for_those_who_take_part():
    made = world("published")
    hall(made)
    assert HALL.join_link in body(signed_in(made.members[0]).get(page(made)))
    assert HALL.join_link in body(signed_in(made.guest).get(page(made)))
    assert HALL.join_link not in body(signed_in(made.leader).get(page(made)))
    assert signed_in(made.stranger).get(page(made)).status_code == 404
    sheet = body(signed_in(made.members[0]).get(page(made)))
    assert "Thêm điểm cầu" not in sheet
    assert "Xóa điểm cầu" not in sheet
    assert signed_in(made.members[0]).get(page(world("published"))).status_code == 404


def test_the_page_finds_people_without_marks_and_takes_as_many_queries_for_three_sites_as_for_one():
    made = world("published")
    site = hall(made)
    client = signed_in(made.clerk)
    one = queries(client, page(made))
    for name in ("Một", "Hai"):
        sites.add(made.meeting, details=SiteDetails(name), by=made.clerk, at=now())
    assert queries(client, page(made)) == one
    name = made.members[0].full_name
    assert name in body(client.get(page(made), {"q": fold(name)}))
    assert client.get(page(made), {"where": str(site.public_id), "page": "x"}).status_code == 200
    assert client.get(page(made), {"where": "\x00", "q": "\x00"}).status_code == 400
    assert "site-counts" in body(client.get(page(made), {"part": "counts"}))


def test_the_room_takes_as_many_statements_with_three_sites_and_units_as_with_one():
    made = world("published")
    site = hall(made)
    people = [made.place(user).public_id for user in made.members]
    presence.set_site(made.meeting, people=people[:1], attends="site", site=site, by=made.clerk, at=now())
    one = statements(lambda: room_snapshot(made.meeting, "chair"))
    for name in ("Một", "Hai"):
        other = sites.add(made.meeting, details=SiteDetails(name), by=made.clerk, at=now())
        presence.set_site(made.meeting, people=people[1:], attends="site", site=other, by=made.clerk, at=now())
    assert statements(lambda: room_snapshot(made.meeting, "chair")) == one


def test_the_plan_of_the_seat_map_is_for_those_who_see_the_meeting():
    made = world("published")
    address = page(made, "seat_plan")
    assert signed_in(made.guest).get(address).json() == {"plan": None}
    assert signed_in(made.stranger).get(address).status_code == 404
    seating.furnish(made.meeting, name="Phòng", layout=drawn("u", 12), by=made.clerk, at=now())
    plan = signed_in(made.members[0]).get(address).json()["plan"]
    assert len(plan["seats"]) == 12
    assert all(isinstance(thing["label"], str) for thing in plan["things"])


# --- the door -------------------------------------------------------------------------------------------


def door(made, code):
    return page(made, "door", code)


def test_a_scanned_code_leads_to_one_large_button():
    made = world("published")
    site = hall(made)
    member = signed_in(made.members[0])
    address = door(made, door_code(made.meeting, site, now()))
    first = member.get(address)
    assert (first.status_code, body(first).count('<button class="button button-primary door-button"')) == (200, 1)
    assert HALL.name in body(first)
    done = member.post(address, follow=True)
    assert 'data-door="here"' in body(done)
    place = made.place(made.members[0])
    assert (place.checked_in_by, place.site) == ("code", site)
    room = member.get(door(made, door_code(made.meeting, None, now())))
    assert 'data-door="move"' in body(room)


def test_who_signs_in_slowly_still_gets_in():
    made = world("published")
    old = now() - timedelta(seconds=4 * STEP)
    code = door_code(made.meeting, None, old)
    client = Client()
    assert client.get(door(made, code)).status_code == 302
    assert "door" not in client.session, "an old code opens nothing later"
    fresh = door_code(made.meeting, None, now())
    assert client.get(door(made, fresh))["Location"].startswith(reverse("account_login"))
    session = client.session
    session["door"] = {"code": code, "at": old.isoformat()}
    session.save()
    client.force_login(made.members[0], backend="allauth.account.auth_backends.AuthenticationBackend")
    assert 'data-door="ready"' in body(client.get(door(made, code)))
    assert 'data-door="here"' in body(client.post(door(made, code), follow=True))


def test_every_code_that_opens_nothing_says_why():
    made, other = world("published"), world("published")
    member = signed_in(made.members[0])
    late = member.get(door(made, door_code(made.meeting, None, now() - timedelta(minutes=5))))
    assert (late.status_code, "hết hiệu lực" in body(late)) == (410, True)
    for code in (door_code(other.meeting, None, now()), "x", "%00", "a" * 300):
        wrong = member.get(door(made, code))
        assert (wrong.status_code, "không phải của cuộc họp này" in body(wrong)) == (404, True), code
    strange = signed_in(made.stranger).get(door(made, door_code(made.meeting, None, now())))
    assert (strange.status_code, "Không có tên trong danh sách" in body(strange)) == (403, True)
    assert made.meeting.title not in body(strange)
    draft = world("draft")
    hidden = signed_in(draft.members[0]).get(door(draft, door_code(draft.meeting, None, now())))
    assert draft.meeting.title not in body(hidden)
    nothing = reverse("meetings:door", args=["00000000-0000-4000-8000-000000000000", "abc"])
    assert member.get(nothing).status_code == 404
    check_in(made, made.members[0])
    assert "không phải của cuộc họp này" in body(member.get(door(made, "x")))


def test_days_before_the_door_says_from_when():
    start = now() + timedelta(days=5)
    made = world("published", starts_at=start, ends_at=start + timedelta(hours=2))
    client = signed_in(made.members[0])
    answer = client.post(door(made, door_code(made.meeting, None, now())))
    assert (answer.status_code, "Điểm danh được mở từ" in body(answer)) == (409, True)


def test_codes_are_shown_to_who_keeps_the_meeting():
    made = world("open")
    site = hall(made)
    check_in(made, made.chair)
    for role in ROLES:
        client = signed_in(made.user(role))
        wanted = 200 if role in KEEPERS else (404 if role == "stranger" else 403)
        for name in ("door_code", "door_now"):
            assert client.get(page(made, name)).status_code == wanted, (role, name)
    keeper = signed_in(made.clerk)
    assert "<svg" in body(keeper.get(page(made, "door_code"), {"site": str(site.public_id)}))
    for wrong in ("x", "00000000-0000-4000-8000-000000000000"):
        assert keeper.get(page(made, "door_now"), {"site": wrong}).status_code == 404
    sites.remove(site, by=made.clerk, at=now())
    assert keeper.get(page(made, "door_now"), {"site": str(site.public_id)}).status_code == 404


# --- the roll -------------------------------------------------------------------------------------------


def test_the_roll_follows_the_meeting():
    made = world("open")
    site, client, address = hall(made), signed_in(made.clerk), page(made, "roll")
    presence.check_in(made.place(made.members[0]), site=site, by=made.members[0], at=now())
    shown = client.get(address)
    assert HALL.name in body(shown)
    seen = shown.context["seen"]
    assert client.get(address, {"seen": seen}).status_code == 204
    check_in(made, made.members[1])
    part = client.get(address, {"seen": seen})
    assert (part.status_code, "<html" in body(part)) == (200, False)
    filtered = client.get(address, {"site": str(site.public_id)})
    assert [line[0].place.user for line in filtered.context["present_lines"]] == [made.members[0]]
    file = client.get(reverse("meetings:roll_file", args=[made.meeting.public_id, "present", "csv"]))
    lines = file.content.decode("utf-8-sig").splitlines()
    assert "Ký tên" in lines[0]
    assert any(HALL.name in line and "tự điểm danh" in line for line in lines)
