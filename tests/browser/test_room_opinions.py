"""Opinions in the room: a member hands in what they prepared, the chair has it at once, without loading anything."""

import pytest
from playwright.sync_api import Page, expect

from tests.browser.people import PORTRAIT, Cast
from tests.servers.app import AppServer

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.xdist_group("browser")]

CLERK, LEADER, CHAIR, MEMBER = "van.thu", "chu.tich", "chu.toa", "uy.vien1"
WORDS = "Đề nghị xem lại số liệu ở phụ lục 2."


def test_an_opinion_goes_from_the_members_tablet_to_the_chairs(server: AppServer, cast: Cast) -> None:
    member, chair = cast.person(MEMBER, size=PORTRAIT), cast.person(CHAIR)
    meeting = coming(member.page, server)
    member.open(f"{meeting}opinions/")
    member.page.locator("textarea").last.fill(WORDS)
    expect(member.page.locator("[data-saved]").last).to_contain_text("Đã lưu")
    chair.open(f"{meeting}room/")
    chair.page.locator("#agenda-pane .agenda-item").last.click()
    chair.page.click("[data-key=tab-item]")
    member.open(f"{meeting}room/")
    shown(member.page)
    member.page.locator("#agenda-pane .agenda-item").last.click()
    expect(chair.page.locator("#opinions-pane")).not_to_contain_text(WORDS)
    member.page.locator(".bar-link[data-pane=right]").click()
    member.page.click("[data-key=tab-item]")
    expect(member.page.locator("#opinions-pane")).to_contain_text("Chưa gửi")
    member.shot("room-own-opinion")
    member.page.locator("[data-key=hand-in]").click()
    expect(member.page.locator("#opinions-pane")).to_contain_text("Đã gửi chủ trì")
    expect(chair.page.locator("#opinions-pane")).to_contain_text(WORDS)
    chair.shot("room-opinions")
    assert cast.troubles() == []


def shown(page: Page) -> None:
    """Bring the agenda forward where the panes stand behind one another."""
    page.locator(".bar-link[data-pane=left]").click()


def coming(page: Page, server: AppServer) -> str:
    """Return the address of a meeting to come in which the member may still write."""
    page.goto(f"{server.url}/meetings/?tab=upcoming")
    for link in page.locator("a.list-title[href^='/meetings/'], main a[href^='/meetings/']").all():
        address = link.get_attribute("href") or ""
        if address.count("-") != 4 or not address.endswith("/"):
            continue
        room = page.request.get(f"{server.url}{address}room/", max_redirects=0)
        if room.status == 200 and 'name="text"' in page.request.get(f"{server.url}{address}opinions/").text():
            return address
    raise AssertionError("the demo has no meeting to come with an opinion to write")
