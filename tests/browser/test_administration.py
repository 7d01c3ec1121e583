"""An administrator takes a ward's people over from a workbook, prints a slip, gives a right; the unit stays within."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser.people import PHONE, PORTRAIT, Cast
from tests.people.workbooks import workbook

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.xdist_group("browser")]

ADMIN, UNIT_ADMIN = "quan.tri", "quan.tri.p1"
NEW, NAME = "nguyen.ha.my", "Nguyễn Hà My"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def people(*rows: tuple[str, str, str]) -> bytes:
    """Return a workbook of people in units."""
    return workbook(people=[[name, username, "", "", unit, "Chuyên viên", "", ""] for name, username, unit in rows])


def send(page: Page, content: bytes) -> None:
    """Send a workbook to be looked at."""
    page.goto(page.url.split("/", 3)[0] + "//" + page.url.split("/")[2] + "/people/import/")
    file = {"name": "Cán bộ phường.xlsx", "mimeType": XLSX, "buffer": content}
    page.locator("input[type=file]").set_input_files(file)  # type: ignore[arg-type]
    page.locator("form[enctype] button").click()
    page.wait_for_url(re.compile(r"/people/import/[0-9a-f-]{36}/"))


def test_a_ward_comes_in_from_a_workbook(cast: Cast) -> None:
    admin = cast.person(UNIT_ADMIN)
    page = admin.page
    assert admin.open("/administration/") == 200
    expect(page.locator(".admin-card")).not_to_have_count(0)
    send(
        page, people((NAME, NEW, "VHXH-P1"), ("Cao Văn Sai", "Sai Tên", "VHXH-P1"), ("Của Tỉnh", "cua.tinh", "SNV-MAU"))
    )
    expect(page.locator("section[aria-labelledby=faults-title] tbody tr")).to_have_count(2)
    admin.shot("administration-import")
    page.locator("form[action$='take-over/'] button").click()
    expect(page.locator(".chip")).to_contain_text("Đã nhập")
    admin.open(f"/people/?q={NEW}")
    expect(page.locator("tbody tr")).to_have_count(1)
    admin.open("/people/slips/")
    page.locator("form[data-busy] button").click()
    password = page.locator(".slip", has_text=NEW).locator(".slip-password").inner_text()
    newcomer = cast.stranger(PORTRAIT, NEW)
    newcomer.open("/")
    newcomer.page.fill("input[name=login]", NEW)
    newcomer.page.fill("input[name=password]", password)
    newcomer.page.press("input[name=password]", "Enter")
    newcomer.page.wait_for_url("**/password/change/**")
    assert admin.troubles == []


def test_rights_are_switched_and_the_tree_is_walked_by_keys(cast: Cast) -> None:
    admin = cast.person(ADMIN, size=PORTRAIT)
    page = admin.page
    admin.open("/people/?q=truong.phong.ktht")
    page.locator("tbody a").first.click()
    switch = page.locator(".right", has_text="Chuẩn bị").locator("[role=switch]").first
    expect(switch).to_have_attribute("aria-checked", "false")
    switch.click()
    expect(switch).to_have_attribute("aria-checked", "true")
    switch.click()
    expect(switch).to_have_attribute("aria-checked", "false")
    admin.open("/people/agencies/")
    top = page.locator(".tree summary").first
    top.focus()
    page.keyboard.press("ArrowLeft")
    expect(page.locator(".tree details").first).not_to_have_attribute("open", re.compile(".*"))
    page.keyboard.press("ArrowRight")
    page.keyboard.press("ArrowDown")
    assert page.evaluate("document.activeElement.closest('.tree') !== null")
    admin.shot("administration-tree")
    assert admin.troubles == []


def test_a_units_administrator_stays_within_the_unit(cast: Cast) -> None:
    admin, above = cast.person(UNIT_ADMIN, size=PHONE), cast.person(ADMIN)
    above.open("/people/?q=van.thu.snv")
    foreign = above.page.locator("tbody a").first.get_attribute("href") or ""
    assert above.status(foreign) == 200
    assert admin.status(foreign) == 404
    admin.open("/people/sign-ins/")
    expect(admin.page.locator("table")).not_to_contain_text("quan.tri Đỗ")
    assert admin.page.evaluate("document.documentElement.scrollWidth <= innerWidth")
