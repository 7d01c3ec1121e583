"""Uploads end to end: gate, store, rows, the background job, search; and what never gets in."""

import os
from datetime import timedelta
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from documents.actions import access, intake, purge
from documents.blobs.local import LocalBlobStore
from documents.blobs.store import blob_store
from documents.intake_gate import keep_bytes, receive
from documents.jobs import prepare_version
from documents.models import Document, Version
from documents.queries import read_version, visible_documents
from documents.renditions import WIDTHS
from documents.sweep import prepare_lost, sweep_orphans
from documents.typeset.typeset import render
from ledger.models import AuditEntry
from ledger.verdict import Refused
from people.queries import audiences_of
from search.queries import find
from tests.documents.factories import AT, Office, paper
from tests.people.factories import fresh, person

pytestmark = pytest.mark.django_db


@pytest.fixture
def office() -> Office:
    return Office()


def upload(data: bytes, name: str = "Báo cáo.pdf") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, data)


def taken(office: Office, data: bytes | None = None, **fields) -> Document:
    received = receive(upload(data or paper()))
    values = {"agency_id": office.agency.pk, "title": "Báo cáo", "by": office.official, "at": AT}
    return intake.take_in(received, **(values | fields))


def stored() -> set[str]:
    return {entry.sha256 for entry in blob_store().entries()}


def test_from_upload_to_search(office):
    document = taken(office, paper("Báo cáo chuyển đổi số", pages=3), audiences=["meeting:7"])
    version = document.versions.get()
    assert version.preparation == "waiting"
    assert version.pages == len(version.page_sizes) > 1
    assert DBTaskResult.objects.filter(task_path="documents.jobs.prepare_version").count() == 1
    prepare_version.call(version.pk)
    version.refresh_from_db()
    assert version.preparation == "ready"
    assert version.previews.count() == version.pages * len(WIDTHS)
    assert {preview.blob.media_type for preview in version.previews.all()} == {"image/webp"}
    found = find(audiences_of(fresh(office.clerk)), "chuyển đổi số")
    assert [hit.object_id for hit in found] == [document.public_id]
    assert not find(audiences_of(person(office.recipient, "clerk")), "chuyển đổi số")
    before = AuditEntry.objects.count()
    prepare_version.call(version.pk)
    assert AuditEntry.objects.count() == before


def test_home_audiences_are_always_there(office):
    document = taken(office, audiences=["meeting:7"])
    agency = office.agency.pk
    home = {f"agency:{agency}:clerk", f"agency:{agency}:leader", f"agency:{agency}:user:{office.official.pk}"}
    assert set(document.audiences.values_list("key", flat=True)) == {*home, "meeting:7"}
    access.set_audiences(document, ["meeting:8"], by=office.clerk, at=AT)
    assert set(document.audiences.values_list("key", flat=True)) == {*home, "meeting:8"}
    entries = AuditEntry.objects.count()
    access.set_audiences(document, ["meeting:8"], by=office.clerk, at=AT)
    assert AuditEntry.objects.count() == entries


def test_a_stranger_neither_sees_nor_changes(office):
    document = taken(office)
    stranger = person(office.recipient, "clerk")
    assert not visible_documents(stranger).exists()
    received = receive(upload(paper("khác")))
    for work in (
        lambda: access.set_audiences(document, [], by=stranger, at=AT),
        lambda: intake.add_version(document, received, by=stranger, at=AT),
        lambda: intake.take_in(received, agency_id=office.agency.pk, title="x", by=stranger, at=AT),
    ):
        with pytest.raises(Refused, match="not_yours"):
            work()


def test_versions_count_up_and_old_ones_stay(office):
    document = taken(office)
    second = intake.add_version(document, receive(upload(paper("mới"))), by=office.official, at=AT)
    assert [version.number for version in document.versions.all()] == [1, 2]
    assert read_version(second).startswith(b"%PDF-")


@pytest.mark.parametrize(
    ("data", "name", "code"),
    [
        (b"", "trống.pdf", "file_empty"),
        (b"MZ\x90\x00 not a pdf", "giả.pdf", "file_type_unknown"),
        (b"%PDF-1.7\n%broken", "hỏng.pdf", "file_broken"),
        (None, "Kế hoạch (TỐI MẬT).pdf", "secrecy_mark_in_name"),
    ],
)
def test_what_is_refused_never_reaches_the_store(office, data, name, code):
    before = stored()
    with pytest.raises(Refused) as refusal:
        receive(upload(paper() if data is None else data, name))
    assert refusal.value.code == code
    assert refusal.value.text != code
    assert stored() == before


def test_a_file_marked_secret_never_reaches_the_store(office):
    page = {"title": "x", "agency": "UBND", "type_name": "Kế hoạch", "body": ["Nội dung."], "urgency": "MẬT"}
    before, entries = stored(), AuditEntry.objects.count()
    with pytest.raises(Refused) as refusal:
        receive(upload(render("outgoing", page, at=AT).pdf))
    assert refusal.value.code == "secrecy_mark"
    assert stored() == before
    assert AuditEntry.objects.count() == entries


def test_the_same_file_twice_is_stored_once(office):
    data = paper("một tệp")
    first, second = taken(office, data), taken(office, data)
    assert first.versions.get().original_id == second.versions.get().original_id
    prepare_version.call(first.versions.get().pk)
    prepare_version.call(second.versions.get().pk)
    assert Version.objects.filter(preparation="ready").count() == 2


@pytest.mark.django_db(transaction=True)
def test_purge_is_the_only_removal_and_keeps_hash_and_reason():
    office = Office()
    document = taken(office, paper("lộ thông tin cá nhân"))
    version = document.versions.get()
    prepare_version.call(version.pk)
    other = taken(office, paper("giữ lại"))
    with pytest.raises(Refused, match="not_yours"):
        purge.purge(version.original, reason="lộ thông tin cá nhân", by=office.clerk, at=AT)
    purge.purge(version.original, reason="lộ thông tin cá nhân", by=office.admin, at=AT)
    assert version.original.sha256 not in stored()
    assert version.rendition.sha256 not in stored()
    assert other.versions.get().rendition.sha256 in stored()
    entry = AuditEntry.objects.get(verb="purge")
    assert version.original.sha256 in entry.data["sha256"]
    assert entry.data["reason"] == "lộ thông tin cá nhân"
    assert not find(audiences_of(fresh(office.clerk)), "lộ thông tin")
    with pytest.raises(Refused, match="purged"):
        taken(office, paper("lộ thông tin cá nhân"))


def test_orphans_go_after_a_day_and_nothing_else(office):
    document = taken(office)
    orphan = keep_bytes(b"an upload whose transaction never committed", media_type="text/plain")
    assert sweep_orphans(at=timezone.now() + timedelta(hours=23)) == 0
    assert sweep_orphans(at=timezone.now() + timedelta(hours=25)) >= 1
    assert orphan.sha256 not in stored()
    assert document.versions.get().rendition.sha256 in stored()


def stored_path(sha256: str) -> Path:
    store = blob_store()
    assert isinstance(store, LocalBlobStore)
    return store._path(sha256)


def test_an_old_orphan_that_is_brought_again_is_not_swept(office):
    left = keep_bytes(b"left by an upload of two days ago", media_type="text/plain")
    path, old = stored_path(left.sha256), timezone.now().timestamp() - 2 * 86_400
    os.utime(path, (old, old))
    keep_bytes(b"left by an upload of two days ago", media_type="text/plain")
    sweep_orphans(at=timezone.now())
    assert left.sha256 in stored()


def test_the_sweep_looks_again_just_before_it_deletes(office, monkeypatch):
    left = [keep_bytes(b"orphan %d" % number, media_type="text/plain").sha256 for number in range(2)]
    delete, later = blob_store().delete, timezone.now() + timedelta(hours=25)

    def deleting(sha256: str) -> None:
        """While the first goes, the other is brought again."""
        delete(sha256)
        for other in (set(left) - {sha256}) & stored() if sha256 in left else ():
            os.utime(stored_path(other), (later.timestamp(), later.timestamp()))

    monkeypatch.setattr(blob_store(), "delete", deleting)
    sweep_orphans(at=later)
    assert len(stored() & set(left)) == 1


def test_a_lost_job_is_asked_for_again(office):
    version = taken(office).versions.get()
    tasks = DBTaskResult.objects.count()
    assert prepare_lost(at=version.created_at + timedelta(minutes=5)) == 0
    assert prepare_lost(at=version.created_at + timedelta(minutes=20)) == 1
    assert DBTaskResult.objects.count() == tasks + 1


def test_names_with_combining_marks(office):
    received = receive(upload(paper(), "To\u031b\u0300 tri\u0300nh.pdf"))
    assert received.file_name == "Tờ trình.pdf"
