"""Two clerks on one agenda, with keys, mouse and finger: nothing anybody did is lost."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser.people import PORTRAIT, Cast

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.xdist_group("browser")]

CLERK, SECRETARY = "van.thu", "thu.ky"
TITLE = re.compile("tháng|chuyên đề|Phiên họp Ủy ban")


def draft(cast: Cast) -> tuple[Page, Page, str]:
    """Return the pages of two people who prepare the same draft of the demo, and its address."""
    first = cast.person(CLERK)
    first.open("/meetings/?tab=preparing")
    first.page.locator("main a[href^='/meetings/']", has_text=TITLE).first.click()
    first.page.wait_for_url(re.compile(r"/meetings/[0-9a-f-]{36}/"))
    address = re.search(r"/meetings/[0-9a-f-]{36}/", first.page.url)[0]
    second = cast.person(SECRETARY, size=PORTRAIT)
    assert second.open(address) == 200
    return first.page, second.page, address


def titles(page: Page) -> list[str]:
    return [text.strip() for text in page.locator(".agenda-title").all_inner_texts()]


def add(page: Page, title: str) -> None:
    page.fill("#new-title", title)
    page.press("#new-title", "Enter")
    expect(page.locator(".agenda")).to_contain_text(title)


def test_two_people_arrange_one_agenda(cast: Cast) -> None:
    one, two, address = draft(cast)
    add(one, "Việc của văn thư")
    expect(two.locator(".agenda")).to_contain_text("Việc của văn thư", timeout=12_000)
    add(two, "Việc của thư ký")
    expect(one.locator(".agenda")).to_contain_text("Việc của thư ký", timeout=12_000)
    keys(one)
    dragged(one)
    conflict(one, two)
    removed_and_back(one)
    pasted(one, address)
    cast.person(CLERK).shot("agenda")
    cast.person(SECRETARY).shot("agenda-portrait")
    assert [trouble for trouble in cast.troubles() if "422" not in trouble] == []


def keys(page: Page) -> None:
    row = page.locator(".agenda > li", has_text="Việc của thư ký")
    row.locator(".agenda-item").focus()
    page.keyboard.press("Alt+ArrowRight")
    expect(row).to_have_attribute("data-depth", "1")
    expect(row.locator(".agenda-item")).to_be_focused()
    page.keyboard.press("Alt+ArrowLeft")
    expect(row).to_have_attribute("data-depth", "0")
    page.keyboard.press("Alt+ArrowUp")
    expect(page.locator(".agenda > li").last).to_contain_text("Việc của văn thư")
    page.keyboard.press("n")
    page.keyboard.type("Bên dưới")
    page.keyboard.press("Enter")
    expect(page.locator(".agenda > li").nth(-2)).to_contain_text("Bên dưới")


def dragged(page: Page) -> None:
    """The last item goes to the top by mouse, and by finger under the first."""
    last = page.locator(".agenda > li").last
    name = last.locator(".agenda-title").inner_text()
    last.scroll_into_view_if_needed()
    handle, target = last.locator("[data-handle]"), page.locator(".agenda > li").nth(-3)
    box, goal = handle.bounding_box(), target.bounding_box()
    page.mouse.move(box["x"] + 10, box["y"] + 10)
    page.mouse.down()
    page.mouse.move(box["x"] + 20, goal["y"] + 30, steps=6)
    page.mouse.move(box["x"] + 20, goal["y"] + 2, steps=3)
    expect(page.locator(".agenda-drop")).to_have_count(1)
    page.mouse.up()
    expect(page.locator(".agenda > li").nth(-3)).to_contain_text(name)


def conflict(one: Page, two: Page) -> None:
    """The second to save sees both texts, and saves on top."""
    for page, words in ((one, "Bên dưới, bản A"), (two, "Bên dưới, bản B")):
        row = page.locator(".agenda > li", has_text="Bên dưới")
        expect(row).to_have_count(1, timeout=12_000)
        row.locator("[data-edit] > summary").click()
        row.locator("[data-edit] input[name=title]").first.fill(words)
    for page in (one, two):
        page.locator(".agenda > li", has_text="Bên dưới").locator("[data-edit] form .button").first.click()
    both = two.locator(".item-conflict")
    expect(both).to_contain_text("Bên dưới, bản A")
    expect(both.locator("input[name=title]")).to_have_value("Bên dưới, bản B")
    both.locator(".button-primary").click()
    expect(two.locator(".agenda-title", has_text="Bên dưới, bản B")).to_have_count(1)
    expect(one.locator(".agenda-title", has_text="Bên dưới, bản B")).to_have_count(1, timeout=12_000)


def removed_and_back(page: Page) -> None:
    row = page.locator(".agenda > li", has_text="Bên dưới, bản B")
    row.locator("[data-edit] > summary").click()
    row.locator("form[action$='/remove/'] button").click()
    expect(page.locator(".agenda > li", has_text="Bên dưới")).to_have_count(0)
    page.click(".agenda-undo button")
    expect(page.locator(".agenda > li", has_text="Bên dưới, bản B")).to_have_count(1)


def pasted(page: Page, address: str) -> None:
    before = len(titles(page))
    page.click(f"a[href='{address}agenda/paste/']")
    page.fill("#paste-text", "I. Nội dung dán\n1. Báo cáo dán (15 phút)\n2. Thảo luận dán")
    page.click("#paste .button-primary")
    expect(page.locator(".paste-lines > li")).to_have_count(3)
    page.click("main form .button-primary")
    expect(page.locator(".agenda > li")).to_have_count(before + 3)
    expect(page.locator(".agenda > li", has_text="Báo cáo dán")).to_have_attribute("data-depth", "1")
