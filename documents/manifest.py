"""What the viewer is told about one version."""

from typing import Any

from django.conf import settings
from django.urls import reverse

from documents.models import Version
from documents.queries import preview_widths


def viewer_document(version: Version) -> dict[str, Any]:
    """Return the description `documents/viewer/types.js` names `ViewerDocument`; one query."""
    public_id = version.document.public_id
    place = [public_id, version.number]
    return {
        "id": str(public_id),
        "version": version.number,
        "uuid": str(version.public_id),
        "title": version.document.title,
        "pages": version.pages,
        "sizes": version.page_sizes,
        "file": reverse("documents:file", args=place),
        "download": reverse("documents:original", args=place),
        "self": reverse("documents:description", args=place),
        "preview": f"/documents/{public_id}/versions/{version.number}/pages/{{page}}/{{width}}.webp",
        "widths": preview_widths(version),
        "waiting": version.preparation == Version.Preparation.WAITING,
        "pdfjs": pdfjs_folder(),
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
        "pdfjs": pdfjs_folder(),
    }


def pdfjs_folder() -> str:
    """Return the folder in which PDF.js finds its worker, character maps, fonts and profiles by name."""
    return f"{settings.STATIC_URL}npm/pdfjs-{settings.PDFJS_VERSION}/"
