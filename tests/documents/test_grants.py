"""Explicit grants: who may share and entrust, what it opens and closes again, and what it costs."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from documents.actions import access, exchange, grants, intake
from documents.intake_gate import keep
from documents.jobs import prepare_version
from documents.models import Book, Document
from documents.queries import visible_books, visible_documents
from ledger.models import AuditEntry
from ledger.verdict import Refused
from people.models import Post
from people.queries import audiences_of
from search.queries import find
from tests.documents.factories import AT, Office, paper
from tests.documents.test_pages import browser, get
from tests.people.factories import UserFactory, fresh, person

pytestmark = pytest.mark.django_db


@pytest.fixture
def office() -> Office:
    return Office()


@pytest.fixture
def document(office) -> Document:
    return taken(office)


def taken(office: Office, title: str = "Kế hoạch ngân sách") -> Document:
    file = keep(paper(title), file_name="ke-hoach.pdf")
    return intake.take_in(file, agency_id=office.agency.pk, title=title, by=office.clerk, at=AT)


def book_of(office: Office) -> Book:
    office.numbered()
    return Book.objects.get(agency=office.agency, direction="outgoing")


def found(user) -> list[str]:
    return [hit.title for hit in find(audiences_of(fresh(user)), "ke hoach ngan sach")]


def seen(user) -> list[Document]:
    return list(visible_documents(fresh(user)))


@pytest.mark.parametrize(
    ("who", "may"),
    [("clerk", True), ("leader", True), ("official", False), ("admin", False), ("receiving_clerk", False)],
)
def test_clerk_and_leader_of_the_owner_share_and_entrust(office, document, who, may):
    by, whom, book = getattr(office, who), person(office.recipient), book_of(office)
    for work in (
        lambda: grants.share(document, user=whom, by=by, at=AT),
        lambda: grants.unshare(document, user=whom, by=by, at=AT),
        lambda: grants.entrust_book(book, user=whom, by=by, at=AT),
        lambda: grants.take_back_book(book, user=whom, by=by, at=AT),
    ):
        if may:
            work()
            continue
        with pytest.raises(Refused, match=r"not_(shar|entrust)er") as refusal:
            work()
        assert "văn thư" in refusal.value.text
    verbs = ["entrust_book", "share", "take_back_book", "unshare"]
    assert sorted(AuditEntry.objects.filter(verb__in=verbs).values_list("verb", flat=True)) == (verbs if may else [])


def test_nobody_grants_to_oneself_or_to_whoever_left(office, document):
    for whom, code in ((office.clerk, "grant_to_self"), (UserFactory(), "grantee_without_post")):
        with pytest.raises(Refused, match=code) as refusal:
            grants.share(document, user=whom, by=office.clerk, at=AT)
        assert refusal.value.text != code


def test_a_shared_document_is_read_and_found_until_it_is_taken_back(office, document):
    whom = person(office.recipient)
    prepare_version.call(document.versions.get().pk)
    assert (seen(whom), found(whom)) == ([], [])
    for _ in range(2):
        grants.share(document, user=whom, by=office.clerk, at=AT)
    assert (seen(whom), found(whom)) == ([document], [document.title])
    access.set_audiences(document, ["meeting:7"], by=office.clerk, at=AT)
    assert found(whom) == [document.title]
    for _ in range(2):
        grants.unshare(document, user=whom, by=office.leader, at=AT)
    assert (seen(whom), found(whom)) == ([], [])
    assert AuditEntry.objects.filter(verb__in=["share", "unshare"]).count() == 2


def test_a_grant_sleeps_while_the_person_holds_no_post(office, document):
    whom = person(office.recipient)
    grants.share(document, user=whom, by=office.clerk, at=AT)
    book = book_of(office)
    grants.entrust_book(book, user=whom, by=office.clerk, at=AT)
    assert (seen(whom), list(visible_books(fresh(whom)))) == ([document], [book])
    Post.objects.filter(user=whom).update(valid_to=timezone.localdate())
    assert (seen(whom), found(whom), list(visible_books(fresh(whom)))) == ([], [], [])
    assert "Hiện không giữ chức vụ nào" in get(office.clerk, "document", document.public_id).content.decode()


def test_the_copy_of_a_receiving_agency_is_its_own(office):
    arrival = office.arrived()
    sent, whom = arrival.delivery.outgoing.document, person(office.agency)
    grants.share(sent, user=whom, by=office.clerk, at=AT)
    assert seen(whom) == [sent]
    with pytest.raises(Refused, match="not_sharer"):
        grants.share(arrival.document, user=whom, by=office.clerk, at=AT)


def test_every_address_of_a_document_follows_the_grant(office, document):
    version, whom = document.versions.get(), person(office.recipient)
    prepare_version.call(version.pk)
    named = [document.public_id, 1]
    addresses = [
        reverse("documents:document", args=named[:1]),
        reverse("documents:version", args=named),
        reverse("documents:description", args=named),
        reverse("documents:file", args=named),
        reverse("documents:original", args=named),
        reverse("documents:preview", args=[*named, 1, 320]),
        f"/api/v1/documents/{document.public_id}",
        f"/api/v1/documents/{document.public_id}/versions/1/file",
    ]

    def statuses() -> set[int]:
        client = browser(whom)
        return {client.get(address).status_code for address in addresses}

    clerk, people = browser(office.clerk), {"user": whom.public_id}
    assert statuses() == {404}
    assert clerk.post(reverse("documents:share", args=named[:1]), people).status_code == 302
    assert statuses() == {200}
    page = browser(whom).get(addresses[0]).content.decode()
    assert "Chia sẻ với" not in page
    assert browser(whom).post(reverse("documents:share", args=named[:1]), people).status_code == 403
    assert clerk.post(reverse("documents:unshare", args=named[:1]), people).status_code == 302
    assert statuses() == {404}


def test_the_card_finds_colleagues_and_shows_who_reads(office, document):
    whom = person(office.recipient, full_name="Đặng Thị Ánh")
    clerk, named = browser(office.clerk), [document.public_id]
    page = clerk.get(reverse("documents:document", args=named)).content.decode()
    assert "Chưa chia sẻ với ai." in page
    find_reader = reverse("documents:find_reader", args=named)
    assert "Đặng Thị Ánh" in clerk.get(find_reader, {"q": "Thị Ánh"}).content.decode()
    assert "Không tìm thấy ai" in clerk.get(find_reader, {"q": "zzz"}).content.decode()
    htmx = {"HX-Request": "true"}
    answer = clerk.post(reverse("documents:share", args=named), {"user": whom.public_id}, headers=htmx)
    assert "Đặng Thị Ánh" in answer.content.decode()
    assert "<html" not in answer.content.decode()
    assert "Đặng Thị Ánh" not in clerk.get(find_reader, {"q": "Thị Ánh"}).content.decode()
    for bad in ({"user": "không phải"}, {}, {"user": document.public_id}):
        assert clerk.post(reverse("documents:share", args=named), bad).status_code == 404
        assert clerk.post(reverse("documents:unshare", args=named), bad).status_code == 404
    stranger = browser(person(office.recipient))
    for name in ("share", "unshare"):
        assert stranger.post(reverse(f"documents:{name}", args=named), {"user": whom.public_id}).status_code == 404
    assert stranger.get(find_reader, {"q": "Ánh"}).status_code == 404


def test_an_entrusted_register_is_read_until_it_is_taken_back(office):
    book, whom = book_of(office), person(office.agency, "official", full_name="Đặng Thị Ánh")
    named = [office.agency.public_id, "outgoing", book.year]
    clerk, people = browser(office.clerk), {"user": whom.public_id}
    assert get(whom, "register", *named).status_code == 404
    assert "Đặng Thị Ánh" in clerk.get(reverse("documents:find_keeper", args=named), {"q": "Ánh"}).content.decode()
    assert clerk.post(reverse("documents:entrust_book", args=named), people).status_code == 302
    page = get(whom, "register", *named).content.decode()
    assert "01/TB-UBND" in page
    assert f"/outgoing/{book.numbers.get().outgoing.public_id}/" not in page
    assert "Giao sổ cho" not in page
    assert reverse("documents:register_list") in get(whom, "library").content.decode()
    assert browser(whom).post(reverse("documents:entrust_book", args=named), people).status_code == 403
    assert "Đặng Thị Ánh" in get(office.clerk, "register", *named).content.decode()
    assert clerk.post(reverse("documents:take_back_book", args=named), people).status_code == 302
    assert get(whom, "register", *named).status_code == 404
    other = visible_books(fresh(office.receiving_clerk))
    assert book not in other


def test_what_is_shared_comes_in_the_same_query(office):
    whom = person(office.recipient)

    def price() -> tuple[int, int]:
        user = fresh(whom)
        audiences_of(user)
        with CaptureQueriesContext(connection) as queries:
            rows = len(visible_documents(user)) + len(visible_books(user))
        return rows, len(queries) - len([query for query in queries if "meetings_" in query["sql"][:200]])

    def share_one() -> None:
        grants.share(taken(office), user=whom, by=office.clerk, at=AT)

    share_one()
    grants.entrust_book(book_of(office), user=whom, by=office.clerk, at=AT)
    assert price() == (2, 2)
    share_one()
    share_one()
    exchange.receive(office.arrived(), by=office.receiving_clerk, at=AT)
    grants.entrust_book(Book.objects.get(agency=office.recipient), user=whom, by=office.receiving_clerk, at=AT)
    assert price() == (5, 2)


def test_pages_cost_the_same_for_three_people(office, document):
    book = book_of(office)
    clerk = browser(office.clerk)
    pages = [
        reverse("documents:document", args=[document.public_id]),
        reverse("documents:register", args=[office.agency.public_id, "outgoing", book.year]),
    ]

    def prices() -> list[int]:
        found = []
        for page in pages:
            clerk.get(page)
            with CaptureQueriesContext(connection) as queries:
                assert clerk.get(page).status_code == 200
            found.append(len(queries))
        return found

    def grant_one() -> None:
        whom = person(office.recipient)
        grants.share(document, user=whom, by=office.clerk, at=AT)
        grants.entrust_book(book, user=whom, by=office.clerk, at=AT)

    grant_one()
    one = prices()
    grant_one()
    grant_one()
    assert prices() == one
