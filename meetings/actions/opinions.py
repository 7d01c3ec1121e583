"""Opinions prepared for an item: private until handed in, then chair and secretary read them.

What is not handed in leaves no record and no event; of what is, the record holds that it was, never the words.
"""

from datetime import datetime

from ledger.door import action, private
from ledger.verdict import YES, Refused, first_no, no
from meetings.models import AgendaItem, Opinion
from meetings.opinion_news import announce_opinion
from meetings.records import locked_item, note
from meetings.rules.own import LONGEST_OPINION, is_own_draft, is_writable, may_prepare_opinion
from meetings.rules.words import has_text
from people.models import User
from search.fold import composed


@action
def save(item: AgendaItem, *, text: str, revision: int, by: User, at: datetime) -> Opinion | None:
    """Keep the author's words; `revision` is what their device last saw, 0 for none. Without words there is nothing."""
    item, opinion = _held(item, by)
    same = YES if (opinion.revision if opinion else 0) == revision else no("changed_meanwhile")
    first_no(may_prepare_opinion(by, item), is_own_draft(opinion), is_writable(text, LONGEST_OPINION), same).require()
    private()
    if not text.strip():
        Opinion.objects.filter(item=item, user=by, note__isnull=True).delete()
        return None
    if opinion is None:
        return Opinion.objects.create(item=item, user=by, text=composed(text), created_at=at, changed_at=at)
    opinion.text, opinion.changed_at, opinion.revision = composed(text), at, revision + 1
    opinion.save(update_fields=["text", "changed_at", "revision"])
    return opinion


@action
def hand_in(item: AgendaItem, *, by: User, at: datetime) -> Opinion:
    """Give the opinion to the chair."""
    item, opinion = _held(item, by)
    if opinion is None:
        raise Refused("text_missing")
    first_no(may_prepare_opinion(by, item), is_own_draft(opinion), has_text(opinion.text)).require()
    opinion.handed_in_at = at
    opinion.revision += 1
    opinion.save(update_fields=["handed_in_at", "revision"])
    note(item.meeting, "hand_in_opinion", by=by, at=at, about=opinion)
    announce_opinion(opinion, "opinion.handed_in", by=by, at=at)
    return opinion


@action
def take_back(item: AgendaItem, *, by: User, at: datetime) -> Opinion:
    """Make the opinion the author's alone again, while the meeting has not got to the item."""
    item, opinion = _held(item, by)
    if opinion is None or opinion.handed_in_at is None:
        raise Refused("opinion_not_handed_in")
    may_prepare_opinion(by, item).require()
    opinion.handed_in_at = None
    opinion.revision += 1
    opinion.save(update_fields=["handed_in_at", "revision"])
    note(item.meeting, "take_back_opinion", by=by, at=at, about=opinion)
    announce_opinion(opinion, "opinion.taken_back", by=by, at=at)
    return opinion


def _held(item: AgendaItem, user: User) -> tuple[AgendaItem, Opinion | None]:
    """Return the item with its meeting held, and the person's opinion on it if there is one."""
    found = locked_item(item)
    if found is None:
        raise Refused("item_unknown")
    own = Opinion.objects.filter(item=found, user=user, note__isnull=True)
    return found, own.select_related("user", "item").first()
