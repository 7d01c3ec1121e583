"""Notes on the pages of outgoing and incoming documents: private ones, and shared with named people who read them."""

import pytest
from django.urls import reverse

from annotations.circles import circles_of
from annotations.queries import seen_snapshot
from tests.annotations.factories import codes, do, named, noted, put
from tests.documents.factories import Office
from tests.documents.test_pages import browser
from tests.people.factories import fresh

pytestmark = pytest.mark.django_db(transaction=True)


def bodies(user, document) -> set[str]:
    return {note["body"] for note in seen_snapshot(fresh(user), document)["notes"].values()}


def test_an_outgoing_document_is_noted_on_by_those_who_read_it():
    office = Office()
    row = office.approved()
    page = browser(office.leader).get(reverse("documents:outgoing", args=[row.public_id])).content.decode()
    assert 'id="notes-page"' in page
    assert str(row.version.public_id) in page
    assert circles_of(office.leader, row.document) == []
    noted(row.document, office.leader, body="riêng của lãnh đạo")
    noted(row.document, office.leader, body="xem lại căn cứ", to=named(office.official))
    assert bodies(office.leader, row.document) == {"riêng của lãnh đạo", "xem lại căn cứ"}
    assert bodies(office.official, row.document) == {"xem lại căn cứ"}
    assert bodies(office.clerk, row.document) == set()
    refused = do(row.document, office.leader, put(row.document, to=named(office.receiving_clerk)))
    assert codes(refused) == ["note_people_cannot_read"]
    assert codes(do(row.document, office.leader, put(row.document, to={"circle": "meeting:x"}))) == [
        "note_circle_unknown"
    ]


def test_a_draft_that_changes_has_no_pages_to_note_on():
    office = Office()
    row = office.draft()
    page = browser(office.official).get(reverse("documents:outgoing", args=[row.public_id])).content.decode()
    assert "data-viewer" in page
    assert 'id="notes-page"' not in page


def test_an_incoming_document_is_noted_on_where_it_arrived():
    office = Office()
    arrival = office.arrived()
    page = browser(office.receiving_clerk).get(reverse("documents:incoming", args=[arrival.public_id])).content.decode()
    assert 'id="notes-page"' in page
    noted(arrival.document, office.receiving_clerk, body="chuyển phòng Tổ chức")
    assert bodies(office.receiving_clerk, arrival.document) == {"chuyển phòng Tổ chức"}
    assert bodies(office.clerk, arrival.document) == set()
    answer = browser(office.clerk).get(reverse("annotations:notes", args=[arrival.document.public_id]))
    assert answer.status_code == 404
