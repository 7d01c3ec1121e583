"""Somebody looks for a paper: suggestions as one types, arrow keys, results narrowed, what was searched last."""

import re

import pytest
from playwright.sync_api import expect

from tests.browser.people import PHONE, PORTRAIT, Cast

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.xdist_group("browser")]
MEMBER = "uy.vien1"


def test_typing_offers_and_results_are_narrowed(cast: Cast) -> None:
    member = cast.person(MEMBER)
    page = member.page
    member.open("/")
    page.keyboard.press("/")
    field = page.locator(".topbar-search input")
    expect(field).to_be_focused()
    field.press_sequentially("hop gia", delay=30)
    options = page.locator("#top-suggestions [role=option]")
    expect(options.first).to_be_visible()
    expect(options.first.locator("mark").first).to_be_visible()
    member.shot("suggestions", after=300)
    field.press("ArrowDown")
    expect(options.first).to_have_attribute("aria-selected", "true")
    field.press("Escape")
    expect(options.first).to_be_hidden()
    field.press_sequentially("o")
    field.press("Enter")
    page.wait_for_url("**/search/?**")
    expect(page.locator("mark").first).to_be_visible()
    member.shot("results", after=300)

    page.locator("#find-q").focus()
    page.keyboard.press("Escape")
    page.keyboard.press("ArrowDown")
    expect(page.locator("[data-results] a").first).to_be_focused()
    page.keyboard.press("ArrowUp")
    expect(page.locator("#find-q")).to_be_focused()
    page.keyboard.press("Shift+ArrowDown")
    expect(page.locator("#find-q")).to_be_focused()

    in_text = page.locator("[data-results] a[href*='find=']")
    member.open("/search/?q=ngan+sach")
    for _ in range(60):
        if in_text.count():
            break
        page.wait_for_timeout(1000)  # the demo's papers are still being read
        page.reload()
    in_text.first.click()
    expect(page.locator(".viewer-find input")).to_have_value("ngan sach")
    expect(page.locator(".viewer-find output")).to_have_text(re.compile(r"^1 / [1-9]"))
    member.shot("result-opened", after=300)
    member.open("/search/?q=hop+giao")

    page.click(".find-filters > summary")
    page.check("input[name=titles]")
    page.click(".find-filters button")
    page.wait_for_url("**titles=1**")
    expect(page.locator(".found-text")).to_have_count(0)
    page.set_viewport_size(PORTRAIT)
    member.shot("results-portrait", after=300)

    page.set_viewport_size(PHONE)
    member.open("/search/?q=khongcotunay+ngan+sach")
    expect(page.get_by_text("Không thấy")).to_be_visible()
    expect(page.locator(".find-again a", has_text="ngan sach")).to_be_visible()
    page.fill("#find-q", "")
    page.locator("#find-q").blur()
    page.locator("#find-q").focus()
    recent = page.locator("#find-suggestions [role=option]")
    expect(recent.filter(has_text="hop giao")).to_be_visible()
    member.shot("nothing-phone", after=300)
    assert cast.troubles() == []
