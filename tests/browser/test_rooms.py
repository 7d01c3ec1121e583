"""A clerk draws a seat plan and seats a meeting; a member finds their seat; a second drawer loses nothing."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser.people import PORTRAIT, Cast

pytestmark = pytest.mark.browser


def open_room(page: Page, url: str, words: str) -> None:
    page.goto(f"{url}/rooms/?q={words}")
    page.locator("tbody th a").first.click()


def open_plan(page: Page, url: str) -> str:
    open_room(page, url, "so+2")
    page.locator(".plan-thumb").click()
    expect(page.locator("[data-plan-save]")).to_be_visible()
    return page.url


def test_a_plan_is_drawn_with_pointer_and_keys(cast: Cast) -> None:
    clerk = cast.person("van.thu")
    page = clerk.page
    open_plan(page, cast.url)
    seats = page.locator(".plan-seat")
    before = seats.count()
    page.locator("[data-do=seat]").click()
    expect(seats).to_have_count(before + 1)
    chosen = page.locator(".plan-seat.plan-chosen")
    start = chosen.get_attribute("transform")
    page.keyboard.press("ArrowRight")
    page.keyboard.press("Shift+ArrowDown")
    assert chosen.get_attribute("transform") != start
    page.keyboard.press("Control+d")
    expect(seats).to_have_count(before + 2)
    page.keyboard.press("Control+z")
    expect(seats).to_have_count(before + 1)
    seat = seats.first
    box = seat.bounding_box()
    assert box
    place = seat.get_attribute("transform")
    page.mouse.move(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    page.mouse.down()
    page.mouse.move(box["x"] + 60, box["y"] + 50, steps=5)
    page.mouse.up()
    assert page.locator(".plan-seat.plan-chosen").first.get_attribute("transform") != place
    page.keyboard.press("Control+s")
    expect(page.locator(".toast")).to_be_visible()
    page.reload()
    expect(seats).to_have_count(before + 1)
    page.get_by_role("button", name=re.compile("Xếp theo mẫu")).click()
    page.locator("#plan-draw [name=shape]").select_option("u")
    page.locator("#plan-draw [name=count]").fill("24")
    page.locator("#plan-draw .button-primary").click()
    expect(seats).to_have_count(24)
    page.keyboard.press("Control+s")
    expect(page.locator("[data-plan-save]")).to_be_disabled()
    clerk.shot("rooms-plan")


def test_the_second_drawer_keeps_their_plan(cast: Cast) -> None:
    first, second = cast.person("van.thu").page, cast.person("quan.tri", size=PORTRAIT).page
    address = open_plan(first, cast.url)
    second.goto(address)
    for page in (first, second):
        page.locator("[data-do=seat]").click()
    first.locator("[data-plan-save]").click()
    expect(first.locator(".toast")).to_be_visible()
    second.locator("[data-plan-save]").click()
    expect(second.locator("#plan-clash")).to_be_visible()
    second.locator("#clash-name").fill("Bản vẽ thứ hai")
    second.locator("#plan-clash .button-primary").click()
    second.wait_for_url(lambda url: url != address)
    expect(second.locator("h1")).to_have_text("Bản vẽ thứ hai")


def meeting_of(page: Page, url: str) -> str:
    page.goto(f"{url}/meetings/")
    found = page.locator("main a").evaluate_all("links => links.map(link => link.getAttribute('href'))")
    return next(href for href in found if href and re.fullmatch(r"/meetings/[0-9a-f-]{36}/", href))


def test_people_are_seated_and_find_their_seats(cast: Cast) -> None:
    clerk, member = cast.person("van.thu"), cast.person("uy.vien3", size=PORTRAIT)
    page = clerk.page
    address = f"{cast.url}{meeting_of(member.page, cast.url)}seating/"
    page.goto(address)
    person = page.locator("[data-person]").filter(has_text="Bùi Thanh Tùng")
    free = page.locator(".plan-seat:not(.plan-taken)").last
    number = free.get_attribute("data-seat")
    person.scroll_into_view_if_needed()
    person.drag_to(free)
    expect(person.locator("[data-person-seat]")).to_have_text(number or "")
    undo = page.locator("[data-seat-undo]")
    undo.click()
    expect(person.locator("[data-person-seat]")).not_to_have_text(number or "")
    expect(undo).to_be_disabled()
    seat = page.locator(f".plan-seat[data-seat='{number}']")
    seat.focus()
    page.keyboard.press("Enter")
    person.focus()
    with page.expect_response(lambda answer: answer.request.method == "POST"):
        page.keyboard.press("Enter")
    expect(seat).to_contain_text("Tùng")
    clerk.shot("rooms-seating")
    member.page.goto(address)
    expect(member.page.locator(".plan-mine")).to_have_attribute("data-seat", number or "")
    expect(member.page.locator(".seat-mine")).to_contain_text(number or "")
    assert member.page.locator("button[data-person]").count() == 0
    assert cast.person("nguoi.ngoai").status(address.removeprefix(cast.url)) == 404
    assert not cast.troubles()
