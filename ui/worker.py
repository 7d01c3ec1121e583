"""The service worker at /sw.js: tells of something new, reads what was taken along; the name of the installed page."""

import hashlib
import json
from functools import lru_cache
from pathlib import Path
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.templatetags.static import static
from django.utils import translation
from django.utils.translation import gettext as _
from django.views.decorators.http import condition, require_safe

from ui.nav import registry, url_or_empty

FOLDER = Path(__file__).parent / "static" / "ui" / "js"
SOURCES = ("worker.js", "worker_packs.js")  # one script: workers see no import map


@lru_cache(maxsize=1)
def text() -> str:
    """The script with its words in every language: it is alone when a push arrives."""
    notices = url_or_empty(registry.notices_url_name) or "/"
    facts: dict[str, Any] = {"words": words(), "url": notices, "icon": static("ui/img/mark.svg")}
    facts |= {"language": settings.LANGUAGE_CODE, "static": settings.STATIC_URL}
    parts = [(FOLDER / name).read_text(encoding="utf-8") for name in SOURCES]
    return "\n".join([f"self.nghiSu = {json.dumps(facts, ensure_ascii=False)};", *parts])


def words() -> dict[str, str]:
    """The one sentence it says, by language."""
    said = {}
    for code, _name in settings.LANGUAGES:
        with translation.override(code):
            said[code] = _("There is a new notice in Nghị Sự")
    return said


def fingerprint(request: HttpRequest) -> str:
    """The version of the script."""
    return f'"{hashlib.sha256(text().encode()).hexdigest()[:16]}"'


@require_safe
@condition(etag_func=fingerprint)
def script(request: HttpRequest) -> HttpResponse:
    """The script; browsers ask for it again each time, so a new version is there at once."""
    response = HttpResponse(text(), content_type="text/javascript; charset=utf-8")
    response["Cache-Control"] = "no-cache"
    response["Service-Worker-Allowed"] = "/"
    return response


def drawn_icons() -> list[dict[str, str]]:
    """Return the icons of systems that draw no SVG; the last one may be cut to any shape."""
    drawn = [("icon-192", 192, "any"), ("icon-512", 512, "any"), ("icon-maskable-512", 512, "maskable")]
    return [
        {"src": static(f"ui/img/{name}.png"), "sizes": f"{side}x{side}", "type": "image/png", "purpose": purpose}
        for name, side, purpose in drawn
    ]


@require_safe
def manifest(request: HttpRequest) -> HttpResponse:
    """What a home screen calls the page; iPads show notices only of pages that were put there."""
    facts: dict[str, Any] = {"name": "Nghị Sự", "short_name": "Nghị Sự", "lang": settings.LANGUAGE_CODE}
    facts["icons"] = [{"src": static("ui/img/mark.svg"), "sizes": "any", "type": "image/svg+xml"}, *drawn_icons()]
    facts |= {"id": "/", "start_url": "/", "scope": "/", "display": "standalone"}
    facts |= {"background_color": "#f8f6f2", "theme_color": "#f8f6f2"}
    return JsonResponse(facts, content_type="application/manifest+json", json_dumps_params={"ensure_ascii": False})
