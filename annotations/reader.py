"""Notes over the pages of a document's own reading page."""

from typing import Any

from django.http import HttpRequest

from documents.models import Version
from documents.panels import READER, Panel, register_panel
from people.requests import person


def context(request: HttpRequest, version: Version) -> dict[str, Any]:
    """Return what the page's notes begin with."""
    user = person(request)
    page = {
        "user": str(user.public_id),
        "name": user.full_name,
        "document": str(version.document.public_id),
        "version": str(version.public_id),
        "socket": f"/ws/reading/?as={user.public_id}",
    }
    return {"notes_page": page}


def hang() -> None:
    """Lay notes over every version that is read; called once at start-up."""
    register_panel(READER, Panel("notes", "", "", "annotations/reader.html", context))
