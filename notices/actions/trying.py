"""A test notice to oneself: in the list, and through every channel that is set up for the person. A step."""

from datetime import datetime

from django.urls import reverse

from ledger.door import current_writ
from notices.actions.telling import tell
from notices.kinds import TEST
from notices.models import Notice
from people.models import User
from people.queries import home_agency_id


def try_channels(user: User, *, at: datetime) -> list[Notice]:
    """Tell oneself that notices arrive."""
    current_writ()
    agency_id = home_agency_id(user)
    url = reverse("notices:settings")
    return tell([user], TEST, {"name": user.full_name}, url=url, agency_id=agency_id, at=at) if agency_id else []
