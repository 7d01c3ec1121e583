"""What a machine had read before the search told so is marked there by a tick, once."""

import pytest
from django_tasks_db.models import DBTaskResult

from documents.actions.scans import keep_read
from documents.jobs import read_again
from documents.marking_scans import look_for_unmarked, mark_scans
from documents.models import Version
from people.queries import audiences_of, system_user
from search.models import Entry
from search.queries import find
from tests.documents.factories import AT, Office
from tests.documents.test_scans import scanned, taken_in
from tests.people.factories import fresh


def asked() -> int:
    """Return how often the marking was asked for, and forget it."""
    jobs = DBTaskResult.objects.filter(task_path="documents.marking_scans.mark_scans")
    return jobs.delete()[0]


def read_by_machine(version: Version) -> str:
    return Entry.objects.get(object_id=version.document.public_id).read_by_machine


@pytest.mark.django_db
def test_what_was_read_earlier_is_marked_once():
    office = Office()
    read, unread, not_shown = (taken_in(office, scanned(text, "Hai")) for text in ("Một", "Một khác", "Một nữa"))
    for version in (read, not_shown):
        keep_read(version, texts={1: "", 2: "ngân sách đọc từ ảnh"}, by=system_user(), at=AT)
    for version in (read, unread):
        read_again.func(version.document_id)
    assert read_by_machine(read) == "2"
    look_for_unmarked(at=AT)
    assert asked() == 0
    Entry.objects.update(read_by_machine="")  # as an earlier version left it
    look_for_unmarked(at=AT)
    assert asked() == 1
    mark_scans.func()
    assert [read_by_machine(version) for version in (read, unread, not_shown)] == ["2", "", ""]
    [hit] = find(audiences_of(fresh(office.clerk)), "ngân sách")
    assert (hit.page, hit.by_machine) == (2, True)
    look_for_unmarked(at=AT)
    assert asked() == 0
