"""A person's folders as a tree: ways, what lies under, how deep, what fits where. Pure."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Node:
    """One folder: its key, the folder it lies in, its name."""

    key: int
    parent: int | None
    name: str


class Tree:
    """Folders by key; every parent named is among them."""

    def __init__(self, nodes: Iterable[Node]) -> None:
        self.nodes: Mapping[int, Node] = {node.key: node for node in nodes}
        self._children: dict[int | None, list[int]] = {}
        for node in self.nodes.values():
            self._children.setdefault(node.parent, []).append(node.key)

    def way(self, key: int | None) -> list[Node]:
        """Return the folders from the top down to this one."""
        way: list[Node] = []
        while key is not None:
            node = self.nodes[key]
            way.append(node)
            key = node.parent
        return way[::-1]

    def under(self, key: int) -> list[int]:
        """Return the keys of everything below, not itself."""
        found: list[int] = []
        waiting = list(self._children.get(key, ()))
        while waiting:
            below = waiting.pop()
            found.append(below)
            waiting += self._children.get(below, ())
        return found

    def depth(self, key: int | None) -> int:
        """Return how deep the folder lies: 1 at the top, 0 for the library itself."""
        return len(self.way(key))

    def height(self, key: int) -> int:
        """Return how many levels the folder and what lies under it take."""
        own = self.depth(key)
        return max((self.depth(below) for below in self.under(key)), default=own) - own + 1

    def fits(self, key: int, into: int | None, deepest: int) -> str:
        """Return why the folder cannot lie in `into` ("ring", "deep"), or nothing."""
        if into is not None and (into == key or into in self.under(key)):
            return "ring"
        return "deep" if self.depth(into) + self.height(key) > deepest else ""

    def outline(self) -> list[tuple[int, Node]]:
        """Return every folder with its depth, each under its parent, by name."""
        return [line for key in self._by_name(None) for line in self._lines(key, 1)]

    def _lines(self, key: int, depth: int) -> list[tuple[int, Node]]:
        below = [line for child in self._by_name(key) for line in self._lines(child, depth + 1)]
        return [(depth, self.nodes[key]), *below]

    def _by_name(self, parent: int | None) -> list[int]:
        return sorted(self._children.get(parent, ()), key=lambda key: (self.nodes[key].name.lower(), key))


def free_name(name: str, taken: Iterable[str], longest: int) -> str:
    """Return the name, or with the first free number behind it: what comes back must not push anything aside."""
    used = set(taken)
    if name not in used:
        return name
    numbered = (f"{name[: longest - len(tail)]}{tail}" for tail in (f" ({number})" for number in range(2, 100_000)))
    return next(one for one in numbered if one not in used)
