"""A unit's paper on its way: brought, handed in, returned, handed in again, laid; nobody invited sees it before."""

import re
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.browser.papers import generated
from tests.browser.people import Cast

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.xdist_group("browser")]

CLERK, UNIT, OUTSIDER = "van.thu", "van.thu.snv", "nguoi.ngoai"
REASON = "Thiếu chữ ký của giám đốc"


def addresses(page: Page, pattern: str) -> list[str]:
    links = page.locator("a").evaluate_all("links => links.map(link => link.getAttribute('href') ?? '')")
    return list(dict.fromkeys(link for link in links if re.fullmatch(pattern, link)))


def prepared_duty(cast: Cast) -> str:
    """The duty for which the unit has something prepared and not handed in."""
    unit = cast.person(UNIT)
    unit.open("/duties/?state=prepared")
    return addresses(unit.page, r"/duties/[0-9a-f-]{36}/")[0]


def test_a_units_paper_from_upload_to_laid(cast: Cast, tmp_path: Path) -> None:
    unit, clerk, outsider = cast.person(UNIT), cast.person(CLERK), cast.person(OUTSIDER)
    duty = prepared_duty(cast)
    assert outsider.status(duty) == 404
    unit.open(duty)
    unit.page.locator(".drop-zone input[type=file]").last.set_input_files(generated(tmp_path, 9))
    added = unit.page.locator("section", has_text="to-trinh-9").filter(
        has=unit.page.locator("form[action$='/submit/']")
    )
    expect(added).to_have_count(1, timeout=20_000)
    document = added.locator("a.paper-link").first.get_attribute("href") or ""
    assert clerk.status(document) == 404
    added.locator("form[action$='/submit/'] button").click()
    expect(unit.page.locator("form[action$='/take_back/']")).to_have_count(1)
    assert clerk.status(document) == 200
    assert outsider.status(document) == 404

    clerk.open("/inbox/")
    table = addresses(clerk.page, r"/meetings/[0-9a-f-]{36}/materials/")[0]
    clerk.open(table)
    row = clerk.page.locator("tr", has_text="to-trinh-9")
    row.locator("a[href*='/papers/']").click()
    clerk.page.locator("#return-reason").fill(REASON)
    clerk.page.locator("form[action$='/return/'] button").click()
    expect(clerk.page.locator("tr", has_text="to-trinh-9")).to_contain_text(REASON)
    clerk.shot("materials")

    unit.open(duty)
    expect(unit.page.locator("section", has_text="to-trinh-9").first).to_contain_text(REASON)
    unit.page.locator("section", has_text="to-trinh-9").locator("form[action$='/submit/'] button").first.click()
    clerk.open(table)
    clerk.page.locator("tr", has_text="to-trinh-9").locator("form[action$='/approve/'] button").click()
    laid = clerk.page.locator("tr", has_text="to-trinh-9")
    expect(laid.locator("form[action$='/approve/']")).to_have_count(0)
    address = laid.locator("th a").get_attribute("href") or ""
    assert clerk.status(address) == 200
    assert outsider.status(address) == 404
