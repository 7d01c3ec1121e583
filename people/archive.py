"""Sign-ins past their time, written to a file that is hashed and signed before any row goes."""

import base64
import gzip
import hashlib
import json
import os
from collections.abc import Iterable, Sequence
from datetime import datetime
from pathlib import Path
from typing import Any

from cryptography.exceptions import InvalidSignature
from django.conf import settings

from ledger.keys import installation_key, key_id, public_keys
from people.models import SignIn, SignInArchive

FIELDS = ("pk", "at", "user_id", "username", "address", "agent", "outcome")


def folder() -> Path:
    """Return where the archives of this installation lie, made private on first use."""
    path = Path(settings.DATA_DIR) / "archive" / "sign-ins"
    path.mkdir(parents=True, exist_ok=True, mode=0o700)
    return path


def lines_of(rows: Iterable[SignIn]) -> bytes:
    """Return the rows as JSON lines, packed; the same rows give the same bytes."""
    lines = (json.dumps(line_of(row), ensure_ascii=False, sort_keys=True) for row in rows)
    return gzip.compress("".join(f"{line}\n" for line in lines).encode(), mtime=0)


def line_of(row: SignIn) -> dict[str, Any]:
    """Return one row in JSON values."""
    return {name: value.isoformat() if isinstance(value := getattr(row, name), datetime) else value for name in FIELDS}


def written(rows: Sequence[SignIn], at: datetime) -> SignInArchive:
    """Write the rows to a file beside which their hash and its signature lie; return the unsaved archive."""
    content = lines_of(rows)
    digest, key = hashlib.sha256(content).hexdigest(), installation_key()
    archive = SignInArchive(
        made_at=at,
        first_at=min(row.at for row in rows),
        last_at=max(row.at for row in rows),
        last_key=max(row.pk for row in rows),
        lines=len(rows),
        file_name=f"sign-ins-{rows[0].at:%Y%m%d}-{rows[-1].at:%Y%m%d}-{rows[-1].pk}.jsonl.gz",
        sha256=digest,
        signature=base64.b64encode(key.sign(digest.encode())).decode(),
        key_id=key_id(key.public_key()),
    )
    put(folder() / archive.file_name, content)
    beside = {"sha256": digest, "signature": archive.signature, "key_id": archive.key_id, "lines": archive.lines}
    put(folder() / f"{archive.file_name}.json", json.dumps(beside).encode())
    return archive


def put(path: Path, content: bytes) -> None:
    """Write a private file whole: a power cut leaves the former one or this one."""
    draft = path.with_suffix(".part")
    handle = os.open(draft, os.O_CREAT | os.O_WRONLY | os.O_TRUNC, 0o600)
    with os.fdopen(handle, "wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    draft.replace(path)


def is_intact(archive: SignInArchive) -> bool:
    """Is the file there, unchanged, and signed by a key of this installation?"""
    path, key = folder() / archive.file_name, public_keys().get(archive.key_id)
    if key is None or not path.exists() or hashlib.sha256(path.read_bytes()).hexdigest() != archive.sha256:
        return False
    try:
        key.verify(base64.b64decode(archive.signature), archive.sha256.encode())
    except InvalidSignature:
        return False
    return True
