"""A state table: (state, verb) leads to a state, and names who may do it."""

from collections.abc import Iterable
from dataclasses import dataclass

from ledger.verdict import YES, Verdict, no


@dataclass(frozen=True)
class Move:
    """One row: from `source` the `verb` leads to `target`, done by `who` (a role name of the package)."""

    source: str
    verb: str
    target: str
    who: str


class Workflow:
    """The table of one kind of object; buttons, diagrams and the permission matrix are read from it."""

    def __init__(self, name: str, initial: str, moves: Iterable[Move]) -> None:
        self.name = name
        self.initial = initial
        self.moves = tuple(moves)
        self._by_key = {(move.source, move.verb): move for move in self.moves}

    def move(self, state: str, verb: str) -> Move | None:
        """Return the row for this state and verb, if there is one."""
        return self._by_key.get((state, verb))

    def verdict(self, state: str, verb: str) -> Verdict:
        """May the verb be done in this state at all?"""
        return YES if (state, verb) in self._by_key else no("wrong_state", verb=verb, state=state)

    def verbs(self, state: str) -> list[Move]:
        """Return the rows that leave this state, in table order."""
        return [move for move in self.moves if move.source == state]

    def states(self) -> list[str]:
        """Return every state, in order of first appearance."""
        seen = [self.initial, *(state for move in self.moves for state in (move.source, move.target))]
        return list(dict.fromkeys(seen))

    def mermaid(self) -> str:
        """Return the table as a state diagram for the docs."""
        lines = [f"    {move.source} --> {move.target}: {move.verb} ({move.who})" for move in self.moves]
        return "\n".join(["stateDiagram-v2", f"    [*] --> {self.initial}", *lines])
