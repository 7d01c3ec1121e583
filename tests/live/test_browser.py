"""The browser half in a real browser at a real server that dies and comes back."""

import asyncio
import json
import os
import signal
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest
from playwright.async_api import Page, Route, async_playwright

from tests.live.conftest import Place
from tests.live.rooms import room_server, script
from tests.live.test_rights import TAKE_RIGHT
from tests.live.test_rooms import MANY_EVENTS

pytestmark = pytest.mark.browser
MODULES = Path(__file__).resolve().parents[2] / "live" / "static" / "live" / "js"
FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update"]
FLAGS += ["--disable-features=LocalNetworkAccessChecks"]  # the page itself comes from no real address
PAGE = """<!doctype html><html lang="vi"><title>room</title>
<script type="importmap">{"imports": {"live/": "/"}}</script><script type="module">
import { apply } from "live/apply";
import { RoomSocket } from "live/socket";
const room = { state: {}, mine: {}, lamps: [], unanswered: 0, ended: 0, answers: [], passing: [] };
window.room = room;
window.enter = (url) => {
  room.socket = new RoomSocket({
    url,
    onEvent(frame, stream) {
      const name = stream === "me" ? "mine" : "state";
      if (frame.seq === undefined) room.passing.push(frame);
      else room[name] = frame.kind === "snapshot" ? frame.data : apply(room[name], frame.data);
    },
    onLamp(lamp, unanswered) {
      room.unanswered = unanswered;
      if (room.lamps.at(-1) !== lamp) room.lamps.push(lamp);
    },
    onEnd: (code) => { room.ended = code; },
  });
  room.socket.start();
};
window.say = (text) => {
  room.socket.send("say", { text }).then((ack) => room.answers.push(ack.seq), (why) => room.answers.push(why.code));
};
</script>"""
SNAPSHOT = "import json; from tests.live.board import {name}; print(json.dumps({name}({argument!r})))"


async def served(route: Route) -> None:
    """Serve the page and the two modules."""
    name = route.request.url.rsplit("/", 1)[-1]
    if (MODULES / f"{name}.js").is_file():
        await route.fulfill(body=(MODULES / f"{name}.js").read_text(encoding="utf-8"), content_type="text/javascript")
    else:
        await route.fulfill(body=PAGE, content_type="text/html")


@pytest.fixture
async def page() -> AsyncIterator[Page]:
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path="/usr/bin/chromium", args=FLAGS)
        page = await browser.new_page()
        await page.route("http://127.0.0.1:59999/**", served)
        await page.goto("http://127.0.0.1:59999/")
        await page.wait_for_function("typeof window.enter === 'function'")
        yield page
        await browser.close()


async def seen(page: Page, what: str) -> Any:
    """Return a value of the page."""
    return await page.evaluate(f"window.room.{what}")


def stored(place: Place, name: str, argument: Any) -> Any:
    """Return a snapshot as another process reads it."""
    return json.loads(script(place.database, SNAPSHOT.format(name=name, argument=argument)))


async def test_a_page_survives_the_death_of_its_server(place: Place, page: Page) -> None:
    with room_server(place.database) as (port, process):
        await page.evaluate(f"enter('ws://127.0.0.1:{port}/ws/?user={place.user}&me=x')")
        await page.wait_for_function("room.lamps.at(-1) === 'live'")
        await page.evaluate("for (const text of ['một', 'hai', 'ba']) say(text)")
        await page.wait_for_function("room.answers.length === 3")
        assert await seen(page, "answers") == [1, 2, 3]
        os.kill(process.pid, signal.SIGKILL)
        await page.wait_for_function("room.lamps.at(-1) === 'offline' || room.lamps.includes('offline')")
    await page.evaluate("for (const text of ['bốn', 'năm']) say(text)")
    assert await seen(page, "unanswered") == 2
    await asyncio.to_thread(script, place.database, MANY_EVENTS.format(user=place.user, count=30))
    with room_server(place.database, "uvicorn", port):
        await page.wait_for_function("room.lamps.at(-1) === 'live' && room.answers.length === 5")
        await page.wait_for_function("room.socket.places[''].seq === 35 && room.socket.places.me.seq === 35")
        assert await seen(page, "unanswered") == 0
        assert await seen(page, "state") == await asyncio.to_thread(stored, place, "snapshot", "")
        assert await seen(page, "mine") == await asyncio.to_thread(stored, place, "my_snapshot", place.user)


async def test_a_page_whose_right_is_gone_does_not_come_back(place: Place, page: Page) -> None:
    with room_server(place.database) as (port, _):
        await page.evaluate(f"enter('ws://127.0.0.1:{port}/ws/?user={place.user}')")
        await page.wait_for_function("room.lamps.at(-1) === 'live'")
        code = TAKE_RIGHT.format(user=place.user, change={"is_active": False}, stream=None)
        await asyncio.to_thread(script, place.database, code)
        await page.wait_for_function("room.ended === 4403", timeout=5000)
        await page.evaluate("say('quá muộn')")
        await page.wait_for_function("room.answers.length === 1")
        assert await seen(page, "lamps.at(-1)") == "closed"
