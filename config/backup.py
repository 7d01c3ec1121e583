"""Copies of the embedded installation: database, document bytes, and the keys in a file apart, each with its hash."""

import hashlib
import json
import os
import shutil
import sqlite3
import tarfile
from collections.abc import Iterator
from contextlib import closing
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path

from config.secret import make_private, write_private

FORMAT = 1
DATABASE = "nghisu.sqlite3"
MANIFEST = "manifest.json"


class Unusable(Exception):
    """A backup that cannot be made or trusted; the text says why and what to do."""


@dataclass(frozen=True)
class Summary:
    """What a backup holds."""

    folder: Path
    keys: Path | None
    blobs: int
    size: int


@dataclass(frozen=True)
class Manifest:
    """What lies in the backup and how to recognise it unharmed."""

    format: int
    made: str
    database_sha256: str
    blobs: dict[str, int]


def make_backup(data_dir: Path, database: Path, target: Path, at: datetime) -> Summary:
    """Copy while the server runs: first the database, then the bytes it points at, which never change."""
    stamp = at.strftime("%Y-%m-%dT%H%M%SZ")
    draft, folder = target / f".{stamp}.part", target / f"nghisu-{stamp}"
    if folder.exists():
        raise Unusable(f"{folder} exists already.")
    target.mkdir(parents=True, exist_ok=True, mode=0o700)
    for part in (draft, draft / "blobs"):  # a folder made only as a parent would be open to everybody
        part.mkdir(mode=0o700)
    copy_database(database, draft / DATABASE)
    blobs = dict(copy_blobs(data_dir / "blobs", draft / "blobs"))
    manifest = Manifest(FORMAT, stamp, sha256_of(draft / DATABASE), blobs)
    write_private(draft / MANIFEST, json.dumps(asdict(manifest), indent=1))
    sync_tree(draft)
    draft.rename(folder)
    keys = pack_keys(data_dir / "keys", target / f"nghisu-{stamp}-keys.tar")
    return Summary(folder, keys, len(blobs), sum(blobs.values()) + (folder / DATABASE).stat().st_size)


def copy_database(source: Path, target: Path) -> None:
    """Copy a live SQLite database as of one moment, then check the copy."""
    if not source.exists():
        raise Unusable(f"{source} does not exist: there is nothing to back up yet.")
    make_private(target)
    with closing(sqlite3.connect(f"file:{source}?mode=ro", uri=True)) as live, closing(sqlite3.connect(target)) as copy:
        live.backup(copy)
        copy.execute("PRAGMA journal_mode=DELETE")
        found = copy.execute("PRAGMA integrity_check").fetchone()[0]
    if found != "ok":
        raise Unusable(f"The database is damaged ({found}); keep the last good backup.")


def copy_blobs(source: Path, target: Path) -> Iterator[tuple[str, int]]:
    """Copy every blob, checking that its bytes still have the hash it is named by."""
    for path in sorted(blob_files(source)):
        copy = target / path.parent.name / path.name
        copy.parent.mkdir(exist_ok=True, mode=0o700)
        shutil.copyfile(path, copy)
        if sha256_of(copy) != path.name:
            raise Unusable(f"Blob {path.name} is damaged on disk; restore that file from an older backup first.")
        yield path.name, copy.stat().st_size


def blob_files(folder: Path) -> Iterator[Path]:
    """Return the stored blobs, leaving out uploads that have not finished."""
    return (path for path in folder.glob("??/*") if path.is_file() and len(path.name) == 64)


def pack_keys(folder: Path, target: Path) -> Path | None:
    """Put the keys in a file apart (0600): who holds both can read and sign everything."""
    if not folder.exists():
        return None
    handle = os.open(target, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600)
    with os.fdopen(handle, "wb") as file, tarfile.open(fileobj=file, mode="w") as archive:
        archive.add(folder, arcname="keys")
    return target


def read_manifest(folder: Path) -> Manifest:
    """Return the manifest of a backup, or say why this is not one."""
    try:
        manifest = Manifest(**json.loads((folder / MANIFEST).read_text(encoding="utf-8")))
    except (OSError, ValueError, TypeError) as error:
        raise Unusable(f"{folder} is not a backup of this program: {MANIFEST} is missing or damaged.") from error
    if manifest.format != FORMAT:
        raise Unusable(f"{folder} was made by another version (format {manifest.format}); use that version.")
    return manifest


def verify(folder: Path) -> Manifest:
    """Check every file of a backup against its hash."""
    manifest = read_manifest(folder)
    if sha256_of(folder / DATABASE) != manifest.database_sha256:
        raise Unusable(f"{folder / DATABASE} has changed since the backup was made.")
    for name in manifest.blobs:
        path = folder / "blobs" / name[:2] / name
        if not path.is_file() or sha256_of(path) != name:
            raise Unusable(f"Blob {name} is missing from the backup or has changed.")
    return manifest


def put_back(folder: Path, data_dir: Path, database: Path, keys: Path | None) -> Manifest:
    """Check a backup and copy it into a data folder that holds no database yet."""
    if database.exists():
        raise Unusable(f"{database} exists: restore only into an empty DATA_DIR, or move the old one away first.")
    manifest = verify(folder)
    shutil.copytree(folder / "blobs", data_dir / "blobs", dirs_exist_ok=True)
    if keys is not None:
        unpack_keys(keys, data_dir)
    draft = database.with_suffix(".part")
    draft.unlink(missing_ok=True)
    make_private(draft)
    shutil.copyfile(folder / DATABASE, draft)
    sync_tree(data_dir / "blobs")
    draft.rename(database)
    return manifest


def unpack_keys(archive: Path, data_dir: Path) -> None:
    """Put the keys back; nothing in the archive may land outside the keys folder."""
    try:
        with tarfile.open(archive) as packed:
            members = [member for member in packed if member.name == "keys" or member.name.startswith("keys/")]
            packed.extractall(data_dir, members=members, filter="data")
    except (OSError, tarfile.TarError) as error:
        raise Unusable(f"{archive} cannot be read as a file of keys.") from error
    (data_dir / "keys").chmod(0o700)


def sha256_of(path: Path) -> str:
    """Return the hash of a file's bytes; a missing file has none."""
    if not path.is_file():
        return ""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def sync_tree(folder: Path) -> None:
    """Have everything below a folder on disk before going on."""
    for path in folder.rglob("*"):
        if path.is_file():
            handle = os.open(path, os.O_RDONLY)
            os.fsync(handle)
            os.close(handle)
