"""A real server with its worker and demo people, and a browser with one window per person."""

import json
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from uuid import uuid4

import pytest
from playwright.sync_api import Browser, Error, sync_playwright

from tests.browser.people import Cast
from tests.browser.standstill import ended_after
from tests.servers.app import AppServer, app_server
from tests.servers.run import demo_folder

CHROMIUM = "/usr/bin/chromium"
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
]
RUN = f"--tests-of={uuid4()}"  # by which the browsers of this process are known; Chromium itself takes no notice
LONGEST, CLOSING = 600, 60  # seconds for a test, and for closing its windows


@pytest.fixture(scope="module")
def server() -> Iterator[AppServer]:
    """Run the server as `make run` does, on data of its own."""
    with demo_folder() as data, app_server(data_dir=data, DEMO="1", arguments=[]) as running:
        yield running


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """Run headless Chromium."""
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=CHROMIUM, args=[*FLAGS, RUN])
        yield chromium
        with ended_after(CLOSING, RUN):
            chromium.close()


@pytest.fixture
def cast(server: AppServer, browser: Browser, request: pytest.FixtureRequest) -> Iterator[Cast]:
    """Return the demo people, each with a window of their own."""
    people = json.loads((server.data_dir / "demo-people.json").read_text(encoding="utf-8"))
    folder = Path(__file__).resolve().parents[2] / "screenshots"
    folder.mkdir(exist_ok=True)
    made = Cast(server.url, browser, people, folder)
    with ended_after(LONGEST, RUN):
        yield made
    with ended_after(CLOSING, RUN), suppress(Error):  # the test has said what it found
        made.leave()
