"""What `pages` opens on an installation with the demo: real addresses, and how many statements each page asks."""

import json
import sys
from collections.abc import Callable
from typing import Any

import django

django.setup()

from django.db import connection  # noqa: E402
from django.db.models import Exists  # noqa: E402
from django.test import Client  # noqa: E402
from django.test.utils import CaptureQueriesContext, override_settings  # noqa: E402
from django.urls import reverse  # noqa: E402

from documents.queries import latest_version, visible_documents  # noqa: E402
from meetings.queries.visible import taking_part, visible_meetings  # noqa: E402
from people.models import User  # noqa: E402

BACKEND = "allauth.account.auth_backends.AuthenticationBackend"
FIRST_BYTES = "bytes=0-65535"


def meeting(user: User, name: str) -> str:
    """Return the address of a page of the meeting with most people that the person takes part in."""
    found = visible_meetings(user).filter(published_at__isnull=False)
    mine = found.filter(Exists(taking_part(user)))
    best = max(mine, key=lambda one: (one.state == "open", one.participants.count()))
    return reverse(f"meetings:{name}", args=[best.public_id])


def version(user: User, name: str) -> str:
    """Return the address of something of the longest document the person may read."""
    versions = [latest for one in visible_documents(user) if (latest := latest_version(one))]
    longest = max(versions, key=lambda one: (one.pages, one.pk))
    return reverse(f"documents:{name}", args=[longest.document.public_id, longest.number])


def plain(name: str, query: str = "") -> Callable[[User], str]:
    """Return the address of a page that needs nothing."""
    return lambda user: reverse(name) + query


# page: (role of who opens it, address, byte range)
PAGES: dict[str, tuple[str, Callable[[User], str], str]] = {
    "home": ("leader", plain("home"), ""),
    "inbox": ("leader", plain("people:inbox"), ""),
    "meetings": ("clerk", plain("meetings:list"), ""),
    "meeting": ("chair", lambda user: meeting(user, "detail"), ""),
    "room": ("chair", lambda user: meeting(user, "room"), ""),
    "library": ("clerk", plain("documents:library"), ""),
    "viewer": ("clerk", lambda user: version(user, "version"), ""),
    "viewer_json": ("clerk", lambda user: version(user, "description"), ""),
    "file_range": ("clerk", lambda user: version(user, "file"), FIRST_BYTES),
    "outgoing": ("clerk", plain("documents:outgoing_list", "?show=all"), ""),
    "incoming": ("receiving-clerk", plain("documents:incoming_list"), ""),
    "figures": ("leader", plain("metrics:dashboard"), ""),
    "search": ("clerk", plain("people:search", "?q=b%C3%A1o+c%C3%A1o"), ""),
}


def queries(username: str, path: str, byte_range: str) -> int:
    """Return how many statements the page asks once the person has been here before."""
    client = Client(headers={"Range": byte_range} if byte_range else {})
    client.force_login(User.objects.get(username=username), backend=BACKEND)
    client.get(path)
    with CaptureQueriesContext(connection) as seen:
        answer = client.get(path)
    if answer.status_code not in (200, 206):
        raise RuntimeError(f"{path} answered {answer.status_code}")
    return len(seen)


def targets(people: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Return every page with who opens it."""
    found = []
    for page, (role, address, byte_range) in PAGES.items():
        username = next(one["username"] for one in people if role in one["roles"])
        path = address(User.objects.get(username=username))
        count = queries(username, path, byte_range)
        found.append({"page": page, "user": username, "path": path, "range": byte_range, "queries": count})
    return found


if __name__ == "__main__":
    with override_settings(ALLOWED_HOSTS=["*"]):
        print(json.dumps(targets(json.loads(sys.stdin.read()))))
