"""A clerk shares a document with somebody of another agency, who reads it until it is taken back."""

import re

import pytest
from playwright.sync_api import expect

from tests.browser.people import Cast

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.xdist_group("browser")]

CLERK, OUTSIDER = "van.thu", "nguoi.ngoai"


def test_sharing_in_the_browser(cast: Cast) -> None:
    clerk, outsider = cast.person(CLERK), cast.person(OUTSIDER)
    clerk.open("/documents/")
    links = clerk.page.locator("a").evaluate_all("links => links.map(link => link.getAttribute('href') ?? '')")
    address = next(link for link in links if re.fullmatch(r"/documents/[0-9a-f-]{36}/", link))
    assert outsider.open(address) == 404
    clerk.open(address)
    name = cast.people[OUTSIDER]["name"]
    clerk.page.locator("#grants-find").fill(name)
    clerk.page.locator("#grants-found button").first.click()
    expect(clerk.page.locator("#grants")).to_contain_text(name)
    clerk.page.locator("#grants").scroll_into_view_if_needed()
    clerk.shot("sharing")
    assert outsider.open(address) == 200
    clerk.page.locator("#grants button").first.click()
    clerk.page.get_by_role("dialog").locator("[data-confirm-yes]").click()
    expect(clerk.page.locator("#grants")).not_to_contain_text(name)
    assert outsider.status(address) == 404
