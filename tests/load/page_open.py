"""Click → page readable: a 31 MB scan and a 200-page text, on a slow tablet and a slow line, beside the stock viewer.

Chromium at a quarter of its speed, 20 Mbit/s and 20 ms; libraries are in the browser's cache, the paper is not.
Readable is the first frame on which OCR finds at least 98 % of the characters of the page. The reference is the viewer
component of PDF.js on a bare page, with the same bytes, under the same brakes, in the same run. No worker runs
meanwhile: it would read the scan for the search, on the processors both viewers are measured with.
"""

import base64
import io
import json
import os
import subprocess
import tempfile
import time
from contextlib import suppress
from difflib import SequenceMatcher
from pathlib import Path
from statistics import median
from typing import Any

from PIL import Image
from playwright.sync_api import BrowserContext, Error, Page, sync_playwright

from tests.load import page_files
from tests.load.pages import child, signed_in
from tests.load.report import report
from tests.load.stock_viewer import stock_viewer
from tests.servers.app import AppServer, app_server

CHROMIUM = "/usr/bin/chromium"
FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update"]
WINDOW = {"width": 820, "height": 1180}
SLOWER, BITS, LATENCY_MS = 4, 20_000_000, 20
ALONE = ("--prepare", "--no-worker")
ENOUGH, ROUNDS, LONGEST = 0.98, int(os.environ.get("ROUNDS", "3")), 20.0


class Film:
    """The frames a page paints, each with its moment."""

    def __init__(self, context: BrowserContext, page: Page) -> None:
        self.session = context.new_cdp_session(page)
        self.frames: list[tuple[float, bytes]] = []
        self.session.on("Page.screencastFrame", self.take)

    def take(self, event: dict[str, Any]) -> None:
        """Keep one frame."""
        self.frames.append((event["metadata"]["timestamp"], base64.b64decode(event["data"])))
        with suppress(Error):  # the page may be gone by now
            self.session.send("Page.screencastFrameAck", {"sessionId": event["sessionId"]})

    def brake(self) -> None:
        """Make machine and line slow, and begin to film."""
        self.session.send("Emulation.setCPUThrottlingRate", {"rate": SLOWER})
        self.session.send("Network.enable")
        speed = {"downloadThroughput": BITS / 8, "uploadThroughput": BITS / 8, "latency": LATENCY_MS}
        self.session.send("Network.emulateNetworkConditions", {"offline": False, **speed})
        self.session.send("Page.startScreencast", {"format": "jpeg", "quality": 92, "everyNthFrame": 1})


def characters(lines: list[str]) -> str:
    """Return the letters in the order they are read, without what lies between them."""
    return "".join("".join(lines).split())


def read(frame: bytes) -> str:
    """Return what OCR reads on a frame."""
    picture = Image.open(io.BytesIO(frame)).convert("L")
    large = io.BytesIO()
    picture.resize((picture.width * 2, picture.height * 2), Image.Resampling.LANCZOS).save(large, "PNG")
    command = ["tesseract", "-", "-", "-l", "vie", "--psm", "6"]
    return subprocess.run(command, input=large.getvalue(), capture_output=True, check=True).stdout.decode()


def share(frame: bytes, expected: str) -> float:
    """Return how much of the page's characters OCR finds on the frame, in their order."""
    found = SequenceMatcher(None, expected, characters([read(frame)]), autojunk=False)
    return sum(block.size for block in found.get_matching_blocks()) / len(expected)


def readable(frames: list[tuple[float, bytes]], expected: str) -> float:
    """Return the moment of the first frame the page can be read on; a page once readable stays so."""
    low, high = 0, len(frames) - 1
    best = share(frames[high][1], expected)
    if best < ENOUGH:
        raise RuntimeError(f"the page never became readable: {best:.3f} of its characters")
    while low < high:
        middle = (low + high) // 2
        if share(frames[middle][1], expected) >= ENOUGH:
            high = middle
        else:
            low = middle + 1
    return frames[low][0]


def opened(context: BrowserContext, start: str, link: str, expected: str) -> float:
    """Click the link and return how many seconds passed until the page could be read."""
    page = context.new_page()
    page.goto(start, wait_until="load")
    film = Film(context, page)
    film.brake()
    page.wait_for_timeout(300)
    film.frames.clear()
    clicked = time.time()
    page.locator(f'a[href$="{link}"]').first.click(no_wait_after=True)
    quiet_since = clicked
    while time.time() - clicked < LONGEST and time.time() - quiet_since < 3:
        count = len(film.frames)
        page.wait_for_timeout(200)
        quiet_since = time.time() if len(film.frames) > count else quiet_since
    moment = readable([one for one in film.frames if one[0] > clicked], expected)
    page.close()
    return moment - clicked


def ours(server: AppServer, browser: Any, cookies: str, address: str, warm: str, expected: str) -> float:
    """Return the seconds of our viewer: from the list of documents to the page."""
    context = browser.new_context(viewport=WINDOW, device_scale_factor=2)
    pairs = [pair.split("=", 1) for pair in cookies.split("; ")]
    context.add_cookies([{"name": name, "value": value, "url": server.url} for name, value in pairs])
    warmed(context, server.url + warm)
    seconds = opened(context, f"{server.url}/documents/", address, expected)
    context.close()
    return seconds


def stock(browser: Any, url: str, name: str, expected: str) -> float:
    """Return the seconds of the stock viewer: from a bare list to the page."""
    context = browser.new_context(viewport=WINDOW, device_scale_factor=2)
    warmed(context, f"{url}/view/warm")
    seconds = opened(context, f"{url}/", f"/view/{name}", expected)
    context.close()
    return seconds


def warmed(context: BrowserContext, address: str) -> None:
    """Open another paper first: what a reader's browser has kept since the morning."""
    page = context.new_page()
    page.goto(address, wait_until="load")
    page.locator("canvas").first.wait_for()
    page.close()


def main() -> None:
    """Print one line for each of the two papers."""
    with (
        tempfile.TemporaryDirectory(prefix="nghisu-page-open-") as name,
        app_server(DEMO="1", arguments=ALONE) as server,
    ):
        folder = Path(name)
        made = {"scan": page_files.scan(folder / "scan.pdf"), "text": page_files.text(folder / "text.pdf")}
        page_files.text(folder / "warm.pdf", pages=2)
        people = json.loads(server.manage("demo", "--json"))
        clerk = next(one for one in people if "clerk" in one["roles"])
        papers = ["warm", *made]
        paths = [str(folder / f"{paper}.pdf") for paper in papers]
        asked = json.dumps({"username": clerk["username"], "paths": paths})
        taken = dict(zip(papers, json.loads(child(["tests.load.page_papers"], server, asked)), strict=True))
        cookies = signed_in(server, clerk["username"], clerk["password"])
        files = {paper: Path(taken[paper]["rendition"]) for paper in papers}
        with sync_playwright() as playwright, stock_viewer(files) as url:
            browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
            for paper, words in made.items():
                size = files[paper].stat().st_size
                mine, warm = taken[paper]["address"], taken["warm"]["address"]
                expected = characters(words)
                pairs = [
                    (ours(server, browser, cookies, mine, warm, expected), stock(browser, url, paper, expected))
                    for _ in range(ROUNDS)
                ]
                params = {"paper": paper, "bytes": size, "cpu": f"1/{SLOWER}", "mbit": BITS // 1_000_000}
                rounds = {"rounds": ROUNDS, "server": "daphne", "db": "sqlite"}
                values = [median(values) for values in zip(*pairs, strict=True)]
                report("page_open", {**params, **rounds}, values[0], "s", values[1])
            browser.close()


if __name__ == "__main__":
    main()
