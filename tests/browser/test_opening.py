"""Before the meeting: nobody checks in days ahead, the chair is asked before opening early or with too few."""

import re

import pytest
from playwright.sync_api import expect

from tests.browser.people import Cast, Person

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.xdist_group("browser")]

CHAIR, DIRECTOR = "chu.toa", "uy.vien1"
TODAY, LATER = "quy hoạch và đất đai", "Tập huấn sử dụng phòng họp không giấy"


def test_opening_asks_first_and_check_in_waits(cast: Cast) -> None:
    director = cast.person(DIRECTOR)
    meeting = address(director, LATER)
    refused_form_comes_back(director, meeting)
    early_room(director, meeting)
    chair = cast.person(CHAIR)
    too_few(chair, address(chair, TODAY))
    assert cast.troubles() == []


def address(person: Person, title: str) -> str:
    """Find the meeting in the list."""
    person.open(f"/meetings/?q={title}")
    link = person.page.locator("a[href^='/meetings/']", has_text=title).first
    return re.search(r"/meetings/[0-9a-f-]{36}/", link.get_attribute("href"))[0]


def refused_form_comes_back(person: Person, meeting: str) -> None:
    """The button is grey; whoever sends the form all the same is back on the page, with the reason."""
    person.open(meeting)
    button = person.page.locator("form:has([value=check_in]) button").first
    expect(button).to_be_disabled()
    person.shot("check-in-early")
    button.evaluate("button => { button.disabled = false; button.click(); }")
    expect(person.page.locator("#messages")).to_contain_text("Điểm danh được mở từ")
    assert person.page.url.endswith(meeting)


def early_room(person: Person, meeting: str) -> None:
    """Days ahead: no check-in, and opening asks with the planned time."""
    page = person.page
    person.open(f"{meeting}room/")
    expect(page.locator("#lamp")).to_have_attribute("data-lamp", "live")
    expect(page.locator("[data-key=check-in]")).to_be_disabled()
    expect(page.locator(".room-presence")).to_contain_text("Điểm danh được mở từ")
    person.shot("room-early")
    page.click("[data-key=open-meeting]")
    expect(page.locator("#confirm")).to_contain_text("Cuộc họp dự kiến bắt đầu lúc 08:00")
    page.keyboard.press("Escape")
    expect(page.locator("[data-meeting-state=published]")).to_be_visible()


def too_few(chair: Person, meeting: str) -> None:
    """Too few are here: the figures are named, no leaves the meeting as it is, yes opens it."""
    page = chair.page
    chair.open(f"{meeting}room/")
    expect(page.locator("#lamp")).to_have_attribute("data-lamp", "live")
    expect(page.locator("[data-key=check-in]")).to_be_enabled()
    page.click("[data-key=open-meeting]")
    expect(page.locator("#confirm")).to_contain_text(re.compile(r"Có mặt 4/\d+, cần ít nhất \d+. Vẫn khai mạc\?"))
    chair.shot("open-without-quorum")
    page.keyboard.press("Escape")
    expect(page.locator("[data-meeting-state=published]")).to_be_visible()
    page.click("[data-key=open-meeting]")
    page.click("#confirm [data-confirm-yes]")
    expect(page.locator("[data-meeting-state=open]")).to_be_visible()
