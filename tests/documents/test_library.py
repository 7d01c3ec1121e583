"""The personal library: its owner's alone at every door, folders, trash, room, and what it costs."""

from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from documents.actions import access, grants, intake, library, trash
from documents.actions.preparation import mark_ready
from documents.blobs.store import blob_store
from documents.folders import Node, Tree, free_name
from documents.intake_gate import keep
from documents.library import folders_of, found_items, get_item, items_of, used_bytes
from documents.models import Blob, Document, DocumentAudience, Folder, LibraryItem
from documents.queries import visible_documents
from documents.sweep import empty_trash, forget_unused, sweep_orphans
from documents.typeset.typeset import render
from ledger.models import AuditEntry
from ledger.verdict import Refused, Unseen
from people.models import User
from people.queries import audiences_of
from search.fold import page_words
from search.queries import find
from tests.documents.factories import AT
from tests.documents.test_pages import browser
from tests.people.factories import AgencyFactory, fresh, person

pytestmark = pytest.mark.django_db


class Home:
    """One agency with everybody who might pry, and one person with a library."""

    def __init__(self) -> None:
        self.agency = AgencyFactory()
        self.owner = person(self.agency)
        self.pry = [person(self.agency, role) for role in ("admin", "clerk", "leader", "official")]


@pytest.fixture
def home() -> Home:
    return Home()


@pytest.fixture(scope="session")
def pdf() -> bytes:
    data = {"title": "x", "agency": "UBND", "subject": "x", "type_name": "Báo cáo", "body": ["Một đoạn."]}
    return render("outgoing", data, at=AT).pdf


def own(home: Home, pdf: bytes, title: str = "Sổ tay riêng", folder: Folder | None = None) -> LibraryItem:
    file = keep(pdf + f"\n%{title}".encode(), file_name="rieng.pdf")
    return library.keep_file(file, agency_id=home.agency.pk, title=title, folder=folder, by=home.owner, at=AT)


def agency_paper(home: Home, pdf: bytes, *keys: str) -> Document:
    file = keep(pdf, file_name="chung.pdf")
    return intake.take_in(
        file, agency_id=home.agency.pk, title="Tờ trình ngân sách", audiences=keys, by=home.pry[1], at=AT
    )


def address(name: str, *args) -> str:
    return reverse(f"documents:{name}", args=args)


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
    assert items_of(fresh(home.owner)).get().readable
    access.set_audiences(paper, [], by=home.pry[1], at=AT)
    row = items_of(fresh(home.owner)).get()
    assert not row.readable
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


# --- folders -------------------------------------------------------------------------------------


def test_folders_are_eight_deep_and_named_once(home):
    parent: Folder | None = None
    for number in range(8):
        parent = library.add_folder(f"Cấp {number}", parent=parent, by=home.owner, at=AT)
    for name, where, code in (
        ("Cấp 9", parent, "folder_too_deep"),
        ("Cấp 0", None, "folder_name_taken"),
        ("Cấp 1", folders_of(home.owner).get(name="Cấp 0"), "folder_name_taken"),
        (" \x00 ", None, "folder_name"),
        ("x" * 121, None, "folder_name"),
    ):
        with pytest.raises(Refused, match=code):
            library.add_folder(name, parent=where, by=home.owner, at=AT)
    library.add_folder("Cấp 0", by=home.pry[0], at=AT)


def test_a_folder_moves_with_what_is_in_it_and_never_into_itself(home, pdf):
    a = library.add_folder("A", by=home.owner, at=AT)
    b = library.add_folder("B", parent=a, by=home.owner, at=AT)
    c = library.add_folder("C", by=home.owner, at=AT)
    for into in (a, b):
        with pytest.raises(Refused, match="folder_in_itself"):
            library.move_folder(a, into=into, by=home.owner, at=AT)
    library.move_folder(a, into=c, by=home.owner, at=AT)
    assert dict(folders_of(home.owner).values_list("name", "depth")) == {"A": 2, "B": 3, "C": 1}
    item = own(home, pdf, folder=a)
    client = browser(home.owner)
    client.post(
        address("shelf_many"), {"item": str(item.public_id), "verb": "move", "folder": str(b.public_id), "here": ""}
    )
    assert get_item(fresh(home.owner), item.public_id).folder == b
    client.post(address("change_folder", b.public_id), {"name": "B mới", "folder": str(c.public_id)})
    assert folders_of(home.owner).get(name="B mới").parent == c


@given(st.lists(st.integers(0, 9), max_size=12), st.integers(0, 12), st.integers(0, 12))
def test_what_fits_leaves_a_tree_no_deeper_than_allowed(parents, moved, into):
    nodes = [Node(0, None, "0")]
    for key, parent in enumerate(parents, start=1):
        nodes.append(Node(key, min(parent, key - 1), str(key)))
    moved, into = min(moved, len(nodes) - 1), min(into, len(nodes) - 1)
    tree = Tree(nodes)
    if tree.fits(moved, into, 8) == "":
        after = Tree(Node(node.key, into if node.key == moved else node.parent, node.name) for node in nodes)
        assert all(after.depth(node.key) <= 8 for node in nodes)
    elif tree.fits(moved, into, 8) == "ring":
        assert moved in [node.key for node in tree.way(into)]
    assert next(node.key for _, node in tree.outline()) == 0
    assert len(tree.outline()) == len(nodes)


@given(st.text("ab()2 ", min_size=1, max_size=10), st.sets(st.text("ab()2 ", max_size=10), max_size=8))
def test_a_free_name_is_free_and_short(name, taken):
    found = free_name(name, taken, 10)
    assert found not in taken
    assert len(found) <= 10


# --- trash ---------------------------------------------------------------------------------------


def test_a_folder_goes_and_comes_back_with_everything_in_it(home, pdf):
    top = library.add_folder("Hồ sơ", by=home.owner, at=AT)
    below = library.add_folder("Năm 2026", parent=top, by=home.owner, at=AT)
    early, late = own(home, pdf, "Sớm", below), own(home, pdf, "Muộn", below)
    trash.trash_items([early], by=home.owner, at=AT)
    trash.trash_folder(top, by=home.owner, at=AT)
    assert (folders_of(home.owner).count(), items_of(fresh(home.owner)).count()) == (0, 0)
    library.add_folder("Hồ sơ", by=home.owner, at=AT)
    client = browser(home.owner)
    assert client.post(address("trash_step", "folders", top.public_id, "restore")).status_code == 302
    names = set(folders_of(home.owner).values_list("name", flat=True))
    assert names == {"Hồ sơ", "Hồ sơ (2)", "Năm 2026"}
    assert list(items_of(fresh(home.owner)).values_list("title", flat=True)) == ["Muộn"]
    client.post(address("trash_step", "items", early.public_id, "restore"))
    assert get_item(fresh(home.owner), early.public_id).folder == below
    assert late.folder == below


def test_after_thirty_days_rows_and_bytes_are_gone_unless_somebody_else_has_them(home, pdf):
    folder = library.add_folder("Cũ", by=home.owner, at=AT)
    item, shared = own(home, pdf, "Bỏ", folder), own(home, pdf, "Chung")
    hashes = [row.document.versions.get().original.sha256 for row in (item, shared)]
    intake.take_copy(shared.document.versions.get(), agency_id=home.agency.pk, title="Bản sao", by=home.owner, at=AT)
    now = timezone.now()
    trash.trash_items([shared], by=home.owner, at=now)
    trash.trash_folder(folder, by=home.owner, at=now)
    assert empty_trash(at=now + timedelta(days=29)) == 0
    assert empty_trash(at=now + timedelta(days=31)) == 2
    assert not LibraryItem.objects.exists()
    assert not Document.objects.filter(owner=home.owner).exists()
    assert not DocumentAudience.objects.filter(key=f"user:{home.owner.pk}").exists()
    later = now + timedelta(days=32)
    forget_unused(at=later)
    sweep_orphans(at=later)
    assert [Blob.objects.filter(sha256=sha256).exists() for sha256 in hashes] == [False, True]
    assert [blob_store().stored_at(sha256) is not None for sha256 in hashes] == [False, True]
    assert used_bytes(home.owner) == 0


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
            began = timezone.now()
            assert client.get(address("shelf"), query).status_code == 200
            took = timezone.now() - began
        spent.append(len(queries))
    assert spent[0] == spent[1] == spent[2], spent
    assert took < timedelta(seconds=2), took


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
