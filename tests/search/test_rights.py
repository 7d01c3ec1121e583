"""What documents and meetings put into the index: found by whoever may open it, and by nobody else."""

import pytest

from documents.actions import exchange, intake, outgoing, purge, register
from documents.actions.access import set_audiences
from documents.intake_gate import keep
from documents.jobs import prepare_version
from documents.models import Document
from documents.queries import visible_documents
from meetings.actions import conclusions, papers, participants
from meetings.queries.visible import visible_meetings
from people.models import User
from people.queries import audiences_of
from search.models import Entry
from search.queries import find
from tests.documents.factories import AT, BODY, Office, now, paper
from tests.meetings.factories import now as moment
from tests.meetings.factories import received, world
from tests.people.factories import PostFactory, UserFactory, fresh

pytestmark = pytest.mark.django_db


@pytest.fixture
def office() -> Office:
    return Office()


def titles(user: User, text: str) -> list[str]:
    return [hit.title for hit in find(audiences_of(fresh(user)), text)]


def everyone(office: Office) -> list[User]:
    return [office.clerk, office.official, office.admin, office.leader, office.receiving_clerk]


def agree(people: list[User]) -> None:
    """Whoever finds a thing may open it, whoever may open it finds it."""
    for user in map(fresh, people):
        entries = Entry.objects.filter(audiences__key__in=audiences_of(user)).distinct()
        found = set(entries.filter(kind="document").values_list("object_id", flat=True))
        assert found == set(visible_documents(user).values_list("public_id", flat=True))
        meetings = set(entries.exclude(kind="document").values_list("object_id", flat=True))
        assert meetings <= set(visible_meetings(user).values_list("public_id", flat=True))


def test_a_draft_is_found_by_its_subject_and_an_edit_is_followed(office):
    row = office.draft()
    assert titles(office.official, "hop thuong ky") == ["Thông báo về việc họp thường kỳ tháng 11"]
    assert titles(office.receiving_clerk, "hop thuong ky") == []
    other = PostFactory(user=UserFactory(), agency=office.agency, role="leader")
    values = {"type_code": "TB", "content": {"body": BODY}, "recipients": [], "revision": 1}
    outgoing.edit(row, subject="về việc khác", signer_post=other, **values, by=office.official, at=AT)
    assert titles(office.official, "hop thuong ky") == []
    assert titles(other.user, "việc khác") == ["Thông báo về việc khác"]
    agree([*everyone(office), other.user])


def test_a_former_signer_reads_and_finds_the_draft_no_longer(office):
    """A leader of another agency's register, say, who was named by mistake."""
    row = office.draft()
    outsider = PostFactory(user=UserFactory(), agency=office.agency, role="leader")
    values = {"type_code": "TB", "subject": "về việc riêng", "content": {"body": BODY}, "recipients": []}
    outgoing.edit(row, revision=1, signer_post=outsider, **values, by=office.official, at=AT)
    outsider.role = "official"
    outsider.save()
    assert titles(outsider.user, "viec rieng")
    outgoing.edit(now(row), revision=2, signer_post=office.leader_post, **values, by=office.official, at=AT)
    assert titles(outsider.user, "viec rieng") == []
    agree([*everyone(office), outsider.user])


def test_number_and_symbol_are_found_and_forgotten_when_given_up(office):
    row = office.numbered()
    assert titles(office.clerk, "01/TB-UBND") == ["01/TB-UBND Thông báo về việc họp thường kỳ tháng 11"]
    register.void(row, reason="Ghi nhầm ngày ban hành", by=office.clerk, at=AT)
    assert titles(office.clerk, "01/TB-UBND") == []
    assert titles(office.clerk, "hop thuong ky") == ["Thông báo về việc họp thường kỳ tháng 11"]


def test_what_is_issued_is_found_by_its_recipient_with_its_text(office):
    incoming = office.arrived()
    assert titles(office.receiving_clerk, "01/TB-UBND") == ["01/TB-UBND Thông báo về việc họp thường kỳ tháng 11"]
    prepare_version.func(incoming.document.versions.get().pk)
    [hit] = find(audiences_of(fresh(office.receiving_clerk)), "thông báo thử nghiệm")
    assert (hit.page, hit.exact) == (1, True)
    assert hit.address.startswith(f"/documents/{incoming.document.public_id}/#page=1&find=th%C3%B4ng%20")
    exchange.receive(incoming, by=office.receiving_clerk, at=AT)
    agree(everyone(office))


def test_the_text_survives_a_new_title(office):
    row = office.signed()
    prepare_version.func(row.version.pk)
    register.allocate(row, by=office.clerk, at=AT)
    assert titles(office.clerk, "nội dung thông báo thử nghiệm") == [
        "01/TB-UBND Thông báo về việc họp thường kỳ tháng 11"
    ]


def test_taken_in_shared_taken_back_destroyed(office):
    file = keep(paper("Báo cáo ngân sách"), file_name="ngan-sach.pdf")
    document = intake.take_in(file, agency_id=office.agency.pk, title="Ngân sách", by=office.clerk, at=AT)
    assert titles(office.clerk, "ngan sach") == ["Ngân sách"]
    assert titles(office.official, "ngan sach") == []
    set_audiences(document, [f"user:{office.official.pk}"], by=office.clerk, at=AT)
    assert titles(office.official, "ngan sach") == ["Ngân sách"]
    set_audiences(document, [], by=office.clerk, at=AT)
    assert titles(office.official, "ngan sach") == []
    agree(everyone(office))
    blob = document.versions.get().original
    purge.purge(blob, reason="Tải nhầm tài liệu của cơ quan khác", by=office.admin, at=AT)
    assert titles(office.clerk, "ngan sach") == []


def test_papers_are_found_once_the_meeting_is_published_and_guests_find_what_is_theirs():
    made = world("submitted")
    inside, before = [made.clerk, made.leader, made.chair, made.secretary], [*made.members, made.guest, made.stranger]
    for user in inside:
        assert len(titles(user, "tai lieu")) == 2
    for user in before:
        assert titles(user, "tai lieu") == []
    made = world("published")
    papers.open_to(made.papers[0], guests_may_read=False, by=made.clerk, at=moment())
    assert len(titles(made.members[0], "tai lieu")) == 2
    assert titles(made.guest, "tai lieu") == ["Tài liệu 2.pdf"]
    papers.open_to(made.papers[0], guests_may_read=True, by=made.clerk, at=moment())
    assert len(titles(made.guest, "tai lieu")) == 2
    papers.withdraw(made.papers[0], reason="Đơn vị xin rút", by=made.clerk, at=moment())
    assert titles(made.members[0], "tai lieu") == titles(made.guest, "tai lieu") == ["Tài liệu 2.pdf"]
    assert len(titles(made.clerk, "tai lieu")) == 2
    assert titles(made.stranger, "tai lieu") == []
    agree([*inside, *made.members, made.guest, made.stranger])


def test_a_replaced_paper_is_found_by_its_new_text_only_when_it_was_read(office):
    made = world("draft")
    papers.replace(
        made.papers[0], received("Tài liệu 1 (mới).pdf"), change_note="Sửa số liệu", by=made.clerk, at=moment()
    )
    assert Document.objects.get(pk=made.papers[0].document_id).versions.count() == 2
    assert len(titles(made.clerk, "tai lieu")) == 2


def test_a_removed_person_finds_nothing_more():
    made = world("published")
    member = made.members[0]
    assert titles(member, "tai lieu")
    participants.remove(made.place(member), by=made.clerk, at=moment())
    assert titles(member, "tai lieu") == titles(member, "phien hop") == []


def test_meetings_by_title_agenda_and_conclusions():
    made = world("published")
    for user in (made.members[0], made.guest, made.chair, made.clerk):
        assert titles(user, "phien hop thuong ky") == [made.meeting.title]
        assert titles(user, '"nội dung 2"') == [made.meeting.title]
    assert titles(made.stranger, "phien hop") == []
    made = world("open")
    conclusions.conclude(made.meeting, text="Giao Sở Tài chính thẩm định", by=made.chair, at=moment())
    for user in (made.members[0], made.guest):
        assert titles(user, "so tai chinh") == [made.meeting.title]
    assert titles(made.stranger, "so tai chinh") == []
    agree([made.clerk, made.chair, *made.members, made.guest, made.stranger])
