"""The meeting book: what is in it and for whom, that it reads well in any program, how long 300 pages take."""

import io
import time
from datetime import timedelta

import pikepdf
import pypdfium2
import pytest
from pypdf import PdfReader

from documents.actions.intake import add_version
from documents.blobs.store import blob_store
from documents.models import Document
from documents.sweep import sweep_orphans
from ledger.models import AuditEntry
from ledger.verdict import Refused
from meetings.actions import agenda, exports, papers
from meetings.details import Matter, Spot
from meetings.jobs import bind_book
from meetings.models import RecordExport
from notices.models import Notice
from tests.annotations.factories import do, meeting_circle, noted, op
from tests.annotations.reading_back import from_pdf
from tests.documents.papers import blank, saved, typeset
from tests.meetings.factories import bring, now, world
from tests.meetings.test_archive import real
from tests.meetings.test_pages import signed_in

pytestmark = pytest.mark.django_db


def paper(words: str, pages: int = 2) -> bytes:
    return typeset("#pagebreak()\n".join(f"= {words} {number + 1}\n" for number in range(pages)))


def laid(made, item, words, pages=2, data=None, **more):
    received = real(f"{words}.pdf", data=data or paper(words, pages))
    received = received.__class__(received.file_name, received.original, received.rendition, ((595.0, 842.0),) * pages)
    return papers.lay(made.items[item], received, title=words, by=made.clerk, at=now(), **more)


@pytest.fixture
def there():
    made = world("draft", with_papers=False)
    made.papers += [laid(made, 0, "Tờ trình"), laid(made, 0, "Báo cáo", 3), laid(made, 1, "Dự thảo", 1)]
    bring(made, "published")
    return made


def book(made, user, notes=""):
    export = exports.ask(made.meeting, kind=exports.BOOK, notes=notes, by=user, at=now())
    bind_book.func(export.pk)
    export.refresh_from_db()
    assert export.state == "ready"
    return b"".join(blob_store().open_range(export.sha256))


def texts(pdf: bytes) -> list[str]:
    return [" ".join(page.extract_text().split()) for page in PdfReader(io.BytesIO(pdf)).pages]


def bookmarks(pdf: bytes) -> list:
    reader = PdfReader(io.BytesIO(pdf))

    def told(entries):
        return [
            told(one) if isinstance(one, list) else (one.title, reader.get_destination_page_number(one))
            for one in entries
        ]

    return told(reader.outline)


def test_cover_contents_papers_in_order_and_running_numbers(there):
    pages = texts(book(there, there.user("member")))
    assert len(pages) == 8
    assert "TẬP TÀI LIỆU CUỘC HỌP" in pages[0]
    assert there.meeting.title in pages[0]
    assert "Phòng họp số 1" in pages[0]
    assert "Bản sao để đọc" in pages[0]
    assert "MỤC LỤC" in pages[1]
    for words in ("Tờ trình (2 trang) 3", "Báo cáo (3 trang) 5", "Dự thảo (1 trang) 8"):
        assert words in pages[1]
    assert [page.split(" Trang ")[0] for page in pages[2:]] == [
        "Tờ trình 1", "Tờ trình 2", "Báo cáo 1", "Báo cáo 2", "Báo cáo 3", "Dự thảo 1",
    ]  # fmt: skip
    assert [page.endswith(f"Trang {number}/8") for number, page in enumerate(pages, start=1)] == [True] * 8


def test_the_outline_leads_to_items_and_papers():
    made = world("draft", with_papers=False)
    inner = agenda.add_item(
        made.meeting, matter=Matter("Nhánh"), spot=Spot(made.items[0].public_id, 1), by=made.clerk, at=now()
    )
    made.items.append(inner)
    laid(made, 0, "Tờ trình")
    laid(made, 2, "Phụ lục", 1)
    laid(made, 1, "Dự thảo", 1)
    bring(made, "published")
    found = bookmarks(book(made, made.user("chair")))
    assert found == [
        ("Bìa và mục lục", 0),
        ("1. Nội dung 1", 2),
        [("Tờ trình", 2), ("1.1. Nhánh", 4), [("Phụ lục", 4)]],
        ("2. Nội dung 2", 5),
        [("Dự thảo", 5)],
    ]


def test_only_what_the_person_may_see_and_take(there):
    laid(there, 1, "Riêng thành viên", guests_may_read=False)
    screen = laid(there, 1, "Chỉ xem")
    Document.objects.filter(pk=screen.document_id).update(protection="pictures")
    gone = laid(there, 1, "Mất tệp")
    blob_store().delete(gone.document.versions.get().rendition.sha256)
    guest, member = (" ".join(texts(book(there, there.user(name)))) for name in ("guest", "member"))
    assert "Riêng thành viên" not in guest
    assert "Riêng thành viên 2" in member
    assert "Chỉ xem (không có trong tập: chỉ đọc trên màn hình)" in member
    assert "Chỉ xem 1" not in member
    assert "Mất tệp (không có trong tập: không mở được tệp)" in member


@pytest.mark.parametrize("state", ["draft", "submitted", "published", "open", "closed", "cancelled"])
def test_who_has_a_book_bound_and_when(state):
    made = world(state)
    for name in ("clerk", "leader", "chair", "secretary", "member", "guest", "stranger"):
        if state in ("published", "open", "closed") and name != "stranger":
            exports.ask(made.meeting, kind=exports.BOOK, by=made.user(name), at=now())
            continue
        with pytest.raises(Refused):
            exports.ask(made.meeting, kind=exports.BOOK, by=made.user(name), at=now())


@pytest.mark.django_db(transaction=True)
def test_with_notes_each_has_their_own_and_nobody_anothers(there):
    one, other = there.members[:2]
    document = there.papers[1].document
    mine = noted(document, one, kind="box", shape={"rect": [100, 300, 60, 40]}, page=2, body="của tôi")
    shared = noted(document, other, page=1, to=meeting_circle(there))
    secret = noted(document, other, page=3, body="bí mật riêng")
    assert from_pdf(book(there, one)) == {}
    alone = book(there, one, "mine")
    assert {key: found["page"] for key, found in from_pdf(alone).items()} == {str(mine.public_id): 6}
    both = from_pdf(book(there, one, "all"))
    assert {key: found["page"] for key, found in both.items()} == {str(mine.public_id): 6, str(shared.public_id): 5}
    assert str(secret.public_id).encode() not in alone
    with pypdfium2.PdfDocument(io.BytesIO(alone)) as drawn:
        red, green, _blue = drawn[5].render(scale=1).to_pil().convert("RGB").getpixel((130, 300))
    assert red - green > 60


def test_pages_turned_cropped_or_of_another_size_are_numbered_at_their_foot():
    made = world("draft", with_papers=False)
    with blank(3) as pdf:
        pdf.pages[0].obj.Rotate = 90
        pdf.pages[1].obj.MediaBox = pikepdf.Array([0, 0, 1191, 842])
        pdf.pages[2].obj.CropBox = pikepdf.Array([100, 100, 500, 700])
        data = saved(pdf)
    laid(made, 0, "Bản vẽ", 3, data=data)
    bring(made, "published")
    made_book = book(made, made.user("chair"))
    with pypdfium2.PdfDocument(io.BytesIO(made_book)) as drawn:
        for number in (2, 3):
            picture = drawn[number].render(scale=1).to_pil().convert("L")
            foot = picture.crop((0, picture.height - 40, picture.width, picture.height))
            assert foot.getextrema()[0] < 140, number


def test_pages_offer_it_show_how_far_it_is_and_serve_it_to_who_asked(there):
    base = f"/meetings/{there.meeting.public_id}/book/"
    member = signed_in(there.user("member"))
    assert "Báo cáo" in member.get(base).content.decode()
    assert member.post(f"{base}bind/", {"notes": "rác"}).status_code == 302
    export = RecordExport.objects.get()
    assert (export.kind, export.notes) == ("book", "")
    assert "hx-get" in member.get(f"{base}progress/").content.decode()
    assert member.get(f"{base}{export.public_id}/book.pdf").status_code == 409
    assert member.post(f"{base}bind/").status_code in (302, 403)
    assert RecordExport.objects.count() == 1
    bind_book.func(export.pk)
    assert f"{export.public_id}/book.pdf" in member.get(base).content.decode()
    answer = member.get(f"{base}{export.public_id}/book.pdf")
    assert (answer.status_code, answer["Content-Type"]) == (200, "application/pdf")
    for name in ("chair", "clerk", "stranger"):
        assert signed_in(there.user(name)).get(f"{base}{export.public_id}/book.pdf").status_code == 404
    assert signed_in(there.user("stranger")).get(base).status_code == 404
    assert Notice.objects.filter(kind="meetings.book_ready", user=there.members[0]).exists()
    assert AuditEntry.objects.filter(verb="bind_book", object_id=export.public_id).exists()
    archive = member.get(f"/meetings/{there.meeting.public_id}/archive/packages/{export.public_id}/record.zip")
    assert archive.status_code == 404


def test_it_is_swept_after_a_day(there):
    book(there, there.user("member"))
    export = RecordExport.objects.get()
    sweep_orphans(at=now() + timedelta(hours=25))
    assert not blob_store().exists(export.sha256)
    base = f"/meetings/{there.meeting.public_id}/book/"
    assert signed_in(there.user("member")).get(f"{base}{export.public_id}/book.pdf").status_code == 403


def test_a_book_of_300_pages_is_bound_in_seconds():
    made = world("draft", with_papers=False)
    for number in range(6):
        laid(made, number % 2, f"Tài liệu {number}", 50)
    bring(made, "published")
    started = time.perf_counter()
    pdf = book(made, made.user("member"))
    spent = time.perf_counter() - started
    assert len(PdfReader(io.BytesIO(pdf)).pages) == 302
    assert spent < 10
    print(f"300 pages in {spent:.2f} s, {len(pdf)} bytes")


def fetched(made, user, export):
    """Fetch a book and return status and the words of the page."""
    answer = signed_in(user).get(f"/meetings/{made.meeting.public_id}/book/{export.public_id}/book.pdf")
    return answer.status_code, "" if answer.status_code == 200 else answer.content.decode()


def test_a_book_is_not_given_out_once_what_its_reader_may_have_is_another(there):
    member, base = there.user("member"), f"/meetings/{there.meeting.public_id}/book/"
    book(there, member)
    export = RecordExport.objects.get()
    assert fetched(there, member, export)[0] == 200
    known = signed_in(member).get(f"{base}{export.public_id}/book.pdf")["ETag"]
    document = there.papers[1].document
    Document.objects.filter(pk=document.pk).update(protection="pictures")
    status, words = fetched(there, member, export)
    assert status == 403
    assert "Hãy tạo lại" in words
    assert signed_in(member).get(f"{base}{export.public_id}/book.pdf", HTTP_IF_NONE_MATCH=known).status_code == 403
    page = signed_in(member).get(base).content.decode()
    assert "không còn được tải về" in page
    assert f"{export.public_id}/book.pdf" not in page
    Document.objects.filter(pk=document.pk).update(protection="none")
    assert fetched(there, member, export)[0] == 200
    papers.withdraw(there.papers[1], reason="Đưa nhầm tài liệu", by=there.clerk, at=now())
    assert fetched(there, member, export)[0] == 403
    book(there, member)
    newest = RecordExport.objects.order_by("-pk")[0]
    assert fetched(there, member, newest)[0] == 200
    received = real("Dự thảo.pdf", data=paper("Dự thảo lần hai", 1))
    add_version(there.papers[2].document, received, by=there.clerk, at=now())
    assert fetched(there, member, newest)[0] == 403


@pytest.mark.django_db(transaction=True)
def test_a_book_with_notes_of_others_ends_when_they_take_them_back(there):
    one, other = there.members[:2]
    shared = noted(there.papers[1].document, other, page=1, to=meeting_circle(there))
    book(there, one, "all")
    export = RecordExport.objects.get()
    noted(there.papers[1].document, other, page=2, to=meeting_circle(there))
    noted(there.papers[1].document, one, page=2)
    assert fetched(there, one, export)[0] == 200
    do(there.papers[1].document, other, op("share", str(shared.public_id), to=None))
    assert fetched(there, one, export)[0] == 403


def test_a_watermarked_paper_carries_its_reader_in_the_book(there):
    plain = book(there, there.user("member"))
    Document.objects.filter(pk=there.papers[0].document_id).update(protection="watermark")
    marked = book(there, there.user("member"))
    with pypdfium2.PdfDocument(io.BytesIO(plain)) as before, pypdfium2.PdfDocument(io.BytesIO(marked)) as after:
        changed = [
            number
            for number in range(2, 8)
            if before[number].render(scale=1).to_pil().convert("L").tobytes()
            != after[number].render(scale=1).to_pil().convert("L").tobytes()
        ]
    assert changed == [2, 3]
    assert texts(marked)[2] == texts(plain)[2]
