"""The whole server as one command: what it answers, and that nothing is left when it stops."""

import asyncio
import contextlib
import http.client
import json
import signal
import socket
import ssl
import subprocess
import sys
import time
import urllib.error
import urllib.request
from pathlib import Path

import psutil
import pytest
import websockets
from websockets.exceptions import ConnectionClosed, InvalidStatus

from tests.browsing import Visitor
from tests.servers.app import ROOT, app_server, give_tables, installation_environment, make_ready
from tests.servers.redis import free_port

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module", params=["daphne", "uvicorn"])
def server(request):
    with app_server(SERVER=request.param, DEMO="0") as running:
        yield running


def get(url: str):
    with contextlib.suppress(urllib.error.HTTPError):
        return urllib.request.urlopen(url, timeout=10)
    try:
        urllib.request.urlopen(url, timeout=10)
    except urllib.error.HTTPError as error:
        return error


def test_it_is_alive_and_ready(server):
    assert get(f"{server.url}/healthz").read() == b"ok\n"
    assert get(f"{server.url}/healthz?db=1").status == 200
    ready = get(f"{server.url}/readyz")
    found = json.loads(ready.read())
    assert ready.status == 200
    assert found["checks"]["database"] == {"ok": True, "vendor": "sqlite"}
    assert found["checks"]["migrations"]["ok"]
    assert set(found["degraded"]) <= {"disk", "office"}


def test_the_api_describes_itself(server):
    found = json.loads(get(f"{server.url}/api/v1/openapi.json").read())
    assert found["openapi"].startswith("3.")


def test_an_unknown_address_is_a_calm_404(server):
    answer = get(f"{server.url}/khong-co-gi/")
    assert answer.status == 404
    assert 'lang="vi"' in answer.read().decode()


def test_a_zero_byte_is_a_bad_request(server):
    assert get(f"{server.url}/?q=%00").status == 400


def test_a_socket_nobody_answers_is_refused(server):
    async def knock() -> None:
        async with websockets.connect(f"ws://127.0.0.1:{server.port}/ws/khong-co/"):
            pass

    with pytest.raises((InvalidStatus, ConnectionClosed)):
        asyncio.run(knock())


def test_the_first_administrator_gets_a_code(server):
    assert "/setup/ and enter the code" in server.text


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
@pytest.mark.parametrize("kind", ["daphne", "uvicorn"])
def test_stopping_leaves_nothing_running(kind, number):
    with app_server(SERVER=kind, DEMO="0") as running:
        children = psutil.Process(running.process.pid).children(recursive=True)
        assert children
        assert running.stop(number) == 0
        assert not psutil.wait_procs(children, timeout=5)[1]
        assert "Stopped." in running.text
        assert "Traceback" not in running.text


def test_a_killed_server_takes_its_worker_along():
    with app_server(DEMO="0") as running:
        children = psutil.Process(running.process.pid).children(recursive=True)
        time.sleep(3)  # the worker has begun and asked to be told
        running.process.send_signal(signal.SIGKILL)
        running.process.wait()
        assert not psutil.wait_procs(children, timeout=20)[1]


def test_a_died_worker_is_started_again():
    with app_server(DEMO="0") as running:
        parent = psutil.Process(running.process.pid)
        first = parent.children()[0]
        first.kill()
        deadline = time.monotonic() + 20
        while time.monotonic() < deadline:
            alive = [child for child in parent.children() if child.pid != first.pid and child.is_running()]
            if alive:
                return
            time.sleep(0.2)
        pytest.fail("no new worker")


def test_a_taken_port_is_said_in_a_sentence(tmp_path):
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = str(taken.getsockname()[1])
        give_tables(tmp_path)
        for kind in ("daphne", "uvicorn"):
            done = serve_once(tmp_path, PORT=port, SERVER=kind)
            assert done.returncode == 1
            assert "is something else using it?" in done.stderr
            assert "Traceback" not in done.stderr


def test_production_refuses_to_start_insecurely(tmp_path):
    done = serve_once(tmp_path, PRODUCTION="1", DEMO="1", HTTPS="0", PORT=str(free_port()))
    assert done.returncode == 1
    for number in ("E002", "E003", "E004", "E006"):
        assert f"nghisu.{number}" in done.stderr


def serve_once(data_dir, **environment: str) -> "subprocess.CompletedProcess[str]":
    command = [sys.executable, str(ROOT / "manage.py"), "serve", "--prepare"]
    variables = installation_environment(data_dir, **environment)
    return subprocess.run(command, env=variables, cwd=ROOT, capture_output=True, text=True, timeout=120)


def test_a_data_folder_in_use_is_not_restored_into(tmp_path):
    with app_server(DEMO="0", data_dir=tmp_path / "data") as running:
        backup = running.manage("backup", "--to", str(tmp_path / "backups")).split()[0]
        assert Path(backup).is_dir()
        with pytest.raises(RuntimeError, match="in use"):
            running.manage("restore", backup)


def test_https_of_its_own_for_tablets(tmp_path):
    variables = {"HTTPS": "1", "DEMO": "0", "HOST": "127.0.0.1"}
    with https_server(tmp_path / "data", **variables) as (port, ca):
        trusted = ssl.create_default_context(cafile=str(ca))
        answer = urllib.request.urlopen(f"https://127.0.0.1:{port}/healthz", context=trusted, timeout=10)
        assert answer.status == 200
        page = get(f"http://127.0.0.1:{port + 1}/trust/").read().decode()
        assert "Tin cậy máy chủ này" in page
        assert f"https://127.0.0.1:{port}/" in page
        assert get(f"http://127.0.0.1:{port + 1}/trust/nghi-su-ca.crt").headers["Content-Type"] == CA_TYPE
        moved = http.client.HTTPConnection("127.0.0.1", port + 1, timeout=10)
        moved.request("GET", "/accounts/login/")
        assert moved.getresponse().headers["Location"] == f"https://127.0.0.1:{port}/accounts/login/"


CA_TYPE = "application/x-x509-ca-cert"


@contextlib.contextmanager
def https_server(data_dir, **environment: str):
    make_ready()
    give_tables(data_dir)
    port = free_port()
    variables = installation_environment(data_dir, PORT=str(port), **environment)
    command = [sys.executable, "-u", str(ROOT / "manage.py"), "serve", "--prepare"]
    process = subprocess.Popen(command, env=variables, cwd=ROOT, stdout=subprocess.PIPE, text=True)
    try:
        assert process.stdout is not None
        for line in process.stdout:
            if "Ctrl-C" in line:
                break
        yield port, data_dir / "keys" / "tls" / "ca.crt"
    finally:
        process.terminate()
        assert process.wait(timeout=30) == 0


def test_the_first_administrator_opens_the_server():
    with app_server(DEMO="0") as running:
        code = running.text.split("enter the code ")[1].split()[0]
        visitor = Visitor(running.url)
        fields = {
            "agency_name": "Ủy ban nhân dân phường Hồng Bàng",
            "abbreviation": "UBND",
            "place": "Hải Phòng",
            "full_name": "Nguyễn Thị Ánh Tuyết",
            "title": "Quản trị viên",
            "username": "anhtuyet",
            "password": "một câu ngắn dễ nhớ",
        }
        assert visitor.post("/setup/", {**fields, "code": "SAI-MA"}).status == 422
        assert visitor.post("/setup/", {**fields, "code": code.lower().replace("-", " ")}).path == "/accounts/login/"
        assert visitor.get("/setup/").path == "/accounts/login/"
        signed_in = visitor.post("/accounts/login/", {"login": "anhtuyet", "password": fields["password"]})
        assert signed_in.path != "/accounts/login/"
