"""What a screen shows is a pure question of the room, asked in the browser."""

import subprocess
from pathlib import Path

HERE = Path(__file__).parent


def test_every_state_of_a_room_has_its_scene():
    run = subprocess.run(["node", "--test", str(HERE / "js/scene.test.mjs")], capture_output=True, text=True)
    assert run.returncode == 0, run.stdout[-3000:] + run.stderr[-1000:]
