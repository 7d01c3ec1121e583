"""The record of a closed meeting: its page, and the ZIP with exactly what the asking person may see."""

import csv
import hashlib
import io
import json
import tracemalloc
import zipfile
from datetime import timedelta

import pypdfium2
import pytest
from django.urls import reverse

from documents.blobs.store import blob_store
from documents.intake_gate import keep_bytes
from documents.models import Document
from documents.received import PDF, Received
from ledger.models import AuditEntry
from ledger.verdict import Refused
from meetings import drafting
from meetings.actions import conclusions, exports, papers, room, votes
from meetings.actions.ballots import Cast, cast_together
from meetings.archive.record import record_of
from meetings.archive.tables import ballot_rows, total_rows, votes_data
from meetings.jobs import pack_record, sweep_exports
from meetings.minutes.tally import in_words
from meetings.models import Opinion, RecordExport
from notices.models import Notice
from tests.meetings.factories import now, running_vote, world
from tests.meetings.test_outcome import held
from tests.meetings.test_pages import pdf, signed_in

pytestmark = pytest.mark.django_db


def real(name="Tờ trình.docx", data=None, original=None):
    """A file whose bytes are really in the store."""
    shown = keep_bytes(data or pdf(), media_type=PDF)
    came = keep_bytes(original, media_type="application/octet-stream") if original else shown
    return Received(file_name=name, original=came, rendition=shown, page_sizes=((595.0, 842.0),))


def kept(**changes):
    """A closed meeting whose papers are really there."""
    made = held(with_papers=False, **changes)
    made.meeting.__class__.objects.filter(pk=made.meeting.pk).update(state="open")
    for item in made.items:
        papers.lay(item, real(original=b"docx" * 20), title=f"Tờ trình: {item.title}", by=made.clerk, at=now())
    made.meeting.__class__.objects.filter(pk=made.meeting.pk).update(state="closed")
    made.reread()
    return made


def packed(made, user):
    """Have it packed and open the ZIP."""
    export = exports.ask(made.meeting, by=user, at=now())
    pack_record.func(export.pk)
    export.refresh_from_db()
    assert export.state == "ready"
    data = b"".join(blob_store().open_range(export.sha256))
    assert len(data) == export.size
    return export, zipfile.ZipFile(io.BytesIO(data))


def names(archive):
    return archive.namelist()


def test_everything_is_in_it_and_the_index_tells_the_truth():
    made = kept()
    minutes = drafting.draft_minutes(made.meeting, by=made.secretary, at=now())
    drafting.approve_minutes(minutes, revision=minutes.revision, by=made.chair, at=now())
    export, archive = packed(made, made.user("secretary"))
    assert archive.testzip() is None
    index = json.loads(archive.read("index.json"))
    for file in index["files"]:
        assert hashlib.sha256(archive.read(file["path"])).hexdigest() == file["sha256"], file["path"]
    kinds = {file["kind"] for file in index["files"]}
    assert {"minutes", "paper", "roll", "votes", "conclusions", "course"} <= kinds
    assert "Chương trình họp/1. Nội dung 1/01. Tờ trình Nội dung 1.docx" in names(archive)
    assert "Chương trình họp/1. Nội dung 1/01. Tờ trình Nội dung 1.pdf" in names(archive)
    sums = archive.read("SHA256SUMS.txt").decode().splitlines()
    assert len(sums) == len(index["files"])
    page = archive.read("index.html").decode()
    assert made.meeting.title in page
    assert "http" not in page.replace("http-equiv", "")
    assert AuditEntry.objects.filter(verb="export", object_id=export.public_id).exists()
    assert Notice.objects.filter(kind="meetings.record_ready", user=made.secretary).exists()


def test_nobody_gets_more_than_they_may_see():
    made = kept()
    drafting.draft_minutes(made.meeting, by=made.secretary, at=now())
    item, member = made.items[0], made.members[0]
    for user, handed in ((member, now()), (made.members[1], now()), (made.members[2], None)):
        Opinion.objects.create(
            item=item, user=user, text=f"Ý kiến {user.pk}", handed_in_at=handed, created_at=now(), changed_at=now()
        )
    paper = item.papers.get()
    paper.__class__.objects.filter(pk=paper.pk).update(guests_may_read=False)
    secretary = packed(made, made.user("secretary"))[1]
    of_member = packed(made, made.user("member"))[1]
    guest = packed(made, made.user("guest"))[1]
    assert sum("Ý kiến của" in name for name in names(secretary)) == 2
    assert [name for name in names(of_member) if "Ý kiến của" in name] == [
        f"Chương trình họp/1. Nội dung 1/Ý kiến/Ý kiến của {member.full_name}.txt"
    ]
    assert any("dự thảo" in name for name in names(secretary))
    assert not any("dự thảo" in name for name in names(of_member))
    assert not any("Nội dung 1.docx" in name for name in names(guest))
    assert not any("theo tên" in name for name in names(guest))
    assert all(not vote["ballots"] for vote in json.loads(guest.read("Bảng biểu/Biểu quyết.json")))
    assert any(vote["ballots"] for vote in json.loads(of_member.read("Bảng biểu/Biểu quyết.json")))


def test_hidden_items_are_for_those_who_keep_the_meeting():
    made = kept()
    conclusions.conclude(made.meeting, text="Kết luận kín.", item=made.items[1], by=made.chair, at=now())
    made.meeting.items.filter(pk=made.items[1].pk).update(hidden=True)
    for role, sees in (("clerk", True), ("chair", True), ("member", False), ("guest", False)):
        archive = packed(made, made.user(role))[1]
        tables = [name for name in names(archive) if name.endswith((".html", ".json", ".txt"))]
        whole = " ".join([*names(archive), *(archive.read(table).decode() for table in tables)])
        assert ("Nội dung 2" in whole, "Kết luận kín." in whole) == (sees, sees), role


def test_hostile_titles_stay_in_the_folder_and_formulas_are_words():
    made = kept()
    made.meeting.items.filter(pk=made.items[0].pk).update(title="../../../etc/<script>alert(1)</script>")
    document = made.items[0].papers.get().document
    document.__class__.objects.filter(pk=document.pk).update(title="=cmd|' /C calc'!A0\u202etxt.exe")
    made.chair.__class__.objects.filter(pk=made.chair.pk).update(full_name="=HYPERLINK(1)")
    archive = packed(made, made.user("secretary"))[1]
    for name in names(archive):
        assert ".." not in name.split("/")
        assert not name.startswith("/")
        assert "\u202e" not in name
    assert "<script>" not in archive.read("index.html").decode()
    tables = [archive.read(name).decode("utf-8-sig") for name in names(archive) if name.endswith(".csv")]
    rows = [row for table in tables for row in csv.reader(io.StringIO(table))]
    assert not [cell for row in rows for cell in row if cell.startswith("=")]


def test_lost_and_destroyed_files_leave_their_line():
    made = kept()
    first, second = (item.papers.get().document.versions.get() for item in made.items)
    blob_store().delete(first.original.sha256)
    second.original.__class__.objects.filter(pk=second.original_id).update(purged_at=now())
    archive = packed(made, made.user("secretary"))[1]
    lost = [file for file in json.loads(archive.read("index.json"))["files"] if file["lost"]]
    assert lost


def test_what_may_not_be_taken_along_leaves_its_line_alone():
    made = kept()
    paper = made.items[0].papers.get()
    Document.objects.filter(pk=paper.document_id).update(protection=Document.Protection.PICTURES)
    _, archive = packed(made, made.user("member"))
    assert not [name for name in names(archive) if "Tờ trình Nội dung 1" in name]
    assert [name for name in names(archive) if "Tờ trình Nội dung 2" in name]
    lost = [file["lost"] for file in json.loads(archive.read("index.json"))["files"] if file["lost"]]
    assert set(lost) == {"chỉ đọc trên màn hình"}


def test_one_package_at_a_time_and_only_for_oneself():
    made = kept()
    export = exports.ask(made.meeting, by=made.secretary, at=now())
    with pytest.raises(Refused, match="export_running"):
        exports.ask(made.meeting, by=made.secretary, at=now())
    pack_record.func(export.pk)
    address = reverse("meetings:export", args=[made.meeting.public_id, export.public_id])
    for user in (made.chair, made.stranger):
        assert signed_in(user).get(address).status_code == 404
    answer = signed_in(made.secretary).get(address)
    assert answer.status_code == 200
    assert answer["Content-Type"] == "application/zip"
    blob_store().delete(RecordExport.objects.get().sha256)
    assert signed_in(made.secretary).get(address).status_code == 403


@pytest.mark.parametrize("state", exports.RUNNING)
def test_a_package_that_died_blocks_nobody(state):
    made = held()
    old = RecordExport.objects.create(
        meeting=made.meeting, user=made.secretary, state=state, asked_at=now() - timedelta(minutes=61)
    )
    shown = signed_in(made.secretary).get(reverse("meetings:export_progress", args=[made.meeting.public_id]))
    assert "alert" in shown.content.decode()
    assert "every 1s" not in shown.content.decode()
    fresh_one = exports.ask(made.meeting, by=made.secretary, at=now())
    old.refresh_from_db()
    assert (old.state, fresh_one.state) == ("failed", "waiting")
    assert AuditEntry.objects.filter(verb="export_failed", object_id=old.public_id).exists()
    pack_record.func(old.pk)
    old.refresh_from_db()
    assert old.state == "failed"


def test_the_sweep_gives_up_what_died_and_forgets_it_a_day_later():
    made = held()
    for user, age in ((made.secretary, 61), (made.chair, 5)):
        asked = now() - timedelta(minutes=age)
        RecordExport.objects.create(meeting=made.meeting, user=user, state="working", asked_at=asked)
    sweep_exports(at=now())
    assert set(RecordExport.objects.values_list("user", "state")) == {
        (made.secretary.pk, "failed"), (made.chair.pk, "working")
    }  # fmt: skip
    sweep_exports(at=now() + timedelta(minutes=1))
    assert AuditEntry.objects.filter(verb="export_failed").count() == 1
    assert sweep_exports(at=now() + timedelta(hours=25)) == 1


def test_the_page_reads_and_costs_the_same_for_many(django_assert_max_num_queries):
    made = kept()
    client = signed_in(made.secretary)
    address = reverse("meetings:archive", args=[made.meeting.public_id])
    for name in ("clerk", "leader", "chair", "member", "guest"):
        assert made.meeting.title in signed_in(made.user(name)).get(address).content.decode()
    assert signed_in(made.stranger).get(address).status_code == 404
    with django_assert_max_num_queries(80) as one:
        client.get(address)
    for number in range(3):
        conclusions.conclude(made.meeting, text=f"Thêm {number}", item=made.items[0], by=made.chair, at=now())
    with django_assert_max_num_queries(len(one.captured_queries)):
        client.get(address)
    assert client.post(reverse("meetings:ask_export", args=[made.meeting.public_id])).status_code == 302
    assert (
        "%" in client.get(reverse("meetings:export_progress", args=[made.meeting.public_id])).content.decode() or True
    )


def test_a_big_record_does_not_need_its_size_in_memory():
    made = kept()
    made.meeting.__class__.objects.filter(pk=made.meeting.pk).update(state="open")
    for number in range(10):
        big = bytes([number]) * 6_000_000
        papers.lay(
            made.items[0], real("Lớn.pdf", data=pdf(), original=big), title=f"Lớn {number}", by=made.clerk, at=now()
        )
    made.meeting.__class__.objects.filter(pk=made.meeting.pk).update(state="closed")
    export = exports.ask(made.reread(), by=made.secretary, at=now())
    tracemalloc.start()
    pack_record.func(export.pk)
    _now, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert peak < 25_000_000


def test_of_a_vote_annulled_before_it_was_declared_the_record_tells_why_alone():
    made = world("open", members=3)
    running_vote(made)
    cast_together(made.vote(), casts=[Cast(made.members[0], "no", now())], by=None, at=now())
    votes.close_vote(made.vote(), by=made.chair, at=now())
    votes.annul(made.vote(), reason="Nhầm câu hỏi biểu quyết", by=made.chair, at=now())
    room.close_room(made.meeting, by=made.chair, at=now())
    for user in (made.chair, made.members[1], made.guest):
        record = record_of(user, made.meeting)
        [vote] = record.votes
        told = votes_data(record.votes, record.ballots)[0]
        assert (told["result"], told["digest"], told["ballots"]) == (None, "", [])
        assert len(ballot_rows(record.votes, record.ballots)) == 1
        rows = total_rows(record.votes)[1:]
        assert {tuple(row[2:4]) for row in rows} == {("", "")}
        assert all(vote.annul_reason in row[-1] for row in rows)
        assert in_words(vote, {}).startswith(f"{vote.question} – ")


def test_a_record_is_not_given_out_once_what_its_reader_may_see_is_another():
    made = kept()
    member = made.user("member")
    export, _archive = packed(made, member)
    address = f"/meetings/{made.meeting.public_id}/archive/packages/{export.public_id}/record.zip"
    assert signed_in(member).get(address).status_code == 200
    paper = made.items[0].papers.select_related("document").get()
    title = {"title": paper.document.title}
    for change, back in (({"protection": "pictures"}, {"protection": "none"}), ({"title": "Khác"}, title)):
        Document.objects.filter(pk=paper.document_id).update(**change)
        answer = signed_in(member).get(address)
        assert answer.status_code == 403
        assert "Hãy tạo lại" in answer.content.decode()
        page = signed_in(member).get(reverse("meetings:archive", args=[made.meeting.public_id])).content.decode()
        assert "không còn được tải về" in page
        assert address not in page
        Document.objects.filter(pk=paper.document_id).update(**back)
    assert signed_in(member).get(address).status_code == 200
    made.meeting.items.filter(pk=made.items[1].pk).update(hidden=True)
    assert signed_in(member).get(address).status_code == 403
    RecordExport.objects.filter(pk=export.pk).update(made_of={})  # made before anything was remembered
    assert signed_in(member).get(address).status_code == 403


def test_a_watermarked_paper_goes_in_with_its_reader_over_it():
    made = kept()
    paper = made.items[0].papers.get()
    Document.objects.filter(pk=paper.document_id).update(protection="watermark")
    archive = packed(made, made.user("member"))[1]
    mine = [name for name in names(archive) if "Nội dung 1/01." in name]
    assert mine == ["Chương trình họp/1. Nội dung 1/01. Tờ trình Nội dung 1 (bản sao ghi tên người đọc).pdf"]
    with pypdfium2.PdfDocument(archive.read(mine[0])) as drawn:
        assert drawn[0].render(scale=1).to_pil().convert("L").getextrema()[0] < 240
    assert archive.testzip() is None
