"""Notes for pages without a live line, and for what was noted offline: read, done, people to share with."""

from typing import Any
from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods

from annotations.circles import circles_of, people_for
from annotations.incoming import is_page_of, operations_in
from annotations.queries import seen_snapshot
from annotations.taking import take
from documents.queries import get_visible_document
from people.models import User
from people.queries import with_posts
from people.requests import person

PEOPLE_SHOWN = 20


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def notes(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Say what the person sees on a document, or do operations and answer each."""
    user = person(request)
    if request.method == "POST":
        is_page_of(request, user).require()
        return answered({"answers": take(user, public_id, operations_in(request), timezone.now())})
    return answered(seen(user, public_id))


def seen(user: User, public_id: UUID) -> dict[str, Any]:
    """Return the notes a person sees on a document and the circles they can share with."""
    document = get_visible_document(user, public_id)
    circles = circles_of(user, document)
    named = [{"name": circle.name, "label": circle.label} for circle in circles]
    return {"user": str(user.public_id), "circles": named, **seen_snapshot(user, document, circles)}


@login_required
@require_GET
def people(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """List whom the person can share a note with by name: colleagues, and people of the document's meetings."""
    user = person(request)
    document = get_visible_document(user, public_id)
    found = people_for(user, document, request.GET.get("q", "")[:100]).prefetch_related(with_posts("posts"))
    return answered({"people": [shown(one) for one in found[:PEOPLE_SHOWN]]})


def shown(user: User) -> dict[str, str]:
    """Return one person to choose."""
    title = next((f"{post.title}, {post.agency.name}" for post in user.posts_shown), "")  # type: ignore[attr-defined]
    return {"id": str(user.public_id), "name": user.full_name, "title": title}


def answered(data: dict[str, Any]) -> HttpResponse:
    """Return JSON nobody keeps: what one may see changes."""
    answer = JsonResponse(data, json_dumps_params={"ensure_ascii": False})
    answer["Cache-Control"] = "private, no-store"
    return answer
