"""What stands still is ended, and nothing else is."""

import signal
import subprocess
import sys
from uuid import uuid4

from tests.browser.standstill import ended_after, started_with

SLEEPER = [sys.executable, "-c", "input()"]


def sleeper(flag: str) -> subprocess.Popen[bytes]:
    """Start a process that waits for ever."""
    return subprocess.Popen([*SLEEPER, flag], stdin=subprocess.PIPE)


def test_who_takes_too_long_is_ended() -> None:
    flag, other = f"--{uuid4()}", f"--{uuid4()}"
    with sleeper(other) as spared, sleeper(flag) as slow:
        with ended_after(0.1, flag):
            assert slow.wait(30) == -signal.SIGKILL
        assert started_with(other) == [spared.pid]
        spared.kill()


def test_who_is_in_time_goes_on() -> None:
    flag = f"--{uuid4()}"
    with sleeper(flag) as quick:
        with ended_after(60, flag):
            pass
        assert quick.poll() is None
        quick.kill()
