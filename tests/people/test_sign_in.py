"""Signing in on a page: limits sized for a room, slips, the log, sessions."""

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse

from ledger.models import AuditEntry
from live.models import Event
from people.actions import users
from people.models import SignIn
from tests.people.factories import PASSWORD, AgencyFactory, fresh, now, person

pytestmark = pytest.mark.django_db
NEW = "một-mật-khẩu-khác-2026"


def sign_in(client: Client, username: str, password: str = PASSWORD, **extra):
    return client.post(reverse("account_login"), {"login": username, "password": password}, **extra)


def outcomes(user) -> list[str]:
    return list(SignIn.objects.filter(user=user).order_by("pk").values_list("outcome", flat=True))


def test_coming_and_going_is_written_down(client: Client) -> None:
    user = person(AgencyFactory())
    assert sign_in(client, user.username.upper(), HTTP_USER_AGENT="Thử\x00").status_code == 302
    client.post(reverse("account_logout"))
    assert outcomes(user) == ["signed_in", "signed_out"]
    assert list(AuditEntry.objects.filter(object_id=user.public_id).values_list("verb", flat=True)) == [
        "signed_in",
        "signed_out",
    ]
    assert Event.objects.filter(stream__key="control").exists()


def test_wrong_words_are_refused_then_locked_then_unlocked(client: Client, settings) -> None:
    agency = AgencyFactory()
    user, clerk = person(agency), person(agency, "clerk")
    for _ in range(settings.AXES_FAILURE_LIMIT):
        last = sign_in(client, user.username, "sai")
    assert last.status_code == 429
    assert sign_in(client, user.username).status_code == 429
    assert outcomes(user)[-1] == "locked"
    users.unlock(user, by=clerk, at=now())
    assert sign_in(client, user.username).status_code == 302


def test_another_spelling_gets_no_fresh_budget(client: Client, settings) -> None:
    user = person(AgencyFactory())
    for turn in range(settings.AXES_FAILURE_LIMIT):
        name = user.username.upper() if turn % 2 else f" {user.username}"
        sign_in(client, name, "sai")
    assert sign_in(client, user.username).status_code == 429


def test_a_lock_holds_for_one_address_only(client: Client, settings) -> None:
    user = person(AgencyFactory())
    for _ in range(settings.AXES_FAILURE_LIMIT):
        sign_in(client, user.username, "sai", REMOTE_ADDR="203.0.113.9")
    assert sign_in(client, user.username, REMOTE_ADDR="203.0.113.9").status_code == 429
    assert sign_in(client, user.username, REMOTE_ADDR="198.51.100.7").status_code == 302


def test_a_room_that_mistypes_is_not_locked_but_a_sprayer_is(client: Client, settings) -> None:
    settings.SIGN_IN_FAILURES_PER_ADDRESS = 40
    agency = AgencyFactory()
    room = [person(agency) for _ in range(13)]
    for user in room:
        sign_in(client, user.username, "sai")
        sign_in(client, user.username, "lại sai")
    assert sign_in(client, room[0].username).status_code == 302
    for turn in range(20):
        sign_in(Client(), f"ten.{turn}", "Matkhau@2026")
    assert sign_in(Client(), room[1].username).status_code == 429


def test_a_forged_forwarding_header_changes_nothing(client: Client, settings) -> None:
    user = person(AgencyFactory())
    for turn in range(settings.AXES_FAILURE_LIMIT):
        sign_in(client, user.username, "sai", HTTP_X_FORWARDED_FOR=f"10.0.0.{turn}")
    assert sign_in(client, user.username, HTTP_X_FORWARDED_FOR="10.9.9.9").status_code == 429


def test_unknown_names_are_cut_short(client: Client) -> None:
    sign_in(client, "mat-khau-cua-toi", "van.thu")
    line = SignIn.objects.get()
    assert (line.username, line.user, line.outcome) == ("mat…", None, "refused")


def test_a_slip_is_replaced_before_anything_else(client: Client) -> None:
    agency = AgencyFactory()
    admin, user = person(agency, "admin"), person(agency)
    slip = users.reset_password(user, by=admin, at=now())
    change = reverse("account_change_password")
    assert sign_in(client, user.username, slip.password).headers["Location"] == change
    assert client.get(reverse("home")).headers["Location"] == change
    answer = client.post(change, {"oldpassword": slip.password, "password1": NEW, "password2": NEW})
    assert answer.status_code == 302
    assert client.get(reverse("home")).status_code == 200
    assert fresh(user).slip_valid_until is None
    assert sign_in(Client(), user.username, NEW).status_code == 302


def test_an_old_slip_opens_nothing(client: Client) -> None:
    agency = AgencyFactory()
    admin, user = person(agency, "admin"), person(agency)
    slip = users.reset_password(user, by=admin, at=now() - timedelta(days=8))
    assert sign_in(client, user.username, slip.password).status_code == 200
    assert client.get(reverse("home")).status_code == 302


def test_closing_an_account_ends_its_sessions(client: Client) -> None:
    agency = AgencyFactory()
    admin, user = person(agency, "admin"), person(agency)
    sign_in(client, user.username)
    assert client.get(reverse("home")).status_code == 200
    users.deactivate(user, reason="Chuyển công tác", by=admin, at=now())
    assert client.get(reverse("home")).status_code == 302
    assert sign_in(Client(), user.username).status_code != 500
    assert client.get(reverse("home")).status_code == 302


def test_nobody_signs_up_by_themselves(client: Client) -> None:
    for path in ("/accounts/signup/", "/accounts/password/reset/", "/accounts/email/"):
        assert client.get(path).status_code == 404
    client.post("/accounts/signup/", {"username": "ke.la", "password1": NEW, "password2": NEW})
    assert sign_in(client, "ke.la", NEW).status_code == 200
