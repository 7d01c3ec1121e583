"""A remark on a place in a paper, from the member's pen to the chair's tablet; the book; the notes as a file."""

from io import BytesIO
from typing import cast
from uuid import uuid4

import pytest
from playwright.sync_api import expect
from pypdf import PdfReader
from pypdf.generic import ArrayObject

from tests.browser.notes import drawing
from tests.browser.people import LANDSCAPE, Cast, Person
from tests.browser.test_notes import address, enter

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.xdist_group("browser")]

CHAIR, MEMBER = "chu.toa", "uy.vien1"
WORDS = "Đề nghị xem lại mức hỗ trợ ở đoạn này."
BOX = {"rect": [90, 180, 220, 60]}


def test_a_remark_reaches_the_chair_with_its_place(cast: Cast) -> None:
    member, chair = cast.person(MEMBER, size=LANDSCAPE), cast.person(CHAIR, size=LANDSCAPE)
    meeting = address(member)
    document, note = noted(member, meeting)
    enter(chair, meeting)
    enter(member, meeting)
    page = member.page
    page.locator(f".notes-layer {drawing(note)}").first.wait_for(state="attached")
    handed_in(member)
    chair.page.click("[data-key=tab-item]")
    expect(chair.page.locator("#opinions-pane")).to_contain_text(WORDS)
    remark = chair.page.locator("#opinions-pane .room-opinion-list > li", has_text=WORDS)
    remark.locator("[data-key^=place-]").click()
    expect(chair.page.locator("[data-spot]")).to_be_attached()
    chair.shot("remark-chair")
    taken_along(member, document)
    bound(member, meeting)
    assert cast.troubles() == []


def noted(person: Person, meeting: str) -> tuple[str, str]:
    """Put one box with words onto the first paper, through the door pages without a line use; tell paper and note."""
    enter(person, meeting)
    document, version = person.page.evaluate(
        """() => {
          const asked = performance.getEntriesByType("resource").map((one) => one.name);
          const found = asked.map((name) => /documents\\/([0-9a-f-]{36})\\/versions\\/(\\d+)/.exec(name)).find(Boolean);
          return fetch(`/documents/${found[1]}/versions/${found[2]}/viewer.json`).then((one) => one.json())
            .then((one) => [one.id, one.uuid]);
        }"""
    )
    note = str(uuid4())
    answers = person.page.evaluate(
        """async ([document, version, note, shape, body]) => {
          const id = () => crypto.randomUUID();
          const style = { colour: "#c62828", width: 2, opacity: 1 };
          const put = { id: id(), stamp: 1, do: "put", note, version, page: 1, kind: "box", shape, style, body };
          const { post } = await import("annotations/sender");
          return post(document, [put], window.document.body.dataset.user);
        }""",
        [document, version, note, BOX, WORDS],
    )
    assert "ok" in str(answers)
    return str(document), note


def handed_in(member: Person) -> None:
    """Open the note and give it to the chair."""
    page = member.page
    page.click("[data-key=list]")
    page.get_by_text(WORDS).first.click()
    page.get_by_role("button", name="Gửi chủ trì").first.click()
    member.shot("remark-sure")
    page.locator("#confirm [data-confirm-yes]").click()
    expect(page.locator("#toasts")).to_contain_text("Đã gửi góp ý")


def taken_along(member: Person, document: str) -> None:
    """The panel beside the document gives a copy with the note."""
    member.open(f"/documents/{document}/")
    expect(member.page.get_by_role("button", name="PDF có ghi chú")).to_be_visible()
    answer = member.page.request.get(
        f"{member.page.url.split('/documents/')[0]}/documents/{document}/annotations/export/pdf/"
    )
    assert answer.status == 200
    notes = cast("ArrayObject", PdfReader(BytesIO(answer.body())).pages[0]["/Annots"])
    kinds = [one.get_object()["/Contents"] for one in notes]
    assert WORDS in kinds


def bound(member: Person, meeting: str) -> None:
    """The book is bound while one waits, and fetched."""
    member.open(f"{meeting}book/")
    member.page.select_option("#book-notes", "mine")
    member.page.get_by_role("button", name="Ghép tập tài liệu").click()
    link = member.page.locator("#book a.button-primary")
    expect(link).to_be_visible(timeout=90_000)
    member.shot("book")
    answer = member.page.request.get(f"{member.page.url.split('/meetings/')[0]}{link.get_attribute('href')}")
    assert answer.status == 200
    assert len(PdfReader(BytesIO(answer.body())).pages) > 3
