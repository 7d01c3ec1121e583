"""Sites, and how people get in."""

from meetings.models import Meeting, Site
from meetings.snapshot.views import Data


def site_data(site: Site) -> Data:
    """Return one site; the link is for those who take part, and nobody else has a room's snapshot."""
    return {"name": site.name, "place": site.place, "link": site.join_link or None, "position": site.position}


def sites_snapshot(meeting: Meeting) -> Data:
    """Return the sites of the meeting."""
    return {str(site.public_id): site_data(site) for site in meeting.sites.filter(removed_at__isnull=True)}


def entry_data(meeting: Meeting) -> Data:
    """Return how people get into the meeting."""
    return {"self_check_in": meeting.self_check_in, "join_link": meeting.join_link or None}
