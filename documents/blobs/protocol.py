"""What a store of file bytes promises, and how its keys look."""

import hashlib
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Protocol

CHUNK = 256 * 1024
_SHA256 = re.compile(r"[0-9a-f]{64}")
_KEY = re.compile(r"blobs/([0-9a-f]{2})/(\1[0-9a-f]{62})")


class BlobStoreError(Exception):
    """The store could not do what it was asked."""


class BlobMissing(BlobStoreError):
    """There are no bytes with this hash."""


class BlobMismatch(BlobStoreError):
    """The bytes are not the ones their hash and size promise; nothing was stored."""


class BlobStoreUnavailable(BlobStoreError):
    """The store does not answer; the same call may succeed later."""


@dataclass(frozen=True, slots=True)
class StoredBlob:
    """One entry of the store, as the orphan sweep needs it."""

    sha256: str
    size: int
    stored_at: datetime


class BlobStore(Protocol):
    """Immutable bytes, addressed by their own SHA-256.

    `put` is idempotent (bytes put again are as young as new ones) and all or nothing: it checks hash and size before
    the bytes become visible, and when it returns, they survive a power cut (as far as the server behind it promises).
    `open_range` raises `BlobMissing` at the first chunk read; every method may raise `BlobStoreUnavailable`.
    """

    def put(self, source: Path, sha256: str, size: int) -> None:
        """Keep the file's bytes under `blob_key(sha256)`."""

    def open_range(self, sha256: str, start: int = 0, length: int | None = None) -> Iterator[bytes]:
        """Yield `length` bytes from `start` (to the end when None), in chunks of at most `CHUNK` bytes."""

    def exists(self, sha256: str) -> bool:
        """Tell whether the bytes are there."""

    def size(self, sha256: str) -> int:
        """Return the number of bytes, or raise `BlobMissing`."""

    def stored_at(self, sha256: str) -> datetime | None:
        """Return when these bytes were last put, to the hour, or None when they are not there."""

    def delete(self, sha256: str) -> None:
        """Remove the bytes; missing bytes are no error."""

    def entries(self) -> Iterator[StoredBlob]:
        """Yield everything stored, in no promised order."""


def blob_key(sha256: str) -> str:
    """Return where these bytes are kept, or raise ValueError when this is no hash."""
    if not _SHA256.fullmatch(sha256):
        raise ValueError(f"not a SHA-256: {sha256!r}")
    return f"blobs/{sha256[:2]}/{sha256}"


def sha256_of(key: str) -> str | None:
    """Return the hash in a name found in the store, or None when the name is not one of our keys."""
    found = _KEY.fullmatch(key)
    return found[2] if found else None


def file_sha256(path: Path) -> str:
    """Return the SHA-256 of a file, read in chunks."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def require_match(path: Path, sha256: str, size: int) -> None:
    """Raise `BlobMismatch` unless the file has exactly this size and hash."""
    if path.stat().st_size != size or file_sha256(path) != sha256:
        raise BlobMismatch(sha256)
