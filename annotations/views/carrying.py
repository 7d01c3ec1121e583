"""Carrying notes over to a newer version: which match, and where; nothing is copied before it is asked for."""

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from annotations.actions.carrying import carry_over
from annotations.incoming import is_page_of
from annotations.labels import KINDS
from annotations.older import MOST, Match, matches
from documents.letters import LettersUnread
from documents.models import Version
from documents.queries import get_visible_version
from ledger.verdict import Refused
from people.models import User
from people.requests import person

LONGEST_QUOTE = 240


@login_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def carry(request: HttpRequest, public_id: UUID, number: int) -> HttpResponse:
    """Show which notes of older versions match this one; POST carries over those chosen."""
    user = person(request)
    is_page_of(request, user).require()
    version = get_visible_version(user, public_id, number)
    if not request.accepts("text/html"):
        return told(request, user, version)
    found = found_on(user, version)
    if request.method != "POST":
        return render(request, "annotations/carry.html", context_of(version, found))
    chosen = set(request.POST.getlist("note"))
    wanted = [one for one in found if str(one.note.public_id) in chosen]
    return carried(request, user, version, wanted)


def found_on(user: User, version: Version, *, placed: bool = True) -> list[Match]:
    """Return the notes left behind with their places here, or refuse where the pages cannot be read now."""
    try:
        return matches(user, version, placed=placed)
    except LettersUnread as unread:
        raise Refused("pages_unread") from unread


def told(request: HttpRequest, user: User, version: Version) -> HttpResponse:
    """Tell the list of notes beside the pages how many match; POST carries all of them over and names the copies."""
    if request.method != "POST":
        return JsonResponse({"matching": sum(one.page > 0 for one in found_on(user, version, placed=False))})
    matching = [one for one in found_on(user, version) if one.page]
    copies = carry_over(version.document, matching, version=version, by=user, at=timezone.now())
    return JsonResponse({"notes": [str(one) for one in copies]})


def carried(request: HttpRequest, user: User, version: Version, wanted: list[Match]) -> HttpResponse:
    """Copy these, say how many there are now, and open the version at the first."""
    count = len(carry_over(version.document, wanted, version=version, by=user, at=timezone.now()))
    words = ngettext("%(count)s note was carried over.", "%(count)s notes were carried over.", count)
    messages.success(request, words % {"count": count})
    page = min((one.page for one in wanted if one.page), default=1)
    address = reverse("documents:version", args=[version.document.public_id, version.number])
    return redirect(f"{address}#page={page}")


def context_of(version: Version, found: list[Match]) -> dict[str, Any]:
    """Return what the page shows: notes that match, and those that do not."""
    lines = [line(one) for one in found]
    return {
        "version": version,
        "document": version.document,
        "matching": [one for one in lines if one["to"]],
        "lost": [one for one in lines if not one["to"]],
        "most": MOST,
    }


def line(match: Match) -> dict[str, Any]:
    """Return one note as the page shows it."""
    note = match.note
    return {
        "id": note.public_id,
        "kind": KINDS[note.kind],
        "words": words(note.body, (note.quote or {}).get("exact", "")),
        "number": note.version.number,
        "page": note.page,
        "to": match.page,
    }


def words(*texts: str) -> str:
    """Return what the note says, else what it marks, cut where it is long."""
    found = next(iter(said(texts)), "")
    return found if len(found) <= LONGEST_QUOTE else f"{found[:LONGEST_QUOTE]}…"


def said(texts: Iterable[str]) -> list[str]:
    """Return those texts that say something, on one line."""
    return [" ".join(text.split()) for text in texts if text.strip()]
