"""Every door of a protected document: readers get pictures with their name, and no byte of the file or its text."""

from datetime import timedelta
from io import BytesIO

import pikepdf
import pypdfium2
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from PIL import Image, ImageChops

from documents import copies
from documents.actions import intake
from documents.actions.protection import protect
from documents.intake_gate import receive
from documents.jobs import prepare_version, read_again
from documents.manifest import viewer_document
from documents.models import Access, Document
from documents.openings import note_opening
from documents.queries import preview_of, read_version
from ledger.verdict import Refused
from people.models import User
from search.queries import holding
from tests.documents.factories import AT, Office, paper
from tests.documents.test_pages import body, browser, get

pytestmark = pytest.mark.django_db
DOORS = ["file", "original"]
TEXT = "đoạn"  # in the text of the paper, not in its title


@pytest.fixture
def office() -> Office:
    return Office()


def taken(office: Office, level: str = "none", *, title: str = "Phương án nhân sự") -> Document:
    received = receive(SimpleUploadedFile(f"{title}.pdf", paper(title)))
    document = intake.take_in(received, agency_id=office.agency.pk, title=title, by=office.official, at=AT)
    prepare_version.call(document.versions.get().pk)
    return protect(document, protection=level, by=office.official, at=AT)


def door(office: Office, document: Document, name: str, user: User | None = None, **headers):
    address = reverse(f"documents:{name}", args=[document.public_id, 1])
    return browser(user or office.clerk).get(address, headers=headers)


def api(office: Office, document: Document, **query):
    address = f"/api/v1/documents/{document.public_id}/versions/1/file"
    return browser(office.clerk).get(address, query)


@pytest.mark.parametrize("name", DOORS)
@pytest.mark.parametrize("headers", [{}, {"range": "bytes=0-99"}, {"if-none-match": "*"}])
def test_neither_file_nor_original_leave_for_anybody(office, name, headers):
    document = taken(office, "pictures")
    for user in (office.clerk, office.official, office.leader):
        answer = door(office, document, name, user, **headers)
        assert answer.status_code == 403
        assert "%PDF" not in answer.content.decode("utf-8", "replace")
    assert door(office, taken(office, "watermark", title="Tờ trình"), name, **headers).status_code in (200, 206, 304)


@pytest.mark.parametrize("query", [{}, {"original": "true"}])
def test_the_api_refuses_with_a_code_and_a_sentence(office, query):
    document = taken(office, "pictures")
    answer = api(office, document, **query)
    assert (answer.status_code, answer.json()["code"]) == (403, "pictures_only")


def test_pictures_carry_the_reader_and_are_kept_nowhere(office):
    document = taken(office, "pictures")
    plain = preview_of(document.versions.get(), 1, 1400)
    addresses = [reverse("documents:preview", args=[document.public_id, 1, 1, width]) for width in (320, 1400)]
    seen = {}
    for user in (office.clerk, office.leader):
        for address in addresses:
            answer = browser(user).get(address)
            assert answer["Cache-Control"] == "private, no-store"
            assert "ETag" not in answer
            seen[user.pk, address] = answer.content
    mine, other = seen[office.clerk.pk, addresses[1]], seen[office.leader.pk, addresses[1]]
    assert mine != other
    unmarked = protect(document, protection="none", by=office.official, at=AT)
    clean = body(door_picture(office, unmarked))
    assert plain.blob.size == len(clean)
    assert differs(mine, clean) > 0.02


def door_picture(office: Office, document: Document):
    return browser(office.clerk).get(reverse("documents:preview", args=[document.public_id, 1, 1, 1400]))


def differs(one: bytes, other: bytes) -> float:
    """How much of the picture is another: share of its points."""
    pictures = [Image.open(BytesIO(data)).convert("L") for data in (one, other)]
    changed = ImageChops.difference(*pictures).point(lambda level: 255 if level > 12 else 0)
    return changed.histogram()[255] / (changed.width * changed.height)


def test_the_viewer_is_told_of_no_file(office):
    version = taken(office, "pictures").versions.get()
    told = viewer_document(version, office.clerk, at=AT)
    assert (told["file"], told["download"], told["protection"]) == ("", "", "pictures")
    assert told["watermark"].startswith(office.clerk.full_name)
    assert told["widths"] == [320, 1400]
    marked = taken(office, "watermark", title="Tờ trình").versions.get()
    assert viewer_document(marked)["file"] == ""  # nobody to name: nothing for an offline copy either
    assert viewer_document(marked, office.clerk, at=AT)["file"]


def test_the_text_leaves_the_search_and_comes_back(office):
    document = taken(office)
    assert (holds(document, "nhân sự"), holds(document, TEXT)) == (True, True)
    protect(document, protection="pictures", by=office.official, at=AT)
    assert (holds(document, "nhân sự"), holds(document, TEXT)) == (True, False)
    protect(document, protection="watermark", by=office.official, at=AT)
    read_again.call(document.pk)
    assert holds(document, TEXT)


def holds(document: Document, words: str) -> bool:
    """Does the search find the document by these words?"""
    return Document.objects.filter(pk=document.pk, public_id__in=holding(words, ("document",))).exists()


def test_a_version_brought_later_is_not_read_into_the_search_either(office):
    document = taken(office, "pictures")
    received = receive(SimpleUploadedFile("mới.pdf", paper("Phương án mới")))
    version = intake.add_version(document, received, by=office.official, at=AT)
    prepare_version.call(version.pk)
    assert not holds(document, TEXT)


def test_copies_show_no_more_than_what_they_were_taken_from(office):
    source = taken(office, "pictures").versions.get()
    copy = intake.take_copy(source, agency_id=office.agency.pk, title="Bản sao", by=office.official, at=AT)
    assert copy.protection == "pictures"
    open_one = taken(office, title="Đang mở")
    intake.add_copy(open_one, source, by=office.official, at=AT)
    open_one.refresh_from_db()
    assert open_one.protection == "pictures"


def test_who_keeps_it_chooses_and_nobody_else(office):
    document = taken(office)
    for user in (office.receiving_clerk, office.admin):
        with pytest.raises(Refused):
            protect(document, protection="pictures", by=user, at=AT)
    with pytest.raises(Refused, match="protection_unknown"):
        protect(document, protection="tất cả", by=office.clerk, at=AT)
    address = reverse("documents:protect", args=[document.public_id])
    assert browser(office.clerk).post(address, {"protection": "pictures"}).status_code == 302
    document.refresh_from_db()
    assert document.protection == "pictures"
    assert browser(office.receiving_clerk).post(address, {"protection": "none"}).status_code == 404


def test_every_opening_of_a_protected_paper_stands_in_the_log(office):
    version = taken(office, "pictures").versions.get()
    for minutes in (0, 1, 2):
        note_opening(version, office.leader, AT + timedelta(minutes=minutes))
    assert Access.objects.filter(version=version, user=office.leader).count() == 3
    other = taken(office, title="Tờ trình").versions.get()
    for minutes in (0, 1, 9, 11):
        note_opening(other, office.leader, AT + timedelta(minutes=minutes))
    assert Access.objects.filter(version=other, user=office.leader).count() == 2


def test_pictures_asked_for_without_the_page_are_logged_too(office):
    document = taken(office, "pictures")
    door_picture(office, document)
    door_picture(office, document)
    assert list(Access.objects.values_list("user", flat=True)) == [office.clerk.pk]


def test_the_log_is_seen_by_who_keeps_the_document(office):
    document = taken(office)
    get(office.leader, "document", document.public_id)
    shown = get(office.clerk, "openings", document.public_id)
    assert str(office.leader) in shown.content.decode()
    assert get(office.receiving_clerk, "openings", document.public_id).status_code == 404


def test_what_is_saved_of_a_watermarked_document_carries_its_reader(office):
    document = taken(office, "watermark")
    answer = door(office, document, "original")
    assert (answer.status_code, answer["Cache-Control"]) == (200, "private, no-store")
    with (
        pypdfium2.PdfDocument(answer.content) as saved,
        pypdfium2.PdfDocument(read_version(document.versions.get())) as kept,
    ):
        pictures = [one[0].render(scale=1).to_pil().convert("L").tobytes() for one in (saved, kept)]
    assert sum(one != other for one, other in zip(*pictures, strict=True)) > 5_000
    assert Access.objects.filter(version__document=document, user=office.clerk).exists()


@pytest.mark.parametrize("query", [{}, {"original": "true"}])
def test_the_api_hands_out_the_marked_copy_and_notes_it(office, query):
    document = taken(office, "watermark")
    answer = api(office, document, **query)
    assert (answer.status_code, answer["Cache-Control"]) == (200, "private, no-store")
    kept = read_version(document.versions.get())
    assert answer.content.startswith(b"%PDF-")
    with pypdfium2.PdfDocument(answer.content) as copy, pypdfium2.PdfDocument(kept) as file:
        drawn = [one[0].render(scale=1).to_pil().convert("L").tobytes() for one in (copy, file)]
    assert sum(one != other for one, other in zip(*drawn, strict=True)) > 5_000
    assert Access.objects.filter(version__document=document, user=office.clerk).exists()


def test_what_cannot_be_marked_is_refused_with_a_sentence(office, monkeypatch):
    document = taken(office, "watermark")
    flat = BytesIO()
    with pikepdf.new() as made:
        made.add_blank_page().obj.MediaBox = pikepdf.Array([0, 0, 0, 0])
        made.save(flat)
    monkeypatch.setattr("documents.copies.read_version", lambda _version: flat.getvalue())
    assert door(office, document, "original").status_code == 403
    assert api(office, document).json()["code"] == "not_marked"


def test_copies_wait_for_a_place_and_at_last_are_refused(office, monkeypatch):
    monkeypatch.setattr(copies, "PATIENCE", 0.01)
    document = taken(office, "watermark")
    with copies.in_turn(), copies.in_turn():
        assert api(office, document).json()["code"] == "copies_busy"
    assert api(office, document).status_code == 200
