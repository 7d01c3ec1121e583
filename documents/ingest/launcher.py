"""Takes rights away from its own process, then becomes the program it was asked to run.

Run as a script (`python -I -S launcher.py MEMORY CPU FILE -- program …`) between the server and whatever touches a
hostile file: limits memory, processor time and file size, cuts the network off where the system allows it, and dies
with its parent. Imports nothing of the project.
"""

import ctypes
import os
import resource
import signal
import sys
from pathlib import Path

_CLONE_NEWUSER = 0x10000000
_CLONE_NEWNET = 0x40000000
_PR_SET_PDEATHSIG = 1
_PR_SET_NO_NEW_PRIVS = 38


def leave_network() -> bool:
    """Move this process to a network of its own that leads nowhere; False where the system refuses."""
    libc = ctypes.CDLL(None, use_errno=True)
    user, group = os.getuid(), os.getgid()
    if libc.unshare(_CLONE_NEWNET) == 0:
        return True
    if libc.unshare(_CLONE_NEWUSER | _CLONE_NEWNET) != 0:
        return False
    for name, content in (("setgroups", "deny"), ("uid_map", f"{user} {user} 1"), ("gid_map", f"{group} {group} 1")):
        Path("/proc/self", name).write_text(content, encoding="ascii")
    return True


def limit(memory: int, cpu: int, file_size: int) -> None:
    """Set the limits; they bind every program that follows."""
    resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
    resource.setrlimit(resource.RLIMIT_CPU, (cpu, cpu + 2))
    resource.setrlimit(resource.RLIMIT_FSIZE, (file_size, file_size))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def main(arguments: list[str]) -> None:
    """Give up rights and start the program."""
    memory, cpu, file_size, _, *command = arguments
    libc = ctypes.CDLL(None, use_errno=True)
    libc.prctl(_PR_SET_PDEATHSIG, signal.SIGKILL, 0, 0, 0)
    leave_network()
    libc.prctl(_PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0)
    limit(int(memory), int(cpu), int(file_size))
    os.execvp(command[0], command)


if __name__ == "__main__":
    main(sys.argv[1:])
