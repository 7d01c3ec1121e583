"""Thousands of odd, broken and hostile PDFs through the real door: no error page, no worker past its limits.

`ODD_PDFS=all` takes every file of the archives (default: 400 of them), `ODD_REPORT=path` keeps what was seen as JSON.
"""

import json
import os
import random
import re
import sqlite3
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import closing
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import httpx
import pikepdf
import pytest

from documents.ingest.limits import LIMITS
from tests.documents.odd_pdfs import MUTATIONS, flipped
from tests.drills.hostile_pdfs import hostile_pdfs
from tests.drills.outside_pdfs import lacking, outside_pdfs
from tests.drills.watching import Watch
from tests.servers.app import AppServer, app_server
from tests.servers.run import demo_data

SAMPLE, SEED = 400, 5
MOST_TO_MUTATE = 500_000
BEYOND = (pikepdf.PdfError, pikepdf.PasswordError, pikepdf.DataDecodingError, MemoryError)  # what mutating may meet
PATIENCE = 900  # seconds in which pictures of all that was accepted are made
VIETNAMESE = re.compile(r"[ăâđêôơưáàảãạếềểễệịọộợụự]", re.IGNORECASE)
WAITING = "FROM documents_version WHERE preparation = 'waiting' AND id >"
KINDS = ("inspect_worker", "preview_worker", "page_picture_worker")


@dataclass
class Outcome:
    """What became of one file."""

    name: str
    size: int
    status: int
    answer: str
    seconds: float
    memory: int = 0
    url: str = ""


def test_odd_files_through_the_door(tmp_path: Path) -> None:
    if missing := lacking():
        print(f"not to be had: {', '.join(missing)}")
    with app_server(data_dir=demo_data(tmp_path / "data"), DEMO="1", arguments=[]) as server:
        with httpx.Client(base_url=server.url, timeout=LIMITS.inspection.wall_seconds + 60) as client:
            sign_in(server, client)
            before = newest(server)
            with Watch(server.process.pid) as watch:
                outcomes = [sent(client, watch, name, data) for name, data in everything()]
                waited(server, before)
            report = told(outcomes, watch)
            accepted = [one for one in outcomes if one.status == 201]
            shown = Counter(looked_at(client, one) for one in accepted)
        report["first pages"] = dict(shown)
        assert server.process.poll() is None
        print(json.dumps(report, indent=1, ensure_ascii=False))
        kept(report, outcomes)
        assert [one.name for one in outcomes if one.status not in (201, 403)] == []
        assert [one.name for one in outcomes if one.status == 403 and not VIETNAMESE.search(one.answer)] == []
        assert "Traceback" not in server.text, server.text[server.text.index("Traceback") - 2000 :][:8000]
    for kind in KINDS:
        allowed = LIMITS.inspection if kind == "inspect_worker" else LIMITS.previews
        assert all(one.memory <= allowed.memory_bytes for one in watch.of(kind)), kind
        assert all(one.seconds <= allowed.wall_seconds + 5 for one in watch.of(kind)), kind
    assert set(shown) <= {"a picture", "told that there is none"}


def everything() -> Iterator[tuple[str, bytes]]:
    """Yield the outside files, as many mutated ones as a fifth of them, and those made to do harm."""
    outside = list(outside_pdfs())
    chance = random.Random(SEED)
    wanted = os.environ.get("ODD_PDFS", str(SAMPLE))
    if wanted != "all":
        outside = chance.sample(outside, min(int(wanted), len(outside)))
    yield from outside
    small = [one for one in outside if len(one[1]) <= MOST_TO_MUTATE]
    for number in range(len(small) // 5):
        name, data = chance.choice(small)
        mutation = MUTATIONS[number % len(MUTATIONS)]
        try:
            made = mutation(data, chance)
        except (*BEYOND, ValueError, RuntimeError, AttributeError, TypeError, KeyError, IndexError):
            made = flipped(data, chance)  # this one cannot be done to that file
        yield f"{mutation.__name__}/{name}", made
    for name, data in hostile_pdfs():
        yield f"hostile/{name}", data


def sign_in(server: AppServer, client: httpx.Client) -> None:
    """Sign in as the clerk."""
    people = json.loads((server.data_dir / "demo-people.json").read_text(encoding="utf-8"))
    clerk = next(person for person in people if "clerk" in person["roles"])
    client.get("/accounts/login/")
    fields = {"login": clerk["username"], "password": clerk["password"], "csrfmiddlewaretoken": token(client)}
    answer = client.post("/accounts/login/", data=fields, headers={"Referer": server.url})
    assert answer.status_code == 302, answer.text[:500]


def token(client: httpx.Client) -> str:
    """Return what a form of ours carries."""
    return client.cookies.get("csrftoken") or ""


def sent(client: httpx.Client, watch: Watch, name: str, data: bytes) -> Outcome:
    """Upload one file as the page does, and say what came of it."""
    began = time.monotonic()
    headers = {"Accept": "application/json", "X-CSRFToken": token(client), "Referer": str(client.base_url)}
    file = {"file": (f"{Path(name).stem}.pdf", data, "application/pdf")}
    answer = client.post("/documents/upload/", files=file, headers=headers)
    seconds = time.monotonic() - began
    told = answer.json() if "json" in answer.headers.get("content-type", "") else {}
    said = told.get("code") or told.get("detail") or answer.text[:200]
    memory = max((one.memory for one in watch.of("inspect_worker", since=began)), default=0)
    detail = told.get("detail") or told.get("text") or ""
    outcome = Outcome(name, len(data), answer.status_code, f"{said}: {detail}", seconds, memory, told.get("url", ""))
    if answer.status_code not in (201, 403):
        print(f"{name}: {answer.status_code} {answer.text[:300]}")
    return outcome


def waited(server: AppServer, before: int) -> None:
    """Wait until the worker has drawn, or given up on, everything that was accepted."""
    deadline = time.monotonic() + PATIENCE
    while (left := asked(server, f"count(*) {WAITING} {before}")) and time.monotonic() < deadline:
        assert server.process.poll() is None
        time.sleep(1)
    assert left == 0


def newest(server: AppServer) -> int:
    """Return the key of the last version there is."""
    return asked(server, "coalesce(max(id), 0) FROM documents_version")


def asked(server: AppServer, what: str) -> int:
    """Return a number from the server's database."""
    with closing(sqlite3.connect(server.data_dir / "nghisu.sqlite3", timeout=30)) as line:
        return int(line.execute(f"SELECT {what}").fetchone()[0])


def looked_at(client: httpx.Client, outcome: Outcome) -> str:
    """Open an accepted paper: its page, its description and the picture of its first page."""
    page = client.get(outcome.url)
    seen = client.get(f"{outcome.url}versions/1/viewer.json").json()
    if page.status_code != 200:
        return f"{outcome.name}: {page.status_code}"
    picture = client.get(seen["preview"].replace("{page}", "1").replace("{width}", "320"))
    if picture.status_code == 200 and picture.headers["content-type"] == "image/webp":
        return "a picture"
    return "told that there is none" if picture.status_code == 404 else f"{outcome.name}: {picture.status_code}"


def told(outcomes: list[Outcome], watch: Watch) -> dict[str, Any]:
    """Return the figures of the drill."""
    slowest = max(outcomes, key=lambda one: one.seconds)
    largest = max(outcomes, key=lambda one: one.memory)
    return {
        "files": len(outcomes),
        "accepted": sum(one.status == 201 for one in outcomes),
        "refused": Counter(one.answer.partition(":")[0] for one in outcomes if one.status != 201),
        "slowest": [slowest.name, round(slowest.seconds, 1)],
        "most memory of an inspection": [largest.name, largest.memory >> 20],
        "workers": {
            kind: {
                "seen": len(found),
                "most MB": max(one.memory for one in found) >> 20,
                "longest s": round(max(one.seconds for one in found), 1),
            }
            for kind in KINDS
            if (found := watch.of(kind))
        },
    }


def kept(report: dict[str, Any], outcomes: list[Outcome]) -> None:
    """Keep what was seen where ODD_REPORT asks for it."""
    if where := os.environ.get("ODD_REPORT"):
        Path(where).write_text(json.dumps([report, *map(asdict, outcomes)], ensure_ascii=False), encoding="utf-8")


@pytest.fixture(autouse=True)
def archives() -> None:
    """Without a single archive there is nothing to try."""
    if not any(True for _ in outside_pdfs()):
        pytest.skip("no archive of odd PDFs is to be had here")
