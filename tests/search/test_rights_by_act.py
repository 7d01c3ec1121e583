"""What each act opens and closes for the search: found before, not after, found again when it is taken back.

"Not found" is the page with its number of results, suggestions as one types, and every kind: what is gone is not even
counted. Whoever finds a thing may open it at that moment.
"""

from collections.abc import Sequence
from datetime import timedelta
from uuid import uuid4

import pytest
from django.utils import timezone

from documents.actions import exchange, grants, intake, library, trash
from documents.actions.protection import protect
from documents.intake_gate import keep
from documents.jobs import prepare_version, read_again
from documents.models import Document
from documents.queries import visible_documents
from meetings.actions import (
    agenda,
    conclusions,
    groups,
    notebook,
    opinions,
    package,
    papers,
    participants,
    replies,
    units,
)
from meetings.actions import meetings as acts
from meetings.details import Matter, Seat
from meetings.queries.visible import visible_items, visible_meetings
from people.models import Post, User
from people.queries import audiences_of
from search.models import Entry, EntryPage
from search.queries import Results, find, suggest
from tests.annotations.factories import do, meeting_circle, noted, op
from tests.documents.factories import AT, Office, paper
from tests.meetings.factories import World, details, now, received, world
from tests.people.factories import AgencyFactory, fresh, person

pytestmark = pytest.mark.django_db
SECRET = "Phương án nhân sự chủ chốt"
TITLE = "Phiên họp thường kỳ"


def found(user: User, text: str) -> list[str]:
    """Return the kinds of what is found; what is counted, listed and suggested must agree, and may be opened."""
    keys = audiences_of(fresh(user))
    hits, results = find(keys, text), Results(keys, text)
    assert (results.counted, results.more) == (len(hits), False)
    assert len(results[0:20]) == len(hits)
    assert {hit.object_id for hit in suggest(keys, text)} <= {hit.object_id for hit in hits}
    for hit in hits:
        if hit.kind == "document":
            assert visible_documents(fresh(user)).filter(public_id=hit.object_id).exists()
        else:
            meeting = visible_meetings(fresh(user)).get(public_id=hit.url.split("/")[2])
            if hit.anchor:
                shown = visible_items(fresh(user), meeting).values_list("public_id", flat=True)
                assert hit.anchor in {f"item-{item}" for item in shown}
    return [hit.kind for hit in hits]


def all_find(users: Sequence[User], text: str) -> None:
    assert users
    for user in users:
        assert found(user, text), user


def none_finds(users: Sequence[User], text: str) -> None:
    assert users
    for user in users:
        assert not found(user, text), user


@pytest.fixture
def office() -> Office:
    return Office()


@pytest.fixture
def made() -> World:
    return world("published")


# --- meetings ------------------------------------------------------------------------------------


def test_a_meeting_before_and_after_it_is_published_and_called_off():
    made = world("submitted")
    inside, invited = [made.clerk, made.leader], [*made.members, made.guest]
    none_finds([*invited, made.stranger], TITLE)
    package.approve(made.meeting, by=made.leader, at=now())
    all_find([*inside, made.chair, made.secretary, *invited], TITLE)
    acts.cancel(made.reread(), reason="Hoãn họp vì bão số 5", by=made.clerk, at=now())
    all_find([*inside, *invited], TITLE)  # they see that it was called off
    none_finds([made.stranger], TITLE)


def test_what_a_called_off_or_thrown_away_meeting_held():
    made = world("draft")
    all_find([made.clerk], "tai lieu")
    draft = acts.create(made.agency, details=details(title="Cuộc họp nháp"), by=made.clerk, at=now())
    item = agenda.add_item(draft, matter=Matter("Nội dung nháp"), by=made.clerk, at=now())
    papers.lay(item, received("Giấy nháp.pdf"), by=made.clerk, at=now())
    all_find([made.clerk], "giay nhap")
    acts.discard(draft, by=made.clerk, at=now())
    none_finds([made.clerk, made.leader, made.chair, *made.members], "cuoc hop nhap")
    assert found(made.clerk, "giay nhap") == ["document"]  # the house keeps the file
    none_finds([made.chair, *made.members, made.guest, made.stranger], "giay nhap")


def test_an_item_hidden_and_shown_again(made):
    see, see_not = [made.clerk, made.leader, made.chair, made.secretary], [*made.members, made.guest, made.stranger]
    item = agenda.add_item(made.meeting, matter=Matter(SECRET), by=made.clerk, at=now())
    laid = papers.lay(item, received("Danh sách quy hoạch.pdf"), by=made.clerk, at=now())
    all_find([*see, *see_not[:-1]], SECRET)
    all_find([*see, *see_not[:-1]], "danh sach quy hoach")
    agenda.hide_item(item, hidden=True, by=made.clerk, at=now())
    for words in (SECRET, "phuong an nhan su", f'"{SECRET}"', "danh sach quy hoach"):
        all_find(see, words)
        none_finds(see_not, words)
    agenda.hide_item(item, hidden=False, by=made.clerk, at=now())
    all_find([*see, *see_not[:-1]], SECRET)
    all_find([*see, *see_not[:-1]], "danh sach quy hoach")
    papers.withdraw(laid, reason="Đơn vị xin rút", by=made.clerk, at=now())
    none_finds(see_not, "danh sach quy hoach")


def test_an_item_under_a_hidden_one_and_one_taken_off(made):
    agenda.hide_item(made.items[0], hidden=True, by=made.clerk, at=now())
    lines = [(0, Matter("Mục tạm")), (1, Matter("Mục con tạm"))]
    new = agenda.add_items(made.meeting, lines=lines, by=made.clerk, at=now())
    all_find([made.members[0]], "muc con tam")
    agenda.hide_item(new[0], hidden=True, by=made.clerk, at=now())
    none_finds([made.members[0], made.guest], "muc con tam")
    gone = agenda.remove_item(new[0], by=made.clerk, at=now())
    none_finds([made.clerk, made.members[0]], "muc con tam")
    agenda.add_items(made.meeting, lines=gone.lines, spot=gone.spot, by=made.clerk, at=now())
    assert found(made.clerk, "muc con tam") == ["meeting_hidden"]  # brought back as it was
    none_finds([made.members[0], made.guest], "muc con tam")


def test_somebody_taken_off_and_invited_again(made):
    member = made.members[0]
    participants.remove(made.place(member), by=made.clerk, at=now())
    for words in (TITLE, "tai lieu", "noi dung 2"):
        none_finds([member], words)
    participants.invite(made.meeting, user=member, seat=Seat("member", votes=True), by=made.clerk, at=now())
    for words in (TITLE, "tai lieu", "noi dung 2"):
        all_find([member], words)


def test_a_substitute_while_standing_in(made):
    member, colleague = made.members[0], person(made.agency)
    none_finds([colleague], "tai lieu")
    replies.delegate(made.place(member), to=colleague, basis="Giấy cử số 5", by=member, at=now())
    all_find([colleague], "tai lieu")
    all_find([colleague], TITLE)
    replies.accept(made.place(member), by=member, at=now())
    none_finds([colleague], "tai lieu")
    none_finds([colleague], TITLE)


def test_people_a_unit_sends(made):
    unit_agency = AgencyFactory(name="Sở Tư pháp")
    clerk, sent = person(unit_agency, "clerk"), person(unit_agency)
    unit = units.invite_unit(made.meeting, agency=unit_agency, seats=units.Seats(), by=made.clerk, at=now())
    none_finds([clerk, sent], TITLE)
    place = units.name_person(unit, user=sent, by=clerk, at=now())
    all_find([clerk, sent], TITLE)
    all_find([sent], "tai lieu")
    units.take_person_away(place, by=clerk, at=now())
    none_finds([clerk, sent], TITLE)
    none_finds([clerk, sent], "tai lieu")


def test_a_post_that_ended(made):
    member = made.members[0]
    all_find([made.clerk], "tai lieu")
    Post.objects.filter(user=made.clerk).update(valid_to=timezone.localdate() - timedelta(days=1))
    none_finds([made.clerk], "tai lieu")
    none_finds([made.clerk], TITLE)
    Post.objects.filter(user=made.clerk).update(valid_to=None)
    all_find([made.clerk], "tai lieu")
    all_find([member], "tai lieu")


def test_a_paper_for_a_group_alone(made):
    first, second = made.members[:2]
    group = groups.make_group(made.meeting, name="Tổ 1", people=[made.place(first)], by=made.clerk, at=now())
    papers.open_to(made.papers[0], guests_may_read=False, groups=[group], by=made.clerk, at=now())
    all_find([first, made.chair, made.clerk], '"tai lieu 1"')
    none_finds([second, made.guest], '"tai lieu 1"')
    groups.change_group(group, name="Tổ 1", people=[made.place(second)], by=made.clerk, at=now())
    none_finds([first, made.guest], '"tai lieu 1"')
    all_find([second], '"tai lieu 1"')
    papers.open_to(made.papers[0], guests_may_read=True, by=made.clerk, at=now())
    all_find([first, second, made.guest], '"tai lieu 1"')


def test_a_paper_renamed_withdrawn_and_moved_under_a_hidden_item(made):
    one, two = made.papers
    papers.rename(one, title="Đề án sáp nhập.pdf", by=made.clerk, at=now())
    none_finds(made.members, '"tai lieu 1"')
    all_find([*made.members, made.guest], "de an sap nhap")
    agenda.hide_item(made.items[1], hidden=True, by=made.clerk, at=now())
    papers.place(one, item=made.items[1], position=1, by=made.clerk, at=now())
    none_finds([*made.members, made.guest], "de an sap nhap")
    all_find([made.chair, made.clerk], "de an sap nhap")
    agenda.hide_item(made.items[1], hidden=False, by=made.clerk, at=now())
    all_find([*made.members, made.guest], "de an sap nhap")
    papers.withdraw(one, reason="Đơn vị xin rút", by=made.clerk, at=now())
    none_finds([*made.members, made.guest, made.stranger], "de an sap nhap")
    all_find([made.clerk], "de an sap nhap")
    assert two.state == "laid"


def test_conclusions_are_found_by_those_who_heard_them():
    made = world("open")
    none_finds([made.members[0]], "so tai chinh")
    conclusions.conclude(made.meeting, text="Giao Sở Tài chính", by=made.chair, at=now())
    all_find([*made.members, made.guest, made.clerk], "so tai chinh")
    none_finds([made.stranger], "so tai chinh")


# --- documents -----------------------------------------------------------------------------------


def test_a_draft_and_a_register_entry_are_found_in_their_own_house(office):
    elsewhere = [office.receiving_clerk, person(AgencyFactory(), "clerk"), person(office.agency)]
    office.draft()
    all_find([office.official], "hop thuong ky")
    none_finds([*elsewhere, office.admin], "hop thuong ky")
    arrived = office.arrived(subject="về việc thanh tra đột xuất")
    all_find([office.receiving_clerk, office.clerk], "thanh tra dot xuat")
    none_finds(elsewhere[1:], "thanh tra dot xuat")
    exchange.receive(arrived, by=office.receiving_clerk, at=AT)
    assert arrived.document is not None
    told = f"so den {now_number(arrived)}"
    all_find([office.receiving_clerk], told)
    none_finds([office.clerk, office.official, *elsewhere[1:]], told)


def now_number(arrived) -> int:
    arrived.refresh_from_db()
    return arrived.number.number


def test_a_protected_document_is_found_by_its_title_alone(office):
    file = keep(paper("Báo cáo thử nghiệm"), file_name="a.pdf")
    document = intake.take_in(file, agency_id=office.agency.pk, title="Tờ trình", by=office.clerk, at=AT)
    prepare_version.func(document.versions.get().pk)
    all_find([office.clerk], '"báo cáo thử nghiệm"')
    protect(document, protection="pictures", by=office.clerk, at=AT)
    none_finds([office.clerk], '"báo cáo thử nghiệm"')
    all_find([office.clerk], "to trinh")
    protect(Document.objects.get(pk=document.pk), protection="none", by=office.clerk, at=AT)
    read_again.func(document.pk)
    all_find([office.clerk], '"báo cáo thử nghiệm"')


def test_ones_own_file_shared_thrown_away_brought_back_and_removed(office):
    owner, colleague = office.official, person(office.agency)
    file = keep(paper("Sổ tay"), file_name="so-tay.pdf")
    item = library.keep_file(file, agency_id=office.agency.pk, title="Sổ tay riêng", by=owner, at=AT)
    others = [office.clerk, office.leader, office.admin]
    all_find([owner], "so tay rieng")
    none_finds([colleague, *others], "so tay rieng")
    grants.share(item.document, user=colleague, by=owner, at=AT)
    all_find([owner, colleague], "so tay rieng")
    trash.trash_items([item], by=owner, at=AT)
    none_finds([owner, colleague, *others], "so tay rieng")
    item = trash.restore_item(item, by=owner, at=AT)
    all_find([owner, colleague], "so tay rieng")
    grants.unshare(item.document, user=colleague, by=owner, at=AT)
    none_finds([colleague, *others], "so tay rieng")
    trash.trash_items([item], by=owner, at=AT)
    trash.remove_item(item, by=owner, at=AT)
    none_finds([owner, colleague, *others], "so tay rieng")
    assert not EntryPage.objects.filter(text__contains="Sổ tay").exists()


# --- what is never indexed -----------------------------------------------------------------------


def test_no_private_word_is_ever_in_the_index():
    made = world("open")
    owner, document, word = made.members[0], made.papers[0].document, "zxqvriêng"
    notebook.save(made.meeting, entry_id=uuid4(), text=f"sổ tay {word}", revision=0, by=owner, at=now())
    opinions.save(made.items[1], text=f"ý kiến {word}", revision=0, by=owner, at=now())
    private = noted(document, owner, body=f"ghi chú {word}")
    shared = noted(document, owner, body=f"chia sẻ {word}", to=meeting_circle(made))
    do(document, made.members[1], op("reply", str(shared.public_id), reply=str(uuid4()), body=f"trả lời {word}"))
    do(document, owner, op("say", str(private.public_id), body=f"sửa {word}"))
    everybody = [*made.everyone(), made.guest, made.clerk, made.leader, made.stranger, person(made.agency, "admin")]
    none_finds(everybody, word)
    assert not EntryPage.objects.filter(text__contains=word).exists()
    assert not Entry.objects.filter(title__contains=word).exists()
