"""Remarks on a place in a paper: an own note becomes an opinion for the chair; nobody else learns of it."""

from uuid import uuid4

import pytest

from annotations.models import Annotation
from ledger.models import AuditEntry
from ledger.verdict import Refused, Unseen
from live.models import Event
from meetings.actions import opinions, papers, remarks, room
from meetings.commands.obeying import obey
from meetings.commands.orders import Order
from meetings.minutes.facts import written_opinions
from meetings.models import Meeting, Opinion
from meetings.queries.remarks import get_own_mark
from meetings.snapshot.own import personal_snapshot
from meetings.snapshot.room import room_snapshot
from tests.annotations.factories import do, noted, op
from tests.meetings.factories import now, world
from tests.meetings.test_pages import signed_in
from tests.meetings.test_sync import proved
from tests.people.factories import fresh

pytestmark = pytest.mark.django_db(transaction=True)
WORDS = "Đề nghị xem lại mức thu zxqv"
QUOTE = {"exact": "mức thu phí wkjh", "prefix": "quyết định ", "suffix": " năm 2027"}
LINES = {"rects": [[100, 200, 80, 12], [60, 214, 40, 12]]}


def on_paper(made, user, paper=0, **said) -> Annotation:
    about = {"kind": "highlight", "shape": LINES, "quote": QUOTE, "body": WORDS, "page": 2}
    return noted(made.papers[paper].document, user, **about | said)


def submit(made, user, note, item=0, text=""):
    mark, paper = get_own_mark(fresh(user), made.meeting, note.public_id)
    return remarks.submit(made.items[item], paper, mark, text=text, by=fresh(user), at=now())


def command(made, user, note, item=0, **more):
    data = {"note": str(note.public_id), "item": str(made.items[item].public_id), **more}
    return obey(made.meeting, Order("submit_remark", data, uuid4(), fresh(user), now()))


def test_a_remark_is_told_to_chair_and_author_with_its_place_and_to_nobody_else():
    made = world("published")
    member = made.members[0]
    note = on_paper(made, member)
    assert "zxqv" not in str(room_snapshot(made.meeting, "chair"))
    handed = proved(made, lambda: submit(made, member, note))
    assert (handed.page, handed.area, handed.quote) == (2, [60.0, 200.0, 120.0, 26.0], QUOTE["exact"])
    shown = room_snapshot(made.meeting, "chair")["opinions"][str(handed.public_id)]
    assert shown["paper"] == str(made.papers[0].public_id)
    assert shown["document"] == str(made.papers[0].document.public_id)
    assert (shown["version"], shown["page"], shown["quote"]) == (1, 2, QUOTE["exact"])
    assert "zxqv" in str(personal_snapshot(made.meeting, member))
    assert "zxqv" not in str(room_snapshot(made.meeting, "")) + str(room_snapshot(made.meeting, "guest"))
    assert "zxqv" not in str(list(AuditEntry.objects.values()))
    assert "wkjh" not in str(list(AuditEntry.objects.values()))
    for event in Event.objects.filter(kind="opinion.handed_in", stream__key=made.meeting.stream):
        assert event.bodies[""] is None
        assert event.bodies["guest"] is None
    proved(made, lambda: remarks.take_back(handed, by=member, at=now()))
    assert "zxqv" not in str(room_snapshot(made.meeting, "chair")) + str(personal_snapshot(made.meeting, member))
    again = proved(made, lambda: remarks.hand_in(handed, by=member, at=now()))
    assert again.text == WORDS


@pytest.mark.parametrize("state", ["draft", "submitted", "returned", "published", "open", "closed", "cancelled"])
def test_who_may_hand_in_a_remark_and_when(state):
    made = world("published" if state in ("closed", "cancelled") else state)
    names = ("clerk", "leader", "chair", "secretary", "member", "guest")
    seen = [name for name in names if made.papers[0].document in visible(made.user(name))]
    notes = {name: on_paper(made, made.user(name)) for name in seen}
    if state == "closed":
        room.open_room(made.meeting, by=made.chair, at=now())
        room.close_room(made.meeting, by=made.chair, at=now())
    if state == "cancelled":
        Meeting.objects.filter(pk=made.meeting.pk).update(state="cancelled")
    made.reread()
    allowed = {"chair", "secretary", "member"} if state in ("published", "open") else set()
    for name in seen:
        made.items[0].refresh_from_db()
        if name in allowed:
            submit(made, made.user(name), notes[name])
            continue
        with pytest.raises((Refused, Unseen)):
            submit(made, made.user(name), notes[name])
    assert Opinion.objects.count() == len(allowed)


def visible(user):
    from documents.queries import visible_documents

    return list(visible_documents(user))


def test_one_note_is_one_remark_but_an_item_takes_many():
    made = world("open")
    member = made.members[0]
    note, other = on_paper(made, member), on_paper(made, member, body="Khác")
    first = submit(made, member, note)
    assert submit(made, member, note).pk == first.pk
    submit(made, member, other)
    opinions.save(made.items[1], text="Cả mục", revision=0, by=member, at=now())
    assert Opinion.objects.filter(user=member).count() == 3
    assert list(written_opinions(made.meeting).values()) == [[member.full_name]]


def test_only_ones_own_note_with_words_on_a_paper_of_the_item():
    made = world("open")
    member, other = made.members[:2]
    note = on_paper(made, member)
    with pytest.raises(Unseen):
        command(made, other, note)
    with pytest.raises(Unseen):
        command(made, made.chair, note)
    with pytest.raises(Refused, match="paper_of_another_item"):
        command(made, member, note, item=1)
    silent = on_paper(made, member, body="")
    with pytest.raises(Refused, match="text_missing"):
        command(made, member, silent)
    assert command(made, member, silent, text="Nói thêm")["opinion"]
    with pytest.raises(Refused, match="bad_frame"):
        command(made, member, silent, text="x" * 20_001)
    do(made.papers[0].document, member, op("erase", str(note.public_id)))
    with pytest.raises(Unseen):
        command(made, member, note)
    assert Opinion.objects.count() == 1


def test_on_a_withdrawn_paper_nothing_is_handed_in():
    made = world("open")
    note = on_paper(made, made.members[0])
    papers.withdraw(made.papers[0], reason="Đơn vị soạn thảo xin rút", by=made.secretary, at=now())
    with pytest.raises(Unseen):
        command(made, made.members[0], note)


def test_during_the_item_it_is_still_handed_in_but_not_taken_back():
    made = world("open")
    room.move_to(made.items[0], by=made.chair, at=now())
    made.reread()
    handed = submit(made, made.members[0], on_paper(made, made.members[0]))
    with pytest.raises(Refused, match="item_reached"):
        remarks.take_back(handed, by=made.members[0], at=now())


def test_steps_belong_to_the_author_alone():
    made = world("published")
    handed = submit(made, made.members[0], on_paper(made, made.members[0]))
    for work in (remarks.take_back, remarks.hand_in, remarks.discard):
        with pytest.raises(Refused, match="opinion_not_handed_in"):
            work(handed, by=fresh(made.members[1]), at=now())
    with pytest.raises(Refused, match="opinion_handed_in"):
        remarks.discard(handed, by=made.members[0], at=now())


def test_pages_take_back_hand_in_and_forget_and_the_note_stays():
    made = world("published")
    member, note = signed_in(made.user("member")), on_paper(made, made.members[0])
    base = f"/meetings/{made.meeting.public_id}/"
    answer = member.post(f"{base}remarks/", {"note": str(note.public_id)})
    assert answer.status_code == 200
    remark = Opinion.objects.get()
    page = member.get(f"{base}opinions/").content.decode()
    assert "zxqv" in page
    assert "/versions/1/#page=2&amp;area=60,200,120,26" in page
    step = f"{base}remarks/{remark.public_id}/"
    assert member.post(f"{step}take-back/").status_code == 302
    assert "zxqv" not in signed_in(made.user("chair")).get(f"{base}opinions/").content.decode()
    assert member.post(f"{step}hand-in/").status_code == 302
    assert signed_in(made.members[1]).post(f"{step}take-back/").status_code == 404
    assert member.post(f"{step}take-back/").status_code == 302
    assert member.post(f"{step}discard/").status_code == 302
    assert not Opinion.objects.exists()
    assert Annotation.objects.filter(pk=note.pk, erased_at__isnull=True).exists()
    wrong = [{"note": "x"}, {"note": str(uuid4())}, {}]
    assert [member.post(f"{base}remarks/", data).status_code for data in wrong] == [404] * 3
    assert member.post(f"{base}remarks/", {"note": str(note.public_id), "text": "a\0b"}).status_code in (302, 400, 403)
    assert member.post(f"{step}rub-out/").status_code == 404


def test_chair_and_secretary_take_them_along_by_item_in_every_form():
    made = world("published")
    submit(made, made.members[0], on_paper(made, made.members[0]))
    submit(made, made.members[1], on_paper(made, made.members[1], paper=1, body="=CMD()"), item=1)
    address = f"/meetings/{made.meeting.public_id}/opinions"
    for name, status in (("chair", 200), ("secretary", 200), ("clerk", 403), ("member", 403), ("stranger", 404)):
        for form in ("csv", "xlsx", "pdf"):
            assert signed_in(made.user(name)).get(f"{address}.{form}").status_code == status, (name, form)
    chair = signed_in(made.user("chair"))
    whole = chair.get(f"{address}.csv").content.decode("utf-8-sig")
    assert "zxqv" in whole
    assert "wkjh" in whole
    assert "'=CMD()" in whole
    part = chair.get(f"{address}.csv?item={made.items[1].public_id}").content.decode("utf-8-sig")
    assert "zxqv" not in part
    assert "CMD" in part
    assert chair.get(f"{address}.csv?item=x").status_code == 404
    assert chair.get(f"{address}.docx").status_code == 404
    printed = chair.get(f"{address}.pdf").content
    assert text_of(printed).count("zxqv") == 1


def text_of(pdf: bytes) -> str:
    from io import BytesIO

    from pypdf import PdfReader

    return " ".join(page.extract_text() for page in PdfReader(BytesIO(pdf)).pages)


def test_beside_a_paper_members_are_offered_to_hand_notes_in():
    made = world("published")
    page = f"/documents/{made.papers[0].document.public_id}/"
    for name, offered in (("member", True), ("chair", True), ("clerk", False), ("guest", False)):
        text = signed_in(made.user(name)).get(page).content.decode()
        assert (f"/meetings/{made.meeting.public_id}/remarks/" in text) is offered, name
