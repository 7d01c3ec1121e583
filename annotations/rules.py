"""Who may do what with notes: the owner edits, who sees one answers; each question with its reason."""

from collections.abc import Callable
from uuid import UUID

from annotations.batch import Batch, Entry
from annotations.operations import Operation
from annotations.shapes import place_problem
from ledger.verdict import YES, Verdict, first_no, no

MOST_NOTES = 20_000
MOST_REPLIES = 200


def may_do(batch: Batch, operation: Operation) -> Verdict:
    """May the person of the batch do this operation now?"""
    return QUESTIONS[operation.do](batch, operation)


def may_put(batch: Batch, operation: Operation) -> Verdict:
    """Is it a note that fits on its page, and is there room for it?"""
    if operation.note in batch.entries:
        return no("note_taken")
    if batch.own_count >= MOST_NOTES:
        return no("too_many_notes", limit=MOST_NOTES)
    return first_no(fits(batch, operation), may_go_to(batch, operation))


def fits(batch: Batch, operation: Operation) -> Verdict:
    """Is the page there in that version, and does the shape lie on it?"""
    data = operation.data
    version, page = batch.versions.get(data["version"]), data["page"]
    if version is None:
        return no("note_version_unknown")
    if version.rendition.purged_at is not None:
        return no("purged")
    if not isinstance(page, int) or isinstance(page, bool) or not 1 <= page <= version.pages:
        return no("note_page_unknown", pages=version.pages)
    size = version.page_sizes[page - 1] if len(version.page_sizes) >= page else None
    problem = place_problem(data["kind"], data["shape"], size)
    return no(problem) if problem else YES


def may_go_to(batch: Batch, operation: Operation) -> Verdict:
    """Can the note be shared with them: a circle the person is in, people who may read the document?"""
    if batch.keys_of(operation.to) is not None:
        return YES
    return no("note_circle_unknown" if "circle" in (operation.to or {}) else "note_people_cannot_read")


def is_owned(batch: Batch, operation: Operation) -> Verdict:
    """Is it a note of the person's own? What they do not see is not there for them."""
    entry = batch.entry(operation.note)
    if entry is None or not batch.sees(entry):
        return no("note_unknown")
    return YES if batch.is_own(entry) else no("note_not_yours")


def may_share(batch: Batch, operation: Operation) -> Verdict:
    """May the owner share it with them?"""
    return first_no(is_owned(batch, operation), may_go_to(batch, operation))


def may_reply(batch: Batch, operation: Operation) -> Verdict:
    """Does the person see the note, and is there room for an answer?"""
    entry = batch.entry(operation.note)
    if entry is None or not batch.sees(entry) or (entry.note or {}).get("erased"):
        return no("note_unknown")
    if UUID(operation.data["reply"]) in batch.replies:
        return no("note_taken")
    return YES if replies_of(entry) < MOST_REPLIES else no("too_many_replies", limit=MOST_REPLIES)


def replies_of(entry: Entry) -> int:
    """Return how many answers a note has had."""
    return len((entry.note or {}).get("replies", {}))


def may_erase_reply(batch: Batch, operation: Operation) -> Verdict:
    """Is it an answer of the person's own, to this note?"""
    entry, reply = batch.entry(operation.note), operation.data["reply"]
    if entry is None or reply not in (entry.note or {}).get("replies", {}):
        return no("note_unknown")
    if batch.replies.get(UUID(reply)) == batch.by.pk:
        return YES
    return no("note_not_yours" if batch.sees(entry) else "note_unknown")


QUESTIONS: dict[str, Callable[[Batch, Operation], Verdict]] = {
    "put": may_put,
    "erase": is_owned,
    "restore": is_owned,
    "say": is_owned,
    "restyle": is_owned,
    "share": may_share,
    "reply": may_reply,
    "erase_reply": may_erase_reply,
}
