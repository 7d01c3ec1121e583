"""What the room's page computes for itself, run by Node on the same cases as the server's half."""

import subprocess
from pathlib import Path

import pytest

HERE = Path(__file__).parent
FILES = sorted(path.name for path in (HERE / "js").glob("*.test.mjs"))


@pytest.mark.parametrize("name", FILES)
def test_the_modules_agree_with_the_server(name):
    run = subprocess.run(["node", "--test", str(HERE / "js" / name)], capture_output=True, text=True)
    assert run.returncode == 0, run.stdout[-4000:]
