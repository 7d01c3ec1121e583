"""A simple brake for the public check page: so many checks a minute from one address, so many at once here."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager

from django.core.cache import cache

PER_MINUTE = 10
AT_ONCE = 2
_busy = threading.BoundedSemaphore(AT_ONCE)


class Busy(Exception):
    """Come back a little later."""


@contextmanager
def turn(address: str) -> Iterator[None]:
    """Let one check through, or raise `Busy`."""
    key = f"signing-check:{address}"
    cache.add(key, 0, timeout=60)
    try:
        count = cache.incr(key)
    except ValueError:
        count = 1
    if count > PER_MINUTE or not _busy.acquire(blocking=False):
        raise Busy
    try:
        yield
    finally:
        _busy.release()
