"""The key that says who sends pushes (VAPID): from the environment, or made once in KEYS_DIR/push (0600)."""

import base64
from functools import lru_cache
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat, PublicFormat
from django.conf import settings
from py_vapid import Vapid02

from ledger.keys import write_once
from notices import channels

VALID_SECONDS = 12 * 3600


@lru_cache(maxsize=2)
def loaded(secret: str) -> Vapid02:
    """Return the signer of a key: 32 raw bytes or PKCS 8 in DER, base64url."""
    return Vapid02.from_string(secret)


def signer() -> Vapid02:
    """Return what signs our pushes."""
    return loaded(settings.VAPID_PRIVATE_KEY or kept_secret())


def kept_secret() -> str:
    """Return the kept key, making it on first use; of two processes making it at once, the first link wins."""
    folder = Path(settings.KEYS_DIR) / "push"
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    path = folder / "vapid.key"
    if not path.exists():
        made = ec.generate_private_key(ec.SECP256R1())
        der = made.private_bytes(Encoding.DER, PrivateFormat.PKCS8, NoEncryption())
        write_once(path, base64.urlsafe_b64encode(der))
    return path.read_text(encoding="ascii")


def public_key() -> str:
    """Return the public half as browsers want it."""
    point = signer().public_key.public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)
    return base64.urlsafe_b64encode(point).rstrip(b"=").decode("ascii")


def authorization(origin: str, at: float) -> str:
    """Return the header that says who sends this to that service, valid for half a day."""
    claims = {"aud": origin, "exp": int(at) + VALID_SECONDS, "sub": f"mailto:{address()}"}
    return str(signer().sign(claims)["Authorization"])


def address() -> str:
    """Return whom a push service may write to."""
    return channels.sender() if "." in channels.sender().partition("@")[2] else "nghi-su@localhost"
