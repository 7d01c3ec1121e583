"""The plain port beside the secure one leads to https and lets nobody write headers of its answers."""

import socket

import pytest

from config.trust import serve_plainly
from tests.servers.redis import free_port


@pytest.fixture(scope="module")
def port():
    found = free_port()
    server = serve_plainly("127.0.0.1", found, 8443)
    yield found
    server.shutdown()
    server.server_close()


def ask(port: int, path: str, host: bytes = b"phong-hop.local:8444") -> list[str]:
    """Return the lines of the answer's head."""
    with socket.create_connection(("127.0.0.1", port), timeout=10) as wire:
        wire.sendall(b"GET %s HTTP/1.0\r\nHost: %s\r\n\r\n" % (path.encode(), host))
        return b"".join(iter(lambda: wire.recv(4096), b"")).decode("latin-1").split("\r\n\r\n")[0].split("\r\n")


def test_other_addresses_lead_to_https(port):
    assert "Location: https://phong-hop.local:8443/h%E1%BB%8Dp/1" in ask(port, "/h%E1%BB%8Dp/1")
    assert "Location: https://[fd00::1]:8443/x" in ask(port, "/x", b"[fd00::1]")
    assert "Location: /trust/" in ask(port, "/")


@pytest.mark.parametrize("path", ["/x%0d%0aSet-Cookie:%20sessionid=evil", "/x%0aSet-Cookie:%20sessionid=evil"])
def test_a_path_cannot_add_a_header(port, path):
    head = ask(port, path)
    assert not any(line.lower().startswith("set-cookie") for line in "\n".join(head).splitlines())
    assert any(line.startswith("Location: https://phong-hop.local:8443/x%0") for line in head)


@pytest.mark.parametrize("host", [b"evil.example/#", b"a@evil.example", b"a b", b"", b"h\r\n Set-Cookie: a=b"])
def test_a_name_that_is_none_is_refused(port, host):
    assert ask(port, "/x", host)[0].endswith("400 Bad Request")
