"""The personal library: its owner's alone at every door, room, and what it costs."""

import time

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from PIL import Image

from documents.actions import access, grants, intake, library, trash
from documents.actions.preparation import mark_ready
from documents.library import found_items, items_of, used_bytes
from documents.models import Document, DocumentAudience, LibraryItem
from documents.queries import visible_documents
from ledger.models import AuditEntry
from ledger.verdict import Refused, Unseen
from people.models import User
from people.queries import audiences_of
from search.fold import page_words
from search.queries import find
from tests.documents.factories import AT
from tests.documents.homes import Home, address, agency_paper, own
from tests.documents.test_pages import browser
from tests.meetings.factories import world
from tests.people.factories import fresh

pytestmark = pytest.mark.django_db


# --- nobody else ---------------------------------------------------------------------------------


def test_a_personal_file_exists_for_nobody_else_at_any_door(home, pdf):
    item = own(home, pdf)
    document = item.document
    doors = [
        address("document", document.public_id),
        address("version", document.public_id, 1),
        address("description", document.public_id, 1),
        address("file", document.public_id, 1),
        address("original", document.public_id, 1),
        address("preview", document.public_id, 1, 1, 200),
        address("find_reader", document.public_id),
        address("shelf_item", item.public_id),
        f"/api/v1/documents/{document.public_id}",
        f"/api/v1/documents/{document.public_id}/versions/1/file",
    ]
    for user in home.pry:
        client = browser(user)
        assert [client.get(door).status_code for door in doors] == [404] * len(doors), user.posts_today
        for name in ("keep", "share", "unshare"):
            assert client.post(address(name, document.public_id), {"user": str(user.public_id)}).status_code == 404
        assert item.title not in client.get(address("library")).content.decode()
        assert item.title not in client.get("/api/v1/documents").content.decode()
        assert item.title not in client.get("/search/", {"q": "so tay rieng"}).content.decode()
        assert find(audiences_of(fresh(user)), "so tay rieng") == []
        assert not found_items(fresh(user), "so tay").exists()
    mine = browser(home.owner)
    assert mine.get(doors[0]).status_code == mine.get(doors[3]).status_code == 200
    assert [hit.title for hit in find(audiences_of(fresh(home.owner)), "so tay rieng")] == [item.title]


def test_no_role_changes_shares_or_opens_a_personal_file(home, pdf):
    document = own(home, pdf).document
    for user in home.pry:
        with pytest.raises(Refused, match="not_owner"):
            grants.share(document, user=home.pry[0], by=user, at=AT)
        with pytest.raises(Refused, match="not_yours"):
            intake.rename(document, title="Khác", by=user, at=AT)
        with pytest.raises(Refused, match="not_yours"):
            access.set_audiences(document, [f"user:{user.pk}"], by=user, at=AT)
    with pytest.raises(Refused, match="personal_file"):
        access.set_audiences(document, ["meeting:1"], by=home.owner, at=AT)
    assert list(document.audiences.values_list("key", flat=True)) == [f"user:{home.owner.pk}"]


def test_nothing_of_a_library_stands_in_the_ledger(home, pdf):
    before = AuditEntry.objects.count()
    folder = library.add_folder("Bí mật của tôi", by=home.owner, at=AT)
    item = own(home, pdf, "Đơn thư của tôi", folder)
    library.rename_item(item, title="Đơn thư khác", by=home.owner, at=AT)
    trash.trash_items([item], by=home.owner, at=AT)
    assert AuditEntry.objects.count() == before


def test_the_owner_shares_with_one_colleague_until_it_is_taken_back_or_thrown_away(home, pdf):
    item, reader = own(home, pdf), home.pry[3]
    grants.share(item.document, user=reader, by=home.owner, at=AT)
    assert list(visible_documents(fresh(reader))) == [item.document]
    assert [len(visible_documents(fresh(user))) for user in home.pry] == [0, 0, 0, 1]
    trash.trash_items([item], by=home.owner, at=AT)
    assert not visible_documents(fresh(reader)).exists()
    assert find(audiences_of(fresh(reader)), "so tay rieng") == []
    assert browser(home.owner).get(address("document", item.document.public_id)).status_code == 404
    trash.restore_item(item, by=home.owner, at=AT)
    assert [hit.title for hit in find(audiences_of(fresh(reader)), "so tay rieng")] == [item.title]
    grants.unshare(item.document, user=reader, by=home.owner, at=AT)
    assert not visible_documents(fresh(reader)).exists()


def test_other_peoples_folders_and_things_do_not_exist(home, pdf):
    folder, other = library.add_folder("Của tôi", by=home.owner, at=AT), home.pry[1]
    item = own(home, pdf, folder=folder)
    client = browser(other)
    for method, door, data in (
        ("get", address("shelf_folder", folder.public_id), {}),
        ("post", address("folder_upload", folder.public_id), {}),
        ("post", address("change_folder", folder.public_id), {"name": "Khác"}),
        ("post", address("shelf_item", item.public_id), {"name": "Khác"}),
        ("post", address("add_folder"), {"name": "Trong", "parent": str(folder.public_id)}),
        ("post", address("trash_step", "items", item.public_id, "remove"), {}),
        ("post", address("trash_step", "folders", folder.public_id, "remove"), {}),
        ("post", address("trash_step", "other", folder.public_id, "remove"), {}),
    ):
        assert getattr(client, method)(door, data).status_code == 404, door
    with pytest.raises(Unseen):
        trash.trash_items([item], by=other, at=AT)
    with pytest.raises(Unseen):
        library.add_folder("Trong", parent=folder, by=other, at=AT)
    assert library.move_items([item], into=None, by=other, at=AT) == 0
    client.post(address("shelf_many"), {"item": str(item.public_id), "verb": "trash"})
    assert items_of(fresh(home.owner)).get().folder == folder


# --- what is kept --------------------------------------------------------------------------------


def test_a_kept_paper_opens_by_its_own_rights_and_says_when_it_no_longer_does(home, pdf):
    paper = agency_paper(home, pdf, f"user:{home.owner.pk}")
    client = browser(home.owner)
    assert "Lưu vào thư viện" in client.get(address("document", paper.public_id)).content.decode()
    for _ in range(2):
        assert client.post(address("keep", paper.public_id)).status_code == 302
    assert items_of(fresh(home.owner)).get().readable  # type: ignore[attr-defined]
    access.set_audiences(paper, [], by=home.pry[1], at=AT)
    row = items_of(fresh(home.owner)).get()
    assert not row.readable  # type: ignore[attr-defined]
    shown = client.get(address("shelf")).content.decode()
    assert "Không còn mở được" in shown
    assert address("document", paper.public_id) not in shown
    assert client.get(address("document", paper.public_id)).status_code == 404


def test_text_is_searched_only_while_it_may_be_read(home, pdf):

    paper, item = agency_paper(home, pdf, f"user:{home.owner.pk}"), own(home, pdf)
    library.keep_document(paper, by=home.owner, at=AT)
    for document in (paper, item.document):
        mark_ready(document.versions.get(), text=[page_words("Chữ ký số công vụ")], by=home.pry[1], at=AT)
    both = lambda: {row.title for row in found_items(fresh(home.owner), "chu ky so")}  # noqa: E731
    assert both() == {paper.title, item.title}
    access.set_audiences(paper, [], by=home.pry[1], at=AT)
    assert both() == {item.title}
    assert {row.title for row in found_items(fresh(home.owner), "TO trinh")} == {paper.title}
    assert not found_items(fresh(home.owner), '""').exists()


# --- room ----------------------------------------------------------------------------------------


def test_a_full_library_says_so_and_keeps_nothing(home, pdf, settings, tmp_path):
    picture = tmp_path / "anh.png"
    Image.effect_noise((700, 700), 80).save(picture)
    client = browser(home.owner)

    def send():
        return client.post(address("shelf_upload"), {"file": SimpleUploadedFile("anh.png", picture.read_bytes())})

    assert send().status_code == 201
    assert used_bytes(home.owner) == picture.stat().st_size
    settings.LIBRARY_QUOTA_MB = 0
    answer = send()
    assert answer.status_code == 403
    assert "đã đầy" in answer.content.decode()
    assert LibraryItem.objects.count() == 1
    assert "đã đầy" in client.get(address("shelf")).content.decode()
    with pytest.raises(Refused, match="library_full"):
        own(home, pdf)
    trash.trash_items(items_of(fresh(home.owner)), by=home.owner, at=AT)
    assert used_bytes(home.owner) > 0


def test_a_secret_or_empty_file_never_reaches_the_library(home):
    client = browser(home.owner)
    for name, data in (("MẬT.pdf", b"%PDF-1.4"), ("a.pdf", b""), ("a.exe", b"MZ\x00")):
        answer = client.post(address("shelf_upload"), {"file": SimpleUploadedFile(name, data)})
        assert answer.status_code == 403, name
    assert client.post(address("shelf_upload")).status_code == 403
    assert not Document.objects.exists()


def test_without_a_post_nothing_is_added(home, pdf):
    nobody = User.objects.create(username="khong.chuc.vu", full_name="Nguyễn Văn Không")
    assert browser(nobody).get(address("shelf")).status_code == 200
    answer = browser(nobody).post(address("shelf_upload"), {"file": SimpleUploadedFile("a.pdf", pdf)})
    assert answer.status_code == 403


# --- cost and bad input --------------------------------------------------------------------------


def fill(home: Home, template: LibraryItem, count: int) -> None:
    """Rows as the actions leave them, without their bytes."""
    documents = Document.objects.bulk_create(
        Document(agency=home.agency, title=f"Tệp {n}", created_by=home.owner, created_at=AT, owner=home.owner)
        for n in range(count)
    )
    DocumentAudience.objects.bulk_create(
        DocumentAudience(document=document, key=f"user:{home.owner.pk}") for document in documents
    )
    LibraryItem.objects.bulk_create(
        LibraryItem(
            library=template.library, document=document, own=True, title=document.title, key=document.title.lower(),
            size=1, added_at=AT,
        )
        for document in documents
    )  # fmt: skip


@pytest.mark.parametrize("query", [{}, {"sort": "name"}, {"q": "tep"}, {"page": "2"}])
def test_a_library_costs_the_same_at_one_three_and_ten_thousand(home, pdf, query):
    client, spent = browser(home.owner), []
    item = own(home, pdf, "Tệp đầu")
    client.get(address("shelf"), query)  # the first request of a process looks more up
    for more in (0, 2, 9_997):
        fill(home, item, more)
        library.add_folder(f"Thư mục {more}", by=home.owner, at=AT)
        with CaptureQueriesContext(connection) as queries:
            began = time.process_time()
            assert client.get(address("shelf"), query).status_code == 200
            took = time.process_time() - began
        spent.append(len(queries))
    assert spent[0] == spent[1] == spent[2], spent
    assert took < 2, took


@pytest.mark.parametrize("query", ["q=%00", "q=" + "x" * 5000, "sort=drop", "page=-1", "page=x", "q=%22%22", "q=%25_"])
def test_bad_questions_get_a_page(home, query):
    assert browser(home.owner).get(f"{address('shelf')}?{query}").status_code < 500


def test_bad_answers_get_a_sentence(home, pdf):
    item, client = own(home, pdf), browser(home.owner)
    for data in ({"name": ""}, {"name": "x" * 600}, {"name": "a\x00b"}):
        assert client.post(address("shelf_item", item.public_id), data).status_code == 302
    assert client.post(address("shelf_many"), {"item": "not-one"}).status_code == 404
    assert client.post(address("shelf_many"), {"verb": "move"}).status_code == 302
    assert client.post(address("add_folder"), {"name": "x" * 500}, follow=True).status_code == 200


def test_an_upload_lands_in_the_folder(home, pdf):
    folder = library.add_folder("Hồ sơ", by=home.owner, at=AT)
    answer = browser(home.owner).post(
        address("folder_upload", folder.public_id), {"file": SimpleUploadedFile("Kế hoạch.pdf", pdf)}
    )
    assert answer.status_code == 201
    item = items_of(fresh(home.owner)).get()
    assert (item.title, item.folder, item.own) == ("Kế hoạch", folder, True)


def test_a_paper_is_kept_from_the_meeting_in_one_tap():
    made = world("published")
    member, document = browser(made.members[0]), made.papers[0].document
    address = reverse("documents:keep", args=[document.public_id])
    assert address in member.get(f"/meetings/{made.meeting.public_id}/").content.decode()
    for _again in range(2):
        answer = member.post(address, headers={"HX-Request": "true"})
        assert answer.status_code == 200
        assert reverse("documents:shelf") in answer.content.decode()
    assert LibraryItem.objects.filter(library__owner=made.members[0], document=document).count() == 1
    assert browser(made.stranger).post(address, headers={"HX-Request": "true"}).status_code == 404
