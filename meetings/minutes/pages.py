"""What the page of the minutes shows: blocks with their marks, comments by section, and which steps are open."""

from collections import defaultdict
from typing import Any

from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import pgettext_lazy

from meetings.minutes.body import Block, by_hand
from meetings.models import Minutes, MinutesComment
from meetings.rules.meeting import may_in
from meetings.rules.outcome import are_settled, is_in_time, says_what_was_concluded
from meetings.workflow import MINUTES
from people.models import User

STATES: dict[str, "Promise"] = {
    "drafted": pgettext_lazy("minutes", "Draft"),
    "commenting": pgettext_lazy("minutes", "Comments asked"),
    "approved": pgettext_lazy("minutes", "Approved"),
}
WIDE = 90


def shown_block(block: Block) -> dict[str, Any]:
    """Return a block with its mark and how tall its field is."""
    lines = sum(1 + len(line) // WIDE for line in block["text"].splitlines() or [""])
    return {
        **block,
        "id": block["key"].replace(".", "-"),
        "by_hand": by_hand(block),
        "rows": lines if block["text"] or block.get("short") else 1,
    }


def minutes_page(user: User, minutes: Minutes, roles: frozenset[str]) -> dict[str, Any]:
    """Return the minutes for one person."""
    said: dict[str, list[MinutesComment]] = defaultdict(list)
    for one in minutes.comments.select_related("user"):
        said[one.section].append(one)
    can = {row.verb: bool(may_in(MINUTES, minutes.state, row.verb, roles)) for row in MINUTES.moves}
    return {
        "minutes": minutes,
        "minutes_state": STATES[minutes.state],
        "sections": [
            {**part, "blocks": [shown_block(block) for block in part["blocks"]], "comments": said[part["key"]]}
            for part in minutes.body["sections"]
            if part["blocks"]
        ],
        "general_comments": said[""],
        "can_minutes": can,
        "unsettled": not are_settled(minutes),
        "outdated": can["approve"] and not says_what_was_concluded(minutes),
        "may_comment": can["comment"] and bool(is_in_time(minutes, timezone.now())),
    }
