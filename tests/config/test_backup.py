"""A backup holds one moment of the installation, notices damage, and comes back."""

import hashlib
import os
import sqlite3
import stat
import tarfile
from contextlib import closing
from datetime import UTC, datetime

import pytest

from config.backup import DATABASE, MANIFEST, Unusable, make_backup, put_back, verify

AT = datetime(2026, 11, 21, 3, 4, 5, tzinfo=UTC)


@pytest.fixture
def installation(tmp_path):
    """A data folder with a live database, two blobs and a key."""
    data = tmp_path / "data"
    (data / "keys").mkdir(parents=True, mode=0o700)
    (data / "keys" / "django.secret").write_text("secret")
    for content in (b"mot", b"hai"):
        name = hashlib.sha256(content).hexdigest()
        (data / "blobs" / name[:2]).mkdir(parents=True, exist_ok=True)
        (data / "blobs" / name[:2] / name).write_bytes(content)
    (data / "blobs" / "ab").mkdir(exist_ok=True)
    (data / "blobs" / "ab" / ".upload-1").write_bytes(b"unfinished")
    database = sqlite3.connect(data / DATABASE)
    database.executescript("PRAGMA journal_mode=WAL; CREATE TABLE t (v); INSERT INTO t VALUES ('họp');")
    yield data
    database.close()


@pytest.fixture
def made(installation, tmp_path):
    return make_backup(installation, installation / DATABASE, tmp_path / "backups", AT)


def test_comes_back_as_it_was(installation, made, tmp_path):
    restored = tmp_path / "restored"
    restored.mkdir()
    put_back(made.folder, restored, restored / DATABASE, made.keys)
    with closing(sqlite3.connect(restored / DATABASE)) as database:
        assert database.execute("SELECT v FROM t").fetchall() == [("họp",)]
    blobs = {path.name for path in (restored / "blobs").rglob("*") if path.is_file()}
    assert blobs == {hashlib.sha256(content).hexdigest() for content in (b"mot", b"hai")}
    assert (restored / "keys" / "django.secret").read_text() == "secret"


def test_keys_lie_apart_and_private(made):
    assert made.keys is not None
    assert made.keys.parent == made.folder.parent
    assert stat.S_IMODE(made.keys.stat().st_mode) == 0o600
    assert not list(made.folder.rglob("*secret*"))
    assert stat.S_IMODE((made.folder / DATABASE).stat().st_mode) == 0o600


def test_is_open_to_nobody_at_any_moment(installation, tmp_path, monkeypatch):
    seen: list[int] = []
    copy = sqlite3.connect

    def looking(path, **more):
        seen.extend(stat.S_IMODE(found.stat().st_mode) for found in (tmp_path / "b").rglob("*"))
        return copy(path, **more)

    monkeypatch.setattr("config.backup.sqlite3.connect", looking)
    before = os.umask(0o022)
    try:
        made = make_backup(installation, installation / DATABASE, tmp_path / "b", AT)
    finally:
        os.umask(before)
    assert seen
    assert not any(mode & 0o077 for mode in seen)
    assert stat.S_IMODE(made.folder.stat().st_mode) == 0o700
    assert stat.S_IMODE((made.folder / MANIFEST).stat().st_mode) == 0o600


def test_a_write_during_the_copy_is_in_the_database_or_not_but_never_half(installation, tmp_path):
    with closing(sqlite3.connect(installation / DATABASE)) as writer:
        writer.execute("BEGIN IMMEDIATE")
        writer.execute("INSERT INTO t VALUES ('chưa xong')")
        made = make_backup(installation, installation / DATABASE, tmp_path / "b", AT)
        writer.rollback()
    with closing(sqlite3.connect(made.folder / DATABASE)) as copy:
        assert copy.execute("SELECT count(*) FROM t").fetchone() == (1,)


def test_a_changed_database_is_noticed(made):
    with (made.folder / DATABASE).open("ab") as file:
        file.write(b"\0")
    with pytest.raises(Unusable, match="changed"):
        verify(made.folder)


def test_a_missing_blob_is_noticed(made):
    next(path for path in (made.folder / "blobs").rglob("*") if path.is_file()).unlink()
    with pytest.raises(Unusable, match="missing"):
        verify(made.folder)


def test_a_blob_rotten_on_disk_is_not_backed_up_silently(installation, tmp_path):
    next((installation / "blobs").glob("??/?*" + "?" * 63)).write_bytes(b"rotten")
    with pytest.raises(Unusable, match="damaged"):
        make_backup(installation, installation / DATABASE, tmp_path / "b", AT)


def test_never_overwrites_a_database(installation, made):
    with pytest.raises(Unusable, match="exists"):
        put_back(made.folder, installation, installation / DATABASE, made.keys)


def test_what_is_no_backup_is_said(tmp_path):
    with pytest.raises(Unusable, match="not a backup"):
        verify(tmp_path)


def test_an_archive_of_keys_cannot_write_elsewhere(made, tmp_path):
    evil, restored = tmp_path / "evil.tar", tmp_path / "restored"
    restored.mkdir()
    with tarfile.open(evil, "w") as archive:
        archive.add(made.folder / DATABASE, arcname="keys/../../outside")
    with pytest.raises(Unusable):
        put_back(made.folder, restored, restored / DATABASE, evil)
    assert not (tmp_path / "outside").exists()
