"""Beside a paper of a meeting, outside the room: notes can be handed to the chair from here too."""

from typing import Any

from django.http import HttpRequest
from django.utils.translation import pgettext_lazy

from documents.models import Version
from documents.panels import VERSION, Panel, register_panel
from meetings.models import Paper
from meetings.rules.meeting import participation
from meetings.rules.own import may_remark
from people.requests import person


def context(request: HttpRequest, version: Version) -> dict[str, Any] | None:
    """Return the meeting whose chair can be given notes on this paper by this person."""
    user = person(request)
    laid = Paper.objects.filter(document=version.document_id, state="laid")
    paper = laid.select_related("item__meeting__agency").first()
    if paper is None or not may_remark(participation(user, paper.item.meeting), paper.item):
        return None
    return {"meeting": paper.item.meeting, "user_id": str(user.public_id)}


def hang() -> None:
    """Put the panel beside every version; called once at start-up."""
    title = pgettext_lazy("remark", "Opinion on this paper")
    register_panel(VERSION, Panel("remarks", title, "message-square-text", "meetings/parts/remarks.html", context, 50))
