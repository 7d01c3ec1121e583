"""Calling from the seat: a member asks for water, who serves sees seat and name at once, the member sees who comes."""

import pytest
from playwright.sync_api import expect

from tests.browser.people import PHONE, PORTRAIT, Cast
from tests.browser.test_fallback import room_of
from tests.servers.app import AppServer

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.xdist_group("browser")]

CLERK, MEMBER, CHAIR = "van.thu", "uy.vien1", "chu.toa"
WORDS = "Nhờ thư ký in thêm một bản phụ lục"


def test_a_call_goes_from_the_seat_to_who_serves_and_back(server: AppServer, cast: Cast) -> None:
    member, clerk = cast.person(MEMBER, size=PORTRAIT), cast.person(CLERK)
    room = room_of(member.page, server.url)
    support = room.replace("room/", "support/")
    assert clerk.open(support) == 200
    expect(clerk.page.locator("#lamp[data-lamp=live]")).to_be_visible()
    expect(clerk.page.locator("#support .empty")).to_be_visible()

    member.open(room)
    member.page.locator(".bar-link[data-pane=right]").click()
    member.page.click("[data-key=tab-calls]")
    member.page.click("[data-key=call-water]")
    expect(member.page.locator("#service-pane .call")).to_contain_text("Nước uống")
    expect(member.page.locator("#service-pane .call")).to_contain_text("Đang chờ")
    expect(member.page.locator("[data-key=call-water]")).to_have_count(0)

    call = clerk.page.locator("#support > .calls .call")
    expect(call).to_contain_text("Nước uống")
    assert clerk.page.title().startswith("(1) ")
    member.shot("calls-seat")
    clerk.shot("calls-support")
    clerk.page.locator("[data-key^=take-]").click()
    expect(member.page.locator("#service-pane .call")).to_contain_text("Đang đến")
    clerk.page.locator("[data-key^=settle-]").click()
    expect(member.page.locator("#service-pane .call")).to_contain_text("Đã xong")
    expect(member.page.locator("[data-key=call-water]")).to_be_visible()
    expect(clerk.page.locator("#support .empty")).to_be_visible()

    member.page.fill("[data-key=call-words]", WORDS)
    member.page.click("[data-key=call-message]")
    expect(member.page.locator("#service-pane .call").first).to_contain_text(WORDS)
    expect(member.page.locator("[data-key=call-words]")).to_have_value("")
    member.page.locator("[data-key^=withdraw-]").click()
    expect(member.page.locator("#service-pane")).not_to_contain_text(WORDS)
    expect(clerk.page.locator("#support")).not_to_contain_text(WORDS)

    assert cast.person(CHAIR).status(support) == 404
    assert member.status(support) == 404
    clerk.page.set_viewport_size(PHONE)
    assert clerk.page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    clerk.shot("calls-support-phone")
    assert cast.troubles() == []
