"""Before the meeting, at the tablet: lists and calendar, opinions, the notebook, who has read."""

import re

import pytest

from tests.browser.people import PHONE, Cast, Person

pytestmark = pytest.mark.browser


def todays_meeting(person: Person) -> str:
    """Open the list and return the address of the first session of the provincial committee."""
    person.open("/meetings/?q=quy+hoach")
    link = person.page.locator("a.meeting-row").first
    return str(link.get_attribute("href"))


def test_a_list_is_narrowed_and_widened_again(cast: Cast) -> None:
    clerk = cast.person("van.thu.snv")
    clerk.open("/meetings/?tab=unit&q=giao+ban")
    page = clerk.page
    page.wait_for_selector(".filter-chip")
    few = page.locator("a.meeting-row").count()
    assert few >= 1
    page.locator(".filter-chip").first.click()
    page.wait_for_url(re.compile(r"tab=unit(?!.*giao)"))
    assert page.locator("a.meeting-row").count() > few
    clerk.shot("calendar-list")


def test_the_calendar_turns_by_keys_and_begins_a_meeting(cast: Cast) -> None:
    clerk = cast.person("van.thu.snv")
    clerk.open("/meetings/calendar/?of=unit")
    page = clerk.page
    before = page.locator("h1").inner_text()
    page.keyboard.press("ArrowRight")
    page.wait_for_function("before => document.querySelector('h1').innerText !== before", arg=before)
    page.keyboard.press("t")
    page.wait_for_function("before => document.querySelector('h1').innerText === before", arg=before)
    clerk.shot("calendar-week")
    page.locator(".week-day").nth(2).locator(".slot").nth(8).click()
    page.wait_for_url(re.compile("/meetings/new/"))
    assert page.locator("[name=starts_at_1], [name=starts_at_hour]").first.input_value() == "15:00"
    assert cast.troubles() == []


def test_an_opinion_is_kept_while_written_and_reaches_the_chair_when_handed_in(cast: Cast) -> None:
    member, chair = cast.person("uy.vien3"), cast.person("chu.toa")
    opinions = f"{todays_meeting(member)}opinions/"
    member.open(opinions)
    form = member.page.locator("form[data-autosave]").first
    form.locator("textarea").fill("Đề nghị làm rõ phương án thoát nước.")
    form.locator("[data-saved][data-tone=success]").wait_for()
    chair.open(opinions)
    assert "thoát nước" not in chair.page.content()
    form.locator("[data-hand-in]").click()
    member.page.get_by_text("Đã gửi ý kiến cho chủ trì").wait_for()
    chair.open(opinions)
    chair.page.get_by_text("thoát nước").first.wait_for()
    assert cast.troubles() == []


def test_a_note_survives_a_lost_connection_and_is_found_by_its_author_only(cast: Cast) -> None:
    member, other = cast.person("uy.vien3"), cast.person("uy.vien2", size=PHONE)
    notebook = f"{todays_meeting(member)}notebook/"
    member.open(notebook)
    page = member.page
    page.context.set_offline(True)
    page.locator("#fresh").fill("Hỏi lại số liệu thủy lợi")
    page.locator(".note [data-saved][data-tone=warning]").first.wait_for()
    page.context.set_offline(False)
    page.locator(".note [data-saved][data-tone=success]").first.wait_for()
    member.open("/notebook/?q=thuy+loi")
    assert "số liệu thủy lợi" in page.content()
    member.shot("calendar-notebook")
    other.open("/notebook/?q=thuy+loi")
    assert "số liệu thủy lợi" not in other.page.content()


def test_the_chair_reminds_once(cast: Cast) -> None:
    chair = cast.person("chu.toa")
    chair.open(f"{todays_meeting(chair)}reading/")
    page = chair.page
    page.locator("form[action$='/nudge/'] button").first.click()
    page.locator("dialog[open] button.button-primary, dialog[open] [data-yes]").first.click()
    page.get_by_text("Đã nhắc").first.wait_for()
    assert page.locator("button[disabled]").first.is_visible()
    chair.shot("calendar-reading")
