"""Private keys at rest: PKCS#8 under AES-256-GCM, its data key wrapped by the PIN and by the installation."""

import base64
import json
import os
import secrets
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from argon2.low_level import Type, hash_secret_raw
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

KEK_FILE = "signing.kek"
KEK_VARIABLE = "SIGNING_KEK"
NONCE = 12
PIN_COST = {"time_cost": 3, "memory_cost": 65_536, "parallelism": 1}


class WrongPin(Exception):
    """The PIN does not open this key."""


class KeyDamaged(Exception):
    """The sealed key or the installation key is not the one it was sealed with."""


@dataclass(frozen=True, slots=True)
class SealedKey:
    """A private key that nobody can use without both the installation key and, where it has one, the PIN."""

    label: str
    nonce: bytes
    ciphertext: bytes
    wrapped: bytes
    salt: bytes | None = None
    cost: Mapping[str, int] | None = None

    def to_json(self) -> str:
        """Write it as one line of JSON, for a database field or a file."""
        return json.dumps(
            {
                "v": 1,
                "label": self.label,
                "nonce": _b64(self.nonce),
                "ciphertext": _b64(self.ciphertext),
                "wrapped": _b64(self.wrapped),
                "salt": _b64(self.salt) if self.salt else None,
                "cost": dict(self.cost) if self.cost else None,
            }
        )

    @classmethod
    def from_json(cls, text: str) -> "SealedKey":
        """Read what `to_json` wrote."""
        try:
            raw: dict[str, Any] = json.loads(text)
            return cls(
                label=raw["label"],
                nonce=base64.b64decode(raw["nonce"]),
                ciphertext=base64.b64decode(raw["ciphertext"]),
                wrapped=base64.b64decode(raw["wrapped"]),
                salt=base64.b64decode(raw["salt"]) if raw["salt"] else None,
                cost=raw["cost"],
            )
        except (ValueError, KeyError, TypeError) as error:
            raise KeyDamaged("the sealed key cannot be read") from error


def seal(pkcs8: bytes, *, kek: bytes, pin: str | None, label: str) -> SealedKey:
    """Encrypt a private key; `label` is bound to it and cannot be swapped."""
    data_key = AESGCM.generate_key(256)
    nonce = secrets.token_bytes(NONCE)
    ciphertext = AESGCM(data_key).encrypt(nonce, pkcs8, label.encode())
    salt = secrets.token_bytes(16) if pin is not None else None
    cost = PIN_COST if pin is not None else None
    inner = data_key if pin is None or salt is None else _wrap(_stretch(pin, salt, PIN_COST), data_key, label)
    return SealedKey(label, nonce, ciphertext, _wrap(kek, inner, label), salt, cost)


def unseal(sealed: SealedKey, *, kek: bytes, pin: str | None) -> bytes:
    """Return the PKCS#8 bytes; raise WrongPin or KeyDamaged."""
    try:
        inner = _unwrap(kek, sealed.wrapped, sealed.label)
    except InvalidTag as error:
        raise KeyDamaged("the installation key is not the one this key was sealed with") from error
    data_key = inner if sealed.salt is None else _open_with_pin(sealed, inner, pin)
    try:
        return AESGCM(data_key).decrypt(sealed.nonce, sealed.ciphertext, sealed.label.encode())
    except InvalidTag as error:
        raise KeyDamaged("the sealed key was changed") from error


def installation_kek(keys_dir: Path) -> bytes:
    """Return the key-encryption key from the environment or `keys_dir/signing.kek` (0600), making it on first use."""
    given = os.environ.get(KEK_VARIABLE, "")
    if given:
        return _checked(base64.b64decode(given))
    path = keys_dir / KEK_FILE
    keys_dir.mkdir(parents=True, exist_ok=True, mode=0o700)
    if not path.exists():
        _write_once(path, secrets.token_bytes(32))
    return _checked(path.read_bytes())


def _write_once(path: Path, content: bytes) -> None:
    """Link a finished private file into place unless another process was first; it survives a power cut."""
    draft = path.with_name(f".{path.name}.{secrets.token_hex(6)}")
    handle = os.open(draft, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600)
    with os.fdopen(handle, "wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    with suppress(FileExistsError):
        os.link(draft, path)
    draft.unlink()
    folder = os.open(path.parent, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)


def _checked(kek: bytes) -> bytes:
    if len(kek) != 32:
        raise KeyDamaged("the installation key must be 32 bytes")
    return kek


def _open_with_pin(sealed: SealedKey, inner: bytes, pin: str | None) -> bytes:
    if pin is None or sealed.salt is None or sealed.cost is None:
        raise WrongPin
    try:
        return _unwrap(_stretch(pin, sealed.salt, sealed.cost), inner, sealed.label)
    except InvalidTag as error:
        raise WrongPin from error


def _stretch(pin: str, salt: bytes, cost: Mapping[str, int]) -> bytes:
    return hash_secret_raw(
        pin.encode(),
        salt,
        time_cost=cost["time_cost"],
        memory_cost=cost["memory_cost"],
        parallelism=cost["parallelism"],
        hash_len=32,
        type=Type.ID,
    )


def _wrap(key: bytes, data: bytes, label: str) -> bytes:
    nonce = secrets.token_bytes(NONCE)
    return nonce + AESGCM(key).encrypt(nonce, data, label.encode())


def _unwrap(key: bytes, wrapped: bytes, label: str) -> bytes:
    return AESGCM(key).decrypt(wrapped[:NONCE], wrapped[NONCE:], label.encode())


def _b64(data: bytes) -> str:
    return base64.b64encode(data).decode("ascii")
