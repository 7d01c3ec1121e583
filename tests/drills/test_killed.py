"""The server is killed in the middle of work, again and again; what was answered is kept, and nothing is half done."""

import contextlib
import json
import random
import signal
import sqlite3
import threading
import time
from pathlib import Path

from tests.browsing import Visitor
from tests.servers.app import AppServer, app_server, run_manage
from tests.servers.run import demo_data

ROUNDS = 4


def people(server: AppServer) -> list[dict]:
    return json.loads(server.manage("demo", "--json"))


def sign_in_for_ever(server: AppServer, person: dict, stop: threading.Event, done: list[str]) -> None:
    """Sign in again and again; each success is a session and an entry in the sign-in log."""
    while not stop.is_set():
        with contextlib.suppress(OSError, ConnectionError):
            answer = Visitor(server.url).post(
                "/accounts/login/", {"login": person["username"], "password": person["password"]}
            )
            if answer.status == 200 and answer.path != "/accounts/login/":
                done.append(person["username"])


def test_killed_while_people_sign_in(tmp_path: Path) -> None:
    data, answered = demo_data(tmp_path / "data"), list[str]()
    for _ in range(ROUNDS):
        with app_server(data_dir=data, DEMO="1") as server:
            stop = threading.Event()
            crowd = [
                threading.Thread(target=sign_in_for_ever, args=(server, person, stop, answered))
                for person in people(server)[:4]
            ]
            for one in crowd:
                one.start()
            time.sleep(random.uniform(1.5, 3.5))
            server.process.send_signal(signal.SIGKILL)
            server.process.wait()
            stop.set()
            for one in crowd:
                one.join(timeout=60)
        assert sound(data / "nghisu.sqlite3")
    assert answered, "nobody signed in: the drill drilled nothing"
    assert signed_in(data / "nghisu.sqlite3") >= len(answered)
    with app_server(data_dir=data, DEMO="1") as server:
        server.manage("verify_audit")


def sound(database: Path) -> bool:
    with contextlib.closing(sqlite3.connect(database)) as connection:
        whole = connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        return whole and not connection.execute("PRAGMA foreign_key_check").fetchall()


def signed_in(database: Path) -> int:
    """Return how many sessions were kept; the session is written before the answer is sent."""
    with contextlib.closing(sqlite3.connect(database)) as connection:
        return int(connection.execute("SELECT count(*) FROM django_session").fetchone()[0])


def test_backed_up_while_people_sign_in(tmp_path: Path) -> None:
    with app_server(data_dir=demo_data(tmp_path / "data"), DEMO="1") as server:
        stop, answered = threading.Event(), list[str]()
        crowd = [
            threading.Thread(target=sign_in_for_ever, args=(server, person, stop, answered))
            for person in people(server)[:4]
        ]
        for one in crowd:
            one.start()
        folders = [server.manage("backup", "--to", str(tmp_path / f"backup-{turn}")).split()[0] for turn in range(3)]
        stop.set()
        for one in crowd:
            one.join(timeout=60)
        for turn, folder in enumerate(folders):
            environment = {**server.environment, "DATA_DIR": str(tmp_path / f"restored-{turn}")}
            run_manage(environment, "restore", folder, "--keys", f"{folder}-keys.tar")
            run_manage(environment, "verify_audit")
            assert sound(tmp_path / f"restored-{turn}" / "nghisu.sqlite3")
    assert answered
