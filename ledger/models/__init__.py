"""The tables nothing is ever changed in or removed from."""

from ledger.models.chain import Anchor, AuditEntry, Chain
from ledger.models.command import Command
from ledger.models.fact import Fact
from ledger.models.transition import Transition

__all__ = ["Anchor", "AuditEntry", "Chain", "Command", "Fact", "Transition"]
