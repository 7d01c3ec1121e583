"""Reading guides: the list, one of the program's, one of an agency."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from guides.builtin import BuiltIn, builtin_guide, builtin_guides
from guides.labels import GUIDE_STATES
from guides.markdown import render as rendered
from guides.models import Guide
from guides.queries import get_visible_guide, visible_guides, writable_agencies
from guides.rules import may_with_guide
from people.models import Post
from people.queries import posts_of
from people.requests import person
from search.fold import fold

ROLES = dict(Post.Role.choices)


@dataclass(frozen=True)
class Line:
    """One guide in the list."""

    title: str
    url: str
    icon: str
    roles: list[str]
    mine: bool


def language() -> str:
    """Return the active language, two letters."""
    return (get_language() or "vi")[:2]


def role_names(roles: Any) -> list[str]:
    """Return the names of roles, in the order of the catalogue."""
    return [str(name) for role, name in ROLES.items() if role in roles]


def line_of(guide: BuiltIn | Guide, held: set[str]) -> Line:
    """Return a guide's line; `mine` says that it is written for a role the person has, or for all."""
    mine = not guide.roles or bool(held.intersection(guide.roles))
    if isinstance(guide, BuiltIn):
        return Line(
            guide.title, reverse("guides:builtin", args=[guide.slug]), guide.icon, role_names(guide.roles), mine
        )
    url = reverse("guides:guide", args=[guide.public_id])
    return Line(guide.title, url, "book-open", role_names(guide.roles), mine)


def matching(guides: Any, words: str) -> list[Any]:
    """Return the guides in which all these words occur, marks or not."""
    wanted = fold(words).split()
    return [one for one in guides if all(word in fold(f"{one.title} {one.body}") for word in wanted)]


@login_required
@require_safe
def index(request: HttpRequest) -> HttpResponse:
    """All guides a person may read: first those for the own roles, then the others."""
    user, words = person(request), request.GET.get("q", "").strip()[:100]
    held: set[str] = {post.role for post in posts_of(user)}
    own = visible_guides(user).filter(state="published")
    lines = [line_of(guide, held) for guide in matching([*own, *builtin_guides(language())], words)]
    context = {
        "mine": [line for line in lines if line.mine],
        "others": [line for line in lines if not line.mine],
        "q": words,
        "may_write": writable_agencies(user).exists(),
    }
    return render(request, "guides/index.html", context)


@login_required
@require_safe
def builtin(request: HttpRequest, slug: str) -> HttpResponse:
    """Show one of the program's guides."""
    found = builtin_guide(language(), slug)
    if found is None:
        raise Http404
    context = {"title": found.title, "page": rendered(found.body), "for_roles": role_names(found.roles)}
    return render(request, "guides/guide.html", context)


@login_required
@require_safe
def guide(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Show one guide of an agency; who manages it finds the tools there."""
    user = person(request)
    found = get_visible_guide(user, public_id)
    context = {
        "title": found.title,
        "page": rendered(found.body),
        "for_roles": role_names(found.roles),
        "guide": found,
        "state": GUIDE_STATES[found.state],
        "can": {verb: bool(may_with_guide(user, found, verb)) for verb in ("edit", "publish", "withdraw")},
    }
    return render(request, "guides/guide.html", context)
