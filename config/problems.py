"""Error answers: problem+json (RFC 9457) for programs, a calm page for people."""

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render


def problem(status: int, code: str, text: str, **extra: object) -> JsonResponse:
    """Return a problem document: `detail` is the sentence a person may read, `code` is for programs."""
    body = {"type": "about:blank", "title": code, "status": status, "detail": text, "code": code, **extra}
    return JsonResponse(
        body, status=status, content_type="application/problem+json", json_dumps_params={"ensure_ascii": False}
    )


def wants_problem(request: HttpRequest) -> bool:
    """Is this a program, or a fragment request of htmx, rather than a person opening a page?"""
    if request.path.startswith("/api/") or request.headers.get("HX-Request") == "true":
        return True
    accept = request.headers.get("Accept", "")
    return "json" in accept and "text/html" not in accept


def answer(request: HttpRequest, status: int, code: str, text: str) -> HttpResponse:
    """Return the problem in the form its reader understands."""
    if wants_problem(request):
        return problem(status, code, text)
    return render(request, f"{status}.html", {"code": code, "reason": text}, status=status)
