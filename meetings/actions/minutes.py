"""The minutes as text: drafted, edited block by block, commented on, approved by the chair and then locked."""

from collections.abc import Callable
from datetime import datetime

from documents.actions.intake import take_in
from documents.received import Received
from documents.rules import may_take_in
from ledger.door import action, nothing_changed
from ledger.verdict import YES, Refused, first_no, no
from meetings.audiences import record_audiences
from meetings.minutes.body import Body, NoBlock, find, redrafted, restored, section_keys, written
from meetings.models import Meeting, Minutes, MinutesComment, Outcome
from meetings.patches import announce_same, meeting_patch
from meetings.queries.outcome import told_of_minutes
from meetings.records import locked, note
from meetings.rules.meeting import may
from meetings.rules.outcome import are_open, fits, is_in_time, may_approve, may_with_minutes
from meetings.rules.words import has_text
from meetings.workflow import MINUTES
from notices.actions.telling import take_back as untell
from notices.actions.telling import tell
from people.models import User
from people.queries import system_user
from search.fold import composed

LONGEST_COMMENT, LONGEST_ANSWER = 5_000, 500
ASKED, APPROVED = "meetings.comments_asked", "meetings.minutes_approved"


def _held(minutes: Minutes) -> Minutes:
    """Return the minutes as they are now, their meeting held."""
    locked(minutes.meeting)
    return Minutes.objects.select_related("meeting__agency").get(pk=minutes.pk)


def _moved(minutes: Minutes, verb: str) -> tuple[str, str]:
    """Move the minutes along their table, unsaved; return from where to where."""
    row = MINUTES.move(minutes.state, verb)
    if row is None:
        raise ValueError(f"{verb} leads nowhere from {minutes.state}")
    source, minutes.state = minutes.state, row.target
    return source, row.target


def _saved(minutes: Minutes, at: datetime) -> None:
    """Save one revision on."""
    minutes.revision += 1
    minutes.changed_at = at
    minutes.save()


@action
def draft(meeting: Meeting, *, fresh: Body, by: User, at: datetime) -> Minutes:
    """Keep a draft from the ledger; what was written by hand in an earlier one stays."""
    meeting = locked(meeting)
    first_no(may(by, meeting, "draft_minutes"), are_open(meeting)).require()
    minutes = Minutes.objects.filter(meeting=meeting).first()
    again = minutes is not None
    if minutes is None:
        minutes = Minutes(meeting=meeting, body=fresh, changed_at=at)
        minutes.save()
    else:
        may_with_minutes(by, minutes, "redraft").require()
        minutes.body = redrafted(minutes.body, fresh)
        _saved(minutes, at)
    moved = None if again else ("", MINUTES.initial)
    note(meeting, "draft_minutes", by=by, at=at, about=minutes, data={"again": again}, moved=moved)
    announce_same(meeting, "minutes.drafted", {}, by=by, at=at)
    return minutes


@action
def edit(minutes: Minutes, *, block: str, text: str, revision: int, by: User, at: datetime) -> Minutes:
    """Write one block, unless somebody else did since `revision` of it was read."""
    words = composed(text).replace("\r\n", "\n").replace("\0", "").rstrip()
    return _rewritten(minutes, block, revision, lambda body: written(body, block, words), words, by, at)


@action
def restore(minutes: Minutes, *, block: str, revision: int, by: User, at: datetime) -> Minutes:
    """Put a block back to what the ledger says."""
    return _rewritten(minutes, block, revision, lambda body: restored(body, block), "", by, at)


def _rewritten(
    minutes: Minutes, block: str, revision: int, change: Callable[[Body], Body], words: str, by: User, at: datetime
) -> Minutes:
    """Change one block and record which; the text itself stands in the minutes."""
    minutes = _held(minutes)
    may_with_minutes(by, minutes, "edit").require()
    try:
        same = YES if find(minutes.body, block)["revision"] == revision else no("changed_meanwhile")
    except NoBlock as error:
        raise Refused("minutes_block_unknown") from error
    first_no(fits(words), same).require()
    after = change(minutes.body)
    if find(after, block)["text"] == find(minutes.body, block)["text"]:
        nothing_changed()
        return minutes
    minutes.body = after
    _saved(minutes, at)
    data = {"block": block, "text": find(minutes.body, block)["text"]}
    note(minutes.meeting, "edit_minutes", by=by, at=at, about=minutes, data=data)
    return minutes


@action
def ask_comments(minutes: Minutes, *, until: datetime, by: User, at: datetime) -> Minutes:
    """Let the members read the draft and say what is wrong with it, until a time; each is told."""
    minutes = _held(minutes)
    future = YES if until > at else no("deadline_past")
    first_no(may_with_minutes(by, minutes, "ask_comments"), future).require()
    moved = _moved(minutes, "ask_comments")
    minutes.comment_by = until
    _saved(minutes, at)
    meeting = minutes.meeting
    note(meeting, "ask_comments", by=by, at=at, about=minutes, data={"until": until.isoformat()}, moved=moved)
    _tell(minutes, ASKED, by=by, at=at)
    announce_same(meeting, "minutes.commenting", {}, by=by, at=at)
    return minutes


def _tell(minutes: Minutes, kind: str, *, by: User, at: datetime) -> None:
    """Tell chair, secretary and members, all but the one who did it."""
    meeting = minutes.meeting
    users = [user for user in told_of_minutes(meeting) if user.pk != by.pk]
    url = f"/meetings/{meeting.public_id}/minutes/"
    values = {"title": meeting.title}
    tell(users, kind, values, url=url, agency_id=meeting.agency_id, at=at, about=meeting.stream)


@action
def comment(minutes: Minutes, *, section: str = "", text: str, by: User, at: datetime) -> MinutesComment:
    """Say something about a section, or about the whole."""
    minutes = _held(minutes)
    known = YES if section in ("", *section_keys(minutes.body)) else no("minutes_block_unknown")
    words = composed(text).replace("\0", "").strip()
    first_no(
        may_with_minutes(by, minutes, "comment"),
        is_in_time(minutes, at),
        known,
        has_text(words),
        fits(words, LONGEST_COMMENT),
    ).require()
    made = MinutesComment.objects.create(minutes=minutes, section=section, user=by, text=words, created_at=at)
    note(minutes.meeting, "comment_minutes", by=by, at=at, about=made, data={"section": section, "text": words})
    announce_same(minutes.meeting, "minutes.commented", {}, by=by, at=at)
    return made


@action
def settle(said: MinutesComment, *, answer: str, by: User, at: datetime) -> MinutesComment:
    """Answer a comment: what was done about it, or why nothing was."""
    minutes = _held(said.minutes)
    found = MinutesComment.objects.get(pk=said.pk)
    words = composed(answer).replace("\0", "").strip()
    standing = no("comment_settled") if found.settled_at else YES
    first_no(may_with_minutes(by, minutes, "settle"), standing, has_text(words), fits(words, LONGEST_ANSWER)).require()
    found.answer, found.settled_at = words, at
    found.save(update_fields=["answer", "settled_at"])
    note(minutes.meeting, "settle_comment", by=by, at=at, about=found, data={"answer": words})
    announce_same(minutes.meeting, "minutes.settled", {}, by=by, at=at)
    return found


@action
def take_back(minutes: Minutes, *, by: User, at: datetime) -> Minutes:
    """Take the draft back from the members; their comments stay."""
    minutes = _held(minutes)
    may_with_minutes(by, minutes, "take_back").require()
    moved = _moved(minutes, "take_back")
    minutes.comment_by = None
    _saved(minutes, at)
    untell(minutes.meeting.stream, at=at, kinds=[ASKED])
    note(minutes.meeting, "take_back_minutes", by=by, at=at, about=minutes, moved=moved)
    announce_same(minutes.meeting, "minutes.taken_back", {}, by=by, at=at)
    return minutes


@action
def approve(minutes: Minutes, received: Received, *, title: str, revision: int, by: User, at: datetime) -> Outcome:
    """Approve the minutes as typeset from `revision`: from here on they are a document nothing changes."""
    minutes = _held(minutes)
    meeting = minutes.meeting
    same = YES if minutes.revision == revision else no("changed_meanwhile")
    first_no(may_with_minutes(by, minutes, "approve"), same, may_approve(by, minutes)).require()
    moved = _moved(minutes, "approve")
    minutes.approved_by, minutes.approved_at = by, at
    _saved(minutes, at)
    outcome, _ = Outcome.objects.get_or_create(meeting=meeting)
    keeper = system_user() if not may_take_in(by, meeting.agency_id) else by
    keys = record_audiences(meeting)
    outcome.minutes = take_in(received, agency_id=meeting.agency_id, title=title, audiences=keys, by=keeper, at=at)
    outcome.save(update_fields=["minutes"])
    data = {"document": str(outcome.minutes.public_id), "sha256": received.original.sha256}
    note(meeting, "approve_minutes", by=by, at=at, about=minutes, data=data, moved=moved)
    untell(meeting.stream, at=at, kinds=[ASKED])
    _tell(minutes, APPROVED, by=by, at=at)
    announce_same(meeting, "meeting.minutes", meeting_patch(meeting), by=by, at=at)
    return outcome
