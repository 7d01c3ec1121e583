"""What processes cost, from /proc: seconds of CPU and proportional memory, over a process and all it started."""

import os
from collections.abc import Iterable
from pathlib import Path

TICKS = os.sysconf("SC_CLK_TCK")
PROC = Path("/proc")


def family(roots: Iterable[int]) -> list[int]:
    """Return these processes and everything below them."""
    children: dict[int, list[int]] = {}
    for path in PROC.glob("[0-9]*/stat"):
        fields = stat(path)
        if fields:
            children.setdefault(int(fields[1]), []).append(int(path.parent.name))
    found, waiting = list[int](), list(roots)
    while waiting:
        found.append(waiting.pop())
        waiting += children.get(found[-1], [])
    return found


def stat(path: Path) -> list[str]:
    """Return the fields of a process after its name; nothing when it is gone."""
    try:
        return path.read_text().rpartition(")")[2].split()
    except OSError:
        return []


def cpu_seconds(roots: Iterable[int]) -> float:
    """Return the CPU time used so far, by the program itself and by the system for it."""
    fields = [stat(PROC / str(pid) / "stat") for pid in family(roots)]
    return sum(int(one[11]) + int(one[12]) for one in fields if one) / TICKS


def pss_kb(roots: Iterable[int]) -> int:
    """Return the proportional memory in kB: what several processes share counts once."""
    return sum(pss_of(pid) for pid in family(roots))


def pss_of(pid: int) -> int:
    """Return one process's proportional memory in kB."""
    try:
        lines = (PROC / str(pid) / "smaps_rollup").read_text().splitlines()
    except OSError:
        return 0
    return sum(int(line.split()[1]) for line in lines if line.startswith("Pss:"))
