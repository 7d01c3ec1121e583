"""The home page answers "what now?": packages register panels, the page shows those that have something to say."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest
from django.template.loader import render_to_string
from django.utils.safestring import SafeString

from ui.nav import Label, User, everyone


@dataclass(frozen=True)
class HomePanel:
    """One panel; `context` returns None when there is nothing to show, `wide` takes the whole row."""

    key: str
    title: Label
    icon: str
    template: str
    context: Callable[[HttpRequest], Mapping[str, Any] | None]
    order: int = 100
    wide: bool = False
    visible: Callable[[User], bool] = everyone


@dataclass(frozen=True)
class ShownPanel:
    """A panel rendered for one request."""

    panel: HomePanel
    body: SafeString


panels: dict[str, HomePanel] = {}


def register_panel(panel: HomePanel) -> None:
    """Adds a panel; the same key again replaces it."""
    panels[panel.key] = panel


def panels_for(request: HttpRequest) -> list[ShownPanel]:
    """The panels with something to say to this person, most urgent first."""
    candidates = sorted(panels.values(), key=lambda one: (one.order, one.key))
    shown = [(one, one.context(request)) for one in candidates if one.visible(request.user)]
    return [
        ShownPanel(one, render_to_string(one.template, dict(context), request))
        for one, context in shown
        if context is not None
    ]
