"""The annotations' modules, run by Node: merging on the server's fixtures, the store, shapes, sending."""

import subprocess
from pathlib import Path

import pytest

HERE = Path(__file__).parent
NAMES = HERE.parent / "live" / "js" / "names.mjs"
FILES = sorted(path.name for path in (HERE / "js").glob("*.test.mjs"))


@pytest.mark.parametrize("name", FILES)
def test_in_node(name):
    run = subprocess.run(
        ["node", "--import", str(NAMES), "--test", str(HERE / "js" / name)], capture_output=True, text=True
    )
    assert run.returncode == 0, run.stdout[-4000:] + run.stderr[-2000:]
