"""Speaking at tablets: members ask, the chair orders, calls, times and ends; a question and its answer; lists."""

import json
import re
from uuid import uuid4

import pytest
from playwright.sync_api import Locator, expect

from tests.browser.people import PHONE, PORTRAIT, Cast, Person
from tests.servers.app import AppServer

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.xdist_group("browser")]

CHAIR, FIRST, SECOND = "chu.toa", "uy.vien3", "uy.vien4"
COUNCIL = """
from meetings.models import Meeting, Speech
today = Meeting.objects.filter(state="published", kind="ubnd_session").order_by("starts_at").first()
Speech.objects.filter(meeting=today).delete()
Meeting.objects.filter(pk=today.pk).update(kind="hdnd_session")
print("address", f"/meetings/{today.public_id}/")
"""


def test_from_asking_to_the_list(server: AppServer, cast: Cast) -> None:
    meeting = re.search(r"address (\S+)", server.manage("shell", "-c", COUNCIL))[1]
    chair, first, second = entered(cast, meeting)
    name, other = (cast.people[one]["name"] for one in (FIRST, SECOND))
    press(first, "ask-speech")
    expect(mine(first)).to_contain_text("Thứ 1")
    press(second, "ask-speech")
    expect(mine(second)).to_contain_text("Thứ 2")
    by_hand(chair, other)
    expect(mine(first)).to_contain_text("Thứ 2")
    first.shot("speaking-place")
    called_and_started(chair, first, second, name)
    time_is_up(first)
    press_like(chair, "end-")
    expect(chair.page.locator("#spoken-pane")).to_contain_text(name)
    question(chair, first, other)
    listed(chair, meeting, [name, other])
    assert cast.troubles() == []


def entered(cast: Cast, meeting: str) -> tuple[Person, Person, Person]:
    """Open the meeting, with everybody in the room at the tab of speakers."""
    chair, first, second = cast.person(CHAIR), cast.person(FIRST, size=PORTRAIT), cast.person(SECOND, size=PHONE)
    first.page.clock.install()
    for person in (chair, first, second):
        person.open(f"{meeting}room/")
    for verb in ("check_in", "open_meeting"):
        command(chair, meeting, verb)
    for person in (first, second):
        person.page.click(".bar-link[data-pane=right]")
    for person in (chair, first, second):
        press(person, "tab-speaking")
    return chair, first, second


def command(person: Person, meeting: str, verb: str) -> None:
    """Send a command as a program would."""
    cookies = {cookie["name"]: cookie["value"] for cookie in person.page.context.cookies()}
    answer = person.page.request.post(
        f"{person.url}/api/v1{meeting}commands",
        data=json.dumps({"id": str(uuid4()), "do": verb, "data": {}}),
        headers={
            "Content-Type": "application/json",
            "X-CSRFToken": next(value for key, value in cookies.items() if "csrf" in key),
            "Referer": person.url,
        },
    )
    assert answer.ok, answer.text()


def press(person: Person, key: str) -> None:
    person.page.click(f"[data-key={key}]")


def press_like(person: Person, key: str) -> None:
    """Press the first button of the floor or the queue that begins like this."""
    person.page.locator(f"#floor-pane [data-key^='{key}'], #queue-pane [data-key^='{key}']").first.click()


def mine(person: Person):
    return person.page.locator("#ask-pane .speech-mine").first


def by_hand(chair: Person, last: str) -> None:
    """Place speakers by hand: the last row goes up with an arrow key on its handle, or dragged by it."""
    rows = chair.page.locator("#queue-pane .speech-row")
    expect(rows).to_have_count(2)
    press(chair, "order-manual")
    rows.nth(1).locator(".speech-handle").press("ArrowUp")
    expect(rows.first).to_contain_text(last)
    drag(chair, rows.nth(1).locator(".speech-handle"), rows.first)
    expect(rows.nth(1)).to_contain_text(last)
    drag(chair, rows.nth(1).locator(".speech-handle"), rows.first)
    expect(rows.first).to_contain_text(last)
    chair.shot("speaking-queue")


def drag(person: Person, handle: Locator, target: Locator) -> None:
    """Take the handle with the pointer, carry it above another row, and let go."""
    start, end = handle.bounding_box(), target.bounding_box()
    assert start is not None
    assert end is not None
    mouse = person.page.mouse
    mouse.move(start["x"] + start["width"] / 2, start["y"] + start["height"] / 2)
    mouse.down()
    mouse.move(start["x"] + start["width"] / 2, end["y"] + 4, steps=6)
    mouse.up()


def called_and_started(chair: Person, first: Person, second: Person, name: str) -> None:
    """Whoever is called sees it large; everybody sees who speaks, with a clock that goes."""
    chair.page.locator("#queue-pane .speech-row", has_text=name).locator("[data-key^=call-]").click()
    banner = first.page.locator("#floor-pane .floor-banner")
    expect(banner).to_have_text("Mời đại biểu phát biểu")
    first.shot("speaking-called")
    press_like(chair, "start-")
    expect(second.page.locator("#floor-pane")).to_contain_text(name)
    timer = first.page.locator("#floor-pane .speech-timer-large .speech-timer-time")
    expect(timer).to_have_text(re.compile(r"6:5\d"))
    press_like(chair, "pause-")
    expect(second.page.locator("#floor-pane")).to_contain_text("Tạm dừng")
    press_like(chair, "resume-")
    press_like(chair, "more-")
    expect(timer).to_have_text(re.compile(r"7:[45]\d"))
    chair.shot("speaking-chair")


def time_is_up(speaker: Person) -> None:
    """The last half minute is amber, what is beyond the limit red; also with another clock in the tablet."""
    timer = speaker.page.locator("#floor-pane .speech-timer")
    speaker.page.clock.fast_forward((7 * 60 + 35) * 1000)
    expect(timer).to_have_attribute("data-tone", "near")
    speaker.page.clock.fast_forward(40 * 1000)
    expect(timer).to_have_attribute("data-tone", "over")
    expect(timer).to_contain_text("quá giờ")
    speaker.shot("speaking-over")


def question(chair: Person, asker: Person, answerer: str) -> None:
    """A question is put to somebody, asked and answered."""
    press(asker, "ask-question")
    dialog = asker.page.locator("#speech-dialog")
    option = dialog.locator("[name=asked] option", has_text=answerer).get_attribute("value")
    dialog.locator("[name=asked]").select_option(option)
    dialog.locator("[name=subject]").fill("Bao giờ hoàn thành?")
    asker.shot("speaking-question")
    dialog.locator("[type=submit]").click()
    row = chair.page.locator("#queue-pane .speech-row", has_text="Bao giờ hoàn thành?")
    row.locator("[data-key^=call-]").click()
    press_like(chair, "start-")
    press_like(chair, "answer-")
    expect(asker.page.locator("#floor-pane .floor-name")).to_contain_text(answerer)
    press_like(chair, "end-")
    expect(chair.page.locator("#spoken-pane")).to_contain_text("trả lời")


def listed(chair: Person, meeting: str, names: list[str]) -> None:
    """The page keeps who spoke how long, and gives it away as a table."""
    chair.open(f"{meeting}speeches/")
    for name in names:
        expect(chair.page.locator(".speeches")).to_contain_text(name)
    chair.shot("speaking-list")
    assert chair.status(f"{meeting}speeches/list.xlsx") == 200
    assert chair.status(f"{meeting}speeches/list.csv") == 200
