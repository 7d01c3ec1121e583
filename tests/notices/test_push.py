"""Push to a real service on loopback that decrypts it; addresses that must never be written to."""

import json
import stat
from datetime import timedelta
from pathlib import Path

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from notices.carrying import carry
from notices.jobs import daily
from notices.models import Device
from notices.push import keys, sending
from notices.push.endpoints import is_allowed, is_public
from notices.queries import own_devices
from people.actions import users
from tests.notices.factories import told
from tests.notices.push_service import Browser, PushService
from tests.people.factories import PASSWORD, AgencyFactory, now, person

pytestmark = pytest.mark.django_db
HOSTS = ["fcm.googleapis.com", ".push.services.mozilla.com", ".notify.windows.com", ".push.apple.com"]


@pytest.fixture
def agency():
    return AgencyFactory()


@pytest.fixture
def reader(agency):
    return person(agency)


def signed_in(user) -> Client:
    client = Client(HTTP_USER_AGENT="Mozilla/5.0 (X11; Linux x86_64) Chrome/130.0")
    client.force_login(user)
    return client


def subscribe(client: Client, browser: Browser):
    return client.post(reverse("notices:subscribe"), json.dumps(browser.subscription), content_type="application/json")


def urgent_notice(reader):
    return told([reader], "trial.cancelled", at=timezone.now())[0]


def test_a_push_says_nothing_but_the_language_and_is_signed(reader, push_service: PushService) -> None:
    client, browser = signed_in(reader), push_service.browser()
    assert subscribe(client, browser).status_code == 201
    notice = urgent_notice(reader)
    assert carry() == {"sent": 1}
    path, headers, body = push_service.requests[0]
    assert path == "/push/one"
    assert browser.read(body) == {"language": "vi"}
    assert (headers["Content-Encoding"], headers["Urgency"], headers["TTL"]) == ("aes128gcm", "high", "86400")
    claims = push_service.claims(headers)
    assert claims["sub"] == "mailto:nghi-su@tinh-mau.gov.vn"
    assert claims["exp"] - timezone.now().timestamp() < 24 * 3600
    assert notice.deliveries.get().state == "sent"
    assert Device.objects.get().reached_at


def test_the_key_is_made_once_for_the_owner_alone(settings) -> None:
    first = keys.public_key()
    path = Path(settings.KEYS_DIR) / "push" / "vapid.key"
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert keys.public_key() == first
    settings.VAPID_PRIVATE_KEY = "x" * 43
    assert keys.public_key() != first


def test_a_device_that_gave_up_is_forgotten_and_a_busy_service_is_asked_again(reader, push_service) -> None:
    client = signed_in(reader)
    subscribe(client, push_service.browser("gone"))
    subscribe(client, push_service.browser("busy"))
    push_service.answers = {"/push/gone": 410, "/push/busy": 503}
    notice = urgent_notice(reader)
    assert carry() == {"queued": 1}
    assert [device.endpoint[-4:] for device in Device.objects.all()] == ["busy"]
    assert "503" in notice.deliveries.get().reason


def test_a_redirect_is_not_followed_and_a_refusal_is_final(reader, push_service) -> None:
    subscribe(signed_in(reader), push_service.browser())
    for status in (301, 307, 403):
        push_service.answers = {"/push/one": status}
        notice = urgent_notice(reader)
        assert carry() == {"failed": 1}
        assert str(status) in notice.deliveries.get().reason


def test_signing_out_ends_push_on_that_device_only(reader, push_service) -> None:
    here, there = signed_in(reader), signed_in(reader)
    subscribe(here, push_service.browser("here"))
    subscribe(there, push_service.browser("there"))
    here.post(reverse("account_logout"))
    urgent_notice(reader)
    carry()
    assert [path for path, _, _ in push_service.requests] == ["/push/there"]
    daily(at=timezone.now())
    assert Device.objects.count() == 1


def test_a_closed_account_gets_no_push(agency, reader, push_service) -> None:
    subscribe(signed_in(reader), push_service.browser())
    notice = urgent_notice(reader)
    users.deactivate(reader, reason="nghỉ", by=person(agency, "admin"), at=now())
    carry()
    assert not push_service.requests
    assert notice.deliveries.get().state == "skipped"


def test_a_device_follows_its_session_through_a_new_password(reader, push_service) -> None:
    client = signed_in(reader)
    subscribe(client, push_service.browser())
    fields = {"oldpassword": PASSWORD, "password1": "mật-khẩu-mới-2026", "password2": "mật-khẩu-mới-2026"}
    client.post(reverse("account_change_password"), fields)
    assert client.get(reverse("notices:count")).status_code == 200
    assert own_devices(reader, timezone.now()).count() == 1


def test_who_takes_over_a_browser_takes_its_push(agency, reader, push_service) -> None:
    browser, next_one = push_service.browser(), person(agency)
    subscribe(signed_in(reader), browser)
    subscribe(signed_in(next_one), browser)
    assert Device.objects.get().user == next_one
    for number in range(12):
        subscribe(signed_in(next_one), push_service.browser(str(number)))
    assert Device.objects.filter(user=next_one).count() == 10


@pytest.mark.parametrize(
    "body", [b"", b"{}", b"[1]", b"\xff", b'{"endpoint": 1, "keys": {"p256dh": 2, "auth": 3}}', b"[" * 90000]
)
def test_what_is_no_subscription_is_refused_with_a_sentence(reader, push_service, body: bytes) -> None:
    answer = signed_in(reader).post(reverse("notices:subscribe"), body, content_type="application/json")
    assert answer.status_code == 403
    assert not Device.objects.exists()


def test_wrong_keys_and_foreign_services_are_refused(reader, push_service) -> None:
    client, browser = signed_in(reader), push_service.browser()
    wrong = {**browser.subscription, "keys": {**browser.subscription["keys"], "p256dh": "AAAA"}}
    answer = client.post(reverse("notices:subscribe"), json.dumps(wrong), content_type="application/json")
    assert answer.status_code == 403
    assert subscribe(client, Browser("https://evil.example/push")).status_code == 403
    assert subscribe(client, Browser("http://127.0.0.1:1/push")).status_code == 403


@pytest.mark.parametrize(
    "endpoint",
    [
        "http://fcm.googleapis.com/fcm/send/x",
        "https://fcm.googleapis.com.evil.vn/x",
        "https://evilfcm.googleapis.com/x",
        "https://fcm.googleapis.com@127.0.0.1/x",
        "https://user:x@fcm.googleapis.com/x",
        "https://fcm.googleapis.com:8443/x",
        "https://fcm.googleapis.com:x/x",
        "https://127.0.0.1/x",
        "https://[::1]/x",
        "https://push.services.mozilla.com/x",
        "https://fcm.googleapis.com/\r\nX: y",
        "https://fcm.googleapis.com/đ",
        "file:///etc/passwd",
        "//fcm.googleapis.com/x",
        "https://fcm.googleapis.com/" + "x" * 800,
        "",
        "https://[",
    ],
)
def test_addresses_that_are_never_written_to(endpoint: str) -> None:
    assert not is_allowed(endpoint, HOSTS)


@pytest.mark.parametrize(
    "endpoint",
    [
        "https://fcm.googleapis.com/fcm/send/abc:def",
        "https://updates.push.services.mozilla.com/wpush/v2/gAAA",
        "https://wns2-par02p.notify.windows.com/w/?token=BQ%3d",
        "https://web.push.apple.com/QABC",
        "https://web.push.apple.com:443/QABC",
    ],
)
def test_the_known_services_are_written_to(endpoint: str) -> None:
    assert is_allowed(endpoint, HOSTS)


@given(st.text())
def test_no_text_breaks_the_judgement(endpoint: str) -> None:
    assert not is_allowed(endpoint, HOSTS)


@pytest.mark.parametrize(
    "address",
    ["127.0.0.1", "10.1.2.3", "192.168.1.1", "172.16.0.1", "169.254.169.254", "::1", "fd00::1", "fe80::1%eth0",
     "::ffff:10.0.0.1", "0.0.0.0", "224.0.0.1", "100.64.0.1"],
)  # fmt: skip
def test_private_network_addresses(address: str) -> None:
    assert not is_public(address)
    assert is_public("142.250.4.95")
    assert is_public("2404:6800:4003::5f")


def test_a_known_name_that_leads_into_the_house_is_not_followed(settings) -> None:
    settings.PUSH_HOSTS = ["localhost"]
    with pytest.raises(sending.Forbidden):
        sending.opened("https://localhost/push")


def test_old_news_disturb_nobody(reader, push_service) -> None:
    subscribe(signed_in(reader), push_service.browser())
    notice = told([reader], "trial.cancelled", at=timezone.now() - timedelta(days=3))[0]
    carry()
    assert notice.deliveries.get().reason == "stale"
    assert not push_service.requests
