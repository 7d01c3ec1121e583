"""What a device takes along for a meeting, and the pages that read it there: they hold nothing of anybody."""

import hashlib
import json
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils.http import parse_etags
from django.views.decorators.http import require_safe

from meetings.queries.pack import pack_of
from meetings.rules.own import LONGEST_NOTE
from meetings.views.doors import opened

NOBODY = {"csrf_token": ""}  # the page is kept on devices: no secret of who fetched it stands in it


@require_safe
def pack(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """The pack of a meeting as it is now for the person; the same answer again costs no bytes."""
    if not request.user.is_authenticated:
        return HttpResponse(status=401)
    data = pack_of(*opened(request, public_id))
    etag = fingerprint(data)
    headers = {"Cache-Control": "private, no-cache", "ETag": etag, "Vary": "Cookie"}
    if etag in parse_etags(request.headers.get("If-None-Match", "")):
        return HttpResponse(status=304, headers=headers)
    return JsonResponse({**data, "rev": etag.strip('"')}, headers=headers)


def fingerprint(data: dict[str, Any]) -> str:
    """Return the mark of this very answer, the moment in its watermarks aside."""
    text = json.dumps({**data, "papers": [unmarked(paper) for paper in data["papers"]]}, sort_keys=True)
    return f'"{hashlib.sha256(text.encode()).hexdigest()[:32]}"'


def unmarked(paper: dict[str, Any]) -> dict[str, Any]:
    """Return the paper without what its watermark says."""
    return {**paper, "description": {**paper.get("description", {}), "watermark": ""}}


@require_safe
def on_device(request: HttpRequest) -> HttpResponse:
    """The page that lists what lies on this device."""
    return render(request, "meetings/offline/list.html", NOBODY)


@require_safe
def reading(request: HttpRequest, public_id: UUID | None = None) -> HttpResponse:
    """The page that reads a pack; which one, its address says."""
    return render(request, "meetings/offline/meeting.html", {**NOBODY, "most": LONGEST_NOTE})
