"""Papers before the meeting: laid, replaced, withdrawn; their files passed `documents.intake_gate` beforehand."""

from collections.abc import Sequence
from datetime import datetime

from documents.actions import intake
from documents.actions import protection as protection_actions
from documents.actions.access import set_audiences
from documents.actions.intake import add_version, take_in
from documents.received import Received
from ledger.door import action, nothing_changed
from ledger.verdict import Refused, first_no
from meetings.audiences import audiences_for
from meetings.laying import announce_paper, bringer, in_groups, keep_change, keeper, next_place, reread
from meetings.models import AgendaItem, Group, Paper
from meetings.paper_news import forget_lost, take_back_news, tell_readers
from meetings.patches import announce, speeches_patch
from meetings.records import locked_item, locked_paper, note
from meetings.rules.agenda import is_titled, may_with_paper, says_what_changed, says_why_withdrawn
from meetings.rules.groups import are_groups_of
from meetings.rules.meeting import may
from people.models import User
from search.fold import composed


@action
def lay(
    item: AgendaItem,
    received: Received,
    *,
    title: str = "",
    guests_may_read: bool = True,
    groups: Sequence[Group] = (),
    by: User,
    at: datetime,
) -> Paper:
    """Lay a received file before the meeting, under one item; after publication it is marked as a supplement."""
    found = locked_item(item)
    if found is None:
        raise Refused("item_unknown")
    meeting = found.meeting
    first_no(may(by, meeting, "arrange"), are_groups_of(meeting, groups)).require()
    keys = audiences_for(found, guests_may_read=guests_may_read, groups=[group.pk for group in groups])
    owner = bringer(by, meeting.agency_id)
    document = take_in(received, agency_id=meeting.agency_id, title=title, audiences=keys, by=owner, at=at)
    late = meeting.published_at is not None
    paper = Paper(item=found, document=document, position=next_place(found), guests_may_read=guests_may_read)
    paper.laid_at, paper.decided_at, paper.decided_by, paper.supplement = at, at, by, late
    paper.save()
    paper.groups.set(groups)
    data = {"document": str(document.public_id), "title": document.title, "guests": guests_may_read}
    named = {"groups": [group.name for group in groups], "supplement": late}
    note(meeting, "lay", by=by, at=at, about=paper, data=data | named, moved=("", "laid"))
    announce_paper(paper, "paper.laid", by=by, at=at)
    tell_readers(paper, by=by, at=at)
    return paper


@action
def replace(
    paper: Paper,
    received: Received,
    *,
    change_note: str = "",
    changed_pages: Sequence[int] = (),
    by: User,
    at: datetime,
) -> Paper:
    """Lay a newer version of the paper; the older one stays in its document."""
    paper = locked_paper(paper)
    first_no(may_with_paper(by, paper, "replace"), says_what_changed(paper, change_note)).require()
    version = add_version(paper.document, received, by=keeper(by, paper.document), at=at)
    keep_change(paper, change_note, changed_pages, by=by, at=at)
    data = {"version": version.number, "change": paper.change_note, "pages": paper.changed_pages}
    note(paper.item.meeting, "replace", by=by, at=at, about=paper, data=data)
    announce_paper(paper, "paper.replaced", by=by, at=at)
    tell_readers(paper, by=by, at=at)
    return paper


@action
def rename(paper: Paper, *, title: str, by: User, at: datetime) -> None:
    """Give the paper another title, in the search too."""
    paper = locked_paper(paper)
    first_no(may_with_paper(by, paper, "rename"), is_titled(title)).require()
    before = paper.document.title
    paper.document = intake.rename(paper.document, title=title, by=keeper(by, paper.document), at=at)
    if paper.document.title == before:
        return nothing_changed()
    data = {"title": paper.document.title, "before": before}
    note(paper.item.meeting, "rename", by=by, at=at, about=paper, data=data)
    return announce_paper(paper, "paper.renamed", by=by, at=at)


@action
def place(paper: Paper, *, item: AgendaItem, position: int, by: User, at: datetime) -> None:
    """Put the paper at `position` (from 1) under this item of the same meeting."""
    paper = locked_paper(paper)
    may_with_paper(by, paper, "place").require()
    target = AgendaItem.objects.filter(pk=item.pk, meeting=paper.item.meeting).first()
    if target is None:
        raise Refused("item_unknown")
    before = list(in_groups([paper]).values())
    moved = _placed(paper, target, position)
    if not moved:
        return nothing_changed()
    note(paper.item.meeting, "place", by=by, at=at, about=paper, data={"item": target.title, "position": position})
    paper.item = AgendaItem.objects.select_related("meeting__agency").get(pk=target.pk)
    reread(paper, by=by, at=at)
    for one in moved:
        announce_paper(one, "paper.placed", by=by, at=at, before=before if one.pk == paper.pk else ())
    return None


def _placed(paper: Paper, target: AgendaItem, position: int) -> list[Paper]:
    """Number the laid papers of the item anew, this one at its place; return those that changed."""
    others = Paper.objects.filter(item=target, state="laid").exclude(pk=paper.pk).order_by("position", "pk")
    order = list(others.select_related("item__meeting__agency", "document"))
    order.insert(min(max(position, 1), len(order) + 1) - 1, paper)
    changed = []
    for number, one in enumerate(order, start=1):
        if (one.item_id, one.position) != (target.pk, number):
            one.item_id, one.position = target.pk, number
            changed.append(one)
    Paper.objects.bulk_update(changed, ["item", "position"])
    return changed


@action
def open_to(
    paper: Paper, *, guests_may_read: bool = True, groups: Sequence[Group] = (), by: User, at: datetime
) -> None:
    """Say who reads the paper: everybody, everybody but guests, or only some groups."""
    paper = locked_paper(paper)
    first_no(may_with_paper(by, paper, "open_to"), are_groups_of(paper.item.meeting, groups)).require()
    chosen = {group.pk for group in groups}
    had = set(paper.groups.values_list("pk", flat=True))
    if (paper.guests_may_read, had) == (guests_may_read, chosen):
        return nothing_changed()
    before = list(in_groups([paper]).values())
    paper.guests_may_read = guests_may_read
    paper.save(update_fields=["guests_may_read"])
    paper.groups.set(groups)
    reread(paper, by=by, at=at)
    data = {"guests": guests_may_read, "groups": [group.name for group in groups]}
    note(paper.item.meeting, "open_to", by=by, at=at, about=paper, data=data)
    forget_lost(paper, at=at)
    announce_paper(paper, "paper.opened", by=by, at=at, before=before)
    _show_requests(paper, by=by, at=at)
    return None


def _show_requests(paper: Paper, *, by: User, at: datetime) -> None:
    """Tell the requests to speak about the paper anew: they name it only to those who may read it."""
    meeting = paper.item.meeting
    about = list(meeting.speeches.filter(paper=paper).values_list("pk", flat=True))
    if about:
        announce(meeting, "speech.about", speeches_patch(meeting, about), by=by, at=at)


@action
def protect(paper: Paper, *, protection: str, by: User, at: datetime) -> None:
    """Say what readers get of the paper: everything, a watermark, or watermarked pictures of its pages alone."""
    paper = locked_paper(paper)
    may_with_paper(by, paper, "protect").require()
    before = paper.document.protection
    document = protection_actions.protect(paper.document, protection=protection, by=keeper(by, paper.document), at=at)
    if document.protection == before:
        return nothing_changed()
    note(paper.item.meeting, "protect", by=by, at=at, about=paper, data={"protection": protection, "before": before})
    return announce_paper(paper, "paper.protected", by=by, at=at)


@action
def withdraw(paper: Paper, *, reason: str = "", by: User, at: datetime) -> None:
    """Take the paper away from the meeting; it stays with the agency, and who took it away and why stays known."""
    paper = locked_paper(paper)
    first_no(may_with_paper(by, paper, "withdraw"), says_why_withdrawn(paper, reason)).require()
    before = list(in_groups([paper]).values())
    paper.state, paper.reason, paper.decided_by, paper.decided_at = "withdrawn", composed(reason).strip(), by, at
    paper.save(update_fields=["state", "reason", "decided_by", "decided_at"])
    set_audiences(paper.document, [], by=keeper(by, paper.document), at=at)
    data = {"title": paper.document.title, "reason": paper.reason}
    note(paper.item.meeting, "withdraw", by=by, at=at, about=paper, data=data, moved=("laid", "withdrawn"))
    take_back_news(paper, at=at)
    announce_paper(paper, "paper.withdrawn", by=by, at=at, before=before)
