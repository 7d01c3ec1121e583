"""The state tables of guides and of feedback."""

from ledger.workflow import Move, Workflow

GUIDE = Workflow(
    "guide",
    "draft",
    [
        *[Move(state, "edit", state, "editor") for state in ("draft", "published", "withdrawn")],
        Move("draft", "publish", "published", "editor"),
        Move("published", "withdraw", "withdrawn", "editor"),
        Move("withdrawn", "publish", "published", "editor"),
    ],
)

FEEDBACK = Workflow(
    "feedback",
    "new",
    [
        Move("new", "answer", "answered", "reader"),
        Move("answered", "answer", "answered", "reader"),
        Move("new", "close", "closed", "reader"),
        Move("answered", "close", "closed", "reader"),
        Move("closed", "reopen", "new", "reader"),
    ],
)
