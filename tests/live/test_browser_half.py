"""The browser's modules on the fixtures shared with Python, run by Node."""

import json
import subprocess
from pathlib import Path

import pytest

from live.patch import merged

HERE = Path(__file__).parent
CASES = json.loads((HERE / "fixtures" / "merge_patch.json").read_text(encoding="utf-8"))


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["name"])
def test_python_applies_as_the_fixtures_say(case: dict[str, object]) -> None:
    assert merged(case["state"], case["patch"]) == case["result"]


def test_the_browser_applies_as_the_fixtures_say() -> None:
    files = sorted(str(path) for path in (HERE / "js").glob("*.test.mjs"))
    run = subprocess.run(
        ["node", "--import", str(HERE / "js" / "names.mjs"), "--test", *files], capture_output=True, text=True
    )
    assert run.returncode == 0, run.stdout[-4000:] + run.stderr[-2000:]
