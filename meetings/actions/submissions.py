"""A unit's papers: brought, handed in, taken back; those who check them lay them or return them with a reason."""

from collections.abc import Sequence
from datetime import datetime

from documents.actions.access import set_audiences
from documents.actions.intake import add_copy, add_version, take_copy, take_in
from documents.queries import latest_version
from documents.received import Received
from ledger.door import action
from ledger.verdict import YES, Refused, first_no, no
from meetings.audiences import paper_audiences, unit_audiences
from meetings.laying import announce_paper, bringer, keep_change, keeper, next_place
from meetings.models import Duty, Paper
from meetings.paper_news import about_duty, about_paper, tell_readers, tell_reviewers, tell_unit
from meetings.queries.duties import IN_WORK
from meetings.records import locked_duty, locked_paper, note
from meetings.rules.agenda import may_with_paper, says_what_changed
from meetings.rules.duties import may_bring
from meetings.rules.words import is_reason
from meetings.workflow import PAPER
from notices.actions.telling import take_back as take_back_notices
from people.models import User
from search.fold import composed

FIRST = ("meetings.duty_soon", "meetings.duty_late")


@action
def bring(duty: Duty, received: Received, *, title: str = "", by: User, at: datetime) -> Paper:
    """Put a file into the unit's papers for a duty; nobody but the unit sees it until it is handed in."""
    duty = locked_duty(duty)
    may_bring(by, duty).require()
    paper = Paper(item=duty.item, duty=duty, state=PAPER.initial, position=next_place(duty.item))
    return _taken_in(paper, received, title, by=by, at=at)


@action
def propose(paper: Paper, received: Received, *, change_note: str = "", by: User, at: datetime) -> Paper:
    """Bring a newer version of the unit's laid paper; what is laid stays as it is until it is approved."""
    paper = locked_paper(paper)
    first_no(may_with_paper(by, paper, "propose"), says_what_changed(paper, change_note)).require()
    assert paper.duty is not None
    may_bring(by, paper.duty).require()
    if paper.proposals.filter(state__in=IN_WORK).exists():
        raise Refused("proposal_exists")
    made = Paper(item=paper.item, duty=paper.duty, replaces=paper, state=PAPER.initial, position=paper.position)
    made.change_note, made.guests_may_read = composed(change_note).strip(), paper.guests_may_read
    made = _taken_in(made, received, paper.document.title, by=by, at=at)
    made.groups.set(paper.groups.all())  # laid on its own, it stays with those it was for
    return made


def _taken_in(paper: Paper, received: Received, title: str, *, by: User, at: datetime) -> Paper:
    """Give the new paper a document of the unit's own."""
    assert paper.duty is not None
    agency_id, keys = paper.duty.agency_id, unit_audiences(paper)
    document = take_in(received, agency_id=agency_id, title=title, audiences=keys, by=bringer(by, agency_id), at=at)
    paper.document = document
    paper.save()
    data = {"document": str(document.public_id), "title": document.title, "unit": paper.duty.agency.name}
    note(paper.item.meeting, "bring", by=by, at=at, about=paper, data=data, moved=("", paper.state))
    return paper


@action
def upload(paper: Paper, received: Received, *, change_note: str = "", by: User, at: datetime) -> Paper:
    """Add a newer version to what the unit has not handed in, or got back."""
    paper = locked_paper(paper)
    may_with_paper(by, paper, "upload").require()
    version = add_version(paper.document, received, by=keeper(by, paper.document), at=at)
    if paper.submitted_at is not None:
        paper.submitted_at = None  # a newer version is the unit's own until it is handed in again
        paper.save(update_fields=["submitted_at"])
        set_audiences(paper.document, unit_audiences(paper), by=keeper(by, paper.document), at=at)
    if change_note.strip():
        paper.change_note = composed(change_note).strip()[:500]
        paper.save(update_fields=["change_note"])
    note(paper.item.meeting, "upload", by=by, at=at, about=paper, data={"version": version.number})
    return paper


@action
def submit(paper: Paper, *, by: User, at: datetime) -> Paper:
    """Hand the paper in: from now on those who check papers read it."""
    paper = locked_paper(paper)
    assert paper.duty is not None
    first_no(may_with_paper(by, paper, "submit"), no("duty_waived") if paper.duty.waived_at else YES).require()
    source, paper.state = paper.state, "submitted"
    paper.submitted_at, paper.reason = at, ""
    paper.save(update_fields=["state", "submitted_at", "reason"])
    set_audiences(paper.document, unit_audiences(paper), by=keeper(by, paper.document), at=at)
    late = at > paper.duty.due_at
    data = {"title": paper.document.title, "late": late}
    note(paper.item.meeting, "hand_in", by=by, at=at, about=paper, data=data, moved=(source, paper.state))
    take_back_notices(about_duty(paper.duty), at=at, kinds=FIRST)
    tell_reviewers(paper, by=by, at=at)
    return paper


@action
def take_back(paper: Paper, *, by: User, at: datetime) -> Paper:
    """Take the paper back before it is decided on; those who check papers no longer read it."""
    paper = locked_paper(paper)
    may_with_paper(by, paper, "take_back").require()
    paper.state, paper.submitted_at = "prepared", None
    paper.save(update_fields=["state", "submitted_at"])
    set_audiences(paper.document, unit_audiences(paper), by=keeper(by, paper.document), at=at)
    note(paper.item.meeting, "take_back_paper", by=by, at=at, about=paper, moved=("submitted", "prepared"))
    take_back_notices(about_paper(paper), at=at)
    return paper


@action
def discard(paper: Paper, *, by: User, at: datetime) -> None:
    """Throw away what was not handed in; the file stays with the unit."""
    paper = locked_paper(paper)
    may_with_paper(by, paper, "discard").require()
    source, paper.state = paper.state, "discarded"
    paper.submitted_at = None
    paper.save(update_fields=["state", "submitted_at"])
    set_audiences(paper.document, unit_audiences(paper), by=keeper(by, paper.document), at=at)
    note(paper.item.meeting, "discard", by=by, at=at, about=paper, moved=(source, "discarded"))


@action
def give_back(paper: Paper, *, reason: str, by: User, at: datetime) -> Paper:
    """Return the paper to the unit, saying what to change."""
    paper = locked_paper(paper)
    first_no(may_with_paper(by, paper, "give_back"), is_reason(reason)).require()
    paper.state, paper.reason, paper.decided_by, paper.decided_at = "returned", composed(reason).strip(), by, at
    paper.save(update_fields=["state", "reason", "decided_by", "decided_at"])
    data = {"reason": paper.reason, "title": paper.document.title}
    note(paper.item.meeting, "give_back", by=by, at=at, about=paper, data=data, moved=("submitted", "returned"))
    take_back_notices(about_paper(paper), at=at)
    _tell(paper, "meetings.paper_returned", by=by, at=at)
    return paper


@action
def approve(paper: Paper, *, changed_pages: Sequence[int] = (), by: User, at: datetime) -> Paper:
    """Lay what the unit handed in; a newer version of a laid paper becomes that one's newest. Return the laid paper."""
    paper = locked_paper(paper)
    if paper.replaces is not None and paper.replaces.state == "laid":
        return _merged(paper, changed_pages, by=by, at=at)
    may_with_paper(by, paper, "approve").require()
    return _laid(paper, by=by, at=at)


def _laid(paper: Paper, *, by: User, at: datetime) -> Paper:
    """Lay a copy of the newest version: versions nobody approved stay in the unit's own document."""
    meeting, own = paper.item.meeting, paper.document
    version, owner = latest_version(own), bringer(by, meeting.agency_id)
    assert version is not None
    version.document = own
    paper.document = take_copy(
        version, agency_id=meeting.agency_id, title=own.title, audiences=paper_audiences(paper), by=owner, at=at
    )
    paper.source, paper.state, paper.supplement = own, "laid", meeting.published_at is not None
    paper.laid_at, paper.decided_at, paper.decided_by, paper.position = at, at, by, next_place(paper.item)
    paper.save()
    data = {"document": str(paper.document.public_id), "title": own.title, "version": version.number}
    note(meeting, "approve", by=by, at=at, about=paper, data=data, moved=("submitted", "laid"))
    _decided(paper, paper, by=by, at=at)
    announce_paper(paper, "paper.laid", by=by, at=at)
    return paper


def _merged(paper: Paper, changed_pages: Sequence[int], *, by: User, at: datetime) -> Paper:
    """Add the newest version to the laid paper's own document, so that links, marks and notes stay."""
    laid = locked_paper(paper.replaces) if paper.replaces else paper
    first_no(may_with_paper(by, paper, "merge"), says_what_changed(laid, paper.change_note)).require()
    version = latest_version(paper.document)
    assert version is not None
    version.document = paper.document
    add_copy(laid.document, version, by=keeper(by, laid.document), at=at)
    keep_change(laid, paper.change_note, changed_pages, by=by, at=at)
    paper.state, paper.decided_by, paper.decided_at = "merged", by, at
    paper.save(update_fields=["state", "decided_by", "decided_at"])
    data = {"into": str(laid.public_id), "change": laid.change_note, "pages": laid.changed_pages}
    note(paper.item.meeting, "merge", by=by, at=at, about=paper, data=data, moved=("submitted", "merged"))
    _decided(paper, laid, by=by, at=at)
    announce_paper(laid, "paper.replaced", by=by, at=at)
    return laid


def _decided(paper: Paper, laid: Paper, *, by: User, at: datetime) -> None:
    """Tell the unit that its paper is laid, and participants that there is something new."""
    take_back_notices(about_paper(paper), at=at)
    _tell(paper, "meetings.paper_accepted", by=by, at=at)
    tell_readers(laid, by=by, at=at)


def _tell(paper: Paper, kind: str, *, by: User, at: datetime) -> None:
    assert paper.duty is not None
    duty = Duty.objects.select_related("agency", "item__meeting").get(pk=paper.duty.pk)
    tell_unit(duty, kind, by=by, at=at, paper=paper.document.title, reason=paper.reason)
