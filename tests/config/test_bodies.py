"""A stranger cannot fill the disk: a body ends at the bound, before anything is kept of it."""

import http.client
import socket
from contextlib import suppress
from pathlib import Path

import pytest

from documents.ingest.limits import LIMITS
from live.bodies import LARGEST_BODY
from tests.servers.app import app_server

pytestmark = pytest.mark.slow
CHUNK = b"x" * (1 << 20)


@pytest.fixture(scope="module", params=["daphne", "uvicorn"])
def server(request):
    with app_server(SERVER=request.param, DEMO="0") as running:
        yield running


def test_the_largest_file_and_its_form_fit():
    assert LIMITS.max_bytes + 5 * len(CHUNK) <= LARGEST_BODY


def spooled(pid: int) -> int:
    """Return how many bytes the server keeps in unnamed files."""
    total = 0
    for handle in Path(f"/proc/{pid}/fd").iterdir():
        with suppress(FileNotFoundError):  # closed meanwhile
            total += handle.stat().st_size if handle.readlink().name.endswith("(deleted)") else 0
    return total


def answer_of(wire: socket.socket) -> tuple[int, str]:
    """Return status and text of what the server says."""
    found = http.client.HTTPResponse(wire)
    found.begin()
    return found.status, found.read().decode()


def test_what_is_announced_as_too_large_is_refused_at_once(server):
    with socket.create_connection(("127.0.0.1", server.port), timeout=20) as wire:
        wire.sendall(b"POST /healthz HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: %d\r\n\r\n" % (600 * len(CHUNK)))
        status, text = answer_of(wire)
        assert status == 413
        assert text.startswith("Dữ liệu gửi lên lớn hơn 110 MB")
        with suppress(ConnectionError):
            for _ in range(200):
                wire.sendall(CHUNK)
                assert spooled(server.process.pid) == 0


def test_what_arrives_in_chunks_is_counted(server):
    with socket.create_connection(("127.0.0.1", server.port), timeout=20) as wire:
        wire.sendall(b"POST /healthz HTTP/1.1\r\nHost: 127.0.0.1\r\nTransfer-Encoding: chunked\r\n\r\n")
        for _ in range(LARGEST_BODY // len(CHUNK) + 2):
            wire.sendall(b"%x\r\n%s\r\n" % (len(CHUNK), CHUNK))
        assert answer_of(wire)[0] == 413
        assert spooled(server.process.pid) == 0


def test_a_client_that_asks_first_sends_nothing(server):
    with socket.create_connection(("127.0.0.1", server.port), timeout=20) as wire:
        head = b"POST /healthz HTTP/1.1\r\nHost: 127.0.0.1\r\nExpect: 100-continue\r\nContent-Length: %d\r\n\r\n"
        wire.sendall(head % (LARGEST_BODY + 1))
        assert wire.recv(1 << 16).startswith(b"HTTP/1.1 413 ")


def test_what_fits_reaches_the_application(server):
    connection = http.client.HTTPConnection("127.0.0.1", server.port, timeout=60)
    connection.request("POST", "/healthz", CHUNK * 3)
    assert connection.getresponse().status in {403, 405}
