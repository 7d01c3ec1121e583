"""The minutes as text: facts of the ledger, words by hand, comments, approval, and the lock behind it."""

import io
from datetime import timedelta

import pikepdf
import pytest

from documents.queries import read_version
from ledger.verdict import Refused, Unseen
from meetings import drafting
from meetings.actions import conclusions, presence, room, votes
from meetings.actions import minutes as acts
from meetings.minutes.body import by_hand, find
from meetings.minutes.comparison import differences
from meetings.models import Minutes, Participant
from meetings.queries.outcome import minutes_for
from meetings.workflow import MINUTES, WHO
from notices.models import Notice
from tests.meetings.factories import check_in, now, world
from tests.meetings.test_outcome import held
from tests.undone import undone

pytestmark = pytest.mark.django_db

ROLES = ("clerk", "leader", "chair", "secretary", "member", "guest", "stranger")


def drafted(made=None):
    made = made or held()
    return made, drafting.draft_minutes(made.reread(), by=made.secretary, at=now())


def commenting():
    made, minutes = drafted()
    return made, acts.ask_comments(minutes, until=now() + timedelta(days=2), by=made.secretary, at=now())


def approved():
    made, minutes = drafted()
    drafting.approve_minutes(minutes, revision=minutes.revision, by=made.chair, at=now())
    return made, Minutes.objects.select_related("meeting__agency").get(pk=minutes.pk)


def write(minutes, block, text, by):
    revision = find(Minutes.objects.get(pk=minutes.pk).body, block)["revision"]
    return acts.edit(minutes, block=block, text=text, revision=revision, by=by, at=now())


def test_attendance_tells_who_came_late_left_returned_and_why_somebody_was_away():
    made = world("published", members=5)
    late, went, back, absent, sent = made.members
    check_in(made, made.chair, made.secretary, went, back)
    room.open_room(made.meeting, by=made.chair, at=now())
    check_in(made, late)
    presence.leave(made.place(went), by=went, at=now())
    presence.leave(made.place(back), by=back, at=now())
    check_in(made, back)
    Participant.objects.filter(pk=made.place(absent).pk).update(reply="excused", reply_reason="Đi công tác")
    Participant.objects.filter(pk=made.place(sent).pk).update(reply="delegated")
    Participant.objects.filter(pk=made.place(late).pk).update(stands_in_for=made.place(sent))
    room.close_room(made.meeting, by=made.chair, at=now())
    _, minutes = drafted(made)
    text = find(minutes.body, "attendance.present")["text"].splitlines()
    lines = {
        user: next(line for line in text if user.full_name in line.split(",")[0].split("(")[0])
        for user in (late, went, back)
    }
    assert f"dự thay {sent.full_name}" in lines[late]
    assert "đến lúc" in lines[late]
    assert "rời phòng họp lúc" in lines[went]
    assert "vắng từ" in lines[back]
    assert "Đi công tác" in find(minutes.body, "attendance.absent")["text"]
    assert "cử người dự thay" in find(minutes.body, "attendance.absent")["text"]
    assert "có mặt: 5; vắng mặt: 2" in find(minutes.body, "attendance.counts")["text"]


def test_what_is_written_by_hand_is_marked_and_can_be_put_back():
    made, minutes = drafted()
    minutes = write(minutes, "attendance.counts", "Tổng số thành viên: 9.", made.secretary)
    assert by_hand(find(minutes.body, "attendance.counts"))
    assert [one.key for one in differences(minutes.body)] == ["attendance.counts"]
    revision = find(minutes.body, "attendance.counts")["revision"]
    minutes = acts.restore(minutes, block="attendance.counts", revision=revision, by=made.clerk, at=now())
    assert not by_hand(find(minutes.body, "attendance.counts"))


def test_drafting_again_renews_what_nobody_touched_and_keeps_the_rest():
    made, minutes = drafted()
    line = made.meeting.conclusions.get()
    minutes = write(minutes, f"conclusions.{line.public_id}", "Thống nhất, có sửa.", made.secretary)
    minutes = write(minutes, "course.free", "Cuộc họp diễn ra sôi nổi.", made.secretary)
    conclusions.conclude(made.meeting, text="Giao thêm việc.", by=made.chair, at=now())
    _, minutes = drafted(made)
    texts = [block["text"] for part in minutes.body["sections"] for block in part["blocks"]]
    assert {"Thống nhất, có sửa.", "Cuộc họp diễn ra sôi nổi.", "2. Giao thêm việc."} <= set(texts)
    conclusions.remove(made.meeting.conclusions.get(pk=line.pk), by=made.chair, at=now())
    _, minutes = drafted(made)
    assert find(minutes.body, f"conclusions.{line.public_id}")["text"] == "Thống nhất, có sửa."


def test_two_people_on_one_block_lose_nothing_on_two_blocks_meet_nothing():
    made, minutes = drafted()
    acts.edit(minutes, block="course.free", text="Một", revision=1, by=made.secretary, at=now())
    with pytest.raises(Refused, match="changed_meanwhile"):
        acts.edit(minutes, block="course.free", text="Hai", revision=1, by=made.clerk, at=now())
    acts.edit(minutes, block="closing.free", text="Hai", revision=1, by=made.clerk, at=now())
    body = Minutes.objects.get().body
    assert (find(body, "course.free")["text"], find(body, "closing.free")["text"]) == ("Một", "Hai")


def test_members_read_from_the_call_for_comments_on_and_guests_never():
    made, minutes = drafted()
    assert {name for name in ROLES[:-1] if minutes_for(made.user(name), made.meeting)} == {
        "clerk", "leader", "chair", "secretary"
    }  # fmt: skip
    acts.ask_comments(minutes, until=now() + timedelta(days=1), by=made.clerk, at=now())
    assert minutes_for(made.user("member"), made.meeting)
    assert minutes_for(made.user("guest"), made.meeting) is None
    told = set(Notice.objects.filter(kind="meetings.comments_asked").values_list("user", flat=True))
    assert told == {user.pk for user in made.everyone()}


def test_comments_are_answered_before_the_approval():
    made, minutes = commenting()
    member = made.members[0]
    said = acts.comment(minutes, section="course", text="Thiếu ý kiến của Sở.", by=member, at=now())
    with pytest.raises(Refused, match="comments_unsettled"):
        drafting.approve_minutes(minutes, revision=minutes.revision, by=made.chair, at=now())
    acts.settle(said, answer="Đã bổ sung.", by=made.secretary, at=now())
    with pytest.raises(Refused, match="comment_settled"):
        acts.settle(said, answer="Lần nữa.", by=made.secretary, at=now())
    minutes = Minutes.objects.select_related("meeting__agency").get()
    drafting.approve_minutes(minutes, revision=minutes.revision, by=made.chair, at=now())
    assert Notice.objects.filter(kind="meetings.minutes_approved", user=member).exists()
    assert not Notice.objects.filter(kind="meetings.comments_asked", taken_back_at__isnull=True).exists()


def test_comments_end_with_their_time_and_their_section_exists():
    made, minutes = commenting()
    member = made.members[0]
    with pytest.raises(Refused, match="comments_over"):
        acts.comment(minutes, text="Muộn.", by=member, at=now() + timedelta(days=3))
    with pytest.raises(Refused, match="minutes_block_unknown"):
        acts.comment(minutes, section="khác", text="Lạ.", by=member, at=now())
    with pytest.raises(Refused, match="text_missing"):
        acts.comment(minutes, text=" ", by=member, at=now())
    acts.take_back(minutes, by=made.secretary, at=now())
    with pytest.raises(Refused, match="deadline_past"):
        acts.ask_comments(minutes, until=now() - timedelta(hours=1), by=made.secretary, at=now())


def test_the_chair_approves_what_the_chair_read():
    made, minutes = drafted()
    seen = minutes.revision
    write(minutes, "course.free", "Thêm sau.", made.secretary)
    with pytest.raises(Refused, match="changed_meanwhile"):
        drafting.approve_minutes(minutes, revision=seen, by=made.chair, at=now())


def test_approved_minutes_are_pdf_a_with_both_signatures_places():
    made, _minutes = approved()
    document = made.meeting.outcome.minutes
    pdf = read_version(document.versions.select_related("rendition").get())
    with pikepdf.open(io.BytesIO(pdf)) as file, file.open_metadata() as found:
        assert (found["pdfaid:part"], found["pdfaid:conformance"]) == ("2", "B")
        assert "/OutputIntents" in file.Root


def doors(made, minutes, user):
    """Every door that could change minutes or what they say."""
    line = made.meeting.conclusions.first()
    at = now()
    return {
        "redraft": lambda: drafting.draft_minutes(made.meeting, by=user, at=at),
        "edit": lambda: acts.edit(minutes, block="course.free", text="Sửa", revision=1, by=user, at=at),
        "restore": lambda: acts.restore(minutes, block="course.opening", revision=1, by=user, at=at),
        "ask_comments": lambda: acts.ask_comments(minutes, until=at + timedelta(days=1), by=user, at=at),
        "comment": lambda: acts.comment(minutes, text="Ý kiến", by=user, at=at),
        "settle": lambda: acts.settle(minutes.comments.get(), answer="Rồi.", by=user, at=at),
        "take_back": lambda: acts.take_back(minutes, by=user, at=at),
        "approve": lambda: drafting.approve_minutes(minutes, revision=minutes.revision, by=user, at=at),
        "conclude": lambda: conclusions.conclude(made.meeting, text="Thêm.", by=user, at=at),
        "edit_conclusion": lambda: conclusions.edit(line, text="Sửa.", seen=line.text, by=user, at=at),
        "remove_conclusion": lambda: conclusions.remove(line, by=user, at=at),
        "place_conclusion": lambda: conclusions.place(line, position=2, by=user, at=at),
        "put_back": lambda: conclusions.put_back(made.meeting, removed=line.public_id, by=user, at=at),
    }


def test_after_the_approval_every_door_is_shut_for_everybody():
    made, minutes = approved()
    minutes.comments.create(user=made.members[0], text="Cũ", created_at=now())
    before = Minutes.objects.values().get()
    for role in ROLES[:-1]:
        for act in doors(made, minutes, made.user(role)).values():
            with pytest.raises((Refused, Unseen)):
                act()
    assert Minutes.objects.values().get() == before
    assert made.meeting.outcome.minutes.versions.count() == 1


VERBS = ("redraft", "edit", "ask_comments", "comment", "settle", "take_back", "approve")


@pytest.mark.parametrize("state", ["drafted", "commenting"])
@pytest.mark.parametrize("verb", VERBS)
def test_every_role_at_every_verb_of_the_minutes(state, verb):
    row = MINUTES.move(state, verb)
    there = drafted() if state == "drafted" else commenting()
    if verb == "settle":
        there[1].comments.create(user=there[0].members[0], text="Cũ", created_at=now())
    for role in ROLES[:-1]:
        with undone(there) as (made, minutes):
            act = doors(made, minutes, made.user(role))[verb]
            if row and role in WHO[row.who]:
                act()
            else:
                with pytest.raises((Refused, Unseen)):
                    act()


def test_hidden_items_leave_no_trace_in_what_members_read():
    made = world("open", members=3)
    check_in(made)
    made.meeting.items.filter(pk=made.items[1].pk).update(title="Chuyện kín")
    room.move_to(made.meeting.items.get(pk=made.items[1].pk), by=made.chair, at=now())
    conclusions.conclude(made.meeting, text="Kết luận kín.", item=made.items[1], by=made.chair, at=now())
    made.meeting.items.filter(pk=made.items[1].pk).update(hidden=True)
    room.close_room(made.meeting, by=made.chair, at=now())
    _, minutes = drafted(made)
    assert "kín" not in str(minutes.body)


def test_votes_that_were_dropped_or_never_opened_are_not_in_the_minutes():
    made = world("open")
    check_in(made)
    votes.drop(made.vote(), by=made.chair, at=now())
    room.close_room(made.meeting, by=made.chair, at=now())
    _, minutes = drafted(made)
    assert [part["blocks"] for part in minutes.body["sections"] if part["key"] == "votes"] == [[]]
