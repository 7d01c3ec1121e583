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
    touched(one)
    added_while_moved(one, two)
    conflict(one, two)
    removed_and_back(one)
    pasted(one, address)
    cast.person(CLERK).shot("agenda")
    cast.person(SECRETARY).shot("agenda-portrait")
    assert [trouble for trouble in cast.troubles() if "422" not in trouble] == []


def test_a_member_never_sees_what_is_hidden(cast: Cast) -> None:
    """The member's page stays open while an item is hidden, and shown again."""
    clerk, member = cast.person(CLERK).page, cast.person("uy.vien1", size=PORTRAIT).page
    clerk.goto(f"{cast.url}/meetings/")
    clerk.locator("main a[href^='/meetings/']", has_text="quy hoạch").first.click()
    clerk.wait_for_selector(".agenda")
    address = re.search(r"/meetings/[0-9a-f-]{36}/", clerk.url)[0]
    member.goto(f"{cast.url}{address}")
    words = "Các dự án chậm tiến độ"
    expect(member.locator(".agenda")).to_contain_text(words)
    for seen in (False, True):
        row = clerk.locator(".agenda > li", has_text=words).last
        if row.locator("[data-edit]").get_attribute("open") is None:
            row.locator("[data-edit] > summary").click()
        row.locator("form[action$='/hide/'] button").click()
        expect(clerk.locator(".agenda > li[data-hidden]")).to_have_count(0 if seen else 1)
        member.evaluate("document.dispatchEvent(new Event('visibilitychange'))")  # as when one comes back to the tab
        if seen:
            expect(member.locator(".agenda")).to_contain_text(words, timeout=12_000)
        else:
            expect(member.locator(".agenda")).not_to_contain_text(words, timeout=12_000)
    assert cast.troubles() == []


def keys(page: Page) -> None:
    row = page.locator(".agenda > li", has_text="Việc của thư ký")
    row.locator(".agenda-item").focus()
    page.keyboard.press("Alt+ArrowRight")
    expect(row).to_have_attribute("data-depth", "1")
    expect(row.locator(".agenda-item")).to_be_focused()
    page.keyboard.press("Alt+ArrowLeft")
    expect(row).to_have_attribute("data-depth", "0")
    expect(row.locator(".agenda-item")).to_be_focused()
    page.keyboard.press("Alt+ArrowUp")
    expect(page.locator(".agenda > li").last).to_contain_text("Việc của văn thư")
    expect(row.locator(".agenda-item")).to_be_focused()
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


def touched(page: Page) -> None:
    """A finger takes the last item by its number, up and one step in; the page does not scroll meanwhile."""
    last = page.locator(".agenda > li").last
    name = last.locator(".agenda-title").inner_text()
    last.scroll_into_view_if_needed()
    handle, above = last.locator("[data-handle]").bounding_box(), page.locator(".agenda > li").nth(-2).bounding_box()
    finger = page.context.new_cdp_session(page)
    x, y = handle["x"] + 12, handle["y"] + 12
    path = [
        (x, y),
        (x + 10, y - 4),
        (x + 30, above["y"] + above["height"] - 4),
        (x + 34, above["y"] + above["height"] - 6),
    ]
    for number, (left, top) in enumerate(path):
        points = [{"x": left, "y": top}]
        finger.send(
            "Input.dispatchTouchEvent", {"type": "touchMove" if number else "touchStart", "touchPoints": points}
        )
    expect(page.locator(".agenda-drop")).to_have_count(1)
    finger.send("Input.dispatchTouchEvent", {"type": "touchEnd", "touchPoints": []})
    row = page.locator(".agenda > li", has_text=name)
    expect(row).to_have_attribute("data-depth", "1")
    expect(row.locator(".agenda-item")).to_be_focused()


def added_while_moved(one: Page, two: Page) -> None:
    """One moves an item while the other, who has not seen it yet, adds one below it: both are done."""
    names = titles(one)
    two.fill("#new-title", "Thêm trong lúc chuyển")
    one.locator(".agenda > li").nth(1).locator("[data-steps] [value=up]").click()
    expect(one.locator(".agenda-title").first).to_have_text(names[1])
    two.press("#new-title", "Enter")
    for page in (one, two):
        expect(page.locator(".agenda-title", has_text="Thêm trong lúc chuyển")).to_have_count(1, timeout=12_000)
        assert titles(page)[:2] == [names[1], names[0]]
        assert set(titles(page)) == {*names, "Thêm trong lúc chuyển"}


def conflict(one: Page, two: Page) -> None:
    """The second to save sees both texts, and saves on top."""
    for page, words in ((one, "Bên dưới, bản A"), (two, "Bên dưới, bản B")):
        row = page.locator(".agenda > li", has_text="Bên dưới")
        expect(row).to_have_count(1, timeout=12_000)
        row.locator("[data-edit] > summary").click()
        row.locator("[data-edit] input[name=title]").first.fill(words)
    with one.expect_response(lambda answer: answer.request.method == "POST"):  # the first is saved, and then the second
        one.locator(".agenda > li", has_text="Bên dưới").locator("[data-edit] form .button").first.click()
    two.locator(".agenda > li", has_text="Bên dưới").locator("[data-edit] form .button").first.click()
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


WORD = """<p class=MsoListParagraph>I. N&#7897;i dung d&aacute;n</p>
<p class=MsoNormal>1. B&aacute;o c&aacute;o d&aacute;n (15 ph&uacute;t)</p>
<p class=MsoNormal>2. Th&#7843;o lu&#7853;n d&aacute;n</p>"""


def pasted(page: Page, address: str) -> None:
    """Pasted as Word gives it; one line is corrected, one left out."""
    before = len(titles(page))
    page.click(f"a[href='{address}agenda/paste/']")
    page.wait_for_url(f"**{address}agenda/paste/")  # loaded, with the script that reads what Word gives
    page.evaluate(
        """html => {
          const data = new DataTransfer();
          data.setData("text/html", html);
          const area = document.getElementById("paste-text");
          area.select();
          area.dispatchEvent(new ClipboardEvent("paste", { clipboardData: data, bubbles: true }));
        }""",
        WORD,
    )
    page.click("#paste .button-primary")
    lines = page.locator(".paste-lines > li")
    expect(lines).to_have_count(3)
    lines.nth(1).locator("input[name=title]").fill("Báo cáo đã sửa")
    lines.nth(2).locator("input[name=take]").uncheck()
    page.click("main form .button-primary")
    expect(page.locator(".agenda > li")).to_have_count(before + 2)
    expect(page.locator(".agenda > li", has_text="Báo cáo đã sửa")).to_have_attribute("data-depth", "1")
