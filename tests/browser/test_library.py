"""A member with a tablet: a folder, a file, a paper of a meeting kept; the clerk keeps the catalogues."""

from pathlib import Path

import pytest
from playwright.sync_api import expect

from tests.browser.people import PHONE, PORTRAIT, Cast
from tests.documents.factories import paper

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.xdist_group("browser")]
MEMBER, OTHER, CLERK = "uy.vien1", "uy.vien2", "van.thu"


def test_a_member_keeps_files_and_papers(cast: Cast, tmp_path: Path) -> None:
    member = cast.person(MEMBER)
    page = member.page
    member.open("/library/")
    member.shot("library")
    page.click("[data-dialog=new-folder]")
    page.fill("#new-folder-name", "Chuyến công tác")
    page.locator("#new-folder button.button-primary").click()
    page.click(".shelf-folder:has-text('Chuyến công tác')")
    file = tmp_path / "Kế hoạch riêng.pdf"
    file.write_bytes(paper("Kế hoạch riêng"))
    page.set_input_files(".drop-zone input[type=file]", str(file))
    mine = page.locator(".shelf-row", has_text="Kế hoạch riêng")
    expect(mine).to_be_visible(timeout=30_000)
    mine.locator("a.list-row").click()
    page.wait_for_url("**/documents/**")
    address = page.url.removeprefix(cast.url)

    other = cast.person(OTHER, size=PHONE)
    assert other.status(address) == 404
    other.open("/library/")
    other.shot("library-empty-phone")

    member.open("/documents/")
    page.locator(".list-row").last.click()
    page.locator("form[action$='/keep/'] button").click()
    expect(page.locator("form[action$='/keep/']")).to_have_count(0)
    member.shot("library-kept")

    page.set_viewport_size(PORTRAIT)
    member.open("/library/?q=ke hoach rieng")
    row = page.locator(".shelf-row", has_text="Kế hoạch riêng")
    row.locator("input[type=checkbox]").check()
    member.shot("library-portrait")
    page.locator("button[value=trash]").click()
    member.open("/library/trash/")
    page.locator(".shelf-row", has_text="Kế hoạch riêng").locator("form[action$='/restore/'] button").click()
    expect(page.locator(".shelf-row")).to_have_count(0)
    page.set_viewport_size(PHONE)
    member.open("/library/")
    member.shot("library-phone")
    assert cast.troubles() == []


def test_the_clerk_keeps_the_catalogues(cast: Cast) -> None:
    clerk = cast.person(CLERK)
    for name in ("documents/types", "documents/issuers", "registers/starts", "documents/issuers/paste"):
        assert clerk.open(f"/{name}/") == 200
        clerk.shot(f"catalogue-{name.replace('/', '-')}")
    clerk.page.set_viewport_size(PORTRAIT)
    for name in ("documents/types", "documents/issuers"):
        clerk.open(f"/{name}/")
        clerk.shot(f"catalogue-{name.replace('/', '-')}-portrait")
    assert cast.troubles() == []
