"""The notes on one document as a page to print."""

from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from annotations.leaving import ALL, MINE, WHICH
from annotations.listing import Listed, lines_of
from annotations.queries import visible_annotations
from annotations.views.exports import asked_version
from ledger.verdict import Unseen
from people.requests import person


@login_required
@never_cache
@require_safe
def printed(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """List one's own notes on a version, the newest unless another is named, or those shared with one too."""
    user, which = person(request), request.GET.get("which", MINE)
    if which not in WHICH:
        raise Unseen
    version = asked_version(user, public_id, request.GET.get("version", ""))
    seen = visible_annotations(user, version.document).filter(version=version)
    notes = seen if which == ALL else seen.filter(user=user)
    lines, rest = lines_of(notes)
    context = {
        "version": version,
        "document": version.document,
        "listed": [Listed(version.document.title, lines)],
        "rest": rest,
        "all": which == ALL,
        "user": user,
    }
    return render(request, "annotations/printed.html", context)
