"""The only place where private keys are plain: one JSON request a line on stdin, one answer a line on stdout.

Run as `python -m signing.signer_process`. Nothing secret is ever in the arguments or the environment it is given.
"""

import base64
import json
import resource
import sys
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import padding, rsa

from signing import pki
from signing.keys import KeyDamaged, SealedKey, WrongPin, installation_kek, seal, unseal

Request = dict[str, Any]
Answer = dict[str, Any]


def sign(request: Request) -> Answer:
    """Sign each item with the sealed key (RSA, PKCS#1 v1.5, SHA-256)."""
    sealed = SealedKey.from_json(request["sealed"])
    key = pki.load_private(unseal(sealed, kek=_kek(request), pin=request["pin"]))
    return {"values": [_b64(_sign(key, base64.b64decode(item))) for item in request["items"]]}


def change_pin(request: Request) -> Answer:
    """Seal the same key under a new PIN."""
    sealed = SealedKey.from_json(request["sealed"])
    kek = _kek(request)
    plain = unseal(sealed, kek=kek, pin=request["pin"])
    return {"sealed": seal(plain, kek=kek, pin=request["new_pin"], label=sealed.label).to_json()}


def build_pki(request: Request) -> Answer:
    """Make the demonstration PKI where it is missing, and renew its lists."""
    folder = Path(request["folder"])
    pki.build(folder, kek=_kek(request), at=_at(request))
    pki.refresh_lists(folder, kek=_kek(request), at=_at(request))
    return {}


def issue(request: Request) -> Answer:
    """Issue a demonstration certificate; answers its PEM and the sealed key."""
    subject = pki.Subject(request["common_name"], request["organization"], request.get("title", ""))
    made = pki.issue(Path(request["folder"]), subject, kek=_kek(request), pin=request["pin"], at=_at(request))
    return {"certificate": made.certificate_pem, "sealed": made.sealed.to_json()}


def revoke(request: Request) -> Answer:
    """Revoke demonstration certificates by hexadecimal serial."""
    serials = [int(serial, 16) for serial in request["serials"]]
    pki.revoke(Path(request["folder"]), serials, kek=_kek(request), at=_at(request))
    return {}


def timestamp(request: Request) -> Answer:
    """Answer a time-stamp request with the demonstration unit's key."""
    from asn1crypto import pem
    from asn1crypto import x509 as asn1_x509

    from signing.timestamp_unit import answer

    folder = Path(request["folder"])
    key = pki.load_key(folder, "tsa", _kek(request))
    certificate = asn1_x509.Certificate.load(pem.unarmor((folder / "tsa.pem").read_bytes())[2])
    query = base64.b64decode(request["query"])
    return {"answer": _b64(answer(query, certificate=certificate, sign=lambda data: _sign(key, data), at=_at(request)))}


OPERATIONS: dict[str, Callable[[Request], Answer]] = {
    "sign": sign,
    "change_pin": change_pin,
    "build_pki": build_pki,
    "issue": issue,
    "revoke": revoke,
    "timestamp": timestamp,
}


def respond(line: str) -> Answer:
    """Carry out one request; what went wrong is an answer too, and never quotes the request."""
    try:
        request: Request = json.loads(line)
        return OPERATIONS[request["do"]](request)
    except WrongPin:
        return {"error": "wrong_pin"}
    except KeyDamaged as error:
        return {"error": "key_damaged", "detail": str(error)}
    except (KeyError, ValueError, TypeError, OSError) as error:
        return {"error": "bad_request", "detail": type(error).__name__}


def main() -> None:
    """Serve requests until stdin closes; never leave a memory image behind."""
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    for line in sys.stdin:
        sys.stdout.write(json.dumps(respond(line)) + "\n")
        sys.stdout.flush()


def _kek(request: Request) -> bytes:
    return installation_kek(Path(request["keys_dir"]))


def _at(request: Request) -> datetime:
    return datetime.fromisoformat(request["at"]).astimezone(UTC)


def _sign(key: rsa.RSAPrivateKey, data: bytes) -> bytes:
    return key.sign(data, padding.PKCS1v15(), hashes.SHA256())


def _b64(data: bytes) -> str:
    return base64.b64encode(data).decode("ascii")


if __name__ == "__main__":
    main()
