"""What a meeting leaves: minutes typeset from the ledger, and the conclusion notice."""

import io

import pytest
from pypdf import PdfReader

from documents.models import DocumentAudience
from documents.queries import get_visible_document, read_version
from ledger.verdict import Refused, Unseen
from meetings import drafting
from meetings.actions import conclusions, room, votes
from meetings.actions.ballots import Cast, cast_together
from meetings.jobs import draft_minutes
from meetings.models import Minutes
from meetings.snapshot.room import room_snapshot
from tests.meetings.factories import check_in, now, running_vote, world

pytestmark = pytest.mark.django_db


def held(**changes):
    """A meeting that voted, concluded and closed."""
    made = world("open", **changes)
    vote = running_vote(made)
    casts = [Cast(user, "yes", now()) for user in [made.chair, *made.members]]
    cast_together(vote, casts=casts, by=None, at=now())
    votes.close_vote(made.vote(), by=made.chair, at=now())
    votes.declare(made.vote(), by=made.chair, at=now())
    conclusions.conclude(made.meeting, text="Thống nhất nội dung.", item=made.items[0], by=made.chair, at=now())
    room.close_room(made.meeting, by=made.chair, at=now())
    made.reread()
    return made


def text_of(pdf: bytes) -> str:
    pages = PdfReader(io.BytesIO(pdf)).pages
    return " ".join(" ".join(page.extract_text() for page in pages).split())


def test_minutes_tell_the_course_the_votes_and_the_conclusions():
    made = held()
    minutes = drafting.draft_minutes(made.meeting, by=made.secretary, at=now())
    text = text_of(drafting.typeset(minutes, at=now(), draft=True))
    for words in ("BIÊN BẢN", "Thông qua nội dung 1?", "Thống nhất nội dung.", made.chair.full_name, "DỰ THẢO"):
        assert words in text


def test_approved_minutes_are_the_document_of_the_room_and_of_the_members():
    made = held()
    minutes = drafting.draft_minutes(made.meeting, by=made.secretary, at=now())
    assert "minutes" not in room_snapshot(made.meeting, "")["meeting"]
    document = drafting.approve_minutes(minutes, revision=minutes.revision, by=made.chair, at=now())
    assert room_snapshot(made.meeting, "")["meeting"]["minutes"] == str(document.public_id)
    assert "DỰ THẢO" not in text_of(read_version(document.versions.select_related("rendition").get()))
    assert get_visible_document(made.user("member"), document.public_id)
    with pytest.raises(Unseen):
        get_visible_document(made.user("guest"), document.public_id)
    assert DocumentAudience.objects.filter(document=document, key=made.meeting.stream).exists()


def test_drafting_again_keeps_the_one_draft():
    made = held()
    draft_minutes.func(made.meeting.pk)
    drafting.draft_minutes(made.meeting, by=made.clerk, at=now())
    assert Minutes.objects.get(meeting=made.meeting).revision == 2


def test_minutes_are_drafted_by_those_who_keep_the_meeting():
    made = held()
    with pytest.raises(Refused):
        drafting.draft_minutes(made.meeting, by=made.members[0], at=now())


def test_minutes_of_a_department_carry_its_own_words():
    made = held(kind="department_meeting")
    minutes = drafting.draft_minutes(made.meeting, by=made.secretary, at=now())
    assert "Ý kiến khác" in text_of(drafting.typeset(minutes, at=now(), draft=False))


def test_the_notice_is_an_outgoing_document_once():
    made = held()
    outgoing = drafting.draft_notice(made.meeting, by=made.secretary, at=now())
    assert outgoing.source_key == f"meeting:{made.meeting.public_id}"
    assert outgoing.type.code == "TB"
    assert outgoing.signer_post.user == made.leader
    assert any("Thống nhất nội dung." in str(block) for block in outgoing.content["body"])
    assert [delivery.agency.name for delivery in outgoing.deliveries.all()] == ["UBND phường Khác"]
    with pytest.raises(Refused, match="notice_drafted"):
        drafting.draft_notice(made.meeting, by=made.clerk, at=now())


def test_no_conclusion_no_notice():
    made = world("open")
    check_in(made)
    room.close_room(made.meeting, by=made.chair, at=now())
    with pytest.raises(Refused, match="no_conclusions"):
        drafting.draft_notice(made.reread(), by=made.secretary, at=now())


def test_the_job_ends_quietly_when_the_minutes_are_locked(caplog):
    made = held()
    minutes = drafting.draft_minutes(made.meeting, by=made.secretary, at=now())
    drafting.approve_minutes(minutes, revision=minutes.revision, by=made.chair, at=now())
    before = Minutes.objects.get(meeting=made.meeting).revision
    draft_minutes.func(made.meeting.pk)
    assert Minutes.objects.get(meeting=made.meeting).revision == before
    assert not [record for record in caplog.records if record.levelname in ("WARNING", "ERROR")]
