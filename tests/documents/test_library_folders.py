"""The folders of a personal library and its trash."""

from datetime import timedelta

import pytest
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from documents.actions import intake, library, trash
from documents.blobs.store import blob_store
from documents.folders import Node, Tree, free_name
from documents.library import folders_of, get_item, items_of, used_bytes
from documents.models import Blob, Document, DocumentAudience, Folder, LibraryItem
from documents.sweep import empty_trash, forget_unused, sweep_orphans
from ledger.verdict import Refused
from tests.documents.factories import AT
from tests.documents.homes import address, own
from tests.documents.test_pages import browser
from tests.people.factories import fresh

pytestmark = pytest.mark.django_db


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
    assert 'maxlength="120"' in client.get(address("change_folder", b.public_id)).content.decode()
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
        assert all(after.depth(key) <= 8 for key in (moved, *after.under(moved)))  # others may lie as deep as before
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
