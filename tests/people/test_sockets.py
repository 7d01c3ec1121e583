"""Who may open a socket, and when that ends."""

from datetime import timedelta

import pytest
from allauth.usersessions.models import UserSession
from asgiref.sync import async_to_sync
from django.contrib.sessions.backends.db import SessionStore
from django.contrib.sessions.models import Session
from django.test import Client
from django.urls import reverse

from live.models import Event
from people.actions import tokens, users
from people.models import Post, User
from people.queries import holds, today
from people.socket_auth import Entrance, entrance
from tests.people.factories import PASSWORD, AgencyFactory, PostFactory, fresh, now, person

pytestmark = pytest.mark.django_db(transaction=True)
NEW = "một-mật-khẩu-khác-2026"
OWN = {b"host": b"nghisu.test", b"origin": b"https://nghisu.test"}


def signed_in(user: User, client: Client | None = None) -> Client:
    client = client or Client()
    client.post(reverse("account_login"), {"login": user.username, "password": PASSWORD})
    return client


def opened(scope: dict) -> Entrance | None:
    return async_to_sync(entrance)(scope)


def with_cookie(client: Client, user: User, headers: dict[bytes, bytes] | None = None) -> Entrance | None:
    session = SessionStore(client.cookies["sessionid"].value)
    return opened({"headers": list((headers or OWN).items()), "session": session, "user": user})


def with_token(text: str, name: bytes = b"authorization") -> Entrance | None:
    return opened({"headers": [(name, f"Bearer {text}".encode())]})


def test_our_own_page_may() -> None:
    user = person(AgencyFactory())
    found = with_cookie(signed_in(user), user)
    assert found is not None
    assert found.user == user
    assert found.still_good()


@pytest.mark.parametrize(
    "headers",
    [
        {b"host": b"nghisu.test"},
        {**OWN, b"origin": b"https://evil.test"},
        {**OWN, b"origin": b"null"},
        {b"origin": b"x"},
    ],
)
def test_pages_of_others_may_not(headers: dict[bytes, bytes]) -> None:
    user = person(AgencyFactory())
    assert with_cookie(signed_in(user), user, headers) is None


def test_a_token_counts_in_the_header_only() -> None:
    user = person(AgencyFactory())
    token, text = tokens.issue(user, by=user, at=now())
    found = with_token(text)
    assert found is not None
    assert found.user == user
    assert with_token(text, b"x-token") is None
    assert opened({"headers": [], "query_string": f"token={text}".encode()}) is None
    tokens.revoke(token, by=user, at=now())
    assert not found.still_good()
    assert with_token(text) is None


def test_an_expired_token_is_no_longer_good() -> None:
    user = person(AgencyFactory())
    _, text = tokens.issue(user, by=user, at=now(), valid_for=timedelta(seconds=-1))
    assert with_token(text) is None


def test_an_entrance_ends_when_its_token_or_session_expires() -> None:
    user = person(AgencyFactory())
    client = signed_in(user)
    by_page = with_cookie(client, user)
    token, text = tokens.issue(user, by=user, at=now())
    by_program = with_token(text)
    assert by_page is not None
    assert by_program is not None
    assert by_program.good_until(now()) == token.expires_at
    over = by_page.good_until(now())
    assert over is not None
    assert by_page.good_until(over) is None
    Session.objects.update(expire_date=now() - timedelta(seconds=1))
    assert not by_page.still_good()


def test_signing_out_ends_it_and_says_so() -> None:
    user = person(AgencyFactory())
    client = signed_in(user)
    found = with_cookie(client, user)
    assert found is not None
    before = Event.objects.count()
    client.post(reverse("account_logout"))
    assert not found.still_good()
    assert Event.objects.filter(stream__key="control").count() > before


def test_closing_the_account_ends_it() -> None:
    agency = AgencyFactory()
    admin, user = person(agency, "admin"), person(agency)
    found = with_cookie(signed_in(user), user)
    users.deactivate(user, reason="", by=admin, at=now())
    assert found is not None
    assert not found.still_good()


def test_other_devices_can_be_signed_out() -> None:
    user = person(AgencyFactory())
    here, there = signed_in(user), signed_in(user)
    elsewhere = with_cookie(there, user)
    assert UserSession.objects.filter(user=user).count() == 2
    assert here.post(reverse("usersessions_list")).status_code == 302
    assert elsewhere is not None
    assert not elsewhere.still_good()
    assert there.get(reverse("home")).status_code == 302
    assert here.get(reverse("home")).status_code == 200


def test_a_new_password_signs_other_devices_out() -> None:
    user = person(AgencyFactory())
    here, there = signed_in(user), signed_in(user)
    elsewhere = with_cookie(there, user)
    change = {"oldpassword": PASSWORD, "password1": NEW, "password2": NEW}
    assert here.post(reverse("account_change_password"), change).status_code == 302
    assert elsewhere is not None
    assert not elsewhere.still_good()
    assert here.get(reverse("home")).status_code == 200
    assert there.get(reverse("home")).status_code == 302
    assert fresh(user).check_password(NEW)


def test_the_picked_post_and_lost_posts_reach_the_socket() -> None:
    user = person(AgencyFactory())
    second = PostFactory(user=user, role="clerk")
    client = signed_in(user)
    client.post(reverse("people:act_from"), {"post": second.public_id})
    found = with_cookie(client, user)
    assert found is not None
    assert found.user.acting_post_id == second.pk
    Post.objects.filter(pk=second.pk).update(valid_to=today())
    assert found.still_good()
    assert not holds(found.user, second.agency_id, "clerk")
    assert found.user.acting_post_id != second.pk


def test_a_slip_opens_no_socket() -> None:
    user = person(AgencyFactory(), slip_valid_until=now() + timedelta(days=1))
    assert with_cookie(signed_in(user), user) is None
