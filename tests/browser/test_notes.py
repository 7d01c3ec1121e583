"""Two tablets with pen and finger: drawn, shared, seen while it is drawn, erased, answered, offline and back."""

import re
from io import BytesIO

import pytest
from PIL import Image, ImageChops
from playwright.sync_api import Page, expect

from tests.browser.lines import Line
from tests.browser.notes import Sheet, drawing, sheet, told
from tests.browser.pens import finger, pen, wave
from tests.browser.people import LANDSCAPE, Cast, Person

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.xdist_group("browser")]

WRITER, READER, CHAIR, SECRETARY = "uy.vien1", "uy.vien2", "chu.toa", "thu.ky"
ROUNDING = 2  # of 255: what a browser's own mixing of two translucent colours may differ by
TODAY = "quy hoạch và đất đai"
PLACES = """async (document) => {
  const answer = (request) => new Promise((done) => { request.onsuccess = () => done(request.result); });
  const [{ name }] = (await indexedDB.databases()).filter(({ name }) => /^nghisu-[0-9a-f-]{36}$/.test(name));
  const database = await answer(indexedDB.open(name));
  const streams = await answer(database.transaction("streams").objectStore("streams").getAll());
  database.close();
  return streams.filter((one) => one.document === document).map(({ seq }) => seq);
}"""
WAYS = re.compile(r"/annotations/(\?|$)|^http://[^/]+/live/")


def test_two_tablets_note_together(cast: Cast) -> None:
    writer, reader = cast.person(WRITER, size=LANDSCAPE), cast.person(READER, size=LANDSCAPE)
    meeting, line = address(writer), Line(writer.page)
    for person in (writer, reader):
        enter(person, meeting)
    paper = sheet(opened(writer.page), writer, reader, cast.person(CHAIR), cast.person(SECRETARY))
    privately(cast, writer, reader, paper)
    together(writer, reader, paper)
    threaded(writer, reader, paper)
    offline(writer, reader, line, paper)
    assert paper.told(writer).keys() == paper.told(reader).keys()
    only_what_both_see(writer, reader, paper)
    assert same_picture(writer.page, reader.page)
    left(writer.page, paper.document)
    known = ("ERR_INTERNET_DISCONNECTED", "ERR_FAILED")
    assert [trouble for trouble in cast.troubles() if not any(word in trouble for word in known)] == []


def address(person: Person) -> str:
    """Find the meeting of today."""
    person.open(f"/meetings/?q={TODAY}")
    link = person.page.locator("a[href^='/meetings/']", has_text=TODAY).first
    return re.search(r"/meetings/[0-9a-f-]{36}/", link.get_attribute("href") or "")[0]  # type: ignore[index]


def enter(person: Person, meeting: str) -> None:
    """Open the room with its first paper, and wait for the line and the words of the page."""
    person.open(f"{meeting}room/")
    expect(person.page.locator("#lamp")).to_have_attribute("data-lamp", "live")
    expect(person.page.locator(".viewer-text span").first).to_be_attached()


def privately(cast: Cast, writer: Person, reader: Person, paper: Sheet) -> None:
    """What is drawn is one's own alone: no other door has it; a pen makes fingers scroll."""
    page = writer.page
    page.click("[data-key=write]")
    finger(page, wave(420, 300))
    expect(paper.drawn(page)).to_have_count(1)
    pen(page, wave(420, 360))
    expect(paper.drawn(page)).to_have_count(2)
    expect(page.locator(".notes-mode")).to_contain_text("Chỉ mình tôi")
    before = scrolled(page)
    finger(page, [(560, 600), (560, 520), (560, 440)])
    expect(paper.drawn(page)).to_have_count(2)
    assert scrolled(page) > before
    page.evaluate("document.querySelector('.viewer-scroll').scrollTop = 0")
    saved(page)
    assert len(paper.told(writer)) == 2
    for name in (READER, CHAIR, SECRETARY):
        assert paper.told(cast.person(name)) == {}
    expect(paper.drawn(reader.page)).to_have_count(0)
    writer.shot("notes-private")
    page.click("[data-key=undo]")
    page.click("[data-key=undo]")
    expect(paper.drawn(page)).to_have_count(0)


def together(writer: Person, reader: Person, paper: Sheet) -> None:
    """Shared with the room a stroke is seen while it is drawn; erased and brought back everywhere."""
    page, other = writer.page, reader.page
    page.click("[data-key=to]")
    page.locator(".notes-bar .notes-choice", has_text="Cả phòng họp").click()
    pen(page, wave(420, 420), lambda: expect(other.locator(".notes-live path")).to_have_count(1))
    expect(paper.drawn(other)).to_have_count(1)
    expect(other.locator(".notes-live path")).to_have_count(0)
    assert paper.drawn(page).first.inner_html() == paper.drawn(other).first.inner_html()
    other.click("[data-key=write]")
    other.click("[data-key=erase]")
    pen(other, wave(420, 420))  # nobody erases what is another's
    other.click("[data-key=write]")
    expect(paper.drawn(other)).to_have_count(1)
    page.click("[data-key=erase]")
    pen(page, [(415, 440), (430, 420), (450, 400)])
    expect(paper.drawn(page)).to_have_count(0)
    expect(paper.drawn(other)).to_have_count(0)
    page.keyboard.press("Control+z")
    expect(paper.drawn(other)).to_have_count(1)


def threaded(writer: Person, reader: Person, paper: Sheet) -> None:
    """Words are marked and written about; the other one answers; a link leads to the note."""
    page, other = writer.page, reader.page
    page.click("[data-key=read]")
    page.evaluate(
        """() => {
          const words = [...document.querySelectorAll(".viewer-text span")].find((one) => one.textContent.length > 40);
          getSelection().selectAllChildren(words);
        }"""
    )
    page.click(".notes-selection [data-key=message-square-text]")
    page.fill(".notes-editor textarea", "Cần làm rõ nguồn số liệu.")
    page.click(".notes-editor .button-primary")
    expect(page.locator(".notes-thread .notes-body")).to_have_text("Cần làm rõ nguồn số liệu.")
    writer.shot("notes-thread")
    other.click("[data-key=list]")
    item = other.locator(".notes-item", has_text="Cần làm rõ")
    expect(item).to_be_visible()
    item.click()
    other.fill(".notes-answer input", "Sẽ bổ sung phụ lục.")
    other.press(".notes-answer input", "Enter")
    expect(page.locator(".notes-replies")).to_contain_text("Sẽ bổ sung phụ lục.")
    reader.shot("notes-list")
    other.keyboard.press("Escape")
    note = next(key for key, one in paper.told(writer).items() if one["kind"] == "highlight")
    assert [one["body"] for one in paper.told(writer)[note]["replies"].values()] == ["Sẽ bổ sung phụ lục."]
    page.keyboard.press("Escape")
    expect(page.locator(".notes-thread")).to_be_hidden()


def offline(writer: Person, reader: Person, line: Line, paper: Sheet) -> None:
    """Without the network one goes on; what was drawn outlives a reload and arrives on return, once."""
    page = writer.page
    page.click("[data-key=ink]")
    line.off()
    expect(paper.drawn(page)).to_have_count(2)
    pen(page, wave(420, 480))
    expect(paper.drawn(page)).to_have_count(3)
    pen(page, wave(420, 540))
    expect(paper.drawn(page)).to_have_count(4)
    expect(page.locator(".notes-opener .notes-lamp")).to_have_attribute("data-waiting", "2")
    writer.shot("notes-offline")
    line.on()
    expect(paper.drawn(reader.page)).to_have_count(4)
    saved(page)
    page.route(WAYS, lambda route: route.abort())
    line.off()
    pen(page, wave(420, 600))
    expect(page.locator(".notes-opener .notes-lamp")).to_have_attribute("data-waiting", "1")
    page.context.set_offline(False)
    page.reload()
    expect(page.locator(".viewer-text span").first).to_be_attached()
    expect(page.locator(".notes-opener .notes-lamp")).to_have_attribute("data-waiting", "1")
    expect(paper.drawn(page)).to_have_count(5)
    writer.shot("notes-reloaded")
    page.unroute(WAYS)
    line.on()
    page.evaluate("dispatchEvent(new Event('online'))")
    expect(paper.drawn(reader.page)).to_have_count(5)
    saved(page)


def left(page: Page, document: str) -> None:
    """A paper that is left for another is kept on the device with the places its streams stood at."""
    page.locator(".viewer-scroll").evaluate("(one) => { one.dataset.before = ''; }")
    page.locator(".room-paper").nth(1).click()
    expect(page.locator(".viewer-scroll[data-before]")).to_have_count(0)
    places = page.evaluate(PLACES, document)
    assert places
    assert min(places) >= 0


# --- looking


def opened(page: Page) -> str:
    """Return the document the page shows."""
    document: str = page.evaluate(
        """() => {
          const asked = performance.getEntriesByType("resource").map((one) => one.name);
          return asked.map((name) => /documents\\/([0-9a-f-]{36})\\/versions/.exec(name)?.[1]).find(Boolean);
        }"""
    )
    return document


def saved(page: Page) -> None:
    """Wait until nothing is on this device alone."""
    expect(page.locator(".notes-opener .notes-lamp")).to_have_count(0)


def scrolled(page: Page) -> float:
    """Return how far the pages are scrolled."""
    far: float = page.locator(".viewer-scroll").evaluate("(one) => one.scrollTop")
    return far


def only_what_both_see(one: Person, two: Person, paper: Sheet) -> None:
    """Hide what lay on the paper for one of them alone."""
    for note in told(one, paper.document).keys() ^ told(two, paper.document).keys():
        for person in (one, two):
            person.page.add_style_tag(content=f"{drawing(note)} {{ visibility: hidden }}")


def same_picture(one: Page, two: Page) -> bool:
    """Do both tablets show the same on the first page, point by point, once both have drawn it sharp?"""
    for page in (one, two):
        page.evaluate("document.querySelector('.viewer-scroll').scrollTop = 0")
        if page.locator(".notes-bar").is_visible():
            page.click("[data-key=write]")
        page.mouse.move(5, 5)
        page.evaluate("document.activeElement.blur()")  # a ring lies over the edge of the pages
    for _ in range(20):
        first, second = picture(one), picture(two)
        if first.size == second.size and alike(first, second):
            return True
        one.wait_for_timeout(300)
    return False


def alike(one: Image.Image, two: Image.Image) -> bool:
    """Are the pictures the same, but for rounding?"""
    apart = ImageChops.difference(one, two).point(lambda value: 255 if value > ROUNDING else 0)
    return apart.getbbox() is None


def picture(page: Page) -> Image.Image:
    """Return the first page as it is on screen."""
    return Image.open(BytesIO(page.locator(".viewer-page").first.screenshot())).convert("RGB")
