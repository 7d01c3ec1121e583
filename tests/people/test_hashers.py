"""Passwords: argon2 of the agreed size, a few at a time."""

import threading
import time
from concurrent.futures import ThreadPoolExecutor

from argon2 import extract_parameters
from django.contrib.auth.hashers import Argon2PasswordHasher, make_password

from people import hashers
from people.slips import ALPHABET, new_password


def test_the_hash_has_the_agreed_size() -> None:
    found = extract_parameters(make_password("mật khẩu").removeprefix("argon2"))
    assert (found.memory_cost, found.time_cost, found.parallelism) == (19 * 1024, 2, 1)


def test_a_full_room_computes_four_at_a_time(monkeypatch) -> None:
    lock, now, most = threading.Lock(), 0, 0

    def slow(self, password: str, encoded: str) -> bool:
        nonlocal now, most
        with lock:
            now += 1
            most = max(most, now)
        time.sleep(0.005)
        with lock:
            now -= 1
        return True

    monkeypatch.setattr(Argon2PasswordHasher, "verify", slow)
    hasher = hashers.RoomArgon2Hasher()
    with ThreadPoolExecutor(40) as room:
        assert all(room.map(lambda _: hasher.verify("a", "b"), range(80)))
    assert most == hashers.AT_ONCE


def test_slips_are_read_from_paper() -> None:
    slips = {new_password() for _ in range(200)}
    assert len(slips) == 200
    assert all(set(slip) <= {*ALPHABET, "-"} and len(slip) == 19 for slip in slips)
