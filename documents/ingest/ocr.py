"""Reads a page that is a picture, with tesseract where it and its Vietnamese are installed; confined like the gate."""

import shutil
import subprocess
from functools import lru_cache
from pathlib import Path

from documents.ingest.confine import WorkerFailed, python_worker, run_confined
from documents.ingest.limits import MIB, Allowance
from documents.ingest.text import storable

DPI = 200
LANGUAGE = "vie"
# A page takes two to ten seconds; one that takes a minute is noise.
_DRAWING = Allowance(memory_bytes=1024 * MIB, cpu_seconds=30, wall_seconds=60)
_READING = Allowance(memory_bytes=1536 * MIB, cpu_seconds=60, wall_seconds=120, file_bytes=16 * MIB)
_LONGEST = 200_000


@lru_cache(maxsize=1)
def reader() -> str | None:
    """Return tesseract's program if it knows Vietnamese, else None; asked once by each process."""
    program = shutil.which("tesseract")
    if program is None:
        return None
    try:
        told = subprocess.run([program, "--list-langs"], capture_output=True, text=True, timeout=20, check=False)
    except (OSError, subprocess.SubprocessError):
        return None
    return program if LANGUAGE in told.stdout.split() else None


def read_page(pdf: Path, page: int, folder: Path) -> str:
    """Return what stands on one page (from 1); empty when nothing could be read. `folder` is an empty one of ours."""
    program = reader()
    if program is None:
        return ""
    picture, said = folder / "page.png", folder / "said"
    drawing = python_worker("documents.ingest.page_picture_worker", str(pdf), str(page), str(DPI), str(picture))
    # One thread, and after everything somebody waits for.
    reading = ["nice", "-n", "10", "env", "OMP_THREAD_LIMIT=1", program, str(picture), str(said), "-l", LANGUAGE]
    try:
        run_confined(drawing, folder=folder, allowance=_DRAWING, reads=[pdf])
        run_confined([*reading, "--dpi", str(DPI), "--psm", "3"], folder=folder, allowance=_READING)
    except WorkerFailed:
        return ""
    return _said(said.with_suffix(".txt"))


def _said(path: Path) -> str:
    """Read what tesseract wrote; it has seen a hostile file."""
    if path.is_symlink() or not path.is_file():
        return ""
    with path.open(encoding="utf-8", errors="replace") as file:
        return storable(file.read(_LONGEST))
