"""Where units stand: how deep each is, and which stand under themselves; in one pass. Pure."""

from collections import defaultdict
from collections.abc import Mapping


def standing(parents: Mapping[str, str]) -> tuple[dict[str, int], set[str]]:
    """Return the depth of every unit that hangs on a top, upper ones first, and the units that form rings.

    `parents` says under what each unit stands; one under nothing, or under something unknown, is a top of depth 1.
    Units under a ring are in neither.
    """
    below: dict[str, list[str]] = defaultdict(list)
    for code, parent in parents.items():
        below[parent].append(code)
    tops = [code for code, parent in parents.items() if parent not in parents]
    depths = dict.fromkeys(tops, 1)
    waiting = list(tops)
    for code in waiting:  # grows while it is gone through
        for child in below[code]:
            depths[child] = depths[code] + 1
            waiting.append(child)
    return depths, rings({code: parent for code, parent in parents.items() if code not in depths})


def rings(parents: Mapping[str, str]) -> set[str]:
    """Return what is left when units with nothing under them are taken away again and again."""
    hanging: dict[str, int] = dict.fromkeys(parents, 0)
    for parent in parents.values():
        hanging[parent] += 1
    bare = [code for code, count in hanging.items() if not count]
    for code in bare:  # grows while it is gone through
        parent = parents[code]
        hanging[parent] -= 1
        if not hanging[parent]:
            bare.append(parent)
    return hanging.keys() - set(bare)
