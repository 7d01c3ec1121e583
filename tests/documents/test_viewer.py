"""Reading in a real browser at tablet size: pictures first, sharp canvas, text, find, keys, memory."""

import os
import re
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from playwright.sync_api import Browser, Page, expect, sync_playwright

from documents.actions.intake import take_in
from documents.intake_gate import receive
from documents.jobs import prepare_version
from documents.models import Document
from tests.documents.factories import AT, Office, paper
from tests.people.factories import fresh

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update"]
SIZES = {"landscape": (1180, 820), "portrait": (820, 1180), "phone": (390, 844)}
BACKEND = "allauth.account.auth_backends.AuthenticationBackend"
MOST_CANVASES = 3


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path="/usr/bin/chromium", args=FLAGS)
        yield chromium
        chromium.close()
    os.environ.pop("DJANGO_ALLOW_ASYNC_UNSAFE")


@pytest.fixture
def office() -> Office:
    return Office()


def taken(office: Office, data: bytes, name: str = "Báo cáo.pdf", *, ready: bool = True) -> Document:
    received = receive(SimpleUploadedFile(name, data))
    document = take_in(received, agency_id=office.agency.pk, title=name.removesuffix(".pdf"), by=office.official, at=AT)
    if ready:
        prepare_version.call(document.versions.get().pk)
    return document


def opened(browser: Browser, live_server, user, path: str, size: str = "landscape", **options) -> Any:
    client = Client()
    client.force_login(fresh(user), backend=BACKEND)
    width, height = SIZES[size]
    context = browser.new_context(viewport={"width": width, "height": height}, device_scale_factor=2, **options)
    cookie = {"name": "sessionid", "value": client.cookies["sessionid"].value, "url": live_server.url}
    context.add_cookies([cookie])
    context.route_web_socket(re.compile("/ws/reading/"), lambda line: None)  # silent: this server speaks none
    page: Any = context.new_page()
    page.complaints = []
    page.on("pageerror", lambda error: page.complaints.append(str(error)))
    page.on("console", lambda line: page.complaints.append(line.text) if is_complaint(line) else None)
    page.goto(live_server.url + path)
    return page


def is_complaint(line: Any) -> bool:
    """Errors, but for the live line: this server speaks no WebSocket, and annotations fall back."""
    return line.type == "error" and not re.search(r"WebSocket|/(ws|live)/", f"{line.text} {line.location['url']}")


def address(document: Document) -> str:
    return reverse("documents:document", args=[document.public_id])


def until(page: Page, question: str) -> None:
    """Ask until it is true; the page's own policy forbids to evaluate strings inside it."""
    deadline = time.monotonic() + 20
    while not page.evaluate(question):
        assert time.monotonic() < deadline, question
        page.wait_for_timeout(50)


def shot(page: Page, name: str) -> None:
    folder = os.environ.get("SCREENSHOTS")
    if folder:
        page.screenshot(path=Path(folder) / f"{name}.png")


def canvases(page: Page) -> int:
    return page.locator("canvas.viewer-canvas").count()


@pytest.fixture
def reading(browser, live_server, office) -> Any:
    document = taken(office, paper("Báo cáo tình hình kinh tế - xã hội", pages=16))
    return opened(browser, live_server, office.clerk, address(document))


@pytest.mark.parametrize("size", SIZES)
def test_pictures_first_then_sharp_pages(browser, live_server, office, size):
    document = taken(office, paper("Tờ trình phân bổ dự toán", pages=6))
    pdf = re.compile(r"/file$")
    page = opened(browser, live_server, office.clerk, "/documents/", size)
    page.route(pdf, lambda route: None)  # the PDF never comes: the pictures must not wait for it
    page.goto(live_server.url + address(document))
    picture = page.locator(".viewer-page[data-page='1'] img")
    picture.wait_for()
    until(page, "document.querySelector('.viewer-page img').naturalWidth === 1400")
    assert canvases(page) == 0
    shot(page, f"viewer-picture-{size}")
    page.unroute(pdf)
    page.reload()
    page.locator(".viewer-page[data-page='1'] canvas").wait_for()
    page.locator(".viewer-page[data-page='1'] .viewer-text [role=presentation]").first.wait_for()
    wide = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
    assert wide == 0
    shot(page, f"viewer-{size}")
    assert page.complaints == []


def test_never_more_than_three_canvases_however_one_scrolls(reading):
    reading.locator(".viewer-page[data-page='1'] canvas").wait_for()
    pages = reading.locator(".viewer-page").count()
    assert pages >= 20
    for page in (*range(1, 9), pages, 1, pages // 2):  # page after page, then far away and back
        reading.locator(".viewer-where input").fill(str(page))
        reading.locator(".viewer-where input").press("Enter")
        reading.locator(f".viewer-page[data-page='{page}'] canvas").wait_for()
        assert canvases(reading) <= MOST_CANVASES
    ratio = reading.evaluate(
        "(() => { const c = document.querySelector('canvas.viewer-canvas'); return c.width / c.clientWidth })()"
    )
    assert 1.9 < ratio <= 2.01
    assert reading.complaints == []


def test_find_goes_to_the_place_and_marks_it(reading):
    reading.locator(".viewer-page[data-page='1'] canvas").wait_for()
    reading.locator(".viewer-scroll").focus()
    reading.keyboard.press("Control+f")
    field = reading.locator(".viewer-find input")
    expect(field).to_be_focused()
    field.fill("doan 20 cua")
    expect(reading.locator(".viewer-count")).to_have_text(re.compile(r"^1 / \d+$"))
    until(reading, "CSS.highlights.get('viewer-found-now')?.size >= 1")
    shot(reading, "viewer-find")
    field.fill("không có ở đâu cả")
    expect(reading.locator(".viewer-count")).to_have_text("Không tìm thấy")
    field.fill("đoạn 20 cũa")  # other tones than in the text
    expect(reading.locator(".viewer-count")).to_have_text("Không tìm thấy")
    reading.keyboard.press("Escape")
    expect(reading.locator(".viewer-find")).to_be_hidden()
    assert reading.complaints == []


def test_keys_zoom_and_the_list_of_pages(reading):
    reading.locator(".viewer-page[data-page='1'] canvas").wait_for()
    where = reading.locator(".viewer-where input")
    reading.locator(".viewer-scroll").focus()
    reading.keyboard.press("PageDown")
    expect(where).to_have_value("2")
    reading.keyboard.press("End")
    expect(where).to_have_value(str(reading.locator(".viewer-page").count()))
    reading.keyboard.press("Home")
    expect(where).to_have_value("1")
    before = reading.locator(".viewer-page").first.bounding_box()["width"]
    reading.keyboard.press("+")
    until(reading, f"document.querySelector('.viewer-page').offsetWidth > {before}")
    reading.keyboard.press("0")
    until(reading, f"Math.abs(document.querySelector('.viewer-page').offsetWidth - {before}) < 2")
    reading.get_by_role("button", name="Danh sách trang").click()
    reading.locator(".viewer-thumb").nth(3).click()
    expect(where).to_have_value("4")
    reading.locator(".viewer-thumb img").first.wait_for()
    shot(reading, "viewer-thumbs")
    assert reading.complaints == []


def test_selected_text_is_the_text_of_the_page(reading):
    reading.locator(".viewer-page[data-page='1'] .viewer-text [role=presentation]").first.wait_for()
    text = reading.evaluate(
        "getSelection().selectAllChildren(document.querySelector('.viewer-text')) || `${getSelection()}`"
    )
    assert "BÁO CÁO TÌNH HÌNH KINH TẾ - XÃ HỘI" in text.upper().replace("\n", " ")


def test_without_pictures_the_page_is_drawn_all_the_same_and_they_come_later(browser, live_server, office):
    document = taken(office, paper("Kế hoạch ngân sách", pages=3), ready=False)
    page = opened(browser, live_server, office.clerk, address(document))
    page.locator(".viewer-page[data-page='1'] canvas").wait_for()
    prepare_version.call(document.versions.get().pk)
    page.locator(".viewer-page[data-page='1'] img").wait_for()
    assert page.complaints == []


def test_a_real_document_is_read_by_ranges(browser, live_server, office, real_documents):
    largest = max(real_documents, key=lambda path: path.stat().st_size)
    document = taken(office, largest.read_bytes(), "Án lệ.pdf")
    page = opened(browser, live_server, office.clerk, "/documents/", "portrait")
    answers = []
    page.on("response", lambda answer: answers.append((answer.url, answer.status)))
    page.goto(live_server.url + address(document))
    page.locator(".viewer-page[data-page='1'] canvas").wait_for()
    shot(page, "viewer-real")
    parts = [status for url, status in answers if url.endswith("/file") and status == 206]
    assert parts or document.versions.get().rendition.size <= 2 * 256 * 1024
    assert page.complaints == []


@pytest.mark.parametrize("size", ["landscape", "portrait"])
def test_pages_of_an_outgoing_document(browser, live_server, office, size):
    row = office.submitted()
    arrival = office.arrived()
    pages = {
        "outgoing-list": (office.clerk, reverse("documents:outgoing_list") + "?show=all"),
        "outgoing-submitted": (office.leader, reverse("documents:outgoing", args=[row.public_id])),
        "outgoing-form": (office.official, reverse("documents:outgoing_new")),
        "outgoing-issued": (office.clerk, reverse("documents:outgoing", args=[arrival.delivery.outgoing.public_id])),
        "incoming": (office.receiving_clerk, reverse("documents:incoming", args=[arrival.public_id])),
        "register": (office.clerk, reverse("documents:register", args=[office.agency.public_id, "outgoing", AT.year])),
        "library": (office.clerk, reverse("documents:library")),
    }
    for name, (user, path) in pages.items():
        page = opened(browser, live_server, user, path, size)
        page.evaluate("document.fonts.ready.then(() => true)")
        wide = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
        assert (name, wide) == (name, 0)
        shot(page, f"{name}-{size}")
        assert page.complaints == []
        page.context.close()
