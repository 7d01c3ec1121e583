"""A whole sitting at seven screens, led by the one large button of the order of business.

Chair, secretary, three members, a guest and the screen on the wall: opening and taking it back, a speaker, a vote with
one tablet offline and one person late, the result everywhere, following, conclusion and closing.
"""

import re

import pytest
from playwright.sync_api import expect

from tests.browser.lines import Line
from tests.browser.people import PHONE, PORTRAIT, Cast, Person

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.xdist_group("browser")]

CHAIR, SECRETARY, MEMBER, CUT, LATE, GUEST = "chu.toa", "thu.ky", "uy.vien1", "uy.vien4", "uy.vien2", "khach.moi"
TODAY = "quy hoạch và đất đai"
WALL = {"width": 1280, "height": 720}


def test_a_sitting_by_the_order_of_business(cast: Cast) -> None:
    chair, secretary = cast.person(CHAIR), cast.person(SECRETARY, size=PORTRAIT)
    meeting = address(chair)
    member, cut, late, guest = (cast.person(name, size=size) for name, size in SEATS.items())
    line = Line(cut.page)
    wall = paired(cast, secretary, meeting)
    for person in (chair, secretary, member, cut, late, guest):
        enter(person, meeting)
    opening(chair, secretary, [member, cut])
    speaking(chair, member, wall)
    voting(chair, [member, cut, late], guest, line, wall)
    heard(chair, wall)  # who came late had asked to speak
    following(chair, member, cut)
    ending(chair, [secretary, member, cut, late, guest])
    known = ("ERR_INTERNET_DISCONNECTED",)
    assert [trouble for trouble in cast.troubles() if not any(word in trouble for word in known)] == []
    assert [
        trouble for trouble in wall.troubles if "404" not in trouble
    ] == []  # pages whose picture is still being made


SEATS = {MEMBER: None, CUT: PHONE, LATE: PORTRAIT, GUEST: PHONE}


def address(person: Person) -> str:
    """Find the meeting of today."""
    person.open(f"/meetings/?q={TODAY}")
    link = person.page.locator("a[href^='/meetings/']", has_text=TODAY).first
    return re.search(r"/meetings/[0-9a-f-]{36}/", link.get_attribute("href") or "")[0]  # type: ignore[index]


def paired(cast: Cast, secretary: Person, meeting: str) -> Person:
    """The screen on the wall shows a code; the secretary types it."""
    wall = cast.stranger(WALL, "wall")
    wall.open("/screen/")
    code = wall.page.locator("#code")
    expect(code).to_have_text(re.compile(r"^\d{3} \d{3}$"))
    secretary.open(f"{meeting}screens/")
    secretary.page.fill("[name=code]", code.inner_text())
    secretary.page.click("#pair button.button-primary")
    expect(wall.page.locator("#wall")).to_have_attribute("data-scene", "before")
    return wall


def enter(person: Person, meeting: str) -> None:
    """Open the room and wait for the line."""
    person.open(f"{meeting}room/")
    expect(person.page.locator("#lamp")).to_have_attribute("data-lamp", "live")
    pane = person.page.locator(".stage-switch [data-pane=right]")
    if pane.is_visible():
        pane.click()


def step(chair: Person, key: str) -> None:
    """Press the large button, which must be this step; answer yes where it asks."""
    button = chair.page.locator(".order-next")
    expect(button).to_have_attribute("data-key", key)
    doubtful = key == "open-meeting" and chair.page.locator("[data-lack=lackQuorum]").count() > 0
    button.click()
    if doubtful:
        chair.page.click("#confirm [data-confirm-yes]")


def opening(chair: Person, secretary: Person, members: list[Person]) -> None:
    """Whoever is connected is checked in with one tap; an opening by a slip of the finger is taken back."""
    for person in (chair, *members):
        button = person.page.locator("[data-key=check-in]")
        if button.count():
            button.click()
        expect(person.page.locator(".room-checked")).to_be_visible()
    expect(secretary.page.locator("[data-lack=lackCheckIn]")).to_be_visible()
    step(chair, "open-meeting")
    expect(members[0].page.locator("[data-meeting-state=open]")).to_be_visible()
    chair.page.click("[data-key=order-undo]")
    expect(members[0].page.locator("[data-meeting-state=published]")).to_be_visible()
    step(chair, "open-meeting")
    expect(members[0].page.locator("[data-meeting-state=open]")).to_be_visible()


def speaking(chair: Person, member: Person, wall: Person) -> None:
    """Every speaker waiting is called by the same button; the wall shows name and clock."""
    member.page.click("[data-key=tab-speaking]")
    if not member.page.locator("#ask-pane .speech-mine").count():
        member.page.click("[data-key=ask-speech]")
    expect(member.page.locator("#ask-pane .speech-mine").first).to_be_visible()
    heard(chair, wall)


def heard(chair: Person, wall: Person) -> None:
    """Whoever waits and is here is called, begins and ends."""
    while chair.page.locator(".order-next[data-key=order-stepCallSpeaker]").count():
        step(chair, "order-stepCallSpeaker")
        chair.page.locator("#floor-pane [data-key^=start-]").click()
        expect(wall.page.locator(".wall-timer")).to_be_visible()
        chair.page.locator("#floor-pane [data-key^=end-]").click()
        expect(chair.page.locator("#floor-pane [data-key^=end-]")).to_have_count(0)


def voting(chair: Person, members: list[Person], guest: Person, line: Line, wall: Person) -> None:
    """One votes, one is cut off and comes back, one comes late; undeclared, only the chair sees the result."""
    member, cut, late = members
    step(chair, "order-stepOpenVote")
    for person in members:
        expect(person.page.locator(".room-vote-now[data-state=open]")).to_be_visible()
    expect(guest.page.locator(".vote-choice")).to_have_count(0)
    vote(member, "yes")
    expect(member.page.locator("[data-ballot=counted]")).to_be_visible()
    line.off()
    vote(cut, "yes")
    expect(cut.page.locator("[data-ballot=unsent]")).to_be_visible()
    late.page.click("[data-key=check-in-to-vote]")
    vote(late, "no")
    expect(late.page.locator("[data-ballot=counted]")).to_be_visible()
    line.on()
    expect(cut.page.locator("[data-ballot=counted]")).to_be_visible(timeout=20_000)
    vote(chair, "yes")
    chair.page.locator(".room-vote-now [data-key^=close-]").click()
    chair.page.click("#confirm [data-confirm-yes]")
    expect(chair.page.locator(".room-vote-now [data-option=yes]").first).to_have_attribute("data-count", "3")
    assert member.page.locator(".room-outcome").count() == 0
    chair.page.locator("[data-key^=declare-]").click()
    for person in (*members, guest):
        expect(person.page.locator(".room-vote-now [data-option=yes]").first).to_have_attribute("data-count", "3")
    expect(wall.page.locator("[data-option=yes]")).to_have_attribute("data-count", "3")
    expect(chair.page.locator(".room-vote-now")).to_contain_text("máy đã hiện kết quả")
    chair.shot("room-declared")
    chair.page.locator("[data-key=put-away]").click()


def vote(person: Person, choice: str) -> None:
    """Choose, and send where sending is asked."""
    person.page.click(f"[data-choice={choice}]")
    send = person.page.locator("[data-key=send-ballot]")
    if send.count():
        send.click()


def following(chair: Person, member: Person, leaver: Person) -> None:
    """The chair leads to page two; who leafs away comes back with one tap."""
    leaver.page.locator(".stage-switch [data-pane=main]").click()
    chair.page.click("[data-key=lead]")
    chair.page.locator(".viewer-scroll").focus()
    chair.page.keyboard.press("PageDown")
    for person in (member, leaver):
        expect(person.page.locator(".viewer-where input")).to_have_value("2")
    leaver.page.locator(".viewer-scroll").focus()
    leaver.page.keyboard.press("PageUp")
    leaver.page.click("[data-key=rejoin]")
    expect(leaver.page.locator(".viewer-where input")).to_have_value("2")
    chair.page.click("[data-key=lead]")


def ending(chair: Person, others: list[Person]) -> None:
    """Conclude and take it back, go through the items, close; the minutes are the last step."""
    conclude(chair, "Ghi nhầm.")
    chair.page.click("[data-key=order-undo]")
    expect(chair.page.locator(".order-next")).to_have_attribute("data-key", "conclude")
    conclude(chair, "Thống nhất thông qua, giao Sở Xây dựng hoàn thiện.")
    step(chair, "order-stepNextItem")
    expect(others[1].page.locator("[aria-current=step] .agenda-number")).to_have_text("2")
    chair.shot("order-of-business")
    chair.page.click("[data-key=close-meeting]")
    chair.page.click("#confirm [data-confirm-yes]")
    for person in others:
        expect(person.page.locator("#over")).to_be_visible()
    expect(chair.page.locator("a.order-next")).to_have_attribute("href", re.compile("/minutes/$"))


def conclude(chair: Person, words: str) -> None:
    """The next step is the conclusion of the item."""
    step(chair, "conclude")
    chair.page.fill("#conclude-dialog textarea", words)
    chair.page.click("#conclude-dialog [type=submit]")
    expect(chair.page.locator("#conclude-dialog")).not_to_be_visible()
    expect(chair.page.locator(".order-next")).to_have_attribute("data-key", "order-stepNextItem")
