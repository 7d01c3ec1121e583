"""What is around notes: tools in one row, the eraser, notes by keyboard alone, carrying over in the room, printing."""

import re
from io import BytesIO
from typing import Any

import pikepdf
import pytest
from playwright.sync_api import Page, expect

from tests.browser.lines import Line
from tests.browser.notes import Sheet, sheet
from tests.browser.pens import pen, wave
from tests.browser.people import LANDSCAPE, PHONE, PORTRAIT, Cast, Person
from tests.browser.test_notes import address, enter, opened, saved

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.xdist_group("browser")]

LOW = """() => [...document.querySelectorAll(".notes-bar button, .viewer-bar button")]
  .filter((one) => one.checkVisibility() && (one.offsetWidth < 44 || one.offsetHeight < 44))
  .map((one) => one.title)"""
ROWS = """(selector) => new Set([...document.querySelectorAll(`${selector} button`)]
  .filter((one) => one.checkVisibility()).map((one) => Math.round(one.getBoundingClientRect().top))).size"""
WIDE = """(selector) => {
  const { scrollWidth, clientWidth } = document.querySelector(selector);
  return scrollWidth - clientWidth;
}"""


def test_tools_eraser_and_keys(cast: Cast) -> None:
    person = cast.person("uy.vien1", size=LANDSCAPE)
    page, line = person.page, Line(person.page)
    enter(person, address(person))
    paper = sheet(opened(page), person)
    one_row(person, line, paper)
    erased(page, paper)
    by_keyboard(person, paper)
    known = ("ERR_INTERNET_DISCONNECTED", "ERR_FAILED")
    assert [trouble for trouble in cast.troubles() if not any(word in trouble for word in known)] == []


def test_a_newer_version_prints_and_places(cast: Cast) -> None:
    person, clerk = cast.person("uy.vien2", size=LANDSCAPE), cast.person("van.thu")
    page, meeting = person.page, address(person)
    enter(person, meeting)
    document = opened(page)
    paper = sheet(document, person)
    marked(page)
    saved(page)
    number, pages = renew(clerk, person, meeting, document)
    page.click(".viewer-newer .button-primary")
    expect(page.locator(".viewer-where")).to_contain_text(f"/ {pages}")
    carried(person, paper, number)
    places(person, document, pages)
    printed(person, clerk, document)
    assert cast.troubles() == []


def marked(page: Page) -> None:
    """Highlight a line of the first page."""
    page.evaluate(
        """() => {
          const words = [...document.querySelectorAll(".viewer-text span")].find((one) => one.textContent.length > 40);
          getSelection().selectAllChildren(words);
        }"""
    )
    page.click(".notes-selection [data-key=highlighter]")


def renew(clerk: Person, reader: Person, meeting: str, document: str) -> tuple[int, int]:
    """Lay a version with one page more; return its number and how many pages it has."""
    room = reader.page.request.get(f"{clerk.url}/api/v1{meeting.rstrip('/')}/room").json()
    key, paper = next(one for one in room["shared"]["data"]["papers"].items() if one[1]["document"] == document)
    file = clerk.page.request.get(f"{clerk.url}/documents/{document}/versions/{paper['version']}/file").body()
    made = BytesIO()
    with pikepdf.open(BytesIO(file)) as pdf, pikepdf.new() as newer:
        newer.pages.extend(pdf.pages)
        newer.add_blank_page()
        newer.save(made)
    upload = {"name": "to-trinh.pdf", "mimeType": "application/pdf", "buffer": made.getvalue()}
    sent(clerk, f"{meeting}papers/{key}/replace/", {"file": upload, "change_note": "Bổ sung một trang"})
    return paper["version"] + 1, paper["pages"] + 1


def sent(person: Person, path: str, data: dict[str, Any]) -> None:
    """Send a form of the house."""
    token = next(one["value"] for one in person.page.context.cookies() if one["name"] == "csrftoken")
    headers = {"X-CSRFToken": token, "Referer": person.url}
    answer = person.page.request.post(person.url + path, multipart=data, headers=headers)
    assert answer.ok, answer.text()


def carried(person: Person, paper: Sheet, number: int) -> None:
    """The list offers what is left on the older version; it comes over, goes again and comes back."""
    page = person.page
    expect(page.locator(".notes-news")).to_have_count(1)
    page.click("[data-key=list]")
    line = page.locator(".notes-carrying")
    expect(line).to_contain_text(re.compile(r"Phiên bản mới: có thể mang sang \d+ ghi chú của phiên bản trước"))
    person.shot("notes-carrying")
    line.locator("[data-key=carry]").click()
    expect(line).to_contain_text("Đã mang")
    copies = page.locator(".notes-item")
    expect(copies).not_to_have_count(0)
    person.shot("notes-carried")
    line.locator("[data-key=carryUndo]").click()
    expect(copies).to_have_count(0)
    line.locator("[data-key=carry]").click()
    expect(copies).not_to_have_count(0)
    saved(page)
    copied = [note for note in paper.told(person).values() if note.get("origin")]
    assert {note["number"] for note in copied} == {number}
    assert {note["page"] for note in copied} == {1}
    page.keyboard.press("Escape")
    expect(page.locator(".notes-panel")).to_be_hidden()


def places(person: Person, document: str, pages: int) -> None:
    """Where one stopped is found again: after another paper, after a reload, turned, and on the document's own page."""
    page = person.page
    there = scrolled_to(page, 2, 0.4)
    papers = page.locator(".room-paper")
    papers.nth(1).click()
    expect(page.locator(".viewer-where")).not_to_contain_text(f"/ {pages}")
    papers.nth(0).click()
    found(page, there)
    page.reload()
    found(page, there)
    page.set_viewport_size(PORTRAIT)  # type: ignore[arg-type]
    found(page, there)
    page.set_viewport_size(LANDSCAPE)  # type: ignore[arg-type]
    found(page, there)
    person.open(f"/documents/{document}/")
    found(page, there)


STANDS = """() => {
  const top = document.querySelector(".viewer-scroll")?.getBoundingClientRect().top ?? 0;
  const pages = [...document.querySelectorAll(".viewer-page")];
  const one = pages.find((page) => page.getBoundingClientRect().bottom > top + 1);
  const box = one?.getBoundingClientRect();
  return box ? pages.indexOf(one) + 1 + (top - box.top) / box.height : 0;
}"""


def scrolled_to(page: Page, number: int, share: float) -> float:
    """Scroll into a page; wait until the place is written down."""
    page.evaluate(
        """([number, share]) => {
          const scroller = document.querySelector(".viewer-scroll");
          const box = document.querySelectorAll(".viewer-page")[number - 1].getBoundingClientRect();
          scroller.scrollTop += box.top + box.height * share - scroller.getBoundingClientRect().top;
        }""",
        [number, share],
    )
    kept = f"""Object.entries(localStorage).some(([key, one]) => key.startsWith("nghisu:place:")
      && JSON.parse(one).page === {number} && JSON.parse(one).share > 0.2)"""
    until(page, kept)
    stands: float = page.evaluate(STANDS)
    return stands


def found(page: Page, there: float) -> None:
    """Wait until the same line stands at the top, give or take a few."""
    until(page, f"Math.abs(({STANDS})() - {there}) < 0.06")


def until(page: Page, true: str) -> None:
    """Ask until it is so; what asks from within the page would be evaluated there, which pages do not allow."""
    for _ in range(200):
        if page.evaluate(true):
            return
        page.wait_for_timeout(50)
    raise AssertionError(f"{true}; it stands at {page.evaluate(STANDS)}")


def printed(person: Person, clerk: Person, document: str) -> None:
    """What may be had is opened as PDF, notes as a list; of a protected paper it is said why not."""
    page = person.page
    expect(page.locator(".viewer-text span").first).to_be_attached()
    typed(page, "n", "i")
    links = page.locator(".notes-dialog a")
    addresses = links.evaluate_all("all => all.map((one) => one.href)")
    kinds = [person.page.request.get(one).headers["content-type"].split(";")[0] for one in addresses]
    assert kinds[:2] == ["application/pdf"] * 2
    assert kinds[-1] == "text/html"
    person.shot("notes-print")
    page.keyboard.press("Escape")
    page.goto(addresses[-1])
    expect(page.locator(".notes-printed li")).not_to_have_count(0)
    person.shot("notes-printed")
    sent(clerk, f"/documents/{document}/protection/", {"protection": "pictures"})
    person.open(f"/documents/{document}/")
    expect(page.locator("[data-key=print]")).to_have_count(1)
    typed(page, "n", "i")
    expect(page.locator(".notes-dialog")).to_contain_text("chỉ được đọc trên màn hình")
    expect(links).to_have_count(1)
    person.shot("notes-print-protected")


def one_row(person: Person, line: Line, paper: Sheet) -> None:
    """While something waits both bars keep one row at every size, and say it in one place."""
    page = person.page
    page.click("[data-key=write]")
    line.off()
    pen(page, wave(420, 300))
    for name, size in (("landscape", LANDSCAPE), ("portrait", PORTRAIT), ("phone", PHONE)):
        page.set_viewport_size(size)  # type: ignore[arg-type]
        expect(page.locator(".notes-lamp:visible")).to_have_count(1)
        expect(page.locator(".notes-lamp")).to_have_attribute("data-waiting", "1")
        for bar in (".viewer-bar", ".notes-tools"):
            assert (name, bar, page.evaluate(ROWS, bar), page.evaluate(WIDE, bar)) == (name, bar, 1, 0)
        assert (name, page.evaluate(LOW)) == (name, [])
        person.shot(f"notes-bar-{name}")
    page.set_viewport_size(LANDSCAPE)  # type: ignore[arg-type]
    page.locator(".viewer-scroll").focus()
    typed(page, "n", "i")
    expect(page.locator(".notes-dialog")).to_contain_text("1 ghi chú trên thiết bị này chưa được gửi")
    page.keyboard.press("Escape")
    expect(page.locator(".notes-dialog")).to_have_count(0)
    line.on()
    saved(page)
    page.click("[data-key=undo]")
    expect(paper.drawn(page)).to_have_count(0)


def erased(page: Page, paper: Sheet) -> None:
    """The eraser takes text notes and marks along with strokes, all it touches in one go, and undo brings them back."""
    page.click(".notes-tools [data-key=text]")
    page.locator(".viewer-page").first.click(position={"x": 60, "y": 330})
    page.fill(".notes-editor textarea", "Sẽ bị xóa")
    page.click(".notes-editor .button-primary")
    page.click("[data-key=ink]")
    left, top = corner(page)
    pen(page, wave(left + 80, top + 330))
    expect(paper.drawn(page)).to_have_count(2)
    page.click("[data-key=erase]")
    pen(page, [(left + 50, top + 330), (left + 90, top + 330), (left + 140, top + 330)])
    expect(paper.drawn(page)).to_have_count(0)
    page.keyboard.press("Control+z")
    expect(paper.drawn(page)).to_have_count(2)
    page.keyboard.press("Control+Shift+z")
    expect(paper.drawn(page)).to_have_count(0)
    page.click("[data-key=write]")


def corner(page: Page) -> tuple[float, float]:
    """Return where the first page begins on screen."""
    box = page.locator(".viewer-page").first.bounding_box()
    assert box
    return box["x"], box["y"]


def by_keyboard(person: Person, paper: Sheet) -> None:
    """Without pen or mouse: words are chosen and written about, a note is put on the page; the keys are listed."""
    page, keys = person.page, person.page.keyboard
    page.locator(".viewer-scroll").focus()
    typed(page, "n", "w")
    expect(page.locator(".notes-wording")).to_be_focused()
    for key in ("ArrowDown", "ArrowDown", "ArrowRight", "Shift+ArrowRight", "Shift+ArrowRight"):
        keys.press(key)
    chosen = page.evaluate("getSelection().toString()")
    assert len(chosen.split()) == 3
    person.shot("notes-words")
    keys.press("Enter")
    for _ in range(3):
        keys.press("Tab")
    expect(page.locator(".notes-selection [data-key=message-square-text]")).to_be_focused()
    keys.press("Enter")
    keys.type("Chỉ bằng bàn phím")
    keys.press("Control+Enter")
    keys.press("Escape")
    expect(page.locator(".viewer-scroll")).to_be_focused()
    typed(page, "n", "p")
    expect(page.locator(".notes-editor textarea")).to_be_focused()
    keys.type("Cho cả trang")
    person.shot("notes-page-note")
    keys.press("Control+Enter")
    expect(paper.drawn(page)).to_have_count(2)
    saved(page)
    notes = list(paper.told(person).values())
    assert {note["body"] for note in notes} == {"Chỉ bằng bàn phím", "Cho cả trang"}
    assert [" ".join(note["quote"]["exact"].split()) for note in notes if "quote" in note] == [" ".join(chosen.split())]
    typed(page, "?")
    listed = page.locator("[data-shortcut-list]")
    for words in ("Ghi chú cho trang này", "Chọn chữ bằng bàn phím", "Bút", "Danh sách ghi chú"):
        expect(listed.get_by_text(words, exact=True)).to_have_count(1)
    person.shot("notes-keys")
    keys.press("Escape")
    reached(page)


def reached(page: Page) -> None:
    """With the bar open every tool comes by Tab, and is seen to have the focus."""
    page.locator(".viewer-scroll").focus()
    typed(page, "n", "n")
    wanted = set(page.locator(".notes-tools button:enabled").evaluate_all("all => all.map((one) => one.dataset.key)"))
    page.locator(".notes-tools button:enabled").first.focus()
    found = set()
    for _ in range(len(wanted)):
        found.add(page.evaluate("document.activeElement.dataset.key"))
        assert page.evaluate("getComputedStyle(document.activeElement).outlineStyle") != "none"
        page.keyboard.press("Tab")
    assert found == wanted


def typed(page: Page, *keys: str) -> None:
    """Press keys one after the other."""
    for key in keys:
        page.keyboard.press(key)
