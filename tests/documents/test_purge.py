"""The command that destroys a file, and what of its document stays findable."""

from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from documents.actions import intake
from documents.actions.preparation import mark_ready
from documents.intake_gate import keep
from documents.jobs import prepare_version
from documents.models import Document
from ledger.models import AuditEntry
from people.queries import audiences_of
from search.fold import page_words
from search.queries import find
from tests.documents.factories import AT, Office, paper
from tests.people.factories import fresh

pytestmark = pytest.mark.django_db
WHY = "Lộ thông tin cá nhân của công dân"


@pytest.fixture
def office() -> Office:
    return Office()


def two_versions(office: Office, *, second_read: bool) -> Document:
    first = keep(paper("Danh sách hộ nghèo"), file_name="danh-sach.pdf")
    document = intake.take_in(first, agency_id=office.agency.pk, title="Danh sách", by=office.clerk, at=AT)
    prepare_version.call(document.versions.get().pk)
    second = keep(paper("Bản đã che thông tin"), file_name="danh-sach.pdf")
    version = intake.add_version(document, second, by=office.clerk, at=AT)
    if second_read:
        prepare_version.call(version.pk)
    return document


def purge(sha256: str, by: str, reason: str = WHY) -> str:
    out = StringIO()
    call_command("purge_file", sha256, reason=reason, by=by, stdout=out)
    return out.getvalue()


def hits(office: Office, words: str) -> int:
    return len(find(audiences_of(fresh(office.clerk)), words))


def test_after_an_old_version_is_purged_the_newest_is_found(office):
    document = two_versions(office, second_read=True)
    old = document.versions.first().original
    assert "Đã hủy tệp" in purge(old.sha256.upper(), office.admin.username)
    old.refresh_from_db()
    assert old.purged_at is not None
    assert hits(office, "che thông tin") == hits(office, "danh sách") == 1
    assert AuditEntry.objects.get(verb="purge").data["reason"] == WHY
    assert "không có gì thay đổi" in purge(old.sha256, office.admin.username)


def test_the_text_of_a_purged_version_is_not_found_while_the_newest_waits(office):
    document = two_versions(office, second_read=False)
    assert hits(office, "hộ nghèo") == 1
    purge(document.versions.first().original.sha256, office.admin.username)
    assert (hits(office, "hộ nghèo"), hits(office, "danh sách")) == (0, 1)
    prepare_version.call(document.versions.last().pk)
    assert hits(office, "che thông tin") == 1


def test_after_the_newest_is_purged_nothing_is_found(office):
    document = two_versions(office, second_read=True)
    purge(document.versions.last().rendition.sha256, office.admin.username)
    assert hits(office, "danh sách") == hits(office, "che thông tin") == 0


def test_the_command_says_what_is_wrong(office):
    document = two_versions(office, second_read=True)
    version = document.versions.first()
    picture = version.previews.first().blob
    for sha256, by, reason, words in (
        ("0" * 64, office.admin.username, WHY, "SHA-256"),
        (version.original.sha256, "khong.co", WHY, "--by"),
        (version.original.sha256, office.clerk.username, WHY, ""),
        (version.original.sha256, office.admin.username, "ngắn", "10"),
        (picture.sha256, office.admin.username, WHY, "Không có văn bản nào"),
    ):
        with pytest.raises(CommandError) as error:
            purge(sha256, by, reason)
        assert words in str(error.value)
        assert len(str(error.value)) > 20
    assert not AuditEntry.objects.filter(verb="purge").exists()


def test_what_was_purged_while_a_job_read_it_does_not_come_back(office):
    brought = keep(paper("Danh sách hộ nghèo"), file_name="danh-sach.pdf")
    document = intake.take_in(brought, agency_id=office.agency.pk, title="Danh sách", by=office.clerk, at=AT)
    version = document.versions.get()
    purge(version.rendition.sha256, office.admin.username)
    mark_ready(version, text=[page_words("hộ nghèo")], by=office.clerk, at=AT)
    assert find(audiences_of(fresh(office.clerk)), "hộ nghèo") == []
