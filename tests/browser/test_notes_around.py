"""What is around notes: tools in one row, the eraser, notes by keyboard alone, carrying over in the room, printing."""

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
    line.on()
    saved(page)
    page.click("[data-key=undo]")
    expect(paper.drawn(page)).to_have_count(0)


def erased(page: Page, paper: Sheet) -> None:
    """The eraser takes text notes and marks along with strokes, all it touches in one go, and undo brings them back."""
    page.click(".notes-bar [data-key=text]")
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
