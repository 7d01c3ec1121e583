"""Which addresses a tablet's session reaches: its meeting's pages, room and papers."""

import re

from tablets.queries import belongs_to

OWN = ("/tablet/",)
DOCUMENT = re.compile(r"/documents/(?P<document>[0-9a-f-]{36})/")


def reaches(meeting_id: str, path: str) -> bool:
    """Does the address belong to the meeting?"""
    prefixes = (f"/meetings/{meeting_id}/", f"/ws/meetings/{meeting_id}/", f"/api/v1/meetings/{meeting_id}/", *OWN)
    if path.startswith(prefixes):
        return True
    document = DOCUMENT.match(path)
    return document is not None and belongs_to(meeting_id, document["document"])
