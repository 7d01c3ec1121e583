"""Opinions handed in to the chair."""

from meetings.models import Meeting, Opinion
from meetings.snapshot.views import CHAIR, Data, moment
from people.models import User

WITH = ("user", "item", "paper__document", "version")


def opinion_data(opinion: Opinion) -> Data:
    """Return an opinion handed in, as chair and secretary have it."""
    return {**said(opinion), "name": opinion.user.full_name}


def own_opinion_data(opinion: Opinion) -> Data:
    """Return an opinion handed in, as its author has it; one not handed in stands in no snapshot."""
    note = {"note": str(opinion.note)} if opinion.note else {}
    return {**said(opinion), **note}


def said(opinion: Opinion) -> Data:
    """Return what an opinion says, and when it was handed in."""
    words = {"item": str(opinion.item.public_id), "text": opinion.text, "at": moment(opinion.handed_in_at)}
    return {**words, **place_data(opinion)}


def place_data(opinion: Opinion) -> Data:
    """Return where in which version of which paper a remark was made; nothing for an opinion on the item itself."""
    if opinion.paper is None or opinion.version is None:
        return {}
    return {
        "paper": str(opinion.paper.public_id),
        "document": str(opinion.paper.document.public_id),
        "version": opinion.version.number,
        "page": opinion.page,
        "area": opinion.area,
        **({"quote": opinion.quote} if opinion.quote else {}),
    }


def opinions_snapshot(meeting: Meeting, view: str) -> Data | None:
    """Return what was handed in, for chair and secretary only."""
    if view != CHAIR:
        return None
    handed_in = Opinion.objects.filter(item__meeting=meeting, handed_in_at__isnull=False)
    return {str(one.public_id): opinion_data(one) for one in handed_in.select_related(*WITH)}


def own_opinions(meeting: Meeting, user: User) -> Data:
    """Return what the person has handed in."""
    mine = Opinion.objects.filter(item__meeting=meeting, user=user, handed_in_at__isnull=False)
    return {str(one.public_id): own_opinion_data(one) for one in mine.select_related(*WITH)}
