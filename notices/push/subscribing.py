"""What a browser hands over when it subscribes: is it what it should be? Pure."""

import base64
import binascii

from cryptography.hazmat.primitives.asymmetric import ec

AUTH_LENGTH = 16


def are_keys(p256dh: str, auth: str) -> bool:
    """Is this a point on the curve P-256 and a secret of sixteen bytes, both base64url?"""
    if len(p256dh) > 100 or len(auth) > 40:
        return False
    try:
        ec.EllipticCurvePublicKey.from_encoded_point(ec.SECP256R1(), _raw(p256dh))
        return len(_raw(auth)) == AUTH_LENGTH
    except (ValueError, binascii.Error):
        return False


def _raw(text: str) -> bytes:
    padded = text.rstrip("=").encode("ascii") + b"=" * (-len(text.rstrip("=")) % 4)
    return base64.b64decode(padded, altchars=b"-_", validate=True)
