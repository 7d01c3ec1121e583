"""The installation's own random secret, kept outside the database."""

import os
import secrets
from pathlib import Path


def installation_secret(keys_dir: Path) -> str:
    """Return the secret kept in `keys_dir/django.secret` (mode 0600), making it on first use.

    Two processes starting at once agree: the file is created exclusively, the loser reads the winner's.
    """
    path = keys_dir / "django.secret"
    keys_dir.mkdir(parents=True, exist_ok=True, mode=0o700)
    try:
        handle = os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600)
    except FileExistsError:
        return path.read_text(encoding="ascii").strip()
    with os.fdopen(handle, "w", encoding="ascii") as file:
        file.write(secrets.token_urlsafe(50))
    return path.read_text(encoding="ascii").strip()
