"""One push: encrypted for one browser, sent to an address that was judged, to the very network address judged."""

import base64
import http.client
import json
import socket
import ssl
import time
from dataclasses import dataclass
from urllib.parse import urlsplit

import http_ece
from cryptography.hazmat.primitives.asymmetric import ec
from django.conf import settings

from notices.push import keys
from notices.push.endpoints import is_allowed, is_public, origin, relays

SECONDS = 8
KEPT_SECONDS = 24 * 3600
GONE = {404, 410}


class Gone(Exception):
    """The browser has given this subscription up."""


class Forbidden(Exception):
    """The address is not one we write to, or the service will never take this."""


@dataclass(frozen=True)
class Target:
    """A subscription as the browser gave it."""

    endpoint: str
    p256dh: str
    auth: str


def raw(text: str) -> bytes:
    """Return the bytes of a base64url text without its padding."""
    return base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))


def body(target: Target, language: str) -> bytes:
    """Return the encrypted payload (RFC 8291): a language code, nothing else."""
    encrypted: bytes = http_ece.encrypt(
        json.dumps({"language": language}).encode(),
        private_key=ec.generate_private_key(ec.SECP256R1()),
        dh=raw(target.p256dh),
        auth_secret=raw(target.auth),
        version="aes128gcm",
    )
    return encrypted


def push(target: Target, *, language: str, urgent: bool) -> None:
    """Send it; `Gone` and `Forbidden` are final, OSError may pass."""
    if not is_allowed(target.endpoint, settings.PUSH_HOSTS):
        raise Forbidden("this push service is not among PUSH_HOSTS")
    content = body(target, language)
    headers = {
        "Authorization": keys.authorization(origin(target.endpoint), time.time()),
        "Content-Encoding": "aes128gcm",
        "Content-Type": "application/octet-stream",
        "TTL": str(KEPT_SECONDS),
        "Topic": "nghi-su",
        "Urgency": "high" if urgent else "normal",
    }
    judge(answer(target.endpoint, content, headers))


def answer(endpoint: str, content: bytes, headers: dict[str, str]) -> int:
    """Return the status the service answers with; redirects are not followed, its words are not read."""
    parts = urlsplit(endpoint)
    connection = opened(endpoint)
    try:
        path = f"{parts.path or '/'}{'?' + parts.query if parts.query else ''}"
        connection.request("POST", path, body=content, headers=headers)
        return connection.getresponse().status
    except http.client.HTTPException as error:
        raise OSError(f"the push service does not speak HTTP: {type(error).__name__}") from error
    finally:
        connection.close()


def judge(status: int) -> None:
    """Turn the service's answer into what follows from it."""
    if 200 <= status < 300:
        return
    if status in GONE:
        raise Gone
    if status == 429 or status >= 500:
        raise OSError(f"the push service answered {status}")
    raise Forbidden(f"the push service answered {status}")


def opened(endpoint: str) -> http.client.HTTPConnection:
    """Return a connection to one of the host's public network addresses."""
    parts = urlsplit(endpoint)
    host = parts.hostname or ""
    port = parts.port or (443 if parts.scheme == "https" else 80)
    relay = origin(endpoint) in relays(settings.PUSH_HOSTS)
    connection = http.client.HTTPConnection(host, port, timeout=SECONDS)
    plain = socket.create_connection((network_address(host, port, anywhere=relay), port), timeout=SECONDS)
    if parts.scheme == "https":
        connection.sock = ssl.create_default_context().wrap_socket(plain, server_hostname=host)
    else:
        connection.sock = plain
    return connection


def network_address(host: str, port: int, *, anywhere: bool) -> str:
    """Return where the name leads; a name that leads into a private network leads nowhere."""
    found = [str(info[4][0]) for info in socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)]
    public = [address for address in found if anywhere or is_public(address)]
    if not public or len(public) < len(found):
        raise Forbidden("the name of the push service leads into a private network")
    return public[0]
