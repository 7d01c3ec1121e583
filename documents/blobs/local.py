"""Blobs in a folder of this machine: written beside, flushed, then renamed into place."""

import os
import shutil
import tempfile
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

from documents.blobs.protocol import CHUNK, BlobMissing, StoredBlob, blob_key, require_match, sha256_of


class LocalBlobStore:
    """A `BlobStore` under one root folder; several processes of one machine may share it."""

    def __init__(self, root: Path) -> None:
        self.root = root

    def put(self, source: Path, sha256: str, size: int) -> None:
        """Keep the file's bytes; see `BlobStore.put`."""
        target = self._path(sha256)
        if _has_size(target, size) and _touched(target):
            return
        incoming = self._copy(source)
        try:
            require_match(incoming, sha256, size)
            _make_folder(target.parent)
            incoming.replace(target)
        finally:
            incoming.unlink(missing_ok=True)
        _flush_folder(target.parent)

    def open_range(self, sha256: str, start: int = 0, length: int | None = None) -> Iterator[bytes]:
        """Yield the bytes; see `BlobStore.open_range`."""
        try:
            file = self._path(sha256).open("rb")
        except FileNotFoundError as error:
            raise BlobMissing(sha256) from error
        with file:
            file.seek(start)
            left = length
            while left is None or left > 0:
                chunk = file.read(CHUNK if left is None else min(CHUNK, left))
                if not chunk:
                    return
                left = None if left is None else left - len(chunk)
                yield chunk

    def exists(self, sha256: str) -> bool:
        """Tell whether the bytes are there."""
        return self._path(sha256).is_file()

    def size(self, sha256: str) -> int:
        """Return the number of bytes; see `BlobStore.size`."""
        try:
            return self._path(sha256).stat().st_size
        except FileNotFoundError as error:
            raise BlobMissing(sha256) from error

    def stored_at(self, sha256: str) -> datetime | None:
        """Return when these bytes were last put; see `BlobStore.stored_at`."""
        try:
            return datetime.fromtimestamp(self._path(sha256).stat().st_mtime, UTC)
        except FileNotFoundError:
            return None

    def delete(self, sha256: str) -> None:
        """Remove the bytes; missing bytes are no error."""
        path = self._path(sha256)
        if path.exists():
            path.unlink(missing_ok=True)
            _flush_folder(path.parent)

    def entries(self) -> Iterator[StoredBlob]:
        """Yield everything stored; half-written files are not among it."""
        for path in (self.root / "blobs").glob("??/*"):
            sha256 = sha256_of(path.relative_to(self.root).as_posix())
            if sha256:
                found = path.stat()
                yield StoredBlob(sha256, found.st_size, datetime.fromtimestamp(found.st_mtime, UTC))

    def _path(self, sha256: str) -> Path:
        return self.root / blob_key(sha256)

    def _copy(self, source: Path) -> Path:
        """Copy the file to a flushed one beside the store, so that the rename stays on one file system."""
        folder = self.root / "blobs" / "incoming"
        _make_folder(folder)
        with source.open("rb") as reader, tempfile.NamedTemporaryFile(dir=folder, delete=False) as writer:
            shutil.copyfileobj(reader, writer, CHUNK)
            writer.flush()
            os.fsync(writer.fileno())
        return Path(writer.name)


def _has_size(path: Path, size: int) -> bool:
    return path.is_file() and path.stat().st_size == size


def _touched(path: Path) -> bool:
    """Make the file young again for the sweep, unless the sweep was faster."""
    try:
        os.utime(path)
    except FileNotFoundError:
        return False
    return True


def _make_folder(folder: Path) -> None:
    """Make the folder and its parents so that their names survive a power cut."""
    if folder.is_dir():
        return
    _make_folder(folder.parent)
    folder.mkdir(exist_ok=True, mode=0o700)
    _flush_folder(folder.parent)


def _flush_folder(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
