"""Signing in through an identity provider: a real one on loopback, a real server, a client that follows redirects."""

import sys
from collections.abc import Iterator
from types import ModuleType
from urllib.parse import urlsplit

import httpx
import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import (
    TOTP,
    format_hotp_value,
    generate_totp_secret,
    hotp_value,
    yield_hotp_counters_from_time,
)
from allauth.socialaccount.models import SocialAccount
from allauth.usersessions.models import UserSession
from django.test import Client
from django.urls import include, path, reverse

from ledger.models import AuditEntry
from people.account_urls import provider_addresses
from people.actions import identities, users
from people.models import SignIn, User
from tests.people.factories import PASSWORD, AgencyFactory, now, person
from tests.servers.app import installation_environment, run_manage
from tests.servers.oidc import CLIENT_ID, CLIENT_SECRET, Provider, new_key, oidc_provider

pytestmark = pytest.mark.django_db(transaction=True)
NAME = "Cổng định danh tỉnh Mẫu"


@pytest.fixture(scope="module")
def running() -> Iterator[Provider]:
    with oidc_provider() as provider:
        yield provider


@pytest.fixture
def provider(running: Provider, settings, monkeypatch) -> Provider:
    """The provider, with the addresses and settings an installation has that names it."""
    app = {"provider_id": running.issuer, "name": NAME, "client_id": CLIENT_ID, "secret": CLIENT_SECRET}
    app["settings"] = {"server_url": running.issuer, "oauth_pkce_enabled": True}
    settings.OIDC_ISSUER, settings.OIDC_NAME = running.issuer, NAME
    settings.SOCIALACCOUNT_PROVIDERS = {"openid_connect": {"APPS": [app]}}
    addresses = ModuleType("tests.people.addresses_with_provider")
    rest = path("", include("config.urls"))
    addresses.urlpatterns = [path("accounts/", include(provider_addresses(running.issuer))), rest]  # type: ignore[attr-defined]
    monkeypatch.setitem(sys.modules, addresses.__name__, addresses)
    settings.ROOT_URLCONF = addresses.__name__
    return running


@pytest.fixture
def browser(live_server) -> Iterator[httpx.Client]:
    with httpx.Client(base_url=live_server.url, follow_redirects=True, headers={"Accept-Language": "vi"}) as client:
        yield client


def come(browser: httpx.Client, following: str = "") -> httpx.Response:
    return browser.get("/accounts/oidc/" + (f"?next={following}" if following else ""))


def refused(answer: httpx.Response, words: str, status: int = 403) -> bool:
    assert answer.status_code == status, answer.text
    assert words in answer.text
    return not UserSession.objects.exists()


def outcomes(user: User) -> list[str]:
    return list(SignIn.objects.filter(user=user).order_by("pk").values_list("outcome", flat=True))


def verbs(user: User) -> list[str]:
    return list(AuditEntry.objects.filter(object_id=user.public_id).order_by("pk").values_list("verb", flat=True))


def test_a_known_person_comes_in_and_is_tied_once(provider: Provider, browser: httpx.Client) -> None:
    user = person(AgencyFactory())
    for _turn in range(2):
        browser.cookies.clear()
        provider.consents_as("s-1", preferred_username=f" {user.username.upper()}")
        answer = come(browser, "/account/sign-ins/")
        assert (answer.status_code, answer.url.path) == (200, "/account/sign-ins/")
        assert answer.history[1].url.path == "/authorize"
    assert SocialAccount.objects.get().user_id == user.pk
    assert verbs(user) == ["tie_identity", "signed_in", "signed_in"]
    assert outcomes(user) == ["signed_in", "signed_in"]


def test_whoever_is_tied_comes_in_under_a_new_name_too(provider: Provider, browser: httpx.Client) -> None:
    user = person(AgencyFactory())
    provider.consents_as("s-2", preferred_username=user.username)
    come(browser)
    browser.cookies.clear()
    provider.consents_as("s-2", preferred_username="ten.moi")
    assert come(browser).url.path == "/"
    assert outcomes(user) == ["signed_in", "signed_in"]


def test_a_stranger_gets_no_account(provider: Provider, browser: httpx.Client) -> None:
    before = User.objects.count()
    provider.consents_as("s-3", preferred_username="nguoi.la", email="la@example.vn")
    assert refused(come(browser), f"{NAME} xác nhận bạn là nguoi.la, nhưng ở đây chưa có tài khoản")
    assert (User.objects.count(), SocialAccount.objects.count()) == (before, 0)
    line = SignIn.objects.get()
    assert (line.username, line.user, line.outcome) == ("ngu…", None, "refused")


@pytest.mark.parametrize("claim", [None, 7, "", ["a"]])
def test_without_a_name_nobody_is_found(provider: Provider, browser: httpx.Client, claim: object) -> None:
    provider.consents_as("s-4", preferred_username=claim)
    assert refused(come(browser), "không cho biết tên đăng nhập")


def test_another_claim_may_carry_the_name(provider: Provider, browser: httpx.Client, settings) -> None:
    settings.OIDC_USERNAME_CLAIM = "ma_can_bo"
    user, other = person(AgencyFactory()), person(AgencyFactory())
    provider.consents_as("s-5", preferred_username=other.username, ma_can_bo=user.username)
    assert come(browser).url.path == "/"
    assert (outcomes(user), outcomes(other)) == (["signed_in"], [])


@pytest.mark.parametrize("tied", [True, False])
def test_a_closed_account_stays_closed(provider: Provider, browser: httpx.Client, tied: bool) -> None:
    user = person(AgencyFactory())
    if tied:
        identities.tie(user, issuer=provider.issuer, subject="s-6", by=user, at=now())
    User.objects.filter(pk=user.pk).update(is_active=False)
    provider.consents_as("s-6", preferred_username=user.username)
    assert refused(come(browser), "Tài khoản này đã đóng")
    assert outcomes(user) == ["refused"]


def test_nobody_is_the_system(provider: Provider, browser: httpx.Client) -> None:
    from people.queries import system_user

    provider.consents_as("s-7", preferred_username=system_user().username)
    assert refused(come(browser), "chưa có tài khoản")


def test_a_name_given_to_somebody_else_opens_nothing_until_untied(provider: Provider, browser: httpx.Client) -> None:
    agency = AgencyFactory()
    admin, user = person(agency, "admin"), person(agency)
    identities.tie(user, issuer=provider.issuer, subject="s-8", by=user, at=now())
    provider.consents_as("s-8b", preferred_username=user.username)
    assert refused(come(browser), "đã gắn với một danh tính khác")
    clerk = Client()
    clerk.force_login(admin, backend="allauth.account.auth_backends.AuthenticationBackend")
    assert "Gỡ liên kết danh tính" in clerk.get(reverse("people:user", args=[user.public_id])).content.decode()
    clerk.post(reverse("people:untie_identity", args=[user.public_id]))
    assert come(browser).url.path == "/"
    assert outcomes(user) == ["refused", "signed_in"]


def test_an_identity_of_another_issuer_is_not_the_same(provider: Provider, browser: httpx.Client) -> None:
    user = person(AgencyFactory())
    identities.tie(user, issuer="https://sso-cu.example.gov.vn", subject="s-9", by=user, at=now())
    provider.consents_as("s-9", preferred_username="nguoi.khac")
    assert refused(come(browser), "chưa có tài khoản")


def test_a_wrong_state_is_refused(provider: Provider, browser: httpx.Client) -> None:
    user = person(AgencyFactory())
    provider.consents_as("s-10", preferred_username=user.username)
    first = browser.get("/accounts/oidc/", follow_redirects=False)
    back = urlsplit(browser.get(first.headers["Location"], follow_redirects=False).headers["Location"])
    address = f"{back.path}?{back.query}"
    state = dict(pair.split("=") for pair in back.query.split("&"))["state"]
    assert refused(browser.get(address.replace(state, "x" * 16)), "chưa hoàn tất")
    with httpx.Client(base_url=browser.base_url) as stranger:  # the right state in another browser
        assert refused(stranger.get(address), "chưa hoàn tất")
    assert browser.get(address).url.path == "/"
    assert refused_again(browser.get(address))
    assert outcomes(user) == ["signed_in"]


def refused_again(answer: httpx.Response) -> bool:
    return answer.status_code == 403 and "chưa hoàn tất" in answer.text


def test_who_cancels_reads_so(provider: Provider, browser: httpx.Client) -> None:
    provider.consents_as("s-11")
    provider.error = "access_denied"
    assert refused(come(browser), "đã bị hủy")
    provider.error = "server_error"
    assert refused(come(browser), "chưa hoàn tất")


@pytest.mark.parametrize(
    "claims",
    [{"aud": "may-khach-khac"}, {"iss": "https://gia.mao.vn"}, {"exp": 1}, {"sub": "ai-do-khac"}],
    ids=["audience", "issuer", "expired", "subject"],
)
def test_a_token_that_is_not_for_us_opens_nothing(provider: Provider, browser: httpx.Client, claims) -> None:
    user = person(AgencyFactory())
    provider.consents_as("s-12", preferred_username=user.username)
    provider.in_token = claims
    assert refused(come(browser), "không trả lời hoặc trả lời không đúng", status=503)
    assert SocialAccount.objects.count() == 0


def test_a_token_signed_by_another_key_opens_nothing(provider: Provider, browser: httpx.Client) -> None:
    user = person(AgencyFactory())
    provider.consents_as("s-13", preferred_username=user.username)
    provider.signs_with = new_key()
    assert refused(come(browser), "không trả lời hoặc trả lời không đúng", status=503)


def test_a_provider_that_answers_nonsense_is_no_error_of_ours(provider: Provider, browser: httpx.Client) -> None:
    provider.consents_as("s-14")
    provider.broken = True
    assert refused(come(browser), "không trả lời hoặc trả lời không đúng", status=503)
    assert refused(browser.get("/accounts/oidc/callback/?error=%00&state=%3Cscript%3E"), "", status=400)
    assert refused(browser.get("/accounts/oidc/callback/"), "chưa hoàn tất")


def test_the_second_factor_is_asked_for_all_the_same(provider: Provider, browser: httpx.Client) -> None:
    user = person(AgencyFactory())
    TOTP.activate(user, generate_totp_secret())
    provider.consents_as("s-15", preferred_username=user.username)
    assert come(browser).url.path == reverse("mfa_authenticate")
    assert outcomes(user) == []


def test_a_slip_need_not_be_replaced_by_who_never_used_it(provider: Provider, browser: httpx.Client) -> None:
    agency = AgencyFactory()
    user = person(agency)
    users.reset_password(user, by=person(agency, "admin"), at=now())
    provider.consents_as("s-16", preferred_username=user.username)
    assert come(browser).url.path == "/"
    assert User.objects.filter(pk=user.pk, slip_valid_until__gt=now()).exists()


def test_the_sign_in_page_offers_it_and_keeps_where_one_was_going(provider: Provider, browser: httpx.Client) -> None:
    page = browser.get("/accounts/login/?next=/account/")
    assert f"Đăng nhập bằng {NAME}" in page.text
    assert 'href="/accounts/oidc/?next=%2Faccount%2F"' in page.text
    provider.consents_as("s-17", preferred_username=person(AgencyFactory()).username)
    assert come(browser, "//evil.example/").url.path == "/"


def test_nothing_of_it_is_there_unless_configured(client: Client) -> None:
    assert "oidc" not in client.get(reverse("account_login")).content.decode()
    for address in ("oidc/", "oidc/callback/", "3rdparty/", "3rdparty/signup/", "3rdparty/login/cancelled/"):
        assert client.get(f"/accounts/{address}").status_code == 404


def test_the_environment_configures_it(tmp_path) -> None:
    chosen = {"OIDC_ISSUER": "https://sso.example.gov.vn/realms/tinh/", "OIDC_CLIENT_ID": CLIENT_ID}
    asked = (
        "from allauth.mfa import app_settings as mfa\n"
        "from django.conf import settings; from django.urls import reverse;"
        "app = settings.SOCIALACCOUNT_PROVIDERS['openid_connect']['APPS'][0];"
        "print(app['name'], app['client_id'], app['settings']['server_url'], mfa.SUPPORTED_TYPES,"
        "reverse('openid_connect_callback', kwargs={'provider_id': settings.OIDC_ISSUER}))"
    )
    environment = installation_environment(tmp_path, **chosen, MFA_SUPPORTED_TYPES="totp,recovery_codes")
    assert run_manage(environment, "shell", "--no-imports", "-c", asked).split() == [
        "sso.example.gov.vn",
        CLIENT_ID,
        "https://sso.example.gov.vn/realms/tinh",
        "['totp',",
        "'recovery_codes']",
        "/accounts/oidc/callback/",
    ]


def test_second_factors_can_be_set_up(client: Client) -> None:
    user = person(AgencyFactory())
    client.post(reverse("account_login"), {"login": user.username, "password": PASSWORD})
    assert client.get(reverse("mfa_index")).status_code == 200
    assert client.get(reverse("mfa_activate_totp")).headers["Location"].startswith(reverse("account_reauthenticate"))
    client.post(reverse("account_reauthenticate"), {"password": PASSWORD})
    assert client.get(reverse("mfa_add_webauthn")).status_code == 200
    secret = client.get(reverse("mfa_activate_totp")).context["form"].secret
    code = format_hotp_value(hotp_value(secret, next(yield_hotp_counters_from_time())))
    assert client.post(reverse("mfa_activate_totp"), {"code": code}).status_code == 302
    assert sorted(Authenticator.objects.filter(user=user).values_list("type", flat=True)) == ["recovery_codes", "totp"]
