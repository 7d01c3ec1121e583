"""Letters that were read, kept packed for minutes: a file's bytes never change, but it may be destroyed."""

import json
import zlib
from collections import OrderedDict
from dataclasses import dataclass
from threading import Lock
from time import monotonic

GOOD_FOR = 600.0  # seconds
FAILED_FOR = 60.0
MOST_BYTES = 32 * 1024 * 1024
MOST_KEPT = 256


@dataclass(frozen=True, slots=True)
class Found:
    """The letters of each page; None where they could not be read."""

    pages: list[str] | None


class LettersKept:
    """The letters of files by their hash, those asked for last; for the threads of one process."""

    def __init__(self, most_bytes: int = MOST_BYTES, most_kept: int = MOST_KEPT) -> None:
        self._most_bytes, self._most_kept = most_bytes, most_kept
        self._kept: OrderedDict[str, tuple[float, bytes]] = OrderedDict()
        self._lock = Lock()

    def get(self, sha256: str) -> Found | None:
        """Return what was found when this file was read, unless that is too long ago."""
        with self._lock:
            self._forget_the_old()
            if sha256 not in self._kept:
                return None
            self._kept.move_to_end(sha256)
            packed = self._kept[sha256][1]
        return Found(json.loads(zlib.decompress(packed)))

    def put(self, sha256: str, pages: list[str] | None) -> Found:
        """Keep what was found, and return it; what was asked for least lately gives way."""
        packed = zlib.compress(json.dumps(pages).encode(), 1)
        until = monotonic() + (FAILED_FOR if pages is None else GOOD_FOR)
        with self._lock:
            self._kept[sha256] = until, packed
            while self._kept and (len(self._kept) > self._most_kept or self._size() > self._most_bytes):
                self._kept.popitem(last=False)
        return Found(pages)

    def _size(self) -> int:
        return sum(len(packed) for _, packed in self._kept.values())

    def _forget_the_old(self) -> None:
        now = monotonic()
        for key in [key for key, (until, _) in self._kept.items() if until <= now]:
            del self._kept[key]
