"""The whole road, walked by eight people at tablet size: from an empty agenda to figures, with pictures."""

import json
import re
from datetime import timedelta
from pathlib import Path

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from tests.browser.papers import papers
from tests.browser.people import PORTRAIT, Cast, Person
from tests.servers.app import AppServer

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.xdist_group("browser")]

CLERK, LEADER, CHAIR, SECRETARY = "van.thu", "chu.tich", "chu.toa", "thu.ky"
MEMBERS, GUEST, RECEIVER, STRANGER = ("uy.vien1", "uy.vien2"), "khach.moi", "van.thu.snv", "nguoi.ngoai"
TITLE = "Phiên họp thường kỳ tháng 11: Nghị quyết, Đề án và những việc cần quyết"
QUESTION = "Thông qua Đề án sắp xếp các đơn vị sự nghiệp"


def test_the_whole_road(server: AppServer, cast: Cast, tmp_path: Path) -> None:
    meeting = prepared(cast, papers(tmp_path))
    approved(cast, meeting)
    room(cast, meeting)
    notice = drafted(cast, meeting)
    signed_and_issued(cast, notice)
    received(cast)
    file = issued_file(cast, notice, tmp_path)
    verdict = json.loads(server.manage("verify_pdf", str(file), "--trust", str(root(server)), "--json"))
    assert verdict["verdict"] == "valid", verdict
    figures(server, cast)
    nothing_for_strangers(cast, meeting, notice)
    assert cast.troubles() == []


# --- 1 · the package


def prepared(cast: Cast, files: list[Path]) -> str:
    """The clerk creates the meeting, its agenda, papers and participants, and submits; return its address."""
    clerk = cast.person(CLERK)
    clerk.shot("home")
    clerk.open("/meetings/new/")
    page = clerk.page
    page.fill("[name=title]", TITLE)
    start = timezone.localtime() + timedelta(minutes=30)
    fill_moment(page, "starts_at", start)
    fill_moment(page, "ends_at", start + timedelta(hours=2))
    page.fill("[name=place]", "Phòng họp tầng 2")
    page.click("main form button.button-primary")
    page.wait_for_url(re.compile(r"/meetings/[0-9a-f-]{36}/"))
    meeting = re.search(r"/meetings/[0-9a-f-]{36}/", page.url)[0]
    for number, file in enumerate(files, start=1):
        add_item(page, number, f"Nội dung {number}: Tờ trình về việc số {number}", file)
    clerk.open(f"{meeting}people/")
    for username, role in people_to_invite():
        invite(page, cast.people[username]["name"], role)
    clerk.shot("prepare")
    page.click(f"form[action='{meeting}submit/'] button")
    expect(page.locator("[data-state=submitted]").first).to_be_visible()
    return meeting


def people_to_invite() -> list[tuple[str, str]]:
    members = [(username, "member") for username in MEMBERS]
    return [(CHAIR, "chair"), (SECRETARY, "secretary"), *members, (GUEST, "guest")]


def fill_moment(page: Page, name: str, moment) -> None:
    page.fill(f"[name={name}_day]", moment.strftime("%d/%m/%Y"))
    page.fill(f"[name={name}_hour]", moment.strftime("%H:%M"))


def add_item(page: Page, number: int, title: str, file: Path) -> None:
    page.fill("#new-title", title)
    page.fill("#new-presenter", "Sở Nội vụ")
    page.fill("#new-minutes", "15")
    page.press("#new-minutes", "Enter")
    row = page.locator(".agenda > li").nth(number - 1)
    expect(row).to_contain_text(title)
    row.locator("details.tools > summary").first.click()
    row.locator("input[type=file]").first.set_input_files(str(file))
    expect(row.locator(".paper")).to_have_count(1, timeout=60_000)


def invite(page: Page, name: str, role: str) -> None:
    page.fill("#find", name.split(" (")[0])
    row = page.locator(".found-person").first
    expect(row).to_contain_text(name.split(" (")[0])
    row.locator("select[name=role]").select_option(role)
    row.locator("button").click()
    expect(page.locator("#people")).to_contain_text(name.split(" (")[0])


def approved(cast: Cast, meeting: str) -> None:
    """The leader returns the package once with a reason, then approves it."""
    leader = cast.person(LEADER, size=PORTRAIT)
    leader.open("/inbox/")
    leader.shot("leader-inbox")
    leader.open(meeting)
    leader.shot("approve")
    leader.page.click("[data-dialog=give-back]")
    leader.page.fill("#give-back textarea", "Đề nghị ghi rõ người trình bày mục 2.")
    leader.page.click("#give-back .button-danger")
    clerk = cast.person(CLERK)
    clerk.open(meeting)
    expect(clerk.page.locator("main")).to_contain_text("Đề nghị ghi rõ người trình bày mục 2.")
    clerk.page.click(f"form[action='{meeting}submit/'] button")
    leader.open(meeting)
    leader.page.click(f"form[action='{meeting}approve/'] button")
    expect(leader.page.locator("[data-state=published]").first).to_be_visible()


# --- 2 · the room


def room(cast: Cast, meeting: str) -> None:
    """Check-in, opening, moving, one named vote with a live board, a conclusion, closing."""
    chair = enter(cast, CHAIR, meeting)
    secretary = enter(cast, SECRETARY, meeting)
    members = [enter(cast, MEMBERS[0], meeting), enter(cast, MEMBERS[1], meeting, PORTRAIT)]
    guest = enter(cast, GUEST, meeting)
    chair.page.click("[data-key=open-meeting]")
    expect(chair.page.locator("[data-meeting-state=open]")).to_be_visible()
    moved(chair, [secretary, *members, guest])
    voted(chair, secretary, members, guest)
    concluded(chair, members[0])
    close(chair, members)


def enter(cast: Cast, username: str, meeting: str, size: dict[str, int] | None = None) -> Person:
    person = cast.person(username, size=size)
    person.open(meeting)
    if username == MEMBERS[0]:
        person.shot("invited")
    person.page.click(f"a[href='{meeting}room/']")
    expect(person.page.locator("#lamp")).to_have_attribute("data-lamp", "live")
    show(person, "right")
    person.page.click("[data-key=check-in]")
    expect(person.page.locator(".room-checked")).to_be_visible()
    return person


def show(person: Person, pane: str) -> None:
    """On a narrow window one pane shows at a time."""
    button = person.page.locator(f".stage-switch [data-pane={pane}]")
    if button.is_visible():
        button.click()


def moved(chair: Person, others: list[Person]) -> None:
    """The chair moves to item 2: every screen follows, the paper is there."""
    second = chair.page.locator(".agenda > li").nth(1)
    second.locator(".room-move").click()
    for person in [chair, *others]:
        show(person, "left")
        row = person.page.locator(".agenda > li").nth(1)
        expect(row.locator("[aria-current=step]")).to_be_visible()
        show(person, "main")
        expect(person.page.locator("#paper-pane img, #paper-pane canvas").first).to_be_visible()
        show(person, "right")
    chair.shot("room-landscape", after=1500)  # with the sharp page; nothing else waits for it


def voted(chair: Person, secretary: Person, members: list[Person], guest: Person) -> None:
    """A question is put, opened, answered by name; the board follows; a second tap changes nothing."""
    chair.page.click("[data-key=prepare-vote]")
    chair.page.fill("#vote-dialog textarea", QUESTION)
    chair.page.click("#vote-dialog [type=submit]")
    chair.page.click("[data-key=order-stepOpenVote]")
    for person in members:
        expect(person.page.locator(".room-vote[data-state=open]")).to_contain_text(QUESTION)
    members[0].shot("vote-open")
    expect(guest.page.locator(".vote-choice")).to_have_count(0)
    choose(members[0], "yes")
    choose(members[1], "yes")
    choose(chair, "yes")
    choose(secretary, "no")
    expect(chair.page.locator("#now-pane .room-progress")).to_contain_text("4")
    expect(chair.page.locator("#now-pane .room-share[data-option=yes]")).to_have_attribute("data-count", "3")
    members[1].shot("vote-cast-portrait")
    chair.page.click("[data-key^=close-]:not([data-key=close-meeting])")
    chair.page.click("#confirm [data-confirm-yes]")
    expect(chair.page.locator("#now-pane .room-outcome[data-carried=true]")).to_be_visible()
    expect(members[0].page.locator("#now-pane .room-outcome")).to_have_count(0)
    chair.page.click("[data-key^=declare-]")
    for person in [chair, secretary, *members, guest]:
        expect(person.page.locator("#now-pane .room-outcome[data-carried=true]")).to_be_visible()
        expect(person.page.locator("#now-pane .room-share[data-option=yes]")).to_have_attribute("data-count", "3")
    members[0].shot("vote-result")


def choose(person: Person, choice: str) -> None:
    person.page.click(f"[data-choice={choice}]")
    send = person.page.locator("[data-key=send-ballot]")
    if send.count():
        send.dblclick()
    expect(person.page.locator("[data-ballot=counted]")).to_be_visible()


def concluded(chair: Person, member: Person) -> None:
    chair.page.click("[data-key=conclude]")
    chair.page.fill("#conclude-dialog textarea", "Giao Sở Nội vụ hoàn thiện Đề án, trình trước ngày 15/12/2026.")
    chair.page.click("#conclude-dialog [type=submit]")
    member.page.click("[data-key=tab-item]")
    expect(member.page.locator(".room-conclusions")).to_contain_text("Giao Sở Nội vụ")


def close(chair: Person, members: list[Person]) -> None:
    chair.page.click("[data-key=close-meeting]")
    chair.page.click("#confirm [data-confirm-yes]")
    for person in [chair, *members]:
        expect(person.page.locator("[data-meeting-state=closed]")).to_be_visible()


# --- 3 · minutes and notice


def drafted(cast: Cast, meeting: str) -> str:
    """The chair approves the minutes, the clerk drafts the notice and submits it; return the notice's address."""
    chair, clerk = cast.person(CHAIR), cast.person(CLERK)
    chair.open(f"{meeting}minutes/")
    draft_minutes = chair.page.locator(f"form[action='{meeting}minutes/'] button.button-primary")
    if draft_minutes.count():
        draft_minutes.click()
    chair.page.click(f"form[action='{meeting}minutes/approve/'] button")
    confirm(chair.page, "[data-state=approved]")
    expect(chair.page.locator("[data-state=approved]").first).to_be_visible()
    clerk.open(meeting)
    expect(clerk.page.locator("#outcome a[href^='/documents/']").first).to_be_visible()
    clerk.shot("after")
    clerk.page.click(f"form[action='{meeting}notice/'] button")
    clerk.page.wait_for_url(re.compile(r"/outgoing/[0-9a-f-]{36}/"))
    notice = re.search(r"/outgoing/[0-9a-f-]{36}/", clerk.page.url)[0]
    clerk.open(f"{notice}edit/")
    for name in ("Sở Nội vụ", "Ủy ban nhân dân phường Mẫu 1"):
        box = clerk.page.locator(".paper-agencies label", has_text=re.compile(rf"^\s*{name}", re.IGNORECASE)).locator(
            "input"
        )
        box.check()
    clerk.page.click("main form button.button-primary")
    clerk.open(notice)
    clerk.shot("notice-draft")
    clerk.page.click(f"form[action='{notice}submit/'] button")
    return notice


# --- 4 · sign, number, seal, issue, receive


def signed_and_issued(cast: Cast, notice: str) -> None:
    leader, clerk = cast.person(LEADER), cast.person(CLERK)
    leader.open(notice)
    leader.page.click(f"form[action='{notice}approve/'] button")
    leader.open(notice)
    leader.shot("sign", after=1000)
    enter_pin(leader.page)
    expect(leader.page.locator("[data-state=signed]").first).to_be_visible(timeout=30_000)
    clerk.open(notice)
    clerk.page.click(f"form[action='{notice}number/'] button")
    confirm(clerk.page, "[data-state=numbered]")
    expect(clerk.page.locator("[data-state=numbered]").first).to_be_visible()
    enter_pin(clerk.page)
    expect(clerk.page.locator("[data-state=sealed]").first).to_be_visible(timeout=30_000)
    clerk.page.click(f"form[action='{notice}issue/'] button")
    confirm(clerk.page, "[data-state=issued]")
    expect(clerk.page.locator("[data-state=issued]").first).to_be_visible()
    clerk.shot("signed", after=1500)


def enter_pin(page: Page) -> None:
    pin = page.locator("#signing-pin-help code").inner_text()
    page.fill("#signing-pin", pin)
    page.click("[data-sign-form] .button-primary")


def confirm(page: Page, done: str) -> None:
    """Answer yes where the page asks before it is `done`."""
    page.locator(f"#confirm[open], {done}").first.wait_for()
    if page.locator("#confirm[open]").count():
        page.click("#confirm [data-confirm-yes]")


def received(cast: Cast) -> None:
    """The receiving clerk sees it arrive, receives and registers it."""
    receiver = cast.person(RECEIVER, size=PORTRAIT)
    receiver.open("/inbox/")
    receiver.shot("receiver-inbox")
    receiver.open("/incoming/")
    receiver.page.click("main a[href^='/incoming/']")
    receiver.page.click("form[action$='/receive/'] button")
    expect(receiver.page.locator("[data-state=received]").first).to_be_visible()
    receiver.shot("received")


def issued_file(cast: Cast, notice: str, folder: Path) -> Path:
    clerk = cast.person(CLERK)
    clerk.open(notice)
    address = clerk.page.locator("main a[href$='/original']").first.get_attribute("href") or ""
    path = folder / "thong-bao.pdf"
    path.write_bytes(clerk.page.request.get(clerk.url + address).body())
    return path


def root(server: AppServer) -> Path:
    """Return the demo root certificate."""
    return next((server.data_dir / "keys").rglob("root*.pem"))


# --- 5 · figures, and the stranger


def figures(server: AppServer, cast: Cast) -> None:
    period = timezone.localdate().strftime("%Y-%m")
    exported = server.manage("export_metrics", "--agency", "UBND-MAU", "--period", period, "--format", "json")
    values = {row["code"]: row for row in json.loads(exported)["indicators"]}
    for code in ("DOC-ELECTRONIC", "DOC-SIGNED", "MEETING-PAPERLESS"):
        assert values[code]["value"] == 100, values
        assert values[code]["numerator"] >= 1
    leader = cast.person(LEADER)
    leader.open("/figures/")
    leader.shot("figures")
    leader.page.click(".figure-card >> nth=1")
    leader.shot("figure-detail")
    leader.page.locator("main a[href^='/outgoing/']").first.click()
    expect(leader.page).to_have_url(re.compile("/outgoing/"))
    assert "Nguyên vẹn" in server.manage("verify_audit")


def nothing_for_strangers(cast: Cast, meeting: str, notice: str) -> None:
    """Somebody of another agency finds nothing anywhere; somebody not signed in is sent to sign in."""
    clerk, outsider = cast.person(CLERK), cast.person(STRANGER)
    clerk.open(meeting)
    documents = clerk.page.eval_on_selector_all(
        "main a[href^='/documents/']", "all => all.map(one => one.getAttribute('href'))"
    )
    assert documents
    addresses = [meeting, f"{meeting}room/", f"{meeting}edit/", notice, f"{notice}edit/", *documents]
    addresses += [
        f"{document}versions/1/{part}" for document in documents for part in ("file", "viewer.json", "pages/1/320.webp")
    ]
    addresses += [f"/api/v1{meeting}".rstrip("/"), f"/api/v1{meeting}room", "/figures/UBND-MAU/2026-11/DOC-SIGNED/"]
    found = {address: status for address in addresses if (status := outsider.status(address)) != 404}
    assert found == {}
    nobody = cast.stranger(PORTRAIT)
    let_in = {address: status for address in addresses if (status := nobody.status(address)) not in {302, 401}}
    assert let_in == {}
