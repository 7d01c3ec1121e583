"""Which addresses a tablet's session reaches: its meeting's pages, room and papers."""

import re
from uuid import UUID

from meetings.queries.running import belongs_to

OWN = ("/tablet/",)
ID = r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}"
DOCUMENT = re.compile(rf"/documents/(?P<document>{ID})/")


def reaches(meeting_id: str, path: str) -> bool:
    """Does the address belong to the meeting?"""
    prefixes = (f"/meetings/{meeting_id}/", f"/ws/meetings/{meeting_id}/", f"/api/v1/meetings/{meeting_id}/", *OWN)
    if path.startswith(prefixes):
        return True
    document = DOCUMENT.match(path)
    return document is not None and belongs_to(UUID(meeting_id), UUID(document["document"]))
