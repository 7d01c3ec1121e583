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
    "chair": frozenset({"chair"}),
    "reader": frozenset({"chair", "secretary", "member"}),
    "involved": frozenset({"clerk", "leader", "chair", "secretary", "member", "guest"}),
    "reviewer": frozenset({"reviewer", "secretary"}),
    "self": frozenset({"self"}),
    "unit": frozenset({"unit"}),
    "leading": frozenset({"chair", "secretary", "speaker"}),
    "presenting": frozenset({"presenter"}),
    "ending_lead": frozenset({"chair", "secretary", "presenter"}),
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
        *staying(("published", "open"), ("nudge",), "conductor"),
        Move("published", "open", "open", "conductor"),
        Move("open", "take_back_opening", "published", "conductor"),
        *staying(("open",), ("move_item", "prepare_vote", "open_vote", "close_vote", "conclude"), "conductor"),
        *staying(("open",), ("cast",), "participant"),
        *staying(("open",), ("arrange", "invite"), "keeper"),
        Move("open", "close", "closed", "conductor"),
        *staying(("open",), ("lead",), "leading"),
        *staying(("open",), ("give_lead",), "conductor"),
        *staying(("open",), ("lead_paper",), "presenting"),
        *staying(("open",), ("stop_leading",), "ending_lead"),
        *staying(("published", "open"), ("pair_screen",), "keeper"),
        *staying(("published", "open", "closed"), ("unpair_screen",), "keeper"),
        *staying(("closed",), ("conclude",), "conductor"),
        *staying(("closed",), ("draft_minutes",), "minute_taker"),
        *staying(("closed",), ("draft_notice",), "keeper"),
        *staying(("closed",), ("publish_conclusions",), "conductor"),
        *staying(("published", "open"), ("print_paper",), "keeper"),
        *staying(("closed",), ("export",), "involved"),
        Move("draft", "discard", "discarded", "preparer"),
        *[Move(state, "cancel", "cancelled", "preparer") for state in (*DRAFTING, "submitted", "published")],
    ],
)

# A keeper lays a paper directly; a unit's comes by "prepared". `merge` is `approve` for a newer version of one laid.
PAPER = Workflow(
    "paper",
    "prepared",
    [
        *staying(("prepared", "returned"), ("upload",), "unit"),
        Move("prepared", "submit", "submitted", "unit"),
        Move("returned", "submit", "submitted", "unit"),
        Move("prepared", "discard", "discarded", "unit"),
        Move("returned", "discard", "discarded", "unit"),
        Move("submitted", "take_back", "prepared", "unit"),
        Move("submitted", "approve", "laid", "reviewer"),
        Move("submitted", "merge", "merged", "reviewer"),
        Move("submitted", "give_back", "returned", "reviewer"),
        *staying(("laid",), ("propose",), "unit"),
        *staying(("laid",), ("replace", "rename", "place", "open_to"), "keeper"),
        Move("laid", "withdraw", "withdrawn", "keeper"),
    ],
)

# Who is shown the table of all papers, with what units owe.
OVER = ("open", "closed", "cancelled", "discarded")  # what is carried on or called off in a series passes these by
SEES_TABLE = frozenset({"clerk", "leader", "secretary", "chair", "reviewer"})

# While a meeting stands like this, units hand in and their papers are decided on.
TAKING_PAPERS = ("draft", "returned", "submitted", "published", "open")

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

# The minutes as text: after the approval nothing changes them any more.
MINUTES = Workflow(
    "minutes",
    "drafted",
    [
        *staying(("drafted", "commenting"), ("redraft",), "minute_taker"),
        *staying(("drafted", "commenting"), ("edit",), "keeper"),
        Move("drafted", "ask_comments", "commenting", "keeper"),
        *staying(("commenting",), ("comment",), "reader"),
        *staying(("drafted", "commenting"), ("settle",), "keeper"),
        Move("commenting", "take_back", "drafted", "keeper"),
        *[Move(state, "approve", "approved", "chair") for state in ("drafted", "commenting")],
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
    "rename": "arrange",
    "place": "arrange",
    "open_to": "arrange",
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
