"""Fills an installation with an open meeting of n members and one paper before them; prints what clients need."""

import json
import sys
from typing import Any

from tests.load.hall import cookies_of, meeting_of, people

PAGES = ((595.0, 842.0),) * 20


def fill(size: int) -> dict[str, Any]:
    """Return where the room is, everybody's cookie, the paper and the circle of the meeting."""
    from django.utils import timezone

    from documents.received import PDF, Received, StoredFile
    from meetings.actions.papers import lay

    users = people(size)
    meeting = meeting_of(users)
    file = StoredFile("0" * 64, 1000, PDF)
    received = Received(file_name="Dự thảo nghị quyết.pdf", original=file, rendition=file, page_sizes=PAGES)
    clerk = type(users[0]).objects.get(pk=users[0].pk)
    document = lay(meeting.items.get(), received, by=clerk, at=timezone.now()).document
    return {
        "path": f"/ws/meetings/{meeting.public_id}/",
        "cookies": cookies_of(users),
        "document": str(document.public_id),
        "version": str(document.versions.get().public_id),
        "circle": f"meeting:{meeting.public_id}",
    }


if __name__ == "__main__":
    import django

    django.setup()
    print(json.dumps(fill(int(sys.argv[1]))))
