"""A unit's clerk names somebody, a member asks to be absent, the chair agrees, the clerk sees who has answered."""

import re

import pytest
from playwright.sync_api import expect

from tests.browser.people import PHONE, Cast, Person

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.xdist_group("browser")]

CLERK, CHAIR, GUEST, UNIT_CLERK, OUTSIDER = "van.thu", "chu.toa", "khach.moi", "van.thu.p1", "nguoi.ngoai"
MEMBER = "chu.tich"


def meeting_of_today(person: Person) -> str:
    """Return the address of the published meeting the person is invited to."""
    person.open("/meetings/")
    links = person.page.locator("a").evaluate_all("links => links.map(link => link.getAttribute('href') ?? '')")
    return next(link for link in links if re.fullmatch(r"/meetings/[0-9a-f-]{36}/", link))


def test_answers_from_the_phone_to_the_clerks_list(cast: Cast) -> None:
    guest, clerk = cast.person(GUEST, size=PHONE), cast.person(CLERK)
    address = meeting_of_today(guest)
    guest.open("/inbox/")
    guest.page.locator(".one-step button").first.click()
    guest.page.wait_for_url("**/inbox/")
    guest.open(address)
    expect(guest.page.locator("#answer .chip")).to_have_attribute("data-state", "reply_accepted")
    guest.shot("reply-on-a-phone")

    member = cast.person(MEMBER)
    member.open(address)
    member.page.locator("#answer a[href$='#absence']").click()
    member.page.fill("#reason", "Đi công tác tại Bộ Nội vụ")
    member.page.locator("#absence button[value=stay_away]").click()
    expect(member.page.locator("#answer .chip")).to_have_attribute("data-state", "reply_asked")

    chair = cast.person(CHAIR)
    chair.open(f"{address}people/")
    waiting = chair.page.locator(".absence", has_text=cast.people[MEMBER]["name"])
    waiting.locator("button[value=excuse]").click()
    expect(chair.page.locator(".absence", has_text=cast.people[MEMBER]["name"])).to_have_count(0)

    clerk.open(f"{address}people/?reply=excused")
    expect(clerk.page.locator("#people-list")).to_contain_text(cast.people[MEMBER]["name"])
    clerk.page.fill("#people-q", "không ai tên thế")
    expect(clerk.page.locator("#people-list .empty")).to_be_visible()
    clerk.shot("people")
    assert cast.troubles() == []


def test_a_unit_names_its_people(cast: Cast) -> None:
    unit = cast.person(UNIT_CLERK)
    unit.open("/meetings/units/")
    unit.page.locator("a[href^='/meetings/units/']").first.click()
    named = unit.page.locator("button[value=take_away]")
    before = named.count()
    unit.page.locator("button[value=name]").first.click()
    expect(named).to_have_count(before + 1)
    unit.shot("unit-names-people")
    named.last.click()
    unit.page.get_by_role("dialog").locator("[data-confirm-yes]").click()
    expect(named).to_have_count(before)
    outsider = cast.person(OUTSIDER)
    assert outsider.status(unit.page.url.removeprefix(cast.url)) == 404
    assert cast.troubles() == []
