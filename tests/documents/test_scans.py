"""Scans are read by a machine for the search alone: page by page, once, and never into the file."""

import io
from difflib import SequenceMatcher
from pathlib import Path

import pytest
from django_tasks_db.models import DBTaskResult
from PIL import Image, ImageDraw, ImageFont

from documents.actions import intake, purge
from documents.actions.scans import keep_read
from documents.ingest.ocr import read_page, reader
from documents.intake_gate import keep
from documents.jobs import prepare_version, read_again
from documents.models import ReadPage, Version
from documents.reading_scans import look_for_scans, read_scans
from documents.scans import unread
from people.queries import audiences_of, system_user
from search.queries import find
from tests.documents.factories import AT, Office, paper
from tests.documents.test_pages import browser
from tests.people.factories import fresh

FONT = Path("/usr/share/fonts/truetype/liberation2/LiberationSerif-Regular.ttf")
needs_reader = pytest.mark.skipif(reader() is None or not FONT.exists(), reason="tesseract-ocr-vie is not installed")
TEXT = """ỦY BAN NHÂN DÂN TỈNH
Quyết định phê duyệt kế hoạch đầu tư công trung hạn
giai đoạn 2026 - 2030 và phương án phân bổ ngân sách
Căn cứ Luật Tổ chức chính quyền địa phương;
Căn cứ Nghị quyết của Hội đồng nhân dân tỉnh;
Theo đề nghị của Giám đốc Sở Tài chính, đề xuất của
các đơn vị về việc bổ sung vốn cho những dự án trọng
điểm, đường giao thông nông thôn, trường học, trạm y tế."""


def scanned(*pages: str) -> bytes:
    """Return a PDF whose pages are pictures of text at 150 dpi, a little grey."""
    font = ImageFont.truetype(str(FONT), 34)
    made = []
    for text in pages:
        picture = Image.new("L", (1240, 1754), 244)
        ImageDraw.Draw(picture).multiline_text((120, 140), text, fill=40, font=font, spacing=22)
        made.append(picture)
    target = io.BytesIO()
    made[0].save(target, "PDF", save_all=True, append_images=made[1:], resolution=150)
    return target.getvalue()


@pytest.fixture
def office() -> Office:
    return Office()


def taken_in(office: Office, pdf: bytes) -> Version:
    file = keep(pdf, file_name="quet.pdf")
    document = intake.take_in(file, agency_id=office.agency.pk, title="Bản quét", by=office.clerk, at=AT)
    return document.versions.get()


def pages_found(office: Office, text: str) -> list[int]:
    return [hit.page for hit in find(audiences_of(fresh(office.clerk)), text)]


@needs_reader
def test_a_vietnamese_page_is_read(tmp_path):
    pdf = tmp_path / "scan.pdf"
    pdf.write_bytes(scanned(TEXT))
    folder = tmp_path / "own"
    folder.mkdir()
    said, meant = (" ".join(text.split()) for text in (read_page(pdf, 1, folder), TEXT))
    assert SequenceMatcher(None, said, meant, autojunk=False).ratio() >= 0.95, said


@needs_reader
@pytest.mark.django_db
def test_a_scan_is_found_by_its_page_and_its_file_stays(office):
    version = taken_in(office, scanned("Trang thứ nhất", TEXT))
    before = (version.original.sha256, version.rendition.sha256)
    prepare_version.func(version.pk)
    assert pages_found(office, "đầu tư công trung hạn") == []
    DBTaskResult.objects.all().delete()
    read_scans.func(version.pk)
    read_again.func(version.document_id)
    assert pages_found(office, "đầu tư công trung hạn") == [2]
    version = Version.objects.select_related("original", "rendition").get(pk=version.pk)
    assert (version.original.sha256, version.rendition.sha256) == before
    assert version.document.versions.count() == 1
    assert not look_for_scans(at=AT.replace(year=AT.year + 1))


@needs_reader
@pytest.mark.django_db
def test_what_was_read_before_a_stop_is_not_read_again(office, monkeypatch):
    version = taken_in(office, scanned("Một", "Hai"))
    Version.objects.filter(pk=version.pk).update(notes=[["note_no_text", "2"]])
    keep_read(version, texts={1: "đã đọc trước"}, by=system_user(), at=AT)
    assert unread(version, ["", ""]) == [2]
    assert unread(version, ["", "chữ"]) == []
    assert look_for_scans(at=AT.replace(year=AT.year + 1)) == 1
    asked: list[int] = []

    def read(pdf, page, folder):
        asked.append(page)
        return "trang hai"

    monkeypatch.setattr("documents.reading_scans.read_page", read)
    read_scans.func(version.pk)
    read_scans.func(version.pk)
    assert asked == [2]
    read_again.func(version.document_id)
    assert (pages_found(office, "da doc truoc"), pages_found(office, "trang hai")) == ([1], [2])


@pytest.mark.django_db
def test_reading_scans_lets_what_somebody_waits_for_pass(office, monkeypatch):
    version = taken_in(office, scanned("Một", "Hai", "Ba"))
    asked: list[int] = []

    def read(_pdf: Path, page: int, _folder: Path) -> str:
        asked.append(page)
        return "chữ"

    monkeypatch.setattr("documents.reading_scans.reader", lambda: "tesseract")
    monkeypatch.setattr("documents.reading_scans.read_page", read)
    assert DBTaskResult.objects.ready().count() == 1  # the pictures of the paper just uploaded
    read_scans.func(version.pk)
    assert asked == [1]
    DBTaskResult.objects.all().delete()
    read_scans.func(version.pk)
    assert asked == [1, 2, 3]


@pytest.mark.django_db
def test_giving_way_neither_looks_through_the_file_nor_the_index_again(office, monkeypatch):
    version = taken_in(office, scanned("Một", "Hai", "Ba", "Bốn", "Năm"))
    looked: list[str] = []

    def look(*_: object) -> list[str]:
        looked.append("text")
        return [""] * 5

    monkeypatch.setattr("documents.reading_scans.reader", lambda: "tesseract")
    monkeypatch.setattr("documents.reading_scans.read_page", lambda *_: "chữ")
    monkeypatch.setattr("documents.reading_scans.text_of", look)
    monkeypatch.setattr("documents.reading_scans.FOUND_EVERY", 3)
    monkeypatch.setattr("documents.reading_scans._others_wait", lambda: True)
    DBTaskResult.objects.all().delete()
    read_scans.func(version.pk)
    names, found = [], 0
    while job := DBTaskResult.objects.order_by("enqueued_at", "pk").first():
        names.append(job.task_path.rpartition(".")[2])
        arguments = job.args_kwargs["args"]
        job.delete()
        if names[-1] == "read_scans":
            read_scans.func(*arguments)
        found += names[-1] == "read_again"
    assert (looked, found) == (["text"], 2)  # after three pages, and after all
    assert ReadPage.objects.count() == 5


@pytest.mark.django_db
def test_pages_with_letters_are_not_read(office):
    version = taken_in(office, paper("Có chữ"))
    prepare_version.func(version.pk)
    read_scans.func(version.pk)
    assert not ReadPage.objects.exists()


@pytest.mark.django_db
def test_what_is_destroyed_takes_its_reading_along(office):
    version = taken_in(office, scanned("Một"))
    prepare_version.func(version.pk)
    keep_read(version, texts={1: "điều phải xóa"}, by=system_user(), at=AT)
    read_again.func(version.document_id)
    assert pages_found(office, "dieu phai xoa") == [1]
    purge.purge(version.original, reason="Tải nhầm tài liệu", by=office.admin, at=AT)
    assert pages_found(office, "dieu phai xoa") == []
    assert not ReadPage.objects.exists()
    keep_read(version, texts={1: "đến muộn"}, by=system_user(), at=AT)
    assert not ReadPage.objects.exists()


@needs_reader
def test_a_page_that_cannot_be_drawn_is_empty(tmp_path):
    pdf = tmp_path / "broken.pdf"
    pdf.write_bytes(b"%PDF-1.4 nothing")
    folder = tmp_path / "own"
    folder.mkdir()
    assert read_page(pdf, 1, folder) == ""


@pytest.mark.django_db
def test_what_a_machine_has_read_is_marked_in_the_results(office):
    version = taken_in(office, scanned("Một", "Hai"))
    Version.objects.filter(pk=version.pk).update(notes=[["note_no_text", "2"]])
    prepare_version.func(version.pk)
    keep_read(version, texts={2: "ngân sách đọc từ ảnh"}, by=system_user(), at=AT)
    read_again.func(version.document_id)
    [hit] = find(audiences_of(fresh(office.clerk)), "ngân sách")
    assert (hit.page, hit.by_machine) == (2, True)
    [hit] = find(audiences_of(fresh(office.clerk)), "bản quét")
    assert (hit.page, hit.by_machine) == (0, False)
    with_letters = taken_in(office, paper("Tờ trình"))
    prepare_version.func(with_letters.pk)
    client = browser(office.clerk)
    assert "chữ do máy nhận dạng" in client.get("/search/", {"q": "ngan sach doc tu anh"}).content.decode()
    assert "chữ do máy nhận dạng" not in client.get("/search/", {"q": "doan 1 cua to trinh"}).content.decode()


@pytest.mark.django_db
@pytest.mark.parametrize("installed", [True, False])
def test_the_administration_says_how_the_reading_stands(office, monkeypatch, installed):
    monkeypatch.setattr("documents.reading_scans.reader", lambda: "/usr/bin/tesseract" if installed else None)
    version = taken_in(office, scanned("Một", "Hai", "Ba", "Bốn"))
    Version.objects.filter(pk=version.pk).update(notes=[["note_no_text", "4"]])
    keep_read(version, texts={1: "đã đọc", 2: ""}, by=system_user(), at=AT)
    page = browser(office.admin).get("/administration/").content.decode()
    assert ("Đã cài" if installed else "Chưa cài") in page
    assert "1 trang đã nhận dạng · 2 trang chờ · 1 trang không nhận dạng được" in page
    assert ("tesseract-ocr-vie" in page) is not installed
    assert ("bản quét rõ hơn" in page) is installed
    assert browser(office.official).get("/administration/").status_code == 404


@pytest.mark.django_db
def test_of_very_many_pages_the_newest_are_counted(office, monkeypatch):
    monkeypatch.setattr("documents.reading_scans.reader", lambda: "tesseract")
    monkeypatch.setattr("documents.reading_scans.MOST_COUNTED", 2)
    version = taken_in(office, scanned("Một"))
    for number in (1, 2, 3, 4):
        keep_read(version, texts={number: "chữ"}, by=system_user(), at=AT)
    page = browser(office.admin).get("/administration/").content.decode()
    assert "2 trang đã " in page
    assert "Chỉ tính 2 trang được nhận dạng gần đây nhất" in page
