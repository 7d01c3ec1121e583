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
    until_gone(pid)


def running(pid: int) -> bool:
    return psutil.pid_exists(pid) and psutil.Process(pid).status() != psutil.STATUS_ZOMBIE


def test_the_file_limit_reaches_what_the_system_grants():
    assert raise_file_limit() >= 1024


TWIN = """
import os, sys, time
from config.processes import Child, Crew, Twin, leave_with_parent
heavy = b"x" * 30_000_000

def run():
    leave_with_parent()
    print("runs", os.getpid(), os.getsid(0), flush=True)
    {does}

child = Child("twin", ["never"], Twin(run))
print("made", child.twin.pid, flush=True)
{then}
"""


def twin(does: str, then: str) -> subprocess.Popen[str]:
    """Make a twin in a process of its own."""
    code = TWIN.format(does=does, then=then)
    return subprocess.Popen([sys.executable, "-c", code], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)


def said(process: subprocess.Popen[str]) -> list[str]:
    assert process.stdout
    return process.stdout.readline().split()


def until_gone(pid: int) -> None:
    gone = time.monotonic() + 5
    while running(pid) and time.monotonic() < gone:
        time.sleep(0.05)
    assert not running(pid)


def test_a_twin_runs_when_it_is_told_and_shares_what_was_loaded():
    process = twin("time.sleep(60)", "time.sleep(0.5); crew = Crew([child]); crew.start(); input(); crew.stop()")
    made = said(process)
    pid = int(made[1])
    told = time.monotonic()
    assert said(process) == ["runs", str(pid), str(pid)]
    assert time.monotonic() - told > 0.3
    memory = psutil.Process(pid).memory_full_info()
    assert memory.rss - memory.pss > 10_000_000
    process.kill()
    process.wait()
    until_gone(pid)


def test_a_twin_is_another_process_to_those_who_listen():
    from live import courier

    read, write = os.pipe()
    pid = os.fork()
    if not pid:
        os.write(write, courier.ORIGIN.encode())
        os._exit(0)
    os.waitpid(pid, 0)
    assert os.read(read, 100).decode() not in ("", courier.ORIGIN)


def test_a_twin_ends_with_a_parent_that_never_told_it_to_run():
    process = twin("", "time.sleep(60)")
    pid = int(said(process)[1])
    process.kill()
    process.wait()
    until_gone(pid)


@pytest.mark.parametrize(
    ("does", "status"), [("pass", 0), ("sys.exit(3)", 3), ("sys.exit('no')", 1), ("1 / 0", 1), ("time.sleep(60)", -15)]
)
def test_how_a_twin_ended_is_known(does, status):
    end = "crew = Crew([child]); crew.start(); {} print(child.process.wait(5)); os.kill(os.getpid(), 9)"
    process = twin(does, end.format("time.sleep(.3); child.process.terminate();" if "sleep" in does else ""))
    output, errors = process.communicate(timeout=20)
    assert output.split()[-1] == str(status)
    assert ("ZeroDivisionError" in errors) == ("/" in does)
