"""After the meeting in the browser: minutes written, commented, approved and locked; the record packed; on paper."""

import io
import re
import zipfile

import pytest
from playwright.sync_api import expect

from tests.browser.people import PORTRAIT, Cast, Person
from tests.servers.app import AppServer

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.xdist_group("browser")]

SECRETARY, CHAIR, MEMBER, CLERK = "thu.ky", "chu.toa", "uy.vien1", "van.thu"
RECENT = "cải cách hành chính và giải ngân"
MARK = "Viết thêm trên máy tính bảng."


def test_from_the_draft_to_the_locked_record(server: AppServer, cast: Cast) -> None:
    secretary = cast.person(SECRETARY)
    meeting = recent(secretary)
    written_by_hand(secretary, meeting)
    commented(cast.person(MEMBER, size=PORTRAIT), meeting)
    answered(secretary, meeting)
    approved(cast.person(CHAIR, size=PORTRAIT), meeting)
    packed(cast.person(CLERK), meeting)
    on_paper(cast.person(CLERK))
    assert cast.troubles() == []


def recent(person: Person) -> str:
    """Return the address of the meeting whose minutes are being commented on."""
    person.open("/meetings/?tab=past")
    link = person.page.locator("a[href^='/meetings/']", has_text=RECENT).first
    return re.search(r"/meetings/[0-9a-f-]{36}/", link.get_attribute("href") or "")[0]


def written_by_hand(secretary: Person, meeting: str) -> None:
    """Text is saved while it is written; a fact written otherwise is marked and put back."""
    secretary.open(f"{meeting}minutes/")
    page = secretary.page
    page.fill("#text-course-free", MARK)
    expect(page.locator("#mark-course-free [role=status]")).to_contain_text("Đã lưu")
    page.fill("#text-attendance-counts", "Tổng số: không rõ.")
    expect(page.locator("#mark-attendance-counts")).to_contain_text("Sửa tay so với sổ")
    secretary.shot("minutes-edit")
    page.click("#mark-attendance-counts [data-restore]")
    expect(page.locator("#text-attendance-counts")).to_have_value(re.compile("Tổng số thành viên"))
    secretary.open(f"{meeting}minutes/changes/")
    expect(page.locator("ins", has_text="máy")).to_be_visible()
    secretary.shot("minutes-changes")


def commented(member: Person, meeting: str) -> None:
    member.open(f"{meeting}minutes/")
    section = member.page.locator("#section-closing")
    section.locator("summary").click()
    section.locator("textarea").fill("Đề nghị ghi rõ giờ kết thúc.")
    section.locator("button.button-primary").click()
    expect(member.page.locator("#section-closing .minutes-comment")).to_contain_text("giờ kết thúc")
    member.shot("minutes-comment")


def answered(secretary: Person, meeting: str) -> None:
    secretary.open(f"{meeting}minutes/")
    forms = secretary.page.locator(".minutes-reply")
    for _ in range(forms.count()):
        forms.first.locator("input[name=answer]").fill("Đã tiếp thu.")
        forms.first.locator("button").click()
        secretary.page.wait_for_load_state()
    expect(forms).to_have_count(0)


def approved(chair: Person, meeting: str) -> None:
    """The chair reads, approves; the fields are gone, the document is there."""
    chair.open(f"{meeting}minutes/")
    chair.shot("minutes-chair")
    chair.page.click(f"form[action='{meeting}minutes/approve/'] button")
    chair.page.click("#confirm [data-confirm-yes]")
    expect(chair.page.locator("[data-state=approved]").first).to_be_visible()
    expect(chair.page.locator(".minutes-block")).to_have_count(0)
    expect(chair.page.locator(".minutes-paper")).to_contain_text(MARK)
    chair.open(meeting)
    expect(chair.page.locator("#outcome a[href^='/documents/']").first).to_be_visible()


def packed(clerk: Person, meeting: str) -> None:
    """The record is packed with a figure and downloads whole."""
    clerk.open(f"{meeting}archive/")
    clerk.page.click(f"form[action='{meeting}archive/packages/'] button")
    link = clerk.page.locator("#package a.button-primary")
    expect(link).to_be_visible(timeout=30_000)
    clerk.shot("archive")
    answer = clerk.page.request.get(clerk.url + (link.get_attribute("href") or ""))
    archive = zipfile.ZipFile(io.BytesIO(answer.body()))
    assert {"index.html", "index.json", "SHA256SUMS.txt"} <= set(archive.namelist())
    assert any(name.startswith("Biên bản/") for name in archive.namelist())


def on_paper(clerk: Person) -> None:
    """One tap on the meeting of today gives one PDF."""
    clerk.open("/meetings/")
    link = clerk.page.locator("a[href^='/meetings/']", has_text="quy hoạch và đất đai").first
    meeting = re.search(r"/meetings/[0-9a-f-]{36}/", link.get_attribute("href") or "")[0]
    clerk.open(f"{meeting}paper_copy/")
    clerk.shot("paper-copy")
    token = clerk.page.input_value("form [name=csrfmiddlewaretoken] >> nth=0")
    answer = clerk.page.request.post(
        f"{clerk.url}{meeting}paper_copy/", form={"csrfmiddlewaretoken": token}, headers={"Referer": clerk.url}
    )
    assert answer.status == 200
    assert answer.body().startswith(b"%PDF")
