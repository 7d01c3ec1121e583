"""Check-in with a phone, what connections suggest to the secretary, a site, the seat map, the roll to keep."""

import re
from datetime import UTC, datetime, timedelta

import pytest
from playwright.sync_api import Page, expect

from config.secret import installation_secret
from meetings.door_code import STEP, code_at, secret_of
from tests.browser.people import PHONE, PORTRAIT, Cast, Person
from tests.browser.test_opening import address
from tests.servers.app import AppServer
from ui.qr import svg

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.xdist_group("browser")]

SECRETARY, ON_PHONE, CONNECTED = "thu.ky", "uy.vien1", "uy.vien2"
TODAY, SITE = "quy hoạch và đất đai", "Điểm cầu UBND xã Tân An"


def test_people_come_by_code_by_connection_and_at_a_site(server: AppServer, cast: Cast) -> None:
    secretary = cast.person(SECRETARY)
    meeting = address(secretary, TODAY)
    site(secretary, meeting)
    scanned(server, cast, secretary, meeting)
    room = people_of(secretary, meeting)
    suggested(cast, room, meeting)
    seats(secretary, room)
    found_and_filtered(room)
    roll(secretary, meeting)
    assert [one for one in cast.troubles() if "409" not in one] == [], "a refused form is a conflict, nothing else"


def site(secretary: Person, meeting: str) -> None:
    """A site is there with its people; a second one is added, taken off and put back."""
    page = secretary.page
    secretary.open(f"{meeting}sites/")
    expect(page.locator("#site-counts")).to_contain_text(SITE)
    page.click(".site-new > summary")
    page.fill("#name-new", "Điểm cầu xã Bình Minh")
    page.fill("#link-new", "ftp://sai")
    page.evaluate("document.querySelector('#link-new').type = 'text'")
    page.click(".site-new button.button-primary")
    expect(page.locator(".site-new")).to_contain_text("http:// hoặc https://")
    page.fill("#link-new", "https://hop.example.gov.vn/binh-minh")
    page.click(".site-new button.button-primary")
    expect(page.locator(".site")).to_have_count(2)
    page.locator(".site", has_text="Bình Minh").get_by_role("button", name="Xóa điểm cầu").click()
    expect(page.locator(".site")).to_have_count(1)
    page.get_by_role("button", name="Khôi phục “Điểm cầu xã Bình Minh”").click()
    expect(page.locator(".site")).to_have_count(2)
    secretary.shot("sites")


def scanned(server: AppServer, cast: Cast, secretary: Person, meeting: str) -> None:
    """A phone that is not signed in scans the code: it signs in and finds one large button."""
    phone = cast.stranger(PHONE, ON_PHONE)
    secretary.open(f"{meeting}sites/code/")
    expect(secretary.page.locator(".door-picture svg")).to_be_visible()
    secretary.shot("door-code")
    phone.open(shown_code(server, secretary, meeting))
    phone.page.fill("input[name=login]", ON_PHONE)
    phone.page.fill("input[name=password]", cast.people[ON_PHONE]["password"])
    phone.page.press("input[name=password]", "Enter")
    expect(phone.page.locator("[data-door=ready]")).to_be_visible()
    phone.shot("door-phone")
    phone.page.click(".door-button")
    expect(phone.page.locator("[data-door=here]")).to_contain_text("Đã điểm danh lúc")
    phone.open(f"{meeting}door/1abcdefghij/")
    expect(phone.page.locator("[data-door]")).to_contain_text("không phải của cuộc họp này")
    assert [one for one in phone.troubles if "404" not in one] == []


def shown_code(server: AppServer, secretary: Person, meeting: str) -> str:
    """Return the address the picture on the screen leads to: the one it is drawn from, module by module."""
    drawn = secretary.page.locator(".door-picture svg path").last.get_attribute("d")
    secret, now = secret_of(installation_secret(server.data_dir / "keys"), meeting.split("/")[2]), datetime.now(UTC)
    codes = [code_at(secret, "", now - timedelta(seconds=ago)) for ago in (0, STEP)]
    paths = [f"{meeting}door/{code}/" for code in codes]
    shown = [path for path in paths if f'd="{drawn}"' in svg(f"{server.url}{path}")]
    assert len(shown) == 1, "the code on the screen is the one of this half minute"
    return shown[0]


def people_of(secretary: Person, meeting: str) -> Page:
    """Open the room at its people."""
    page = secretary.page
    secretary.open(f"{meeting}room/")
    expect(page.locator("#lamp")).to_have_attribute("data-lamp", "live")
    page.click("[data-key=tab-people]")
    return page


def suggested(cast: Cast, room: Page, meeting: str) -> None:
    """Somebody connects: the secretary accepts the suggestion, takes it back, accepts again."""
    member = cast.person(CONNECTED, size=PHONE)
    member.open(f"{meeting}room/")
    expect(member.page.locator("#lamp")).to_have_attribute("data-lamp", "live")
    line = room.locator("#people-pane [data-key=suggest-come]")
    expect(line).to_contain_text(re.compile(r"\d+ người đang kết nối nhưng chưa điểm danh"))
    line.locator("[data-key=accept-come]").click()
    expect(member.page.locator(".room-checked")).to_be_attached()
    room.click("[data-key=suggest-undo]")
    expect(member.page.locator(".room-checked")).to_have_count(0)
    line.locator("[data-key=accept-come]").click()
    expect(member.page.locator(".room-checked")).to_be_attached()
    expect(line).to_have_count(0)


def seats(secretary: Person, room: Page) -> None:
    """The map shows colours and signs; a tap on a seat opens the person, whom the secretary moves to the site."""
    room.click("[data-key=face-seats]")
    expect(room.locator(".seat-map .seat-ready").first).to_be_visible()
    expect(room.locator(".seat-legend")).to_contain_text("có mặt, sẵn sàng")
    room.click("[data-zoom=large]")
    secretary.shot("seat-map")
    room.locator(".seat-map .seat-absent").first.click()
    expect(room.locator("#person-card")).to_contain_text("vắng")
    room.locator("[data-key=card-where]").select_option(label=SITE)
    room.click("[data-key=card-in]")
    expect(room.locator("#person-card")).to_contain_text(re.compile(rf"{SITE}.*Điểm danh lúc", re.DOTALL))
    room.click("[data-key=card-leave]")
    expect(room.locator("#person-card .card-mark")).to_contain_text("đã rời")
    room.click("[data-key=card-in]")
    secretary.shot("person-card")
    room.keyboard.press("Escape")
    room.keyboard.press("Escape")
    expect(room.locator(".seat-map .seat-present, .seat-map .seat-ready").first).to_be_visible()


def found_and_filtered(room: Page) -> None:
    """Names are found without marks; several are checked in at once."""
    room.click("[data-key=face-list]")
    room.fill("[data-key=people-find]", "dang thi phuong")
    expect(room.locator("#people-pane .person")).to_have_count(1)
    room.fill("[data-key=people-find]", "")
    room.click("[data-key=people-waiting]")
    waiting = room.locator("#people-pane .person")
    expect(waiting.first).to_have_attribute("data-present", "false")
    room.click("[data-key=several]")
    room.locator(".person-tick input").first.check()
    room.locator(".person-tick input").nth(1).check()
    before = waiting.count()
    room.click("[data-key=several-in]")
    expect(waiting).to_have_count(before - 2)
    room.click("[data-key=people-all]")


def roll(secretary: Person, meeting: str) -> None:
    """The roll shows times and sites, follows the meeting, and can be taken away."""
    page = secretary.page
    page.set_viewport_size(PORTRAIT)
    secretary.open(f"{meeting}roll/")
    expect(page.locator("#roll-now")).to_contain_text("quét mã QR")
    expect(page.locator("#roll-now")).to_contain_text("theo kết nối")
    expect(page.locator("#roll-now")).to_contain_text(SITE)
    secretary.shot("roll")
    for form, start in (("csv", b"\xef\xbb\xbf"), ("xlsx", b"PK"), ("pdf", b"%PDF")):
        answer = page.request.get(f"{secretary.url}{meeting}roll/present.{form}")
        assert answer.status == 200
        assert answer.body().startswith(start), form
