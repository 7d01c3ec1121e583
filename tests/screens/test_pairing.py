"""Screens paired by their code: who may, wrong codes, races of one code, the end."""

from datetime import timedelta
from threading import Barrier, Thread

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from ledger.models import AuditEntry
from ledger.verdict import Refused
from live.models import Event
from meetings.actions import room
from people.queries import system_user
from screens.actions import pairing
from screens.actions.pairing import Hanging
from screens.device import COOKIE
from screens.jobs import unpair_forgotten
from screens.models import Screen, WrongCodes
from screens.queries import screen_by_token, screens_of
from screens.rules import AFTERWARDS, CODE_FOR, COUNTED_FOR, MOST_PER_ADDRESS, WRONG_CODES, shows
from tests.screens.walls import waiting_code

pytestmark = pytest.mark.django_db


def now():
    return timezone.now()


def pair(made, code, by=None, at=None, **hanging):
    return pairing.pair(made.meeting, code=code, hanging=Hanging(**hanging), by=by or made.secretary, at=at or now())


def wall():
    """A browser that has asked for a code, and the code."""
    client = Client()
    told = client.post("/screen/code/")
    assert told.status_code == 200
    assert told.cookies[COOKIE]["httponly"]
    return client, told.json()["code"]


def test_a_browser_becomes_the_screen_of_the_meeting(made):
    client, code = wall()
    assert len(code) == 6
    assert code.isdigit()
    assert b'"paired": false' in client.get("/screen/").content
    screen = pair(made, f"{code[:3]} {code[3:]}", label="Hội trường")
    assert screen.label == "Hội trường"
    page = client.get("/screen/")
    assert page.status_code == 200
    assert b'"paired": true' in page.content
    assert str(made.meeting.public_id) in client.get("/screen/door/").json()["address"]
    assert AuditEntry.objects.filter(verb="pair_screen").count() == 1


def test_nothing_is_kept_but_hashes(made):
    client, code = wall()
    row = Screen.objects.get()
    token = client.cookies[COOKIE].value
    assert token not in str(vars(row))
    assert code not in row.code_hash
    pair(made, code)
    row.refresh_from_db()
    assert (row.code_hash, row.code_until, row.address) == ("", None, None)


def test_a_new_code_replaces_the_old_one(made):
    client, first = wall()
    second = client.post("/screen/code/").json()["code"]
    assert Screen.objects.count() == 1
    assert pair(made, first) is None or first == second
    assert pair(made, second)


def test_a_code_ends(made):
    code = waiting_code()
    assert pair(made, code, at=now() + CODE_FOR + timedelta(seconds=1)) is None


def test_the_same_code_typed_twice_pairs_once(made):
    code = waiting_code()
    assert pair(made, code)
    assert pair(made, code) is None


def test_two_screens_wait_at_once(made):
    (one, first), (two, second) = wall(), wall()
    assert first != second
    pair(made, second, label="Phải")
    pair(made, first, label="Trái")
    labels = [screen_by_token(client.cookies[COOKIE].value).label for client in (one, two)]
    assert labels == ["Trái", "Phải"]


def test_names_are_given_and_are_taken_once(made):
    assert pair(made, waiting_code()).label == "Màn hình 1"
    assert pair(made, waiting_code()).label == "Màn hình 2"
    code = waiting_code()
    with pytest.raises(Refused, match="screen_label_taken"):
        pair(made, code, label="Màn hình 1")
    assert pair(made, code, label="Sảnh"), "a refused name does not use the code up"


def test_guessing_ends_after_five(made):
    code = waiting_code()
    wrong = "000000" if code != "000000" else "111111"
    for _ in range(WRONG_CODES):
        assert pair(made, wrong) is None
    with pytest.raises(Refused, match="screen_code_locked"):
        pair(made, code)
    assert pair(made, code, by=made.chair), "another person is not locked"
    assert AuditEntry.objects.filter(verb="wrong_screen_code").count() == WRONG_CODES
    assert pair(made, waiting_code(), at=now() + COUNTED_FOR + timedelta(seconds=1), label="Sau") is None
    assert WrongCodes.objects.get(user=made.secretary).count == 1, "counting begins anew after a quarter of an hour"


def test_strangers_cannot_fill_the_house_with_waiting_screens():
    for _ in range(MOST_PER_ADDRESS):
        waiting_code()
    with pytest.raises(Refused, match="screens_waiting"):
        waiting_code()
    later = now() + timedelta(days=2)
    pairing.show_code("", address="10.0.0.7", by=system_user(), at=later)
    assert Screen.objects.count() == 1, "those that waited in vain are forgotten"


@pytest.mark.parametrize(
    ("address", "counted"),
    [
        ("10.0.0.7", "10.0.0.7"),
        ("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::"),
        ("2001:db8:1:2::9", "2001:db8:1:2::"),
        ("::ffff:10.0.0.7", "10.0.0.7"),
        (None, None),
    ],
)
def test_of_a_network_of_ipv6_one_address_counts(address, counted):
    shown = pairing.show_code("", address=address, by=system_user(), at=now())
    assert Screen.objects.get(pk=shown.screen.pk).address == counted


@pytest.mark.parametrize("who", ["leader", "member", "guest", "stranger"])
def test_others_cannot_pair(made, who):
    code, left = waiting_code(), (AuditEntry.objects.count(), Event.objects.count())
    with pytest.raises(Refused):
        pair(made, code, by=made.user(who))
    assert (AuditEntry.objects.count(), Event.objects.count()) == left


def test_unpairing_takes_the_token_away_at_once(made):
    client, code = wall()
    screen = pair(made, code)
    pairing.unpair(screen, by=made.chair, at=now())
    assert client.get("/screen/door/").status_code == 404
    assert b'"paired": false' in client.get("/screen/").content
    with pytest.raises(Refused, match="screen_gone"):
        pairing.unpair(screen, by=made.chair, at=now())
    assert client.post("/screen/code/").json()["code"], "the same browser may be paired again"
    assert list(screens_of(made.meeting)) == []


def test_two_change_one_screen(made):
    screen = pair(made, waiting_code(), label="Trái")
    seen = screen.revision
    pairing.change(screen, hanging=Hanging(label="Sảnh"), revision=seen, by=made.chair, at=now())
    with pytest.raises(Refused, match="changed_meanwhile"):
        pairing.change(screen, hanging=Hanging(label="Khác"), revision=seen, by=made.secretary, at=now())
    screen.refresh_from_db()
    assert screen.label == "Sảnh"


def test_a_screen_ends_twelve_hours_after_its_meeting(made):
    room.open_room(made.meeting, by=made.chair, at=now())
    client, code = wall()
    pair(made, code)
    room.close_room(made.meeting, by=made.chair, at=now())
    screen = screen_by_token(client.cookies[COOKIE].value)
    assert shows(screen, now() + AFTERWARDS - timedelta(minutes=1))
    assert not shows(screen, now() + AFTERWARDS + timedelta(minutes=1))
    unpair_forgotten(at=now())
    assert client.get("/screen/door/").status_code == 200
    unpair_forgotten(at=now() + AFTERWARDS + timedelta(minutes=1))
    assert client.get("/screen/door/").status_code == 404


@pytest.mark.django_db(transaction=True)
def test_one_code_typed_in_two_places_at_once_pairs_once(made):
    code, start, found = waiting_code(), Barrier(2), []

    def type_it(user):
        try:
            start.wait()
            found.append(pairing.pair(made.meeting, code=code, hanging=Hanging(), by=user, at=now()))
        finally:
            connection.close()

    threads = [Thread(target=type_it, args=(user,)) for user in (made.chair, made.secretary)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(screen is None for screen in found) == [False, True]
    assert Screen.objects.filter(meeting=made.meeting).count() == 1


def test_the_list_costs_the_same_with_one_screen_and_with_three(made, client, django_assert_num_queries):
    client.force_login(made.secretary)
    pair(made, waiting_code())
    address = f"/meetings/{made.meeting.public_id}/screens/"
    client.get(address)
    with CaptureQueriesContext(connection) as one:
        assert client.get(address).status_code == 200
    pair(made, waiting_code())
    pair(made, waiting_code())
    with django_assert_num_queries(len(one)):
        client.get(address)


def test_the_page_pairs_renames_and_takes_off(made, client):
    client.force_login(made.secretary)
    address = f"/meetings/{made.meeting.public_id}/screens/"
    wrong = client.post(address, {"code": "12 34", "theme": "dark"})
    assert wrong.status_code == 422
    assert "sáu chữ số" in wrong.content.decode()
    wrong = client.post(address, {"code": "999999", "theme": "dark", "label": "Giữ lại"})
    assert wrong.status_code == 422
    assert "Giữ lại" in wrong.content.decode()
    for bad in ("\x00" * 6, "1" * 500, "<b>1</b>"):
        assert client.post(address, {"code": bad, "theme": "dark"}).status_code == 422
    assert client.post(address, {"code": waiting_code(), "theme": "light", "label": "Sảnh"}).status_code == 302
    screen = Screen.objects.get(label="Sảnh")
    one = f"{address}{screen.public_id}/"
    changed = {"label": "Cửa", "theme": "dark", "revision": screen.revision}
    assert client.post(f"{one}change/", changed).status_code == 302
    stale = client.post(f"{one}change/", {**changed, "label": "Khác"})
    assert stale.status_code == 422
    assert "Khác" in stale.content.decode()
    assert client.post(f"{one}unpair/").status_code == 302
    assert client.post(f"{one}unpair/").status_code == 404


@pytest.mark.parametrize("who", ["member", "guest", "stranger"])
def test_the_page_is_for_who_keeps_the_meeting(made, client, who):
    client.force_login(made.user(who))
    address = f"/meetings/{made.meeting.public_id}/screens/"
    assert client.get(address).status_code in (403, 404)
    assert client.post(address, {"code": waiting_code(), "theme": "dark"}).status_code in (302, 403, 404)
    assert not Screen.objects.filter(meeting=made.meeting).exists()
