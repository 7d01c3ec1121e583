"""Background work of the ledger, called by the clock."""

from datetime import datetime

from ledger.anchors import anchor_heads
from ledger.commands import forget_commands


def hourly(*, at: datetime) -> None:
    """Anchor the chains that moved."""
    anchor_heads(at=at)


def daily(*, at: datetime) -> None:
    """Forget what devices asked for long ago."""
    forget_commands(at=at)
