"""One contract for every blob store, run on a local folder and on a real S3 server."""

import hashlib
import os
import threading
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from pytest_django import Settings

from documents.blobs.local import LocalBlobStore
from documents.blobs.protocol import (
    CHUNK,
    BlobMismatch,
    BlobMissing,
    BlobStore,
    BlobStoreUnavailable,
)
from documents.blobs.s3 import S3BlobStore, connect
from documents.blobs.store import blob_store
from tests.servers.seaweed import S3Server


@pytest.fixture(params=["local", pytest.param("s3", marks=pytest.mark.s3)])
def store(request: pytest.FixtureRequest, tmp_path: Path) -> BlobStore:
    """Each kind of store, empty or shared."""
    if request.param == "local":
        return LocalBlobStore(tmp_path / "store")
    server: S3Server = request.getfixturevalue("s3")
    client = connect(server.endpoint, access_key=server.access_key, secret_key=server.secret_key, secure=False)
    return S3BlobStore(client, "contract")


def _file(tmp_path: Path, content: bytes) -> tuple[Path, str, int]:
    path = tmp_path / "source"
    path.write_bytes(content)
    return path, hashlib.sha256(content).hexdigest(), len(content)


def _put(store: BlobStore, tmp_path: Path, content: bytes) -> str:
    path, sha256, size = _file(tmp_path, content)
    store.put(path, sha256, size)
    return sha256


def test_what_was_put_comes_back_whole(store: BlobStore, tmp_path: Path) -> None:
    content = os.urandom(3 * CHUNK + 17)
    sha256 = _put(store, tmp_path, content)
    assert b"".join(store.open_range(sha256)) == content
    assert store.size(sha256) == len(content)
    assert store.exists(sha256)


@pytest.mark.parametrize(
    ("start", "length"),
    [(0, 1), (0, 10), (5, 0), (CHUNK - 1, 2), (CHUNK, CHUNK), (2 * CHUNK, None), (2 * CHUNK + 4, 1)],
)
def test_ranges_are_exact(store: BlobStore, tmp_path: Path, start: int, length: int | None) -> None:
    content = bytes(range(256)) * (CHUNK // 128) + b"tail!"
    sha256 = _put(store, tmp_path, content)
    end = None if length is None else start + length
    chunks = list(store.open_range(sha256, start, length))
    assert b"".join(chunks) == content[start:end]
    assert all(0 < len(chunk) <= CHUNK for chunk in chunks)


def test_empty_bytes_are_bytes_too(store: BlobStore, tmp_path: Path) -> None:
    sha256 = _put(store, tmp_path, b"")
    assert store.exists(sha256)
    assert list(store.open_range(sha256)) == []


def test_put_twice_is_put_once(store: BlobStore, tmp_path: Path) -> None:
    sha256 = _put(store, tmp_path, b"twice")
    _put(store, tmp_path, b"twice")
    assert [entry.sha256 for entry in store.entries()].count(sha256) == 1


def test_bytes_put_again_are_young_again(store: BlobStore, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("documents.blobs.s3.YOUNG", timedelta())
    sha256 = _put(store, tmp_path, b"again")
    first = store.stored_at(sha256)
    time.sleep(1.1)
    _put(store, tmp_path, b"again")
    second = store.stored_at(sha256)
    assert first is not None
    assert second is not None
    assert second > first
    assert b"".join(store.open_range(sha256)) == b"again"
    assert store.stored_at("0" * 64) is None


def test_false_hash_or_size_stores_nothing(store: BlobStore, tmp_path: Path) -> None:
    path, sha256, size = _file(tmp_path, os.urandom(50))
    with pytest.raises(BlobMismatch):
        store.put(path, "0" * 64, size)
    with pytest.raises(BlobMismatch):
        store.put(path, sha256, size + 1)
    assert not store.exists("0" * 64)
    assert not store.exists(sha256)


def test_missing_keys_are_named(store: BlobStore) -> None:
    sha256 = hashlib.sha256(b"nowhere").hexdigest()
    assert not store.exists(sha256)
    with pytest.raises(BlobMissing):
        store.size(sha256)
    with pytest.raises(BlobMissing):
        list(store.open_range(sha256, 0, 4))
    store.delete(sha256)


def test_delete_removes(store: BlobStore, tmp_path: Path) -> None:
    sha256 = _put(store, tmp_path, b"to be purged")
    store.delete(sha256)
    assert not store.exists(sha256)
    assert sha256 not in {entry.sha256 for entry in store.entries()}


def test_entries_tell_size_and_age(store: BlobStore, tmp_path: Path) -> None:
    sha256 = _put(store, tmp_path, b"an entry")
    entry = next(entry for entry in store.entries() if entry.sha256 == sha256)
    assert entry.size == 8
    assert abs(datetime.now(UTC) - entry.stored_at) < timedelta(minutes=2)


@pytest.mark.parametrize("sha256", ["", "../../etc/passwd", "0" * 63 + "\n", "A" * 64, "0" * 65])
def test_only_a_hash_is_an_address(store: BlobStore, sha256: str) -> None:
    with pytest.raises(ValueError, match="not a SHA-256"):
        store.exists(sha256)


def test_many_writers_of_the_same_bytes(store: BlobStore, tmp_path: Path) -> None:
    path, sha256, size = _file(tmp_path, os.urandom(CHUNK + 3))
    writers = [threading.Thread(target=store.put, args=(path, sha256, size)) for _ in range(6)]
    for writer in writers:
        writer.start()
    for writer in writers:
        writer.join()
    assert hashlib.sha256(b"".join(store.open_range(sha256))).hexdigest() == sha256


def test_a_broken_copy_leaves_no_file_behind(tmp_path: Path) -> None:
    store = LocalBlobStore(tmp_path / "store")
    path, _, size = _file(tmp_path, b"half")
    with pytest.raises(BlobMismatch):
        store.put(path, "f" * 64, size)
    assert not [found for found in (tmp_path / "store").rglob("*") if found.is_file()]


def test_a_silent_server_is_unavailable_not_a_crash(tmp_path: Path) -> None:
    client = connect("127.0.0.1:9", access_key="a", secret_key="b", secure=False)
    path, sha256, size = _file(tmp_path, b"x")
    with pytest.raises(BlobStoreUnavailable):
        S3BlobStore(client, "contract").put(path, sha256, size)


@pytest.mark.s3
def test_wrong_keys_are_unavailable(s3: S3Server) -> None:
    client = connect(s3.endpoint, access_key=s3.access_key, secret_key="wrong", secure=False)
    with pytest.raises(BlobStoreUnavailable):
        S3BlobStore(client, "contract").exists("0" * 64)


@pytest.mark.s3
def test_the_settings_choose(settings: Settings, s3: S3Server, tmp_path: Path) -> None:
    settings.DATA_DIR = tmp_path
    assert isinstance(blob_store(), LocalBlobStore)
    assert blob_store() is blob_store()
    for name, value in s3.settings().items():
        setattr(settings, name, value)
    assert isinstance(blob_store(), S3BlobStore)
