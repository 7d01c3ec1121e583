"""The doors of a meeting: the room's and those of its sites, each with a code that changes every half minute."""

from datetime import datetime

from django.conf import settings
from django.urls import reverse

from meetings.door_code import Reading, code_at, read, secret_of
from meetings.models import Meeting, Site


def secret(meeting: Meeting) -> bytes:
    """Return the secret of the meeting's doors."""
    return secret_of(settings.SECRET_KEY, str(meeting.public_id))


def door_code(meeting: Meeting, site: Site | None, at: datetime) -> str:
    """Return the code the door of the room, or of a site, shows at `at`."""
    return code_at(secret(meeting), str(site.public_id) if site else "", at)


def door_path(meeting: Meeting, site: Site | None, at: datetime) -> str:
    """Return where the QR code of this moment leads, without the server's name."""
    return reverse("meetings:door", args=[meeting.public_id, door_code(meeting, site, at)])


def read_code(meeting: Meeting, code: str, at: datetime) -> tuple[Reading, Site | None]:
    """Return what a scanned code is at `at`, and the site whose door showed it."""
    sites = {str(site.public_id): site for site in meeting.sites.filter(removed_at__isnull=True)}
    reading = read(secret(meeting), ["", *sites], code, at)
    return reading, sites.get(reading.site)
