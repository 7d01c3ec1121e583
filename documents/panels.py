"""Panels that upper packages hang beside a document: signing its buttons, tasks its instructions."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import Model
from django.http import HttpRequest
from django.template.loader import render_to_string
from django.utils.functional import Promise
from django.utils.safestring import SafeString

OUTGOING, INCOMING, VERSION = "outgoing", "incoming", "version"
READER = "reader"  # no panel to be seen: what upper packages lay over the pages of a version, with its scripts
Context = Callable[[HttpRequest, Any], "Mapping[str, Any] | None"]


@dataclass(frozen=True)
class Panel:
    """One panel; `context` gets the object of the page and answers None when there is nothing to show."""

    key: str
    title: "str | Promise"
    icon: str
    template: str
    context: Context
    order: int = 100


@dataclass(frozen=True)
class ShownPanel:
    """A panel rendered for one request."""

    panel: Panel
    body: SafeString


_panels: dict[str, dict[str, Panel]] = {OUTGOING: {}, INCOMING: {}, VERSION: {}, READER: {}}


def register_panel(page: str, panel: Panel) -> None:
    """Hang a panel on the page of an outgoing or incoming document, or of a version; the same key replaces it."""
    _panels[page][panel.key] = panel


def panels_for(page: str, request: HttpRequest, obj: Model) -> list[ShownPanel]:
    """Return the panels with something to say to this person, in order."""
    candidates = sorted(_panels[page].values(), key=lambda panel: (panel.order, panel.key))
    found = [(panel, panel.context(request, obj)) for panel in candidates]
    return [
        ShownPanel(panel, render_to_string(panel.template, dict(context), request))
        for panel, context in found
        if context is not None
    ]
