"""The state tables of outgoing and incoming documents; `who` is answered by `documents/rules.py`."""

from ledger.workflow import Move, Workflow

DRAFTER, SIGNER, CLERK = "drafter", "signer", "clerk"

OUTGOING = Workflow(
    "outgoing",
    "draft",
    [
        Move("draft", "edit", "draft", DRAFTER),
        Move("draft", "submit", "submitted", DRAFTER),
        Move("draft", "cancel", "cancelled", DRAFTER),
        Move("submitted", "withdraw", "draft", DRAFTER),
        Move("submitted", "give_back", "returned", SIGNER),
        Move("submitted", "approve", "approved", SIGNER),
        Move("returned", "edit", "draft", DRAFTER),
        Move("returned", "cancel", "cancelled", DRAFTER),
        Move("approved", "give_back", "returned", SIGNER),
        Move("approved", "sign", "signed", SIGNER),
        Move("signed", "give_back", "returned", CLERK),
        Move("signed", "number", "numbered", CLERK),
        Move("numbered", "void", "returned", CLERK),
        Move("numbered", "seal", "sealed", CLERK),
        Move("sealed", "issue", "issued", CLERK),
    ],
)

INCOMING = Workflow(
    "incoming",
    "arrived",
    [
        Move("arrived", "receive", "received", CLERK),
        Move("arrived", "refuse_receipt", "refused", CLERK),
    ],
)
