"""What the viewer is told about one version."""

import re
from datetime import datetime
from pathlib import Path
from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils import timezone

from documents.changes import changed_since
from documents.models import Version
from documents.protection import NONE, is_marked, watermark
from documents.queries import preview_widths
from documents.renditions import THUMBNAIL
from documents.rules import may_take_bytes
from people.models import User

NAMED = (
    "build/pdf.worker.min.mjs",
    "legacy/build/pdf.min.mjs",
    "legacy/build/pdf.worker.min.mjs",
    "cmaps/*.bcmap",
    "wasm/*.wasm",
    "wasm/*.js",
    "standard_fonts/*.pfb",
    "standard_fonts/*.ttf",
    "iccs/*.icc",
)
HASHED = re.compile(r"\.[0-9a-f]{12}\.")


def viewer_document(version: Version, reader: User | None = None, *, at: datetime | None = None) -> dict[str, Any]:
    """Return the description `documents/viewer/types.js` names `ViewerDocument`, for this reader.

    Without a reader, a document that carries its reader's name tells of no file: nobody could be named on it.
    """
    document = version.document
    place = [document.public_id, version.number]
    whole = bool(may_take_bytes(document)) and (reader is not None or not is_marked(document))
    return {
        **_of_version(version, place),
        "file": reverse("documents:file", args=place) if whole else "",
        "download": reverse("documents:original", args=place) if whole else "",
        "protection": document.protection,
        "watermark": watermark(reader, at or timezone.now()) if reader and is_marked(document) else "",
        "reader": str(reader.public_id) if reader else "",
        "newer": _newer(version) if reader else None,
    }


def _of_version(version: Version, place: list[Any]) -> dict[str, Any]:
    """Return what does not depend on who reads."""
    public_id = version.document.public_id
    return {
        "id": str(public_id),
        "version": version.number,
        "uuid": str(version.public_id),
        "title": version.document.title,
        "pages": version.pages,
        "sizes": version.page_sizes,
        "self": reverse("documents:description", args=place),
        "preview": f"/documents/{public_id}/versions/{version.number}/pages/{{page}}/{{width}}.webp",
        "widths": preview_widths(version),
        "waiting": version.preparation == Version.Preparation.WAITING,
        "prepared": _prepared(version),
        "pdfjs": pdfjs_folder(),
    }


def _prepared(version: Version) -> int:
    """Return how many pages have their pictures, to show how far the preparation is."""
    if version.preparation != Version.Preparation.WAITING:
        return version.pages
    counted: int | None = getattr(version, "pages_drawn", None)  # read along with the versions of a list
    return version.previews.filter(width=THUMBNAIL).count() if counted is None else counted


def _newer(version: Version) -> dict[str, Any] | None:
    """Return what there is to know of the newest version, where this one is older."""
    newest = max(version.document.versions.all(), key=lambda one: one.number, default=None)  # may be fetched already
    if newest is None or newest.number <= version.number:
        return None
    place = [version.document.public_id, newest.number]
    return {
        "number": newest.number,
        "url": reverse("documents:version", args=place),
        "self": reverse("documents:description", args=place),
        "changed": changed_since(version, newest),
    }


def loose_document(*, title: str, file: str, sizes: list[list[float]]) -> dict[str, Any]:
    """Return the description of a PDF that is no version yet, such as a draft just typeset."""
    return {
        "id": "",
        "version": 0,
        "uuid": "",
        "title": title,
        "pages": len(sizes),
        "sizes": sizes,
        "file": file,
        "download": "",
        "self": "",
        "preview": "",
        "widths": [],
        "waiting": False,
        "prepared": len(sizes),
        "pdfjs": pdfjs_folder(),
        "protection": NONE,
        "watermark": "",
        "reader": "",
        "newer": None,
    }


def pdfjs_folder() -> str:
    """Return the folder in which PDF.js finds its worker, character maps, fonts and profiles by name."""
    return f"{settings.STATIC_URL}npm/pdfjs-{settings.PDFJS_VERSION}/"


def pdfjs_files() -> list[str]:
    """Return the addresses of what PDF.js looks up by name, for devices that read without a network."""
    root = Path(settings.STATIC_ROOT) / f"npm/pdfjs-{settings.PDFJS_VERSION}"
    source = settings.NPM / "pdfjs-dist"
    folder = source if source.is_dir() else root
    names = [path.relative_to(folder).as_posix() for part in NAMED for path in sorted(folder.glob(part))]
    return [f"{pdfjs_folder()}{name}" for name in names if not HASHED.search(name)]
