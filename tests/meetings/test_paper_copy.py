"""The meeting on paper: what is on it, who may have it, how fast it is."""

import io
import time

import pikepdf
import pytest
from django.urls import reverse
from pypdf import PdfReader

from documents.blobs.store import blob_store
from ledger.models import AuditEntry
from ledger.verdict import Refused
from meetings.actions import papers
from meetings.models import Participant
from meetings.paper_copy.printing import made_pages, print_copy
from meetings.paper_copy.sheets import AGENDA, BALLOTS, PAPERS, ROLL, Choice
from people.models import User
from tests.meetings.factories import now, running_vote, world
from tests.meetings.test_archive import real
from tests.meetings.test_pages import signed_in

pytestmark = pytest.mark.django_db


def text_of(pdf):
    return " ".join(" ".join(page.extract_text() for page in PdfReader(io.BytesIO(pdf)).pages).split())


def copy_of(made, choice, user):
    printed = print_copy(made.meeting, choice, by=user, at=now())
    return b"".join(blob_store().open_range(printed.sha256))


@pytest.mark.parametrize("state", ["published", "open"])
def test_roll_agenda_and_named_ballots(state):
    made = world(state)
    if state == "open":
        running_vote(made)
    text = text_of(copy_of(made, Choice(), made.secretary))
    for words in (
        "DANH SÁCH KÝ TÊN",
        "CHƯƠNG TRÌNH",
        "PHIẾU BIỂU QUYẾT",
        "BIÊN BẢN KIỂM PHIẾU",
        "Thông qua nội dung 1?",
    ):
        assert words in text
    assert text.count("PHIẾU BIỂU QUYẾT") == len(made.members) + 1
    assert all(user.full_name in text for user in [*made.everyone(), made.guest])
    for option in made.vote().options:
        assert option["label"] in text
    assert AuditEntry.objects.filter(verb="print_paper").count() == 1


def test_blank_ballots_and_closed_questions():
    made = world("open")
    text = text_of(made_pages(made.meeting, Choice((BALLOTS,), blank=9), at=now()))
    assert text.count("PHIẾU BIỂU QUYẾT") == 9
    made.meeting.votes.update(state="dropped")
    assert "Không có nội dung nào cần biểu quyết" in text_of(made_pages(made.meeting, Choice((BALLOTS,)), at=now()))


def test_papers_laid_for_everybody_are_bound_behind_separators_with_numbers():
    made = world("open", with_papers=False)
    for item in made.items:
        papers.lay(item, real("Tờ trình.pdf"), title=f"Tài liệu của {item.title}", by=made.clerk, at=now())
    papers.lay(made.items[0], real(), title="Không cho khách", guests_may_read=False, by=made.clerk, at=now())
    made.meeting.items.filter(pk=made.items[1].pk).update(hidden=True)
    pdf = copy_of(made, Choice((AGENDA, PAPERS)), made.clerk)
    text = text_of(pdf)
    assert "Tài liệu của Nội dung 1" in text
    assert "Không cho khách" not in text
    assert "Nội dung 2" not in text
    with pikepdf.open(io.BytesIO(pdf)) as file:
        assert f"{len(file.pages)}/{len(file.pages)}" in text


def test_a_paper_that_is_lost_leaves_its_separator():
    made = world("open")  # its papers' bytes are not in the store
    assert "Tài liệu 1" in text_of(copy_of(made, Choice((PAPERS,)), made.clerk))


@pytest.mark.parametrize("name", ["leader", "member", "guest"])
def test_only_those_who_keep_the_meeting_print(name):
    made = world("open")
    with pytest.raises(Refused):
        print_copy(made.meeting, Choice(), by=made.user(name), at=now())
    address = reverse("meetings:paper_copy", args=[made.meeting.public_id])
    assert signed_in(made.user(name)).post(address).status_code == 403


def test_one_tap_and_the_link_is_for_one_person():
    made = world("open")
    address = reverse("meetings:paper_copy", args=[made.meeting.public_id])
    client = signed_in(made.secretary)
    assert client.get(address).status_code == 200
    answer = client.post(address)
    assert answer.status_code == 302
    printed = client.get(answer["Location"])
    assert printed["Content-Type"] == "application/pdf"
    assert signed_in(made.chair).get(answer["Location"]).status_code == 404
    assert client.get(answer["Location"].replace("copy.pdf", "x/copy.pdf")).status_code == 404
    for bad in ({"parts": "x"}, {"parts": ROLL, "blank": "-1"}, {"parts": ROLL, "blank": "999999"}):
        assert client.post(address, bad).status_code == 422


def test_long_questions_and_markup_are_only_words():
    made = world("open")
    made.meeting.votes.update(question="#panic() *đậm* $x$ " + "dài " * 120)
    made.meeting.items.update(title='= Đề mục #read("/etc/passwd")')
    text = text_of(made_pages(made.meeting, Choice(), at=now()))
    assert "#panic()" in text


def test_two_hundred_people_in_five_seconds():
    made = world("open")
    users = User.objects.bulk_create(
        User(username=f"nguoi{number}", full_name=f"Nguyễn Văn Thử {number}", sort_key=f"{number:03}")
        for number in range(200)
    )
    Participant.objects.bulk_create(
        Participant(meeting=made.meeting, user=user, role="member", votes=True, title="Thành viên") for user in users
    )
    start = time.perf_counter()
    pdf = copy_of(made, Choice(), made.secretary)
    assert time.perf_counter() - start < 5
    assert text_of(pdf).count("PHIẾU BIỂU QUYẾT") == 204
