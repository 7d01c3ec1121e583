"""A smoke pass on Firefox and on WebKitGTK: signed in, in the room, drawn, erased, marked, found, still there."""

import json
import os
from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import expect

from tests.browser.driven import FIREFOX, SCREEN, WEBKIT, Points, Window, firefox, missing, webkit
from tests.browser.notes import DRAWN
from tests.browser.pens import wave
from tests.browser.people import Cast
from tests.browsing import Visitor
from tests.servers.app import AppServer

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.xdist_group("browser")]

WRITER, READER = "uy.vien1", "uy.vien2"
TODAY = "quy hoạch và đất đai"
FOLDER = Path(__file__).resolve().parents[2] / "screenshots"
YEARS_AGO = """delete Map.prototype.getOrInsertComputed; delete WeakMap.prototype.getOrInsertComputed;
delete Map.prototype.getOrInsert; delete Promise.try; delete Promise.withResolvers; delete URL.parse;
delete Math.sumPrecise; delete Uint8Array.fromBase64; delete Uint8Array.prototype.toBase64; delete AbortSignal.any;
delete ReadableStream.prototype[Symbol.asyncIterator]; delete ReadableStream.prototype.values;"""
TOPS = {"firefox": 420, "webkit": 540}  # where each draws
COUNT = "document.querySelectorAll(arguments[0]).length"
BROWSERS: list[tuple[str, tuple[str, ...], Callable[[], AbstractContextManager[Window]]]] = [
    ("firefox", (FIREFOX,), firefox),
    ("webkit", (WEBKIT, SCREEN), webkit),
]


@dataclass
class Desk:
    """A person at a browser, and the server's own word on what they and others see."""

    window: Window
    server: AppServer
    passwords: dict[str, str]

    def sign_in(self, username: str) -> None:
        """Sign in with name and password as everybody does."""
        self.window.open(f"{self.server.url}/")
        self.window.until("document.querySelector('input[name=password]')")
        self.window.run(
            """const [name, password] = arguments;
            document.querySelector('input[name=login]').value = name;
            const field = document.querySelector('input[name=password]');
            field.value = password;
            field.form.requestSubmit();""",
            username,
            self.passwords[username],
        )
        self.window.until("document.querySelector('.shell')")

    def visitor(self, username: str) -> Visitor:
        """Return somebody without a browser, signed in."""
        visitor = Visitor(self.server.url)
        visitor.post("/accounts/login/", {"login": username, "password": self.passwords[username]})
        return visitor


@pytest.mark.parametrize(("name", "programs", "browser"), BROWSERS, ids=[name for name, _, _ in BROWSERS])
def test_the_room_and_its_papers_work_elsewhere_too(
    server: AppServer,
    name: str,
    programs: tuple[str, ...],
    browser: Callable[[], AbstractContextManager[Window]],
) -> None:
    if lacking := missing(*programs):
        pytest.skip(f"not installed: {', '.join(lacking)}")
    people = json.loads((server.data_dir / "demo-people.json").read_text(encoding="utf-8"))
    with browser() as window:
        desk = Desk(window, server, {person["username"]: person["password"] for person in people})
        entered(desk)
        laid = window.run(f"return {COUNT}", DRAWN)
        document = opened(window)
        read(window)
        stroke = drawn_and_shared(desk, document, laid)
        erased_and_back(desk, document, stroke, laid)
        marked(desk, document, laid)
        found(window)
        still_there(window, laid)
        shot(window, name)
        assert window.run("return window.troubles") == []


def test_a_browser_of_some_years_ago_reads_the_papers(cast: Cast) -> None:
    person = cast.person(WRITER)
    person.page.add_init_script(YEARS_AGO)
    person.open(f"/meetings/?q={TODAY}")
    link = person.page.locator("a[href^='/meetings/']", has_text=TODAY).first
    person.open(f"{link.get_attribute('href')}room/")
    expect(person.page.locator(".viewer-text span").first).to_be_attached()
    asked = person.page.evaluate("performance.getEntriesByType('resource').map(one => one.name)")
    assert sum("/legacy/build/pdf" in address for address in asked) >= 1
    assert not [address for address in asked if "/build/pdf.min" in address and "/legacy/" not in address]
    assert cast.troubles() == []


def entered(desk: Desk) -> None:
    """Sign in, find the meeting of today and go into its room; the line is live."""
    desk.sign_in(WRITER)
    window = desk.window
    window.open(f"{desk.server.url}/meetings/?q={TODAY}")
    link = "[...document.querySelectorAll('a[href^=\"/meetings/\"]')].find(a => a.textContent.includes(arguments[0]))"
    path = window.until(f"{link}?.getAttribute('href')", TODAY)
    window.open(f"{desk.server.url}{path}room/")
    live(window)


def live(window: Window) -> None:
    """Wait for the line and the words of the first page, and hear of every script that fails."""
    window.run(
        """window.troubles = [];
        addEventListener('error', event => window.troubles.push(String(event.message)));
        addEventListener('unhandledrejection', event => window.troubles.push(String(event.reason)));"""
    )
    window.until("document.querySelector('#lamp')?.dataset.lamp === 'live'")
    window.until("document.querySelector('.viewer-text span')")


def read(window: Window) -> None:
    """The page has ink on it, and its words lie where it is."""
    window.until(
        """(() => {
          const page = document.querySelector('canvas.viewer-canvas');
          if (!page?.width) return false;
          const { data } = page.getContext('2d').getImageData(0, 0, page.width, page.height);
          let dark = 0;
          for (let at = 0; at < data.length; at += 4) if (data[at] + data[at + 1] + data[at + 2] < 300) dark += 1;
          return dark > 2000;
        })()"""
    )
    outside = """(() => {
      const page = document.querySelector('.viewer-page').getBoundingClientRect();
      return [...document.querySelectorAll('.viewer-page[data-page="1"] .viewer-text span')]
        .map(one => one.getBoundingClientRect())
        .filter(one => one.width && (one.left < page.left || one.right > page.right + 2)).length;
    })()"""
    assert window.run(f"return {outside}") == 0


def drawn_and_shared(desk: Desk, document: str, laid: int) -> str:
    """Draw a stroke for the whole room: another person is told of it."""
    window = desk.window
    before = told(desk, document)
    window.click("[data-key=write]")
    window.click("[data-key=to]")
    circle = (
        "[...document.querySelectorAll('.notes-bar .notes-choice')].find(a => a.textContent.includes(arguments[0]))"
    )
    window.until(circle, "Cả phòng họp")
    window.run(f"{circle}.click()", "Cả phòng họp")
    draw(window, wave(420, TOPS[window.name]))
    window.until(f"{COUNT} === arguments[1]", DRAWN, laid + 1)
    saved(window)
    (stroke,) = told(desk, document).keys() - before.keys()
    points = told(desk, document)[stroke]["shape"]["points"]
    assert len(points) >= 3 * 10
    return stroke


def erased_and_back(desk: Desk, document: str, stroke: str, laid: int) -> None:
    """Erase it, and take that back."""
    window = desk.window
    window.click("[data-key=erase]")
    draw(window, [(440, TOPS[window.name] - 20 + 4 * step) for step in range(16)])
    window.until(f"{COUNT} === arguments[1]", DRAWN, laid)
    saved(window)
    assert stroke not in told(desk, document)
    window.press("z", control=True)
    window.until(f"{COUNT} === arguments[1]", DRAWN, laid + 1)
    saved(window)
    assert stroke in told(desk, document)


def marked(desk: Desk, document: str, laid: int) -> None:
    """Drag over words: they are selected, and marked with what they say."""
    window = desk.window
    window.click("[data-key=read]")
    words = window.until(
        """(() => {
          const line = [...document.querySelectorAll('.viewer-page[data-page="1"] .viewer-text span')]
            .find(one => one.textContent.length > 40 && one.getBoundingClientRect().top > 150);
          if (!line) return null;
          const { left, right, top, bottom } = line.getBoundingClientRect();
          return { left, right, middle: (top + bottom) / 2, text: line.textContent };
        })()"""
    )
    far = words["left"] + (words["right"] - words["left"]) * 0.7
    step = (far - words["left"]) / 8
    window.drag([(words["left"] + 2 + step * number, words["middle"]) for number in range(9)])
    window.until("String(getSelection()).length > 10")
    window.click(".notes-selection [data-key=highlighter]")
    window.until(f"{COUNT} === arguments[1]", DRAWN, laid + 2)
    saved(window)
    quotes = [one["quote"]["exact"] for one in told(desk, document).values() if one["kind"] == "highlight"]
    assert any(quote and quote in words["text"] for quote in quotes), (quotes, words)


def found(window: Window) -> None:
    """Find a word of the document from within it, without its marks."""
    window.press("f", control=True)
    window.until("document.querySelector('.viewer-find input')?.checkVisibility()")
    window.run(
        """const field = document.querySelector('.viewer-find input');
        field.value = 'quy hoach';
        field.dispatchEvent(new Event('input', { bubbles: true }));"""
    )
    window.until("/[1-9]/.test(document.querySelector('.viewer-find')?.textContent)")
    if window.run("return 'highlights' in CSS"):
        window.until("CSS.highlights.get('viewer-found-now')?.size > 0")


def still_there(window: Window, laid: int) -> None:
    """Load the page again: everything is where it was."""
    window.reload()
    live(window)
    window.until(f"{COUNT} === arguments[1]", DRAWN, laid + 2)


# --- looking


def draw(window: Window, points: Points) -> None:
    """Draw with the pen where the driver has one, else with a finger."""
    window.drag(points, "pen" if window.name == "webkit" else "touch")


def opened(window: Window) -> str:
    """Return the document the page shows."""
    found: str = window.until(
        """performance.getEntriesByType('resource')
          .map(one => /documents\\/([0-9a-f-]{36})\\/versions/.exec(one.name)?.[1]).find(Boolean)"""
    )
    return found


def saved(window: Window) -> None:
    """Wait until nothing is on this device alone."""
    window.until("!document.querySelector('.notes-opener .notes-lamp')")


def told(desk: Desk, document: str, username: str = READER) -> dict[str, Any]:
    """Return what the server tells a person of the notes that are not erased."""
    answer = desk.visitor(username).get(f"/documents/{document}/annotations/")
    notes: dict[str, Any] = json.loads(answer.text)["notes"]
    return {key: note for key, note in notes.items() if not note.get("erased")}


def shot(window: Window, name: str) -> None:
    """Keep a picture where PICTURES=1 asks for them."""
    if os.environ.get("PICTURES") == "1":
        window.shot(FOLDER / f"other-{name}.png")
