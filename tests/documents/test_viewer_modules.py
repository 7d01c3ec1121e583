"""What the viewer computes for itself, run by Node."""

import subprocess
from pathlib import Path

import pytest

HERE = Path(__file__).parent
FILES = sorted(path.name for path in (HERE / "js").glob("*.test.mjs"))


@pytest.mark.parametrize("name", FILES)
def test_the_modules_compute_right(name):
    run = subprocess.run(["node", "--test", str(HERE / "js" / name)], capture_output=True, text=True)
    assert run.returncode == 0, run.stdout[-4000:]
