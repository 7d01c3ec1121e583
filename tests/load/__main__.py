"""Runs the measurements whose name contains the given word, each in a process of its own."""

import subprocess
import sys
from pathlib import Path

FOLDER = Path(__file__).parent
NOT_BENCHES = {"__init__", "__main__", "report"}


def benches(only: str) -> list[str]:
    """Return the modules of this folder that define `main` and match."""
    modules = sorted(path for path in FOLDER.glob("*.py") if path.stem not in NOT_BENCHES)
    return [path.stem for path in modules if only in path.stem and "def main(" in path.read_text(encoding="utf-8")]


def run(only: str) -> int:
    """Run them one after the other; the first failure is the exit status."""
    chosen = benches(only)
    if not chosen:
        print(f"no measurement has '{only}' in its name; there are: {', '.join(benches(''))}", file=sys.stderr)
        return 2
    found = [subprocess.run([sys.executable, "-m", f"tests.load.{name}"]).returncode for name in chosen]
    return next((status for status in found if status), 0)


if __name__ == "__main__":
    sys.exit(run(sys.argv[1] if len(sys.argv) > 1 else ""))
