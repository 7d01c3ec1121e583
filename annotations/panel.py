"""The panel beside a version: notes to take along, and older ones to carry over."""

from typing import Any

from django.http import HttpRequest
from django.utils.translation import pgettext_lazy

from annotations.models import Annotation
from annotations.older import left_behind
from annotations.queries import visible_annotations
from documents.models import Version
from documents.panels import VERSION, Panel, register_panel
from documents.rules import may_take_bytes
from people.requests import person


def context(request: HttpRequest, version: Version) -> dict[str, Any] | None:
    """Return how many notes there are on this version, and how many wait on older ones."""
    user = person(request)
    seen = visible_annotations(user, version.document).filter(version=version).order_by()
    own = Annotation.objects.filter(version=version, user=user, erased_at__isnull=True).count()
    total, waiting = seen.count(), left_behind(user, version).count()
    if not total and not waiting:
        return None
    may_take = bool(may_take_bytes(version.document))
    return {"version": version, "own": own, "total": total, "waiting": waiting, "may_take": may_take}


def hang() -> None:
    """Put the panel beside every version; called once at start-up."""
    title = pgettext_lazy("note", "Notes on the pages")
    register_panel(VERSION, Panel("notes", title, "notebook-pen", "annotations/panel.html", context, order=60))
