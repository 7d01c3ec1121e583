"""Child processes: started again after they die, never faster and faster, and gone with their parent."""

import os
import signal
import subprocess
import sys
import time

import psutil
import pytest

from config.processes import FASTEST_RESTART, SLOWEST_RESTART, Child, Crew, raise_file_limit


class Clock:
    """A clock the test moves."""

    def __init__(self) -> None:
        self.now = 1000.0

    def __call__(self) -> float:
        return self.now


class SleepingCrew(Crew):
    """A crew whose children only sleep."""

    def launch(self, child: Child) -> None:
        child.started = self.clock()
        child.process = subprocess.Popen([sys.executable, "-c", "import time; time.sleep(60)"], start_new_session=True)


@pytest.fixture
def crew():
    crew = SleepingCrew([Child("worker", [])], clock=Clock())
    crew.start()
    yield crew
    crew.clock = time.monotonic
    crew.stop()


def kill(child: Child) -> int:
    assert child.process
    child.process.kill()
    child.process.wait()
    return child.process.pid


def test_a_dead_child_is_started_again_after_a_pause(crew):
    child = crew.children[0]
    old = kill(child)
    crew.watch()
    assert child.process.pid == old
    crew.clock.now += 2 * FASTEST_RESTART
    crew.watch()
    assert child.process.pid != old


def test_dying_at_once_makes_the_pause_longer(crew):
    child, pauses = crew.children[0], []
    for _ in range(8):
        kill(child)
        crew.watch()
        pauses.append(child.due - crew.clock.now)
        crew.clock.now = child.due
        crew.watch()
    assert pauses == sorted(pauses)
    assert pauses[-1] == SLOWEST_RESTART


def test_after_a_long_life_it_is_started_at_once(crew):
    child = crew.children[0]
    crew.clock.now += 2 * SLOWEST_RESTART
    old = kill(child)
    crew.watch()
    crew.watch()
    assert child.process.pid != old


def test_stop_ends_all_and_starts_none(crew):
    child = crew.children[0]
    crew.clock = time.monotonic
    crew.stop()
    crew.watch()
    assert child.process.poll() is not None


def test_a_child_leaves_when_its_parent_is_killed(tmp_path):
    child = "from config.processes import leave_with_parent; leave_with_parent(); import time; time.sleep(60)"
    parent = (
        "import os, subprocess, sys; os.environ['NGHISU_PARENT'] = str(os.getpid());"
        f"p = subprocess.Popen([sys.executable, '-c', {child!r}], start_new_session=True);"
        "print(p.pid, flush=True); p.wait()"
    )
    process = subprocess.Popen([sys.executable, "-c", parent], stdout=subprocess.PIPE, text=True)
    pid = int(process.stdout.readline())
    time.sleep(0.5)
    assert psutil.pid_exists(pid)
    os.kill(process.pid, signal.SIGKILL)
    process.wait()
    gone = time.monotonic() + 5
    while running(pid) and time.monotonic() < gone:
        time.sleep(0.05)
    assert not running(pid)


def running(pid: int) -> bool:
    return psutil.pid_exists(pid) and psutil.Process(pid).status() != psutil.STATUS_ZOMBIE


def test_the_file_limit_reaches_what_the_system_grants():
    assert raise_file_limit() >= 1024
