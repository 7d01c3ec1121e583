"""An OpenID Connect provider on loopback that consents at once: discovery, keys, authorize, token, user info."""

import base64
import hashlib
import json
import secrets
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlencode, urlsplit

import jwt
from cryptography.hazmat.primitives.asymmetric import rsa

CLIENT_ID, CLIENT_SECRET, KEY_ID = "nghi-su", "bí-mật-của-máy-khách", "khoa-1"
Fields = dict[str, str]


def new_key() -> rsa.RSAPrivateKey:
    """Return a key the provider might sign with."""
    return rsa.generate_private_key(public_exponent=65537, key_size=2048)


@dataclass
class Provider:
    """One provider; a test sets who consents next (`person`) and what is wrong with its answers."""

    issuer: str = ""
    person: dict[str, Any] = field(default_factory=dict)
    in_token: dict[str, Any] = field(default_factory=dict)  # claims of the ID token that differ
    error: str = ""  # answered instead of a code
    broken: bool = False  # answers nothing anybody can read
    key: rsa.RSAPrivateKey = field(default_factory=new_key)
    signs_with: rsa.RSAPrivateKey | None = None  # another key than the published one
    codes: dict[str, Fields] = field(default_factory=dict)
    tokens: dict[str, dict[str, Any]] = field(default_factory=dict)

    def consents_as(self, subject: str, **claims: Any) -> None:
        """The next one to come is this person; nothing is wrong any more."""
        self.person = {"sub": subject, **claims}
        self.in_token, self.error, self.broken, self.signs_with = {}, "", False, None

    def discovery(self) -> dict[str, Any]:
        """Return what OpenID Connect Discovery asks for."""
        return {
            "issuer": self.issuer,
            "authorization_endpoint": f"{self.issuer}/authorize",
            "token_endpoint": f"{self.issuer}/token",
            "userinfo_endpoint": f"{self.issuer}/userinfo",
            "jwks_uri": f"{self.issuer}/jwks",
            "response_types_supported": ["code"],
            "subject_types_supported": ["public"],
            "id_token_signing_alg_values_supported": ["RS256"],
            "token_endpoint_auth_methods_supported": ["client_secret_post"],
            "code_challenge_methods_supported": ["S256"],
        }

    def keys(self) -> dict[str, Any]:
        """Return the published key."""
        public = jwt.algorithms.RSAAlgorithm.to_jwk(self.key.public_key(), as_dict=True)
        return {"keys": [{**public, "kid": KEY_ID, "use": "sig", "alg": "RS256"}]}

    def authorize(self, asked: Fields) -> str:
        """Consent, or refuse, and return where the browser goes next."""
        wanted = {"client_id": CLIENT_ID, "response_type": "code", "code_challenge_method": "S256"}
        assert wanted.items() <= asked.items(), asked
        assert "openid" in asked["scope"].split(), asked
        code = secrets.token_urlsafe(16)
        self.codes[code] = asked
        answer = {"error": self.error} if self.error else {"code": code}
        return f"{asked['redirect_uri']}?{urlencode({**answer, 'state': asked['state']})}"

    def exchange(self, given: Fields) -> dict[str, Any] | None:
        """Return the tokens for a code, once, to the client it was made for."""
        asked = self.codes.pop(given.get("code", ""), None)
        if (
            asked is None
            or given.get("client_secret") != CLIENT_SECRET
            or given["redirect_uri"] != asked["redirect_uri"]
        ):
            return None
        digest = hashlib.sha256(given["code_verifier"].encode()).digest()
        if base64.urlsafe_b64encode(digest).rstrip(b"=").decode() != asked["code_challenge"]:
            return None
        token = secrets.token_urlsafe(16)
        self.tokens[token] = self.person
        return {"access_token": token, "token_type": "Bearer", "expires_in": 60, "id_token": self.id_token()}

    def id_token(self) -> str:
        """Return the signed statement who came."""
        now = int(time.time())
        claims = {"iss": self.issuer, "aud": CLIENT_ID, "iat": now, "exp": now + 60, "sub": self.person["sub"]}
        key = self.signs_with or self.key
        return jwt.encode({**claims, **self.in_token}, key, algorithm="RS256", headers={"kid": KEY_ID})


class Handler(BaseHTTPRequestHandler):
    """Speaks HTTP for the provider of its server."""

    provider: Provider

    def do_GET(self) -> None:
        """Answer discovery, keys, the browser, and questions who somebody is."""
        address = urlsplit(self.path)
        if self.provider.broken:
            self.send(200, b"<html>", "text/html")
        elif address.path == "/.well-known/openid-configuration":
            self.send_json(self.provider.discovery())
        elif address.path == "/jwks":
            self.send_json(self.provider.keys())
        elif address.path == "/authorize":
            self.send_response(302)
            self.send_header("Location", self.provider.authorize(flat(address.query)))
            self.send_header("Content-Length", "0")
            self.end_headers()
        else:
            self.send_json(self.provider.tokens.get(self.headers["Authorization"].removeprefix("Bearer ")))

    def do_POST(self) -> None:
        """Exchange a code."""
        self.send_json(self.provider.exchange(flat(self.rfile.read(int(self.headers["Content-Length"])).decode())))

    def send_json(self, value: dict[str, Any] | None) -> None:
        """Send an answer, or 400 for none."""
        body = value or {"error": "invalid_request"}
        self.send(200 if value else 400, json.dumps(body).encode(), "application/json")

    def send(self, status: int, body: bytes, kind: str) -> None:
        """Send bytes of a kind."""
        self.send_response(status)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *args: Any) -> None:
        """Print nothing."""


def flat(text: str) -> Fields:
    """Return the fields of a form, each once."""
    return {name: values[0] for name, values in parse_qs(text).items()}


@contextmanager
def oidc_provider() -> Iterator[Provider]:
    """Run a provider until the block ends."""
    provider = Provider()
    server = ThreadingHTTPServer(("127.0.0.1", 0), type("Bound", (Handler,), {"provider": provider}))
    provider.issuer = f"http://127.0.0.1:{server.server_address[1]}"
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)
    thread.start()
    try:
        yield provider
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
