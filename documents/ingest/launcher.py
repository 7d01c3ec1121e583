"""Takes rights away from its own process, then becomes the program it was asked to run.

Run as a script (`python -I -S launcher.py RIGHTS program …`, RIGHTS as JSON) between the server and whatever touches
a hostile file. Limits memory, processor time and file size, cuts the network off, hides every file but the program's
own, and dies with its parent. What the kernel does not offer is left out: the limits always hold. Imports nothing of
the project.
"""

import ctypes
import json
import os
import resource
import signal
import sys
from pathlib import Path

_CLONE_NEWUSER, _CLONE_NEWNET = 0x10000000, 0x40000000
_PR_SET_PDEATHSIG, _PR_SET_NO_NEW_PRIVS = 1, 38
# Landlock (Linux 5.13 and later): system calls and rights, the same on every architecture.
_CREATE_RULESET, _ADD_RULE, _RESTRICT_SELF = 444, 445, 446
_EXECUTE, _WRITE_FILE, _READ_FILE, _READ_DIR, _TRUNCATE = 1, 1 << 1, 1 << 2, 1 << 3, 1 << 14
_REMOVE_FILE, _MAKE_SOCKET = 1 << 5, 1 << 9
_OF_FILES = _EXECUTE | _WRITE_FILE | _READ_FILE | _TRUNCATE
_RIGHTS = {
    "read": _EXECUTE | _READ_FILE | _READ_DIR,
    "listed": _READ_DIR,
    "write": 0x7FFF,
    "pipes": _MAKE_SOCKET | _REMOVE_FILE,
}

_libc = ctypes.CDLL(None, use_errno=True)


class _Ruleset(ctypes.Structure):
    _fields_ = (("files", ctypes.c_uint64), ("network", ctypes.c_uint64), ("scoped", ctypes.c_uint64))


class _Rule(ctypes.Structure):
    _pack_ = 1
    _fields_ = (("allowed", ctypes.c_uint64), ("folder", ctypes.c_int32))


def leave_network() -> bool:
    """Move this process to a network of its own that leads nowhere; False where the system refuses."""
    user, group = os.getuid(), os.getgid()
    if _libc.unshare(_CLONE_NEWNET) == 0:
        return True
    if _libc.unshare(_CLONE_NEWUSER | _CLONE_NEWNET) != 0:
        return False
    for name, content in (("setgroups", "deny"), ("uid_map", f"{user} {user} 1"), ("gid_map", f"{group} {group} 1")):
        Path("/proc/self", name).write_text(content, encoding="ascii")
    return True


def fence_in(places: dict[str, list[str]]) -> bool:
    """Hide every file but these, and every TCP connection; False where the kernel has no Landlock."""
    version = _libc.syscall(_CREATE_RULESET, None, ctypes.c_size_t(0), 1)
    if version < 1:
        return False
    everything = 0x7FFF if version >= 3 else 0x3FFF if version == 2 else 0x1FFF
    wanted = _Ruleset(everything, 3 if version >= 4 else 0, 3 if version >= 6 else 0)
    size = 8 if version < 4 else 16 if version < 6 else 24
    ruleset = int(_libc.syscall(_CREATE_RULESET, ctypes.byref(wanted), ctypes.c_size_t(size), 0))
    for kind, paths in places.items():
        for path in paths:
            _allow(ruleset, path, _RIGHTS[kind] & everything)
    return ruleset >= 0 and int(_libc.syscall(_RESTRICT_SELF, ruleset, 0)) == 0


def _allow(ruleset: int, path: str, rights: int) -> None:
    try:
        handle = os.open(path, os.O_PATH | os.O_CLOEXEC)
    except OSError:
        return
    rule = _Rule(rights if Path(path).is_dir() else rights & _OF_FILES, handle)
    _libc.syscall(_ADD_RULE, ruleset, 1, ctypes.byref(rule), 0)
    os.close(handle)


def limit(memory: int, cpu: int, file_size: int) -> None:
    """Set the limits; they bind every program that follows."""
    resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
    resource.setrlimit(resource.RLIMIT_CPU, (cpu, cpu + 2))
    resource.setrlimit(resource.RLIMIT_FSIZE, (file_size, file_size))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def main(rights: str, *command: str) -> None:
    """Give up rights and start the program."""
    given = json.loads(rights)
    _libc.prctl(_PR_SET_PDEATHSIG, signal.SIGKILL, 0, 0, 0)
    leave_network()
    _libc.prctl(_PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0)
    fence_in(given["places"])
    limit(given["memory"], given["cpu"], given["file"])
    os.execvp(command[0], command)


if __name__ == "__main__":
    main(*sys.argv[1:])
