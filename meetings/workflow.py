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
    "closer": frozenset({"chair", "secretary", "system"}),
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
    "serving": frozenset({"secretary", "server"}),
}


def staying(states: tuple[str, ...], verbs: tuple[str, ...], who: str) -> list[Move]:
    """Return the rows of verbs that leave the state as it is."""
    return [Move(state, verb, state, who) for state in states for verb in verbs]


MEETING = Workflow(
    "meeting",
    "draft",
    [
        *staying(DRAFTING, ("edit", "arrange", "invite", "prepare_vote", "arrange_sites"), "preparer"),
        Move("draft", "submit", "submitted", "preparer"),
        Move("returned", "submit", "submitted", "preparer"),
        Move("submitted", "approve", "published", "approver"),
        Move("submitted", "give_back", "returned", "approver"),
        Move("submitted", "take_back", "draft", "preparer"),
        *staying(("published",), ("edit", "arrange", "invite", "prepare_vote"), "preparer"),
        *staying(("published", "open"), ("check_in", "leave"), "participant"),
        *staying(("published", "open"), ("check_in_other", "undo_check_in", "decide_absence"), "conductor"),
        *staying(("published", "open"), ("arrange_sites", "show_code"), "keeper"),
        *staying(("published",), ("reply",), "participant"),
        *staying(("published",), ("remind",), "keeper"),
        *staying(("published", "open"), ("nudge",), "conductor"),
        Move("published", "open", "open", "conductor"),
        Move("open", "take_back_opening", "published", "conductor"),
        *staying(("open",), ("move_item", "prepare_vote", "open_vote", "run_vote", "conclude"), "conductor"),
        *staying(("open",), ("close_vote",), "closer"),
        *staying(("open",), ("cast",), "participant"),
        *staying(("published", "open"), ("ask_to_speak",), "reader"),
        *staying(("published", "open"), ("order_queue",), "conductor"),
        *staying(("open",), ("run_floor",), "conductor"),
        *staying(("open",), ("arrange", "invite"), "keeper"),
        Move("open", "close", "closed", "conductor"),
        *staying(("open",), ("lead",), "leading"),
        *staying(("open",), ("give_lead",), "conductor"),
        *staying(("open",), ("lead_paper",), "presenting"),
        *staying(("open",), ("stop_leading",), "ending_lead"),
        *staying(("published", "open"), ("pair_screen",), "keeper"),
        *staying(("published", "open", "closed"), ("unpair_screen",), "keeper"),
        *staying(("published", "open"), ("call_service",), "participant"),
        *staying(("published", "open", "closed"), ("serve",), "serving"),
        *staying(("closed",), ("conclude",), "conductor"),
        *staying(("closed",), ("draft_minutes",), "minute_taker"),
        *staying(("closed",), ("draft_notice",), "keeper"),
        *staying(("closed",), ("publish_conclusions",), "conductor"),
        *staying(("published", "open"), ("print_paper",), "keeper"),
        *staying(("published", "open", "closed"), ("bind_book",), "involved"),
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
        *staying(("laid",), ("replace", "rename", "place", "open_to", "protect"), "keeper"),
        Move("laid", "withdraw", "withdrawn", "keeper"),
    ],
)

# Who is shown the table of all papers, with what units owe.
OVER = ("open", "closed", "cancelled", "discarded")  # what is carried on or called off in a series passes these by
SEES_TABLE = frozenset({"clerk", "leader", "secretary", "chair", "reviewer"})

# While a meeting stands like this, units hand in and their papers are decided on.
TAKING_PAPERS = ("draft", "returned", "submitted", "published", "open")

# A vote held outside the program is recorded with its counts; the system closes one whose countdown is over.
VOTE = Workflow(
    "vote",
    "prepared",
    [
        Move("prepared", "edit", "prepared", "keeper"),
        Move("prepared", "drop", "dropped", "keeper"),
        Move("prepared", "open", "open", "conductor"),
        Move("prepared", "record_outside", "closed", "conductor"),
        Move("open", "cast", "open", "participant"),
        *staying(("open",), ("enter", "confirm_entry", "withdraw_entry", "extend"), "conductor"),
        Move("open", "take_back", "prepared", "conductor"),
        Move("open", "close", "closed", "closer"),
        Move("closed", "declare", "declared", "conductor"),
        Move("closed", "annul", "annulled", "conductor"),
        Move("declared", "annul", "annulled", "conductor"),
    ],
)

# What was counted: from here on a vote has a result. What everybody may know of it comes with `declare`.
COUNTED = ("closed", "declared", "annulled")

# Asking to speak and holding the floor. Phát biểu and tranh luận go from speaking to done; in a chất vấn `answer`
# passes the floor to whom was asked. `reopen` is the way back from an end too early.
SPEECH = Workflow(
    "speech",
    "waiting",
    [
        *staying(("waiting",), ("place",), "conductor"),
        Move("waiting", "call", "called", "conductor"),
        Move("called", "call_back", "waiting", "conductor"),
        *[Move(state, "start", "speaking", "conductor") for state in ("waiting", "called")],
        Move("speaking", "pause", "paused", "conductor"),
        Move("paused", "resume", "speaking", "conductor"),
        *[Move(state, "answer", "speaking", "conductor") for state in ("speaking", "paused")],
        *staying(("speaking", "paused"), ("give_more_time",), "conductor"),
        *[Move(state, "end", "done", "conductor") for state in ("speaking", "paused")],
        Move("done", "reopen", "paused", "conductor"),
        *[Move(state, "withdraw", "withdrawn", "self") for state in ("waiting", "called")],
        *[Move(state, "refuse", "refused", "conductor") for state in ("waiting", "called")],
    ],
)

# What somebody asks for from their seat; who asked may take it back until it is settled.
CALL = Workflow(
    "call",
    "waiting",
    [
        Move("waiting", "take", "taken", "serving"),
        *[Move(state, "settle", "settled", "serving") for state in ("waiting", "taken")],
        *[Move(state, "withdraw", "withdrawn", "self") for state in ("waiting", "taken")],
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

# What a verb of a vote asks of the meeting it belongs to.
VOTE_ASKS = {
    "edit": "prepare_vote",
    "drop": "prepare_vote",
    "open": "open_vote",
    "cast": "cast",
    "close": "close_vote",
    "record_outside": "run_vote",
    "enter": "run_vote",
    "confirm_entry": "run_vote",
    "withdraw_entry": "run_vote",
    "extend": "run_vote",
    "take_back": "run_vote",
    "declare": "run_vote",
    "annul": "run_vote",
}

# The same for a paper; other verbs of papers ask that the meeting still takes any.
PAPER_ASKS = dict.fromkeys(("replace", "withdraw", "rename", "place", "open_to", "protect"), "arrange")

# The same for speaking; requests may come and go before the meeting opens, the floor is given in an open one.
SPEECH_ASKS = {
    "place": "order_queue",
    "refuse": "order_queue",
    "withdraw": "ask_to_speak",
    "call": "run_floor",
    "call_back": "run_floor",
    "start": "run_floor",
    "pause": "run_floor",
    "resume": "run_floor",
    "answer": "run_floor",
    "give_more_time": "run_floor",
    "end": "run_floor",
    "reopen": "run_floor",
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
