"""Inline icons from the npm package lucide-static, each file read once.

The source is node_modules; where only collected static files are shipped, the copies that `IconFinder` put there.
"""

import logging
import re
from functools import lru_cache
from pathlib import Path

from django.conf import settings
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

logger = logging.getLogger(__name__)

STATIC_PREFIX = "npm/lucide"
FALLBACK = '<circle cx="12" cy="12" r="9" />'
_NAME = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
_BODY = re.compile(r"<svg[^>]*>(.*)</svg>", re.DOTALL)


def source_folder() -> Path:
    """Where the icons lie in a development tree."""
    return Path(settings.NPM) / "lucide-static" / "icons"


def folders() -> list[Path]:
    """Where icons are looked for, in order."""
    return [source_folder(), settings.STATIC_ROOT / STATIC_PREFIX]


@lru_cache(maxsize=1024)
def shapes(name: str) -> SafeString:
    """The inside of an icon's svg element; an unknown name gives a circle and a line in the log."""
    if _NAME.fullmatch(name):
        for folder in folders():
            path = folder / f"{name}.svg"
            if path.is_file():
                return _inside(path.read_text(encoding="utf-8"))
    logger.error("no such icon: %s", name)
    return mark_safe(FALLBACK)


def exists(name: str) -> bool:
    """Is there such an icon?"""
    return bool(_NAME.fullmatch(name)) and any((folder / f"{name}.svg").is_file() for folder in folders())


def svg(name: str, label: str = "", css: str = "") -> SafeString:
    """An inline icon: decorative without a label, an image with one."""
    role = format_html('role="img" aria-label="{}"', label) if label else mark_safe('aria-hidden="true"')
    return format_html(
        '<svg class="icon{}" viewBox="0 0 24 24" focusable="false" {}>{}</svg>',
        f" {css}" if css else "",
        role,
        shapes(name),
    )


def symbol(name: str) -> SafeString:
    """An icon as a symbol that modules refer to by `#icon-<name>`."""
    return format_html('<symbol id="icon-{}" viewBox="0 0 24 24">{}</symbol>', name, shapes(name))


def _inside(text: str) -> SafeString:
    found = _BODY.search(text)
    inner = re.sub(r"\s+", " ", found.group(1)).strip() if found else FALLBACK
    return mark_safe(inner)
