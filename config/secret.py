"""The installation's own random secret, kept outside the database."""

import os
import secrets
from contextlib import suppress
from pathlib import Path


def installation_secret(keys_dir: Path) -> str:
    """Return the secret kept in `keys_dir/django.secret` (mode 0600), making it on first use.

    Two processes starting at once agree: a finished file is linked into place, and only the first link succeeds.
    """
    path = keys_dir / "django.secret"
    if not path.exists():
        for folder in (keys_dir.parent, keys_dir):  # a folder made only as a parent would be open to everybody
            folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        draft = keys_dir / f".django.secret.{os.getpid()}.{secrets.token_hex(4)}"
        write_private(draft, secrets.token_urlsafe(50))
        with suppress(FileExistsError):
            os.link(draft, path)
        draft.unlink()
    return path.read_text(encoding="ascii").strip()


def make_private(path: Path) -> None:
    """Make an empty file only its owner may read, before anything is written into it."""
    os.close(os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))


def write_private(path: Path, text: str) -> None:
    """Write a new file only its owner may read, on disk before the call returns."""
    handle = os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600)
    with os.fdopen(handle, "w", encoding="ascii") as file:
        file.write(text)
        file.flush()
        os.fsync(file.fileno())
