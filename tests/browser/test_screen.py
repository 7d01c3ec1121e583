"""A room screen: paired by its code, it shows item, led page, speaker, vote and result; a member follows and leaves."""

import re
from uuid import uuid4

import pytest
from playwright.sync_api import expect

from tests.browser.people import Cast, Person

pytestmark = [pytest.mark.browser, pytest.mark.slow]

HD = {"width": 1920, "height": 1080}
CHAIR, SECRETARY, MEMBERS = "chu.toa", "thu.ky", ("uy.vien1", "uy.vien2")
SEND = """async ([path, verb, data, id]) => {
  const headers = { "Content-Type": "application/json", ...JSON.parse(document.body.getAttribute("hx-headers")) };
  const body = JSON.stringify({ id, do: verb, data });
  const answer = await fetch(path, { method: "POST", headers, body });
  return [answer.status, await answer.json()];
}"""
STATE = "async (path) => (await (await fetch(path)).json())"
# How alike the picture on the screen and a page of the paper are, on a coarse grid: 0 is the same.
DIFFERENCE = """async ([picture, address]) => {
  const grid = async (source) => {
    const image = new Image();
    image.src = source;
    await image.decode();
    const canvas = Object.assign(document.createElement("canvas"), { width: 60, height: 80 });
    const context = canvas.getContext("2d");
    context.drawImage(image, 0, 0, 60, 80);
    return context.getImageData(0, 0, 60, 80).data;
  };
  const shown = await grid(document.querySelector(picture).src);
  const wanted = await grid(address);
  return shown.reduce((sum, value, place) => sum + Math.abs(value - wanted[place]), 0) / shown.length;
}"""
SMALL = """() => [...document.querySelectorAll("#wall *")]
  .filter((one) => one.getClientRects().length && [...one.childNodes].some((n) => n.nodeType === 3 && n.data.trim()))
  .filter((one) => parseFloat(getComputedStyle(one).fontSize) < innerHeight / 30)
  .map((one) => one.className)"""


class Meeting:
    """The demo's meeting of today, driven by commands."""

    def __init__(self, person: Person) -> None:
        person.open("/meetings/")
        found = person.page.locator("a[href^='/meetings/']").evaluate_all("links => links.map(link => link.pathname)")
        self.page = next(path for path in found if re.fullmatch(r"/meetings/[0-9a-f-]{36}/", path))

    def enter(self, person: Person) -> Person:
        person.open(f"{self.page}room/")
        expect(person.page.locator("#lamp")).to_have_attribute("data-lamp", "live")
        return person

    def act(self, who: Person, verb: str, **data) -> dict:
        path = f"/api/v1{self.page}commands"
        status, answer = who.page.evaluate(SEND, [path, verb, data, str(uuid4())])
        assert status == 200, answer
        return answer["data"]

    def state(self, person: Person) -> dict:
        return person.page.evaluate(STATE, f"/api/v1{self.page}room")


def test_a_screen_follows_the_meeting(cast: Cast) -> None:
    secretary, chair = cast.person(SECRETARY), cast.person(CHAIR)
    meeting = Meeting(secretary)
    wall = paired(cast, secretary, meeting)
    before(wall)
    members = opened(cast, meeting, chair)
    shows_item(wall, meeting, chair)
    follows(wall, meeting, chair, members)
    speaks(wall, meeting, chair, members[0])
    votes(wall, meeting, chair, members)
    goes_dark(wall, secretary, meeting)
    assert unexpected(cast.troubles()) == []
    assert unexpected(wall.troubles) == []


def unexpected(troubles: list[str]) -> list[str]:
    """The wrong code was refused on purpose; a page's picture is asked again until it has been made."""
    return [trouble for trouble in troubles if "422" not in trouble and "404" not in trouble]


def paired(cast: Cast, secretary: Person, meeting: Meeting) -> Person:
    """A browser nobody signs in on shows a code; the secretary types it, and it shows the meeting at once."""
    wall = cast.stranger(HD, "wall")
    wall.open("/screen/")
    code = wall.page.locator("#code")
    expect(code).to_have_text(re.compile(r"^\d{3} \d{3}$"))
    wall.shot("screen-code")
    secretary.open(f"{meeting.page}screens/")
    secretary.page.fill("[name=code]", "000 000" if code.inner_text() != "000 000" else "111 111")
    secretary.page.click("#pair button.button-primary")
    expect(secretary.page.locator("main")).to_contain_text("không có màn hình nào hiển thị mã này")
    secretary.page.fill("[name=code]", code.inner_text())
    secretary.page.fill("[name=label]", "Hội trường")
    secretary.page.click("#pair button.button-primary")
    expect(secretary.page.locator("main")).to_contain_text("Hội trường")
    expect(wall.page.locator("#wall")).to_have_attribute("data-scene", "before")
    secretary.shot("screens")
    return wall


def before(wall: Person) -> None:
    """Not opened yet: the title, and the code to check in with, large."""
    expect(wall.page.locator("#scene")).to_contain_text("Chưa họp")
    expect(wall.page.locator("#door")).to_have_attribute("data-size", "large")
    expect(wall.page.locator("#qr svg")).to_be_visible()
    assert re.search(r"/meetings/[0-9a-f-]{36}/door/", wall.page.locator("#qr").get_attribute("data-address") or "")
    readable(wall)
    wall.shot("screen-before")


def readable(wall: Person) -> None:
    """No letter is lower than a thirtieth of the screen, and nothing runs out of it."""
    assert wall.page.evaluate(SMALL) == []
    size = (
        "() => [document.documentElement.scrollWidth - innerWidth, document.documentElement.scrollHeight - innerHeight]"
    )
    assert max(wall.page.evaluate(size)) <= 0


def opened(cast: Cast, meeting: Meeting, chair: Person) -> list[Person]:
    meeting.enter(chair)
    members = [meeting.enter(cast.person(name)) for name in MEMBERS]
    for person in (chair, *members):
        meeting.act(person, "check_in")
    meeting.act(chair, "open_meeting")
    return members


def shows_item(wall: Person, meeting: Meeting, chair: Person) -> None:
    room = meeting.state(chair)["shared"]["data"]
    title = room["items"][room["meeting"]["current_item"]]["title"]
    expect(wall.page.locator("#scene h1")).to_have_text(title)
    expect(wall.page.locator("#quorum")).to_contain_text("Có mặt")
    wall.shot("screen-item")


def page_of(person: Person) -> str:
    return person.page.locator(".viewer-where input").input_value()


def follows(wall: Person, meeting: Meeting, chair: Person, members: list[Person]) -> None:
    """The chair leads; who follows turns along, one leafs back, and comes back with one tap."""
    leaver, follower = members
    chair.page.click("[data-key=lead]")
    for person in members:
        expect(person.page.locator("#lead-pane")).to_contain_text("Người trình bày")
    chair.page.locator(".viewer-scroll").focus()
    chair.page.keyboard.press("PageDown")
    picture = wall.page.locator(".wall-page")
    expect(picture).to_have_attribute("data-page", "2")
    expect(wall.page.locator(".wall-sheet")).to_be_visible(timeout=60_000)  # pictures are being made
    right_page(wall, meeting, chair)
    for person in members:
        expect(person.page.locator(".viewer-where input")).to_have_value("2")
    wall.shot("screen-led")
    readable(wall)
    leaver.page.locator(".viewer-scroll").focus()
    leaver.page.keyboard.press("PageUp")
    rejoin = leaver.page.locator("[data-key=rejoin]")
    expect(rejoin).to_be_visible()
    chair.page.keyboard.press("PageUp")
    expect(follower.page.locator(".viewer-where input")).to_have_value("1")
    chair.page.keyboard.press("PageDown")
    expect(follower.page.locator(".viewer-where input")).to_have_value("2")
    assert page_of(leaver) == "1", "who has left is left alone"
    leaver.shot("following-left")
    rejoin.click()
    expect(leaver.page.locator(".viewer-where input")).to_have_value("2")
    points(wall, chair, leaver)
    meeting.act(chair, "stop_leading")
    expect(leaver.page.locator("#lead-pane")).to_be_hidden()


def right_page(wall: Person, meeting: Meeting, chair: Person) -> None:
    """The picture on the wall is that of the page led, and not that of the one before it."""
    led = meeting.state(chair)["shared"]["data"]["meeting"]["led"]
    address = f"/screen/pages/{led['document']}/{led['version']}/{{}}.webp"
    assert wall.page.evaluate(DIFFERENCE, [".wall-picture", address.format(2)]) < 1
    assert wall.page.evaluate(DIFFERENCE, [".wall-picture", address.format(1)]) > 4
    own = f"/documents/{led['document']}/versions/{led['version']}/pages/2/1400.webp"
    assert wall.status(own) == 401


def points(wall: Person, chair: Person, member: Person) -> None:
    chair.page.click("[data-key=point]")
    box = chair.page.locator(".viewer-page").nth(1).bounding_box()
    assert box
    chair.page.mouse.move(box["x"] + 150, box["y"] + 150)
    chair.page.mouse.move(box["x"] + 160, box["y"] + 160)
    expect(wall.page.locator(".wall-pointer")).to_be_visible()
    expect(member.page.locator(".viewer-pointer")).to_be_visible()


def person_of(meeting: Meeting, person: Person) -> str:
    return meeting.state(person)["me"]["data"]["me"]["person"]


def speaks(wall: Person, meeting: Meeting, chair: Person, member: Person) -> None:
    room = meeting.state(chair)["shared"]["data"]
    item = room["meeting"]["current_item"]
    own = {"person": person_of(meeting, member), "state": "waiting", "lane": "speech", "item": item}
    asked = [key for key, speech in room["speeches"].items() if own.items() <= speech.items()]
    speech = asked[0] if asked else meeting.act(member, "ask_to_speak", item=item, lane="speech")["speech"]
    meeting.act(chair, "call_speaker", speech=speech)
    expect(wall.page.locator("#scene")).to_contain_text("Mời phát biểu")
    meeting.act(chair, "start_speech", speech=speech)
    timer = wall.page.locator(".wall-timer")
    expect(timer).to_have_text(re.compile(r"^\+?\d+:\d\d$"))
    first = timer.inner_text()
    expect(timer).not_to_have_text(first)
    expect(member.page.locator("[data-key=lead]")).to_be_visible()
    readable(wall)
    wall.shot("screen-speech")
    meeting.act(chair, "end_speech", speech=speech)


def votes(wall: Person, meeting: Meeting, chair: Person, members: list[Person]) -> None:
    room = meeting.state(chair)["shared"]["data"]
    found = next(key for key, vote in room["votes"].items() if vote["state"] == "prepared")
    meeting.act(chair, "open_vote", vote=found)
    cast = wall.page.locator(".wall-big")
    expect(cast).to_have_text(re.compile(r"^0/\d+$"))
    for person in members:
        meeting.act(person, "cast", vote=found, choice="yes")
    expect(cast).to_have_text(re.compile(r"^2/\d+$"))
    expect(wall.page.locator(".wall-board")).to_have_count(0)
    readable(wall)
    wall.shot("screen-vote")
    meeting.act(chair, "close_vote", vote=found)
    expect(wall.page.locator("#scene")).to_contain_text("Kết quả sắp được công bố")
    assert "Tán thành" not in wall.page.locator("#scene").inner_text(), "nothing is shown before it is declared"
    meeting.act(chair, "declare_vote", vote=found)
    expect(wall.page.locator(".wall-outcome")).to_contain_text("hông qua")
    expect(wall.page.locator("[data-option=yes]")).to_have_attribute("data-count", "2")
    expect(wall.page.locator("#scene")).to_contain_text("máy đã hiện kết quả")
    for size in ({"width": 1280, "height": 720}, {"width": 3840, "height": 2160}, HD):
        wall.page.set_viewport_size(size)  # type: ignore[arg-type]
        readable(wall)
    wall.shot("screen-result")


def goes_dark(wall: Person, secretary: Person, meeting: Meeting) -> None:
    secretary.open(f"{meeting.page}screens/")
    secretary.page.locator("form[action*='/unpair/'] button").click()
    secretary.page.locator("dialog[open] button.button-primary, dialog[open] [value=yes]").first.click()
    wall.page.locator("#wall").wait_for(state="detached")
    expect(wall.page.locator("#code")).to_have_text(re.compile(r"^\d{3} \d{3}$"))
