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
    "self": frozenset({"self"}),
    "unit": frozenset({"unit"}),
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
        *staying(("published", "open"), ("check_in_other", "undo_check_in", "decide_absence"), "conductor"),
        *staying(("published",), ("reply",), "participant"),
        *staying(("published",), ("remind",), "keeper"),
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

# The answer to an invitation. Where a kind has absences approved, `ask` takes the place of `stay_away`.
UNDECIDED = ("none", "accepted", "absent", "refused")
REPLY = Workflow(
    "reply",
    "none",
    [
        *[Move(state, "accept", "accepted", "self") for state in ("none", "absent", "asked", "excused", "refused")],
        *[Move(state, "stay_away", "absent", "self") for state in ("none", "accepted", "refused", "delegated")],
        *[Move(state, "ask", "asked", "self") for state in ("none", "accepted", "absent", "refused", "delegated")],
        *[Move(state, "delegate", "delegated", "self") for state in (*UNDECIDED, "asked", "excused", "delegated")],
        Move("delegated", "withdraw", "accepted", "self"),
        *[Move(state, "excuse", "excused", "conductor") for state in ("asked", "refused")],
        *[Move(state, "refuse", "refused", "conductor") for state in ("asked", "excused")],
    ],
)

# A unit's answer; its state follows from its row: declined, has named somebody, or neither.
UNIT = Workflow(
    "unit",
    "waiting",
    [
        *[Move(state, "name", "named", "unit") for state in ("waiting", "named", "declined")],
        Move("named", "take_away", "waiting", "unit"),
        *[Move(state, "decline", "declined", "unit") for state in ("waiting", "named")],
        *staying(("waiting", "named", "declined"), ("change", "remove"), "keeper"),
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

# The same for the answer to an invitation.
REPLY_ASKS = {
    "accept": "reply",
    "stay_away": "reply",
    "ask": "reply",
    "delegate": "reply",
    "withdraw": "reply",
    "excuse": "decide_absence",
    "refuse": "decide_absence",
}
