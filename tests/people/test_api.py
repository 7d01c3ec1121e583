"""Tokens of the open API: given for the right words only, expiring, revocable, never by query string."""

from datetime import timedelta

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import TOTP, format_hotp_value, hotp_value, yield_hotp_counters_from_time
from django.test import Client

from people.actions import tokens, users
from people.models import ApiToken, SignIn
from tests.people.factories import PASSWORD, AgencyFactory, PostFactory, UserFactory, fresh, now, person

pytestmark = pytest.mark.django_db
TOKEN, ME = "/api/v1/auth/token", "/api/v1/me"


def ask(client: Client, username: str, password: str = PASSWORD, **more: str):
    body = {"username": username, "password": password, **more}
    return client.post(TOKEN, body, content_type="application/json")


def bearer(text: str) -> dict[str, str]:
    return {"Authorization": f"Bearer {text}"}


def test_a_token_opens_the_api_until_it_is_revoked(client: Client) -> None:
    user = person(AgencyFactory(), "clerk", full_name="Lê Thị Thủy")
    text = ask(client, user.username).json()["token"]
    assert not ApiToken.objects.filter(digest=text).exists()
    me = client.get(ME, headers=bearer(text)).json()
    assert (me["name"], me["posts"][0]["role"]) == ("Lê Thị Thủy", "clerk")
    assert client.delete(TOKEN, headers=bearer(text)).status_code == 204
    assert client.get(ME, headers=bearer(text)).status_code == 401


def test_wrong_password_and_unknown_name_look_the_same(client: Client) -> None:
    user = person(AgencyFactory())
    wrong, unknown = ask(client, user.username, "sai"), ask(client, "khong.co", "sai")
    assert (wrong.status_code, wrong.json()) == (unknown.status_code, unknown.json())
    assert wrong.json()["code"] == "wrong_password"
    assert wrong["Content-Type"] == "application/problem+json"


@pytest.mark.parametrize("header", ["", "Bearer", "Bearer x", "Bearer nst_x", "Basic abc", "Bearer nst_\x00"])
def test_what_is_no_token_is_nobody(client: Client, header: str) -> None:
    client.force_login(person(AgencyFactory()))
    assert client.get(ME, headers={"Authorization": header}).status_code == 401


def test_a_token_in_the_address_is_not_looked_at(client: Client) -> None:
    user = person(AgencyFactory())
    _, text = tokens.issue(user, by=user, at=now())
    assert client.get(f"{ME}?token={text}&access_token={text}").status_code == 401


def test_expired_tokens_and_closed_accounts_are_refused(client: Client) -> None:
    agency = AgencyFactory()
    admin, user = person(agency, "admin"), person(agency)
    _, old = tokens.issue(user, by=user, at=now() - timedelta(days=31))
    _, good = tokens.issue(user, by=user, at=now())
    assert client.get(ME, headers=bearer(old)).status_code == 401
    assert client.get(ME, headers=bearer(good)).status_code == 200
    users.deactivate(user, reason="Nghỉ hưu", by=admin, at=now())
    assert client.get(ME, headers=bearer(good)).status_code == 401
    assert ask(client, user.username).status_code == 401


def test_two_step_accounts_need_the_code_once(client: Client) -> None:
    user = person(AgencyFactory())
    secret = "JBSWY3DPEHPK3PXP"
    TOTP.activate(user, secret)
    code = format_hotp_value(hotp_value(secret, next(iter(yield_hotp_counters_from_time()))))
    assert ask(client, user.username).json()["code"] == "otp_required"
    assert ask(client, user.username, otp="000000").json()["code"] == "otp_wrong"
    assert "token" in ask(client, user.username, otp=code).json()
    assert ask(client, user.username, otp=code).json()["code"] == "otp_wrong"


def test_a_passkey_is_not_gone_around(client: Client) -> None:
    user = person(AgencyFactory())
    Authenticator.objects.create(user=user, type=Authenticator.Type.WEBAUTHN, data={})
    assert ask(client, user.username).json()["code"] == "passkey_only"


def test_codes_are_guessed_as_seldom_as_passwords(client: Client, settings) -> None:
    user = person(AgencyFactory())
    TOTP.activate(user, "JBSWY3DPEHPK3PXP")
    answers = [ask(client, user.username, otp="000000").status_code for _ in range(settings.AXES_FAILURE_LIMIT + 1)]
    assert answers[0] == 401
    assert answers[-1] == 429


def test_a_slip_opens_no_api(client: Client) -> None:
    user = person(AgencyFactory(), slip_valid_until=now() + timedelta(days=1))
    assert ask(client, user.username).json()["code"] == "password_first"


def test_sessions_need_the_csrf_token(client: Client) -> None:
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(person(AgencyFactory()))
    assert strict.get(ME).status_code == 200
    assert strict.delete(TOKEN).status_code == 403
    assert Client(enforce_csrf_checks=True).delete(TOKEN).status_code == 401


def test_the_post_to_act_from_can_be_named(client: Client) -> None:
    user = UserFactory()
    PostFactory(user=user)
    second = PostFactory(user=user)
    _, text = tokens.issue(user, by=user, at=now())
    me = client.get(ME, headers={**bearer(text), "Acting-Post": str(second.public_id)}).json()
    assert me["acting_post"] == str(second.public_id)
    foreign = PostFactory()
    me = client.get(ME, headers={**bearer(text), "Acting-Post": str(foreign.public_id)}).json()
    assert me["acting_post"] != str(foreign.public_id)


@pytest.mark.parametrize("body", [b"", b"{}", b"[1]", b"\xff", b'{"username": 1, "password": null}'])
def test_bad_bodies_are_answered(client: Client, body: bytes) -> None:
    assert client.post(TOKEN, body, content_type="application/json").status_code in {400, 422}


def test_zero_bytes_are_harmless(client: Client) -> None:
    assert ask(client, "a\x00b", "c\x00d").status_code == 401


def test_tokens_are_in_the_log(client: Client) -> None:
    user = person(AgencyFactory())
    ask(client, user.username)
    assert list(SignIn.objects.filter(user=fresh(user)).values_list("outcome", flat=True)) == ["token"]


def test_the_directory_is_for_people_with_a_post(client: Client) -> None:
    user = person(AgencyFactory(), full_name="Trần Thị Bình")
    _, text = tokens.issue(user, by=user, at=now())
    assert [row["name"] for row in client.get("/api/v1/directory?q=Bình", headers=bearer(text)).json()] == [
        "Trần Thị Bình"
    ]
    outsider = UserFactory()
    _, text = tokens.issue(outsider, by=outsider, at=now())
    assert client.get("/api/v1/directory", headers=bearer(text)).json() == []
    assert client.get("/api/v1/agencies", headers=bearer(text)).json() == []
