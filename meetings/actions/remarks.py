"""Remarks on a place in a paper: an own annotation handed to the chair as an opinion on the item.

What is kept is its words and its place in the exact version; the annotation stays its author's, as private as it was.
"""

from datetime import datetime

from annotations.exports.marks import area, mark_from_wire
from annotations.models import Annotation
from annotations.queries import own_annotations
from annotations.wire import note_of
from ledger.door import action, nothing_changed, private
from ledger.verdict import Refused, first_no, no
from meetings.models import AgendaItem, Opinion, Paper
from meetings.opinion_news import announce_opinion
from meetings.records import locked_item, locked_paper, note
from meetings.rules.meeting import participation
from meetings.rules.own import LONGEST_OPINION, is_own_draft, is_writable, may_prepare, may_remark
from meetings.rules.speaking import is_place_in_paper
from meetings.rules.words import has_text
from meetings.snapshot.opinions import WITH
from people.models import User
from search.fold import composed


@action
def submit(item: AgendaItem, paper: Paper, mark: Annotation, *, text: str, by: User, at: datetime) -> Opinion:
    """Hand an own annotation on a paper of the item to the chair, with what it says or with other words."""
    item, paper, mark = _item(item), locked_paper(paper), _own(mark, by)
    words = composed(text.strip() or mark.body)
    first_no(
        may_remark(participation(by, item.meeting), item),
        is_place_in_paper(item, paper, None),
        has_text(words),
        is_writable(words, LONGEST_OPINION),
    ).require()
    known = Opinion.objects.filter(note=mark.public_id).select_related(*WITH).first()
    if known is not None and known.handed_in_at is not None:
        nothing_changed()
        return known
    opinion = known or Opinion(item=item, user=by, note=mark.public_id, created_at=at)
    opinion.text, opinion.item, opinion.paper = words, item, paper
    for name, value in _place(mark).items():
        setattr(opinion, name, value)
    return _given(opinion, by=by, at=at)


@action
def hand_in(remark: Opinion, *, by: User, at: datetime) -> Opinion:
    """Give the chair a remark again that was taken back."""
    remark = _held(remark, by)
    first_no(may_remark(participation(by, remark.item.meeting), remark.item), is_own_draft(remark)).require()
    return _given(remark, by=by, at=at)


@action
def take_back(remark: Opinion, *, by: User, at: datetime) -> Opinion:
    """Make the remark the author's alone again, while the meeting has not got to the item."""
    remark = _held(remark, by)
    if remark.handed_in_at is None:
        raise Refused("opinion_not_handed_in")
    may_prepare(participation(by, remark.item.meeting), remark.item).require()
    remark.handed_in_at = None
    remark.revision += 1
    remark.save(update_fields=["handed_in_at", "revision"])
    note(remark.item.meeting, "take_back_remark", by=by, at=at, about=remark)
    announce_opinion(remark, "opinion.taken_back", by=by, at=at)
    return remark


@action
def discard(remark: Opinion, *, by: User, at: datetime) -> None:
    """Forget a remark that was taken back; the annotation stays where it is."""
    remark = _held(remark, by)
    is_own_draft(remark).require()
    private()
    remark.delete()


def _given(opinion: Opinion, *, by: User, at: datetime) -> Opinion:
    """Keep it as handed in, and tell chair, secretary and the author's own pages."""
    opinion.handed_in_at = opinion.changed_at = at
    opinion.revision += 1
    opinion.save()
    note(opinion.item.meeting, "submit_remark", by=by, at=at, about=opinion)
    announce_opinion(opinion, "opinion.handed_in", by=by, at=at)
    return opinion


def _item(item: AgendaItem) -> AgendaItem:
    """Return the item with its meeting held, or refuse."""
    found = locked_item(item)
    if found is None:
        raise Refused("item_unknown")
    return found


def _own(mark: Annotation, by: User) -> Annotation:
    """Return the annotation as it is now, if it is the person's and not erased."""
    row = own_annotations(by).filter(pk=mark.pk).first()
    if row is None:
        no("note_unknown").require()
    assert row is not None
    return row


def _place(mark: Annotation) -> dict[str, object]:
    """Return where the remark stands: version, page, the area its shape takes, the words it marks."""
    shape = mark_from_wire(str(mark.public_id), note_of(mark, []))
    where = [round(number, 2) for number in area(shape)]
    return {"version": mark.version, "page": mark.page, "area": where, "quote": (mark.quote or {}).get("exact", "")}


def _held(remark: Opinion, by: User) -> Opinion:
    """Return one's own remark with its meeting held, or refuse."""
    item = _item(remark.item)
    found = Opinion.objects.filter(pk=remark.pk, user=by, note__isnull=False, item=item).select_related(*WITH).first()
    if found is None:
        raise Refused("opinion_not_handed_in")
    found.item = item
    return found
