"""The service worker at /sw.js, which only shows that there is something new, and the name of the installed page."""

import hashlib
import json
from functools import lru_cache
from pathlib import Path

from django.conf import settings
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.templatetags.static import static
from django.utils import translation
from django.utils.translation import gettext as _
from django.views.decorators.http import condition, require_safe

from ui.nav import registry, url_or_empty

SOURCE = Path(__file__).parent / "static" / "ui" / "js" / "worker.js"


@lru_cache(maxsize=1)
def text() -> str:
    """The script with its words in every language: it is alone when a push arrives."""
    facts = {"words": words(), "url": url_or_empty(registry.notices_url_name) or "/", "icon": static("ui/img/mark.svg")}
    found = json.dumps({**facts, "language": settings.LANGUAGE_CODE}, ensure_ascii=False)
    return f"self.nghiSu = {found};\n{SOURCE.read_text(encoding='utf-8')}"


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


@require_safe
def manifest(request: HttpRequest) -> HttpResponse:
    """What a home screen calls the page; iPads show notices only of pages that were put there."""
    icon = {"src": static("ui/img/mark.svg"), "sizes": "any", "type": "image/svg+xml"}
    facts = {"name": "Nghị Sự", "short_name": "Nghị Sự", "lang": settings.LANGUAGE_CODE, "icons": [icon]}
    facts |= {"id": "/", "start_url": "/", "scope": "/", "display": "standalone"}
    facts |= {"background_color": "#f8f6f2", "theme_color": "#f8f6f2"}
    return JsonResponse(facts, content_type="application/manifest+json", json_dumps_params={"ensure_ascii": False})
