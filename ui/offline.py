"""What a device needs to show pages without a network: the pages that know nobody, their modules, sheets and fonts.

Packages register pages and files from `AppConfig.ready`; who takes papers along keeps all of them, by version.
"""

import hashlib
import posixpath
import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from django.conf import settings
from django.contrib.staticfiles import finders
from django.http import HttpRequest, JsonResponse
from django.template.loader import get_template
from django.templatetags.static import static
from django.urls import reverse
from django.views.decorators.http import condition, require_safe

from ui import importmap
from ui.finders import own_packages
from ui.templatetags.ui import STYLESHEETS

_IMPORTED = re.compile(r"""(?:\bfrom|\bimport)\s*\(?\s*["']([^"']+)["']""")
_LINKED = re.compile(r"""url\(["']?([^"')]+)["']?\)""")
_ALWAYS = ["ui/css/dark.css", "ui/img/mark.svg", "ui/img/apple-touch-icon.png", "django_htmx/htmx-2.min.js"]


@dataclass(frozen=True)
class OfflinePage:
    """A page that holds nothing of anybody: its address, its template, the modules and sheets it runs with."""

    url_name: str
    template: str
    modules: tuple[str, ...]
    sheets: tuple[str, ...] = ()


_pages: list[OfflinePage] = []
_files: list[Callable[[], Iterable[str]]] = []


def register_page(page: OfflinePage) -> None:
    """Keep this page on devices."""
    _pages[:] = [*(known for known in _pages if known.url_name != page.url_name), page]
    shell.cache_clear()


def register_files(provider: Callable[[], Iterable[str]]) -> None:
    """Keep these files on devices; `provider` gives their addresses, for what a library looks up by name."""
    if provider not in _files:
        _files.append(provider)
    shell.cache_clear()


@lru_cache(maxsize=1)
def shell() -> dict[str, Any]:
    """Return the pages and files a device keeps, and the version they make together."""
    linked = {static(path) for path in {*_ALWAYS, *sheet_files()}}
    files = sorted({reverse("manifest"), *linked, *module_files(), *(address for one in _files for address in one())})
    pages = [reverse(page.url_name) for page in _pages]
    said = hashlib.sha256("\n".join([*pages, *files]).encode())
    for path in sources():
        said.update(path.read_bytes())
    return {"version": said.hexdigest()[:16], "pages": pages, "files": files}


def sources() -> list[Path]:
    """Return the files whose words stand in the pages themselves: templates and catalogues."""
    names = ["ui/base.html", "ui/stage.html", *(page.template for page in _pages)]
    templates = [Path(get_template(name).template.origin.name) for name in names]  # type: ignore[attr-defined]
    catalogues = [path for one in own_packages() for path in sorted(one.glob("locale/*/LC_MESSAGES/django.mo"))]
    return [*templates, *catalogues]


def module_files() -> set[str]:
    """Return the addresses of every module the pages import, however far down."""
    known = {**importmap.own_modules(), **importmap.libraries()}
    waiting = [(name, "") for page in _pages for name in ("ui/start", *page.modules)]
    found: set[str] = set()
    while waiting:
        path, address = located(*waiting.pop(), known)
        if address not in found and (source := source_of(path)):
            found.add(address)  # one file may be asked for under two addresses
            waiting += [(name, path) for name in _IMPORTED.findall(source.read_text(encoding="utf-8"))]
    return found


def located(name: str, importer: str, known: dict[str, str]) -> tuple[str, str]:
    """Return path and address of an import; a library names its neighbours by where they lie, under plain names."""
    if name.startswith("."):
        path = posixpath.normpath(posixpath.join(posixpath.dirname(importer), name))
        return path, f"{settings.STATIC_URL}{path}"
    return (known[name], static(known[name])) if name in known else ("", "")


def sheet_files() -> set[str]:
    """Return the sheets of the pages and what they fetch."""
    sheets = {f"ui/css/{name}.css" for name in STYLESHEETS} | {sheet for page in _pages for sheet in page.sheets}
    fetched = {
        posixpath.normpath(posixpath.join(posixpath.dirname(sheet), link))
        for sheet in sheets
        if (source := source_of(sheet))
        for link in _LINKED.findall(source.read_text(encoding="utf-8"))
        if not link.startswith(("data:", "#"))
    }
    return sheets | fetched


def source_of(path: str) -> Path | None:
    """Return where a static file lies: in its package, or where all of them were gathered."""
    found = finders.find(path) if path else None
    gathered = Path(settings.STATIC_ROOT) / path
    return Path(str(found)) if found else gathered if path and gathered.is_file() else None


def fingerprint(request: HttpRequest) -> str:
    """The version of what devices keep."""
    return f'"{shell()["version"]}"'


@require_safe
@condition(etag_func=fingerprint)
def listing(request: HttpRequest) -> JsonResponse:
    """The list, for devices; it is the same for everybody."""
    return JsonResponse(shell(), headers={"Cache-Control": "no-cache"})
