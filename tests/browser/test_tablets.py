"""An office tablet in two hands: set up, taken with a PIN, confined to its meeting, handed back, wiped."""

import re

import pytest

from tests.browser.people import LANDSCAPE, PORTRAIT, Cast

pytestmark = pytest.mark.browser
LEFT = "localStorage.setItem('doc', 'x'); indexedDB.open('notes', 1); caches.open('pages')"


def meeting_of(person) -> str:
    """Return the address of the demo's meeting of today."""
    person.open("/meetings/")
    found = person.page.locator("a[href^='/meetings/']").evaluate_all("links => links.map(link => link.pathname)")
    return next(path for path in found if re.fullmatch(r"/meetings/[0-9a-f-]{36}/", path))


def set_up(cast: Cast, clerk):
    """Add a tablet and type its code on it."""
    clerk.open("/tablets/new/")
    clerk.page.fill("input[name=label]", "Máy 07")
    clerk.page.click("button.button-primary")
    code = clerk.page.locator(".tablet-code-letters").inner_text()
    clerk.shot("tablet-code")
    tablet = cast.stranger(LANDSCAPE, "máy 07")
    tablet.open("/tablet/")
    tablet.page.fill("#code", code)
    tablet.page.click("button.button-primary")
    tablet.page.wait_for_selector("#pin")
    tablet.shot("tablet-waiting")
    return tablet


def test_one_tablet_two_people(cast: Cast) -> None:
    clerk = cast.person("van.thu")
    room = meeting_of(cast.person("uy.vien1", size=PORTRAIT))
    tablet = set_up(cast, clerk)
    clerk.open(f"{room}tablets/")
    clerk.page.click("button:has-text('Làm thẻ chỗ ngồi')")
    cards = clerk.page.locator(".seat-card")
    cards.first.wait_for()
    clerk.shot("seat-cards")
    pins = cards.locator(".seat-card-pin").all_inner_texts()
    names = cards.locator(".seat-card-name").all_inner_texts()

    tablet.page.fill("#pin", pins[0])
    tablet.page.click("button.button-primary")
    tablet.page.wait_for_url(f"**{room}")
    tablet.page.evaluate(LEFT)
    tablet.open("/documents/outgoing/")
    assert tablet.page.url.endswith("/tablet/"), "the session reaches its meeting only"
    assert names[0] in tablet.page.inner_text("main")
    tablet.shot("tablet-in-hand")

    tablet.page.on("dialog", lambda dialog: dialog.accept())
    tablet.page.click("button:has-text('Trả máy')")
    if tablet.page.locator("dialog[open] button.button-primary, dialog[open] [value=yes]").count():
        tablet.page.locator("dialog[open] button.button-primary, dialog[open] [value=yes]").first.click()
    tablet.page.wait_for_selector("#pin")
    left = tablet.page.evaluate(
        "async () => [localStorage.length, (await indexedDB.databases()).length, (await caches.keys()).length]"
    )
    assert left == [0, 0, 0]
    assert tablet.open(room) == 200
    assert "/tablet/" in tablet.page.url or "login" in tablet.page.url

    clerk.open("/tablets/")
    clerk.page.click("a:has-text('Máy 07')")
    assert "Đã xóa" in clerk.page.inner_text("main")
    clerk.shot("tablet-history")
    assert not cast.troubles()
