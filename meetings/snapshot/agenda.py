"""The agenda as each view has it."""

from collections.abc import Iterable

from meetings.models import AgendaItem
from meetings.outline import labels
from meetings.snapshot.views import CHAIR, Data


def items_for(items: Iterable[AgendaItem], view: str) -> Data:
    """Return the agenda as that view has it: hidden items are the chair's alone, and numbers close over them."""
    shown = [item for item in items if view == CHAIR or not item.hidden]
    numbers = labels([item.depth for item in shown])
    lines = zip(shown, numbers, strict=True)
    return {str(item.public_id): item_data(item, at, label) for at, (item, label) in enumerate(lines, start=1)}


def item_data(item: AgendaItem, position: int, label: str) -> Data:
    """Return one agenda item; `position` and `label` are those of the view."""
    return {
        "position": position,
        "label": label,
        "depth": item.depth,
        "title": item.title,
        "presenter": item.presenter,
        "owner": item.owner_unit.name if item.owner_unit else None,
        "minutes": item.minutes,
        "hidden": True if item.hidden else None,
        "revision": item.revision,
    }
