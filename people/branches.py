"""A tree as lines with depths. Pure."""

from collections import defaultdict
from collections.abc import Iterable


def branches(nodes: Iterable[tuple[int, int | None, str]]) -> list[tuple[int, int]]:
    """Return (node, depth) in reading order from (node, parent, name); a parent that is not among them is no parent."""
    rows = list(nodes)
    known = {node for node, _, _ in rows}
    below: dict[int | None, list[tuple[str, int]]] = defaultdict(list)
    for node, parent, name in rows:
        below[parent if parent in known else None].append((name, node))
    lines: list[tuple[int, int]] = []
    waiting = [(node, 0) for _, node in sorted(below[None], reverse=True)]
    while waiting:
        node, depth = waiting.pop()
        lines.append((node, depth))
        waiting += [(child, depth + 1) for _, child in sorted(below[node], reverse=True)]
    return lines
