"""The installation key: Ed25519, kept in KEYS_DIR (0600) or given by the environment, never in the database."""

import base64
import hashlib
import os
import secrets
from contextlib import suppress
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    PublicFormat,
    load_pem_private_key,
    load_pem_public_key,
)
from django.conf import settings


def installation_key() -> Ed25519PrivateKey:
    """Return the key that signs anchors, made on first use; its public half is kept for good."""
    seed = getattr(settings, "INSTALLATION_KEY", "")
    key = Ed25519PrivateKey.from_private_bytes(base64.b64decode(seed)) if seed else key_in_folder()
    keep_public(key.public_key())
    return key


def key_in_folder() -> Ed25519PrivateKey:
    """Return the key of KEYS_DIR/installation; of two processes making it at once, the first link wins."""
    path = folder() / "private.pem"
    if not path.exists():
        pem = Ed25519PrivateKey.generate().private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
        write_once(path, pem)
    key = load_pem_private_key(path.read_bytes(), password=None)
    assert isinstance(key, Ed25519PrivateKey)
    return key


def replace_key() -> str:
    """Put the present key out of use and make a new one; return the new key id. Old public keys stay."""
    installation_key()
    (folder() / "private.pem").unlink()
    return key_id(installation_key().public_key())


def keep_public(public: Ed25519PublicKey) -> None:
    """Keep a public key under its id, so that what it signed can be checked for ever."""
    path = folder() / f"{key_id(public)}.public.pem"
    if not path.exists():
        write_once(path, public.public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo))


def public_keys() -> dict[str, Ed25519PublicKey]:
    """Return every public key this installation has signed with, by id."""
    found = [load_pem_public_key(path.read_bytes()) for path in folder().glob("*.public.pem")]
    return {key_id(key): key for key in found if isinstance(key, Ed25519PublicKey)}


def key_id(public: Ed25519PublicKey) -> str:
    """Return the first 16 hex digits of the SHA-256 of the raw public key."""
    return hashlib.sha256(public.public_bytes(Encoding.Raw, PublicFormat.Raw)).hexdigest()[:16]


def folder() -> Path:
    """Return the folder of the installation key, made private on first use."""
    path = Path(settings.KEYS_DIR) / "installation"
    path.mkdir(parents=True, exist_ok=True, mode=0o700)
    return path


def write_once(path: Path, content: bytes) -> None:
    """Link a finished private file into place unless another process was first."""
    draft = path.with_name(f".{path.name}.{secrets.token_hex(6)}")
    handle = os.open(draft, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600)
    with os.fdopen(handle, "wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    with suppress(FileExistsError):
        os.link(draft, path)
    draft.unlink()
