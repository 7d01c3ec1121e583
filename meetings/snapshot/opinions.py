"""Opinions handed in to the chair."""

from meetings.models import Meeting, Opinion
from meetings.snapshot.views import CHAIR, Data, moment
from people.models import User


def opinion_data(opinion: Opinion) -> Data:
    """Return an opinion handed in, as chair and secretary have it."""
    return {**own_opinion_data(opinion), "name": opinion.user.full_name}


def own_opinion_data(opinion: Opinion) -> Data:
    """Return an opinion handed in, as its author has it; one not handed in stands in no snapshot."""
    return {"item": str(opinion.item.public_id), "text": opinion.text, "at": moment(opinion.handed_in_at)}


def opinions_snapshot(meeting: Meeting, view: str) -> Data | None:
    """Return what was handed in, for chair and secretary only."""
    if view != CHAIR:
        return None
    handed_in = Opinion.objects.filter(item__meeting=meeting, handed_in_at__isnull=False)
    return {str(one.public_id): opinion_data(one) for one in handed_in.select_related("user", "item")}


def own_opinions(meeting: Meeting, user: User) -> Data:
    """Return what the person has handed in."""
    mine = Opinion.objects.filter(item__meeting=meeting, user=user, handed_in_at__isnull=False)
    return {str(one.public_id): own_opinion_data(one) for one in mine.select_related("item")}
