"""Votes as people touch them: choosing and sending, changing sides of the line, hands by name, results everywhere."""

import re
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.browser.lines import Line
from tests.browser.people import PHONE, Cast, Person

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.xdist_group("browser")]

CHAIR, SECRETARY, MEMBER, PHONED = "chu.toa", "thu.ky", "uy.vien1", "uy.vien2"
TODAY, WORKING = "quy hoạch và đất đai", "Họp thẩm định đề án vị trí việc làm"
PROJECTS = ["Đường vành đai phía Đông", "Trường trung học phổ thông Mẫu", "Bệnh viện đa khoa khu vực"]
REASON = "Phương án 2 ghi sai tên dự án, cần biểu quyết lại."
LONGEST_REDRAW = 25  # ms, a loaded machine included; a desktop alone takes 2 to 6


def test_votes_from_every_seat(cast: Cast) -> None:
    chair, secretary = cast.person(CHAIR), cast.person(SECRETARY)
    member, phoned = cast.person(MEMBER), cast.person(PHONED, size=PHONE)
    line = Line(phoned.page)
    room = f"{address(chair)}room/"
    for person in (chair, secretary, member, phoned):
        enter(person, room)
    opened(chair)
    for_or_against(chair, secretary, member, phoned)
    several(chair, member, phoned, line, room)
    too_late(chair, phoned, line)
    assert redraw(chair) < LONGEST_REDRAW
    assert [trouble for trouble in cast.troubles() if "ERR_INTERNET_DISCONNECTED" not in trouble] == []


def test_a_choice_is_changed_and_a_vote_held_outside(cast: Cast) -> None:
    """In a meeting of a department one press is the ballot, it may be changed, another opinion has words."""
    chair, member = cast.person(MEMBER), cast.person(PHONED, size=PHONE)
    room = f"{address(chair, WORKING)}room/"
    for person in (chair, member):
        enter(person, room)
    chair.page.click("[data-key=open-meeting]")
    sure(chair.page)
    chair.page.click("[data-key=check-in]")
    for question in ("Thống nhất phương án phân công?", "Thống nhất thời gian trình?"):
        ask(chair.page, question)
    begin(chair)
    changed(member)
    expect(chair.page.locator(".room-vote-now .room-share[data-option=no]")).to_have_attribute("data-count", "1")
    close(chair)
    declare(chair)
    outside(chair, member)
    assert cast.troubles() == []


def ask(page: Page, question: str) -> None:
    """Prepare a question for or against."""
    page.click("[data-key=add-vote]")
    page.fill("#vote-dialog textarea", question)
    page.click("#vote-dialog [type=submit]")
    expect(page.locator("#vote-dialog")).not_to_be_visible()
    expect(page.locator(".room-vote-list > li", has_text=question)).to_have_count(1)


def changed(member: Person) -> None:
    """One press; another opinion in words; then against."""
    page = member.page
    page.click("[data-key=check-in-to-vote]")
    page.click("[data-choice=yes]")
    expect(page.locator("[data-ballot=counted]")).to_be_visible()
    expect(page.locator("[data-choice=yes]")).to_have_attribute("aria-pressed", "true")
    page.click("[data-choice=other]")
    page.fill("[data-key=remark-other]", "Đề nghị bổ sung đơn vị phối hợp.")
    member.shot("room-vote-other")
    page.click("[data-key=send-ballot]")
    expect(page.locator("[data-key=remark-other]")).to_have_count(0)
    expect(page.locator("[data-choice=other]")).to_have_attribute("aria-pressed", "true")
    expect(page.locator("[data-ballot=counted]")).to_be_visible()
    page.click("[data-choice=no]")
    expect(page.locator("[data-choice=no]")).to_have_attribute("aria-pressed", "true")
    expect(page.locator("[data-ballot=counted]")).to_be_visible()


def outside(chair: Person, member: Person) -> None:
    """A vote held outside is recorded with its counts and marked on every seat."""
    page = chair.page
    row = page.locator(".room-vote-list > li[data-state=prepared]").first
    row.locator("summary").click()
    row.locator("[data-key^=outside-]").click()
    page.fill("#outside-dialog [name=present]", "2")
    for code, count in {"yes": 2, "no": 0, "other": 0}.items():
        page.fill(f"#outside-dialog [name=count-{code}]", str(count))
    page.fill("#outside-dialog [name=note]", "Lấy ý kiến bằng phiếu tại phòng họp số 2.")
    page.click("#outside-dialog [type=submit]")
    expect(page.locator(".room-vote-now .room-marks")).to_contain_text("ngoài hệ thống")
    declare(chair)
    expect(member.page.locator(".room-vote-now .room-marks")).to_contain_text("phòng họp số 2")
    chair.shot("room-vote-outside")


def address(person: Person, title: str = TODAY) -> str:
    """Find a meeting by its title."""
    person.open(f"/meetings/?q={title}")
    link = person.page.locator("a[href^='/meetings/']", has_text=title).first
    return re.search(r"/meetings/[0-9a-f-]{36}/", link.get_attribute("href") or "")[0]  # type: ignore[index]


def enter(person: Person, room: str) -> None:
    """Open the room and wait for the line."""
    person.open(room)
    expect(person.page.locator("#lamp")).to_have_attribute("data-lamp", "live")


def opened(chair: Person) -> None:
    """Chair and secretary's hall: whoever is not in is checked in from the list, but the one at the phone."""
    page = chair.page
    page.click("[data-key=check-in]")
    page.click("[data-key=ready-readyNo]")
    for name in ("Đức", "Tùng", "Phượng", "Nhi"):
        button = page.locator(".room-ready-list li", has_text=name).locator("[data-key^=ready-in-]")
        if button.count():
            button.click()
            expect(button).to_have_count(0)
    page.click("[data-key=open-meeting]")
    sure(page)
    expect(page.locator("[data-meeting-state=open]")).to_be_visible()


def sure(page: Page) -> None:
    """Answer yes where the page asks before it opens the meeting."""
    page.locator("#confirm[open], [data-meeting-state=open]").first.wait_for()
    if page.locator("#confirm[open]").count():
        page.click("#confirm [data-confirm-yes]")


def begin(chair: Person) -> None:
    """Open the next vote of the list."""
    putting_away(chair)
    chair.page.click("[data-key=tab-votes]")
    chair.page.locator("[data-key^=open-next-]").click()
    expect(chair.page.locator(".room-vote-now[data-state=open]")).to_be_visible()


def putting_away(person: Person) -> None:
    """Put the last result away."""
    button = person.page.locator("[data-key=put-away]")
    if button.count():
        button.click()


def close(chair: Person) -> None:
    """Close the vote; the page says who has not voted."""
    chair.page.locator(".room-vote-now [data-key^=close-]").click()
    expect(chair.page.locator("#confirm")).to_contain_text(re.compile("chưa bỏ phiếu|đã bỏ phiếu"))
    chair.page.click("#confirm [data-confirm-yes]")
    expect(chair.page.locator(".room-vote-now[data-state=closed]")).to_be_visible()


def declare(chair: Person) -> None:
    """Declare the result."""
    chair.page.locator("[data-key^=declare-]").click()
    expect(chair.page.locator(".room-vote-now[data-state=declared]")).to_be_visible()


# --- for or against: choose, then send; late check-in; hands by name and a second person


def for_or_against(chair: Person, secretary: Person, member: Person, phoned: Person) -> None:
    begin(chair)
    send = member.page.locator("[data-key=send-ballot]")
    expect(send).to_be_disabled()
    member.page.click("[data-choice=no]")
    member.page.click("[data-choice=yes]")
    expect(send).to_contain_text("Tán thành")
    send.click()
    expect(member.page.locator("[data-ballot=counted]")).to_contain_text(re.compile(r"Đã ghi nhận lúc \d\d:\d\d:\d\d"))
    expect(secretary.page.locator(".room-vote-now")).to_contain_text("Thư ký không biểu quyết")
    late(phoned)
    by_name(secretary, chair)
    expect(chair.page.locator(".room-progress")).to_contain_text(re.compile("^3/"))
    chair.shot("room-vote-chair")
    close(chair)
    expect(chair.page.locator(".room-missed")).to_be_visible()
    expect(member.page.locator(".room-undeclared")).to_be_visible()
    expect(member.page.locator(".room-board")).to_have_count(0)
    declare(chair)
    same_everywhere([chair, secretary, member, phoned])
    member.shot("room-vote-declared")


def late(phoned: Person) -> None:
    """Who comes after the opening checks in right at the question and votes."""
    page = phoned.page
    page.click("[data-key=check-in-to-vote]")
    page.click("[data-choice=no]")
    phoned.shot("room-vote-phone")
    page.click("[data-key=send-ballot]")
    expect(page.locator("[data-ballot=counted]")).to_be_visible()


def by_name(secretary: Person, chair: Person) -> None:
    """The secretary enters a hand and cannot confirm it; the chair does."""
    page = secretary.page
    page.locator(".room-vote-now [data-key^=enter-]").click()
    page.fill("#entry-find", "phuong")
    page.locator("#entry-people [data-choice=abstain]").click()
    waiting = page.locator("#entry-waiting li")
    expect(waiting).to_contain_text("Đặng Thị Phượng")
    expect(waiting.locator("[data-key^=confirm-]")).to_be_disabled()
    expect(page.locator("#entry-waiting")).to_contain_text("Người nhập không tự xác nhận")
    secretary.shot("room-vote-entries")
    page.click("#entry-dialog [data-dialog-close]")
    chair.page.locator(".room-vote-now [data-key^=enter-]").click()
    chair.page.locator("#entry-waiting [data-key^=confirm-]").click()
    expect(chair.page.locator("#entry-waiting li")).to_have_count(0)
    chair.page.click("#entry-dialog [data-dialog-close]")


def same_everywhere(people: list[Person]) -> None:
    """Every seat shows the same result and the same eight characters, computed there."""
    digests = set()
    for person in people:
        board = person.page.locator(".room-vote-now")
        expect(board.locator(".room-outcome[data-carried=false]")).to_be_visible()
        expect(board.locator(".room-share[data-option=yes]")).to_have_attribute("data-count", "1")
        expect(board.locator(".room-share[data-option=abstain]")).to_have_attribute("data-count", "1")
        digests.add(board.locator(".room-digest code").inner_text())
        assert board.locator(".room-digest.tone-success").count() == 1
    assert len(digests) == 1
    assert re.fullmatch(r"[0-9A-F]{4} [0-9A-F]{4}", digests.pop())


# --- several of several: written options, too many, offline and back, annulled


def several(chair: Person, member: Person, phoned: Person, line: Line, room: str) -> None:
    prepared(chair.page)
    putting_away(phoned)
    begin(chair)
    expect(chair.page.locator(".room-countdown")).to_be_visible()
    page = member.page
    for code in ("o1", "o2", "o3"):
        page.click(f"[data-choice={code}]")
    expect(page.locator("[data-key=send-ballot]")).to_contain_text("bỏ bớt 1")
    page.click("[data-choice=o2]")
    page.click("[data-key=send-ballot]")
    expect(page.locator("[data-ballot=counted]")).to_be_visible()
    chair.page.locator("[data-key^=extend-]").click()
    across_a_reload(phoned, line, room)
    close(chair)
    declare(chair)
    for person in (member, phoned):
        expect(person.page.locator(".room-vote-now .room-share[data-option=o1]")).to_have_attribute("data-count", "2")
    annulled(chair, member)


def prepared(page: Page) -> None:
    """The chair writes a question with three options, of which two may be chosen, for a minute."""
    page.click("[data-key=add-vote]")
    page.fill("#vote-dialog textarea", "Chọn dự án ưu tiên đầu tư công năm 2027")
    page.check("#vote-dialog [name=form][value=several]")
    page.click("#vote-add-option")
    for number, label in enumerate(PROJECTS):
        page.locator("#vote-options input").nth(number).fill(label)
    page.fill("#vote-dialog [name=most]", "2")
    page.select_option("#vote-dialog [name=seconds]", "60")
    page.click("#vote-dialog [type=submit]")
    expect(page.locator("#vote-dialog")).not_to_be_visible()


def across_a_reload(phoned: Person, line: Line, room: str) -> None:
    """Without a line the ballot waits on the device, outlives the page, and is counted when the line is back."""
    page = phoned.page
    expect(page.locator("[data-choice=o1]")).to_be_visible()
    line.off()
    page.click("[data-choice=o1]")
    page.click("[data-key=send-ballot]")
    expect(page.locator("[data-ballot=unsent]")).to_contain_text("Chưa gửi – sẽ gửi khi có mạng")
    phoned.shot("room-vote-offline")
    page.goto("about:blank")
    line.on()
    enter(phoned, room)
    expect(page.locator("[data-ballot=counted]")).to_be_visible()
    assert page.evaluate("Object.keys(localStorage).filter((name) => name.startsWith('nghisu:ballot')).length") == 0


def annulled(chair: Person, member: Person) -> None:
    """The chair annuls with a reason: struck through on every seat, a new vote prepared."""
    page = chair.page
    putting_away(chair)
    row = page.locator(".room-vote-list > li", has_text="Chọn dự án").first
    row.locator("summary").first.click()
    row.locator("[data-key^=annul-]").click()
    page.fill("#annul-dialog textarea", REASON)
    page.click("#annul-dialog [type=submit]")
    expect(member.page.locator(".room-vote-now .room-annulled")).to_contain_text(REASON)
    struck = member.page.locator(".room-vote-now .room-outcome > span").first
    assert "line-through" in struck.evaluate("one => getComputedStyle(one).textDecorationLine")
    member.shot("room-vote-annulled")
    expect(page.locator(".room-vote-list > li[data-state=prepared]", has_text="Chọn dự án")).to_have_count(1)


# --- refused after closing


def too_late(chair: Person, phoned: Person, line: Line) -> None:
    """A ballot that comes after the closing is refused with a clear word."""
    putting_away(phoned)
    begin(chair)
    page = phoned.page
    expect(page.locator(".room-vote-now[data-state=open]")).to_be_visible()
    line.off()
    page.locator(".vote-choice").first.click()
    page.click("[data-key=send-ballot]")
    expect(page.locator("[data-ballot=unsent]")).to_be_visible()
    close(chair)
    line.on()
    expect(page.locator(".room-refused")).to_contain_text("không được tính", timeout=20_000)
    phoned.shot("room-vote-too-late")


# --- fast with five hundred


def redraw(person: Person) -> float:
    """Return the median of redrawing the slowest tab of a room of five hundred, layout included, in milliseconds."""
    script = (Path(__file__).parent / "hall_of_500.js").read_text(encoding="utf-8")
    found: Any = person.page.evaluate(script)
    return float(found)
