"""Notices in a real browser: the number on an open page, the list, preferences, the service worker's one sentence."""

import json
import threading

import pytest
from playwright.sync_api import expect

from tests.browser.people import PHONE, Cast
from tests.servers.app import AppServer

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.xdist_group("browser")]

READER = "van.thu"
TELL = """
from django.utils import timezone
from ledger.door import writing
from notices.actions.trying import try_channels
from people.models import User
with writing():
    try_channels(User.objects.get(username="van.thu"), at=timezone.now())
"""


def test_notices_reach_an_open_page_and_are_read(cast: Cast, server: AppServer) -> None:
    reader = cast.person(READER)
    page = reader.page
    reader.open("/notices/")
    before = int(page.locator("#notices-count").text_content() or 0)
    server.manage("shell", "-v0", "-c", TELL)
    expect(page.locator("#notices-count")).to_have_text(str(before + 1), timeout=15_000)
    reader.open("/notices/?show=unread")
    first = page.locator(".notice").first
    expect(first).to_contain_text("Đây là thông báo thử")
    reader.shot("notices")
    first.locator("form button").click()
    page.wait_for_load_state()
    assert int(page.locator("#notices-count").text_content() or 0) == before


def test_preferences_on_a_phone(cast: Cast) -> None:
    reader = cast.sign_in(READER, PHONE)
    reader.open("/notices/settings/")
    page = reader.page
    page.fill("input[name=quiet_from]", "22:15")
    page.get_by_label("Thứ Bảy").uncheck()
    page.get_by_role("button", name="Lưu").click()
    expect(page.locator("input[name=quiet_from]")).to_have_value("22:15")
    expect(page.get_by_label("Thứ Bảy")).not_to_be_checked()
    reader.shot("notices-settings")
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_the_service_worker_shows_one_sentence_in_the_readers_language(cast: Cast) -> None:
    reader = cast.person(READER)
    page = reader.page
    page.context.grant_permissions(["notifications"], origin=reader.url)
    reader.open("/notices/settings/")
    page.evaluate(
        "navigator.serviceWorker.register('/sw.js', { scope: '/' }).then(() => navigator.serviceWorker.ready)"
    )
    devtools = page.context.new_cdp_session(page)
    known: list[str] = []
    found = threading.Event()

    def note(event: dict) -> None:
        known.extend(one["registrationId"] for one in event["registrations"])
        found.set()

    devtools.on("ServiceWorker.workerRegistrationUpdated", note)
    devtools.send("ServiceWorker.enable")
    for _ in range(300):
        if not found.is_set():
            page.wait_for_timeout(50)  # events are heard meanwhile
    assert found.is_set()
    for language, sentence in (("vi", "Có thông báo mới trong Nghị Sự"), ("en", "There is a new notice in Nghị Sự")):
        sent = {"origin": reader.url, "registrationId": known[0], "data": json.dumps({"language": language})}
        devtools.send("ServiceWorker.deliverPushMessage", sent)
        page.wait_for_function(
            "words => navigator.serviceWorker.ready.then(one => one.getNotifications())"
            ".then(shown => shown.some(one => one.body === words))",
            arg=sentence,
        )
    assert page.evaluate("caches.keys()") == []


def test_no_trouble_on_any_page(cast: Cast) -> None:
    reader = cast.person(READER)
    for path in ("/notices/", "/inbox/", "/notices/settings/"):
        assert reader.open(path) == 200
    assert cast.troubles() == []
