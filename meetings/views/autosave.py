"""Answers to pages that keep what is being written: kept, or both texts where another device was faster."""

from typing import Any

from django.http import HttpRequest, JsonResponse

from ledger.verdict import Refused
from people.models import User


def wants_json(request: HttpRequest) -> bool:
    """Is it the module that asks, or a plain form?"""
    return "application/json" in request.headers.get("Accept", "")


def as_made_for(request: HttpRequest, user: User) -> None:
    """Refuse a page made for somebody else: left open on a shared tablet, it keeps nothing as who came since."""
    if request.POST.get("as", "") not in ("", str(user.public_id)):
        raise Refused("another_person")


def number(request: HttpRequest, name: str = "revision") -> int:
    """Return a number of the form, 0 where there is none."""
    text = request.POST.get(name, "")
    return int(text) if text.isdecimal() and len(text) < 10 else 0


def written(request: HttpRequest) -> str:
    """Return the text of the form with line breaks as they are kept."""
    return request.POST.get("text", "").replace("\r\n", "\n")


def kept(revision: int) -> JsonResponse:
    """Answer that the text is kept, with the number its next change must name."""
    return JsonResponse({"revision": revision})


def conflict(refused: Refused, text: str, revision: int) -> JsonResponse:
    """Answer with the text that is kept already: the page shows both, and nothing is lost."""
    body: dict[str, Any] = {"code": refused.code, "detail": str(refused.text), "text": text, "revision": revision}
    return JsonResponse(body, status=409)
