"""Which addresses a tablet's session reaches: taking part in its meeting, nothing that prepares it."""

import re
from uuid import UUID

from meetings.queries.running import belongs_to

OWN = ("/tablet/", "/offline/", "/sw.js", "/manifest.webmanifest")
ID = r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}"
DOCUMENT = re.compile(rf"/documents/(?P<document>{ID})/(?:versions/.*)?")  # reading; sharing and keeping are elsewhere
# Below /meetings/<id>/: the page itself, the room, and what belongs to the person in it.
PARTS = re.compile(
    rf"(?:room/|notebook/.*|opinions/|items/{ID}/opinion/.*|reply/|roll/|sites/|seating/(?:plan\.json)?|conclusions/|papers/{ID}/"
    rf"|minutes/(?:comments/|preview\.pdf)?|reading/|meeting\.ics|pack\.json|offline/)?"
)
API = ("room", "commands")


def reaches(meeting_id: str, path: str) -> bool:
    """Does the address belong to the meeting, and to taking part in it?"""
    page = f"/meetings/{meeting_id}/"
    if path.startswith(page):
        return PARTS.fullmatch(path.removeprefix(page)) is not None
    if path in {f"/api/v1/meetings/{meeting_id}/{name}" for name in API}:
        return True
    if path.startswith((f"/ws/meetings/{meeting_id}/", f"/live/meetings/{meeting_id}/", *OWN)):
        return True
    document = DOCUMENT.fullmatch(path)
    return document is not None and belongs_to(UUID(meeting_id), UUID(document["document"]))
