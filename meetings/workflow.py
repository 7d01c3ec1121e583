"""The state tables of meetings, papers and votes; buttons, diagram and permission matrix come from here.

A row whose target is its source is something that may be done in that state without leaving it.
"""

from ledger.workflow import Move, Workflow

DRAFTING = ("draft", "returned")
SEEN_BY_ALL = ("published", "open", "closed")

# Who stands behind each name used in the tables: posts in the owner agency (clerk, leader) and roles in the meeting.
WHO: dict[str, frozenset[str]] = {
    "preparer": frozenset({"clerk", "secretary"}),
    "approver": frozenset({"leader"}),
    "keeper": frozenset({"clerk", "secretary", "chair"}),
    "minute_taker": frozenset({"clerk", "secretary", "chair", "system"}),
    "conductor": frozenset({"chair", "secretary"}),
    "records": frozenset({"clerk", "leader"}),
    "participant": frozenset({"chair", "secretary", "member", "guest"}),
}


def staying(states: tuple[str, ...], verbs: tuple[str, ...], who: str) -> list[Move]:
    """Return the rows of verbs that leave the state as it is."""
    return [Move(state, verb, state, who) for state in states for verb in verbs]


MEETING = Workflow(
    "meeting",
    "draft",
    [
        *staying(DRAFTING, ("edit", "arrange", "invite", "prepare_vote"), "preparer"),
        Move("draft", "submit", "submitted", "preparer"),
        Move("returned", "submit", "submitted", "preparer"),
        Move("submitted", "approve", "published", "approver"),
        Move("submitted", "give_back", "returned", "approver"),
        Move("submitted", "take_back", "draft", "preparer"),
        *staying(("published",), ("edit", "arrange", "invite", "prepare_vote"), "preparer"),
        *staying(("published", "open"), ("check_in", "leave"), "participant"),
        *staying(("published", "open"), ("check_in_other",), "conductor"),
        Move("published", "open", "open", "conductor"),
        *staying(("open",), ("move_item", "prepare_vote", "open_vote", "close_vote", "conclude"), "conductor"),
        *staying(("open",), ("cast",), "participant"),
        *staying(("open",), ("arrange", "invite"), "keeper"),
        Move("open", "close", "closed", "conductor"),
        *staying(("closed",), ("conclude",), "conductor"),
        *staying(("closed",), ("draft_minutes",), "minute_taker"),
        *staying(("closed",), ("draft_notice",), "keeper"),
        *[Move(state, "cancel", "cancelled", "preparer") for state in (*DRAFTING, "submitted", "published")],
    ],
)

PAPER = Workflow(
    "paper",
    "laid",
    [
        Move("laid", "replace", "laid", "keeper"),
        Move("laid", "withdraw", "withdrawn", "keeper"),
    ],
)

VOTE = Workflow(
    "vote",
    "prepared",
    [
        Move("prepared", "edit", "prepared", "keeper"),
        Move("prepared", "drop", "dropped", "keeper"),
        Move("prepared", "open", "open", "conductor"),
        Move("open", "cast", "open", "participant"),
        Move("open", "close", "closed", "conductor"),
    ],
)

# What a verb of a vote or a paper asks of the meeting it belongs to.
MEETING_VERB = {
    "edit": "prepare_vote",
    "drop": "prepare_vote",
    "open": "open_vote",
    "cast": "cast",
    "close": "close_vote",
    "replace": "arrange",
    "withdraw": "arrange",
}
