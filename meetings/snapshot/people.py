"""Who takes part."""

from meetings.models import Participant
from meetings.rules.people import is_present
from meetings.snapshot.views import Data, moment


def presence_data(place: Participant) -> Data:
    """Return whether and where somebody is here, since when, and how that came to be known."""
    return {
        "present": is_present(place),
        "checked_in_at": moment(place.checked_in_at),
        "left_at": moment(place.left_at),
        "attends": place.attends,
        "site": str(place.site.public_id) if place.site else None,
        "by": place.checked_in_by or None,
    }


def person_data(place: Participant) -> Data:
    """Return one participant; a removed one stays by name, because closed votes point there."""
    return {
        "name": place.user.full_name,
        "sort": place.user.sort_key,
        "title": place.title,
        "role": place.role,
        "votes": place.votes,
        "seat": place.seat,
        **presence_data(place),
        "unit": place.unit.agency.name if place.unit else None,
        "for": str(place.stands_in_for.public_id) if place.stands_in_for else None,
        "removed": True if place.removed_at else None,
    }
