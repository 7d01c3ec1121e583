"""What the calendar of rooms says of our meetings, to whom."""

from collections.abc import Collection

from django.urls import reverse

from meetings.queries.visible import visible_meetings
from people.models import User
from rooms.subjects import Shown


def shown(user: User, keys: Collection[int]) -> dict[int, Shown]:
    """Return title and address of those of these meetings that exist for the person."""
    found = visible_meetings(user).filter(pk__in=keys).values_list("pk", "title", "public_id")
    return {key: Shown(title, reverse("meetings:detail", args=[public_id])) for key, title, public_id in found}
