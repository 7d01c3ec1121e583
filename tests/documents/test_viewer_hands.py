"""Reading with hands: turned pages, two beside each other, pinching, the outline, places remembered, pictures alone."""

import io

import pikepdf
import pytest
from playwright.sync_api import expect

from documents.actions.intake import add_version
from documents.actions.protection import protect
from documents.intake_gate import keep
from documents.jobs import prepare_version
from tests.documents.factories import AT, Office, paper
from tests.documents.test_viewer import address, browser, canvases, opened, shot, taken, until  # noqa: F401

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
FIRST = ".viewer-page[data-page='1']"


@pytest.fixture
def office() -> Office:
    return Office()


def outlined(pages: int = 6) -> bytes:
    """A paper with an outline: a chapter on page 2, a part of it on page 4."""
    made = io.BytesIO()
    with pikepdf.open(io.BytesIO(paper("Tờ trình phân bổ dự toán", pages=pages))) as pdf:
        with pdf.open_outline() as outline:
            chapter = pikepdf.OutlineItem("Chương I. Tình hình", 1)
            chapter.children.append(pikepdf.OutlineItem("Phụ lục kèm theo", 3))
            outline.root.append(chapter)
        pdf.save(made)
    return made.getvalue()


def menu(page, name: str) -> None:
    page.locator(".viewer-menu > summary").click()
    page.get_by_role("button", name=name).click()


def test_turned_two_beside_each_other_outlined_and_remembered(browser, live_server, office):  # noqa: F811
    document = taken(office, outlined())
    page = opened(browser, live_server, office.clerk, address(document))
    page.locator(f"{FIRST} canvas").wait_for()
    page.get_by_role("button", name="Danh sách trang").click()
    page.get_by_role("button", name="Mục lục").click()
    page.get_by_role("button", name="Phụ lục kèm theo").click()
    where = page.locator(".viewer-where input")
    expect(where).to_have_value("4")
    shot(page, "viewer-outline")
    page.get_by_role("button", name="Danh sách trang").click()
    menu(page, "Xoay sang phải")
    until(page, "(() => { const p = document.querySelector('.viewer-page'); return p.offsetWidth > p.offsetHeight })()")
    expect(where).to_have_value("4")
    shot(page, "viewer-turned")
    menu(page, "Xoay sang trái")
    menu(page, "Hai trang cạnh nhau")
    side_by_side = (
        "(() => { const [a, b] = document.querySelectorAll('.viewer-page'); return a.offsetTop === b.offsetTop })()"
    )
    until(page, side_by_side)
    page.locator(".viewer-page[data-page='3'] canvas").wait_for()
    assert canvases(page) <= 3
    shot(page, "viewer-spread")
    menu(page, "Trang đầu đứng riêng")
    until(page, f"!({side_by_side})")
    page.wait_for_timeout(300)
    page.goto(live_server.url + "/documents/")
    page.goto(live_server.url + address(document))
    page.locator("[data-spread='cover']").wait_for()
    until(page, "Number(document.querySelector('.viewer-where input').value) >= 3")
    assert page.complaints == []


def test_two_fingers_make_the_page_larger_around_them(browser, live_server, office):  # noqa: F811
    document = taken(office, paper("Báo cáo", pages=4))
    page = opened(browser, live_server, office.clerk, address(document), "portrait", has_touch=True)
    page.locator(f"{FIRST} canvas").wait_for()
    box = page.locator(".viewer-scroll").bounding_box()
    x, y = box["x"] + box["width"] / 2, box["y"] + 300
    width = page.locator(FIRST).bounding_box()["width"]
    box_of = f'document.querySelector("{FIRST}").getBoundingClientRect()'
    place = f"(() => {{ const p = {box_of}; return ({y} - p.top) / p.height }})()"
    before = page.evaluate(place)
    touch = page.context.new_cdp_session(page)

    def fingers(kind: str, apart: float) -> None:
        points = [{"x": x - apart, "y": y, "id": 0}, {"x": x + apart, "y": y, "id": 1}]
        touch.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": [] if kind == "touchEnd" else points})

    fingers("touchStart", 60)
    for apart in (70, 80, 90, 105, 120):
        fingers("touchMove", apart)
    until(page, "document.querySelector('.viewer-pages').style.transform.includes('scale(2')")
    fingers("touchEnd", 120)
    until(page, f'Math.abs(document.querySelector("{FIRST}").offsetWidth - {2 * width}) < 4')
    assert page.evaluate("document.querySelector('.viewer-pages').style.transform") == ""
    assert abs(page.evaluate(place) - before) < 0.02
    until(page, f'document.querySelector("{FIRST} canvas")?.clientWidth > {1.9 * width}')
    pixels = page.evaluate(
        "Math.max(...[...document.querySelectorAll('canvas.viewer-canvas')].map((c) => c.width * c.height))"
    )
    assert pixels <= 12_100_000
    assert page.complaints == []


def test_pictures_alone_have_no_file_text_or_search(browser, live_server, office):  # noqa: F811
    document = protect(
        taken(office, paper("Phương án nhân sự", pages=3)), protection="pictures", by=office.clerk, at=AT
    )
    page = opened(browser, live_server, office.leader, "/documents/", "portrait")
    asked = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto(live_server.url + address(document))
    page.locator(f"{FIRST} img").wait_for()
    until(page, "document.querySelector('.viewer-page img').naturalWidth === 1400")
    page.wait_for_timeout(800)
    assert canvases(page) == 0
    assert page.locator(".viewer-text, .viewer-bar a[href]").count() == 0
    assert not [url for url in asked if url.endswith(("/file", "/original")) or "pdf.worker" in url]
    shot(page, "viewer-pictures-only")
    assert page.complaints == []


def test_a_watermark_lies_over_the_page_and_a_newer_version_is_told_of(browser, live_server, office):  # noqa: F811
    document = protect(taken(office, paper("Tờ trình", pages=2)), protection="watermark", by=office.clerk, at=AT)
    newer = add_version(document, keep(paper("Tờ trình sửa đổi", pages=2), file_name="b.pdf"), by=office.clerk, at=AT)
    prepare_version.call(newer.pk)
    page = opened(browser, live_server, office.leader, f"{address(document)}versions/1/")
    page.locator(f"{FIRST} .viewer-watermark").wait_for()
    assert office.leader.full_name in page.locator(f"{FIRST} .viewer-watermark").text_content()
    expect(page.locator(".viewer-newer")).to_contain_text("bản 2")
    shot(page, "viewer-newer")
    page.locator(".viewer-changed").first.click()
    page.wait_for_url("**/versions/2/#page=*")
    assert page.complaints == []
