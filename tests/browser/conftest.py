"""A real server with its worker and demo people, and a browser with one window per person."""

import fcntl
import json
import os
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, sync_playwright

from tests.browser.people import Cast
from tests.servers.app import AppServer, app_server

CHROMIUM = "/usr/bin/chromium"
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
]


@pytest.fixture(scope="session")
def demo_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data folder as the first start of `make run` leaves it, made once for all workers."""
    own = tmp_path_factory.getbasetemp()
    made = (own.parent if "PYTEST_XDIST_WORKER" in os.environ else own) / "demo-data"
    with (made.parent / "demo-data.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not made.exists():
            half = made.with_suffix(".half")
            with app_server(data_dir=half, DEMO="1"):
                pass
            half.rename(made)
    return made


@pytest.fixture(scope="module")
def server(demo_folder: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[AppServer]:
    """Run the server as `make run` does, on data of its own."""
    data = tmp_path_factory.mktemp("server") / "data"
    shutil.copytree(demo_folder, data)
    with app_server(data_dir=data, DEMO="1") as running:
        yield running


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """Run headless Chromium."""
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield chromium
        chromium.close()


@pytest.fixture
def cast(server: AppServer, browser: Browser, request: pytest.FixtureRequest) -> Iterator[Cast]:
    """Return the demo people, each with a window of their own."""
    people = json.loads((server.data_dir / "demo-people.json").read_text(encoding="utf-8"))
    folder = Path(__file__).resolve().parents[2] / "screenshots"
    folder.mkdir(exist_ok=True)
    made = Cast(server.url, browser, people, folder)
    yield made
    made.leave()
