"""The tablets of `drawing` and `offline`, in a process of their own: a JSON line each, answered with one."""

import asyncio
import http.client
import json
import math
import time
from collections.abc import Iterator
from typing import Any
from uuid import uuid4

from tests.load import lag, vote_clients
from tests.load.processes import cpu_seconds, family
from tests.load.seats import Crowd, Seat, masked
from tests.load.vote_clients import leave

EVERY, PIECES, POINTS = 0.05, 12, 6  # 120 points a second, 0.6 s a stroke: quick handwriting
REST = 0.25
STYLE = {"colour": "#1565c0", "width": 2, "opacity": 1}
ON_CIRCLE = b":meeting:"


class Tablet(Seat):
    """A seat that hears of finished strokes and counts the points of growing ones."""

    def __init__(self, crowd: "Table", number: int) -> None:
        super().__init__(crowd, number)
        self.table = crowd
        self.frames, self.notes = 0, dict[str, Any]()

    def heard(self, data: bytes, start: int, end: int) -> None:
        """Take one frame; those of notes are looked at here."""
        if self.table.is_bare:
            self.in_sync.set()
            self.table.note_heard(data, start, end)
        elif not data.startswith(b'{"stream":"notes:', start):
            super().heard(data, start, end)
        elif data.find(b'"kind":"drawing"', start, start + 200) >= 0:
            self.frames += 1
        elif data.find(b'"notes.changed"', start, start + 300) >= 0:
            if self.table.keeps:
                self.notes.update(json.loads(data[start:end])["data"]["notes"])
            if data.find(ON_CIRCLE, start, start + 120) >= 0:
                self.table.note_heard(data, start, end)


class Table(Crowd):
    """All tablets of one meeting with the paper open."""

    def __init__(self, port: int, path: str, cookies: list[str], *, is_bare: bool = False) -> None:
        super().__init__(port, path, cookies)
        self.tablets = [Tablet(self, number) for number in range(len(cookies))]
        self.seats = list[Seat](self.tablets)
        self.is_bare, self.keeps = is_bare, False
        self.waiting: dict[bytes, int] = {}
        self.sent: dict[bytes, float] = {}
        self.times: list[float] = []
        self.asked: dict[bytes, float] = {}
        self.answers: list[float] = []

    def note_heard(self, data: bytes, start: int, end: int) -> None:
        """Count a tablet that has a stroke; the last one ends its time."""
        at = data.find(b'"stroke ' if self.is_bare else b'"notes":{"', start, end)
        key = data[at + 8 : at + 44] if self.is_bare else data[at + 10 : at + 46]
        if key not in self.waiting:
            return
        self.waiting[key] -= 1
        if not self.waiting[key]:
            del self.waiting[key]
            self.times.append(time.perf_counter() - self.sent.pop(key))


tables: dict[str, Table] = {}


async def arrive(name: str, port: int, path: str, cookies: list[str]) -> float:
    """Let everybody in."""
    table = vote_clients.crowds[name] = tables[name] = Table(port, path, cookies, is_bare=name == "bare")
    return await table.arrive()


async def open_paper(name: str, document: str) -> float:
    """Let everybody open the paper; return the seconds until the last one has it."""
    table, left, done = tables[name], len(tables[name].seats), asyncio.get_running_loop().create_future()

    def answered(seat: Seat, text: bytes) -> None:
        nonlocal left
        left -= 1
        if not text.startswith(b'{"ack"'):
            vote_clients.end(text)
        if not left:
            done.set_result(None)

    start = time.perf_counter()
    for seat in table.seats:
        seat.answered = answered
        seat.say(table.command("read", {"document": document}))
    await asyncio.wait_for(done, 60)
    for seat in table.seats:
        seat.answered = only_acks
    return time.perf_counter() - start


def only_acks(seat: Seat, text: bytes) -> None:
    """Stop at anything that was refused; of strokes, keep how long the answer took."""
    if not text.startswith(b'{"ack"') or b'"code"' in text:
        vote_clients.end(text)
    table: Any = seat.crowd
    asked = table.asked.pop(text[8:44].replace(b"-", b"")[:32], None)
    if asked is not None:
        table.answers.append(time.perf_counter() - asked)


def pieces(place: float) -> Iterator[list[float]]:
    """Give a written line piece by piece: x, y, pressure."""
    for piece in range(PIECES):
        steps = [piece * POINTS + step for step in range(POINTS)]
        yield [
            number
            for step in steps
            for number in (
                round(60 + step * 1.7, 2),
                round(place + 9 * math.sin(step / 3), 2),
                round(0.5 + 0.3 * math.sin(step / 9), 2),
            )
        ]


async def draw(name: str, people: int, seconds: float, roots: list[int], **where: str) -> dict[str, Any]:
    """Let some people draw for a while; return how long finished strokes took to the last tablet, and the cost."""
    table = tables[name]
    table.times.clear()
    lag.times.clear()
    watching = asyncio.ensure_future(lag.slept("clients"))
    before = {pid: cpu_of(pid) for pid in family(roots)}
    start = time.perf_counter()
    until = start + seconds
    await asyncio.gather(*(one_draws(table, seat, until, where) for seat in table.seats[1 : people + 1]))
    elapsed = time.perf_counter() - start
    shares = {pid: (cpu_of(pid) - spent) / elapsed for pid, spent in before.items()}
    for _ in range(100):
        if not table.waiting:
            break
        await asyncio.sleep(0.1)
    watching.cancel()
    times, late = sorted(table.times), sorted(lag.times["clients"])
    frames = sum(seat.frames for seat in table.tablets) / len(table.seats) / elapsed
    lost = len(table.waiting)
    measured = {"times": times, "answers": sorted(table.answers), "late": late}
    return {**measured, "busiest": max(shares.values(), default=0.0), "frames": frames, "lost": lost}


def cpu_of(pid: int) -> float:
    """Return the CPU time of this process alone."""
    from tests.load.processes import PROC, TICKS, stat

    fields = stat(PROC / str(pid) / "stat")
    return (int(fields[11]) + int(fields[12])) / TICKS if fields else 0.0


async def one_draws(table: Table, seat: Seat, until: float, where: dict[str, str]) -> None:
    """Draw stroke after stroke, as a pen does."""
    await asyncio.sleep(seat.number * 0.083)
    count = 0
    while time.perf_counter() < until:
        count += 1
        stroke, points = str(uuid4()), list[float]()
        head = {"document": where["document"], "version": where["version"], "page": 1 + count % 20, "stroke": stroke}
        for piece in pieces(60 + seat.number * 50):
            points += piece
            if not table.is_bare:
                data = {**head, "to": {"circle": where["circle"]}, "style": STYLE, "points": piece}
                seat.say(masked(json.dumps({"do": "draw", "data": data})))
            await asyncio.sleep(EVERY)
        finish(table, seat, stroke, points, count, where)
        await asyncio.sleep(REST)


def finish(table: Table, seat: Seat, stroke: str, points: list[float], count: int, where: dict[str, str]) -> None:
    """Send the finished stroke and wait for it everywhere."""
    key = stroke.encode()
    table.waiting[key], table.sent[key] = len(table.seats), time.perf_counter()
    operation = put(stroke, count, points, where)
    if table.is_bare:
        text = f"stroke {stroke} {json.dumps(operation)}"
        seat.say(masked(json.dumps({"id": stroke, "do": "say", "data": {"text": text}})))
        return
    said = table.command("annotate", {"document": where["document"], "operations": [operation]})
    at = said.index(b'"id":"') + 6
    table.asked[said[at : at + 32]] = time.perf_counter()
    seat.say(said)


def put(note: str, count: int, points: list[float], where: dict[str, str]) -> dict[str, Any]:
    """Return the operation that makes a stroke."""
    said = {"version": where["version"], "page": 1 + count % 20, "kind": "ink", "shape": {"points": points}, "body": ""}
    to = {"circle": where["circle"]}
    return {"id": str(uuid4()), "stamp": count, "do": "put", "note": note, "style": STYLE, "to": to, **said}


async def carry_over(name: str, count: int, batch: int, **where: str) -> dict[str, Any]:
    """Send what was noted without a line, by requests; wait until every tablet has all of it, and compare."""
    table = tables[name]
    table.keeps = True
    points = [number for piece in pieces(300) for number in piece]
    notes = [str(uuid4()) for _ in range(count)]
    operations = [put(note, turn, points, where) for turn, note in enumerate(notes, start=1)]
    start = time.perf_counter()
    for at in range(0, count, batch):
        await asyncio.to_thread(post, table, where["document"], operations[at : at + batch])
    while any(len(seat.notes.keys() & set(notes)) < count for seat in table.tablets):
        await asyncio.sleep(0.02)
        if time.perf_counter() - start > 60:
            raise RuntimeError("somebody never got everything")
    elapsed = time.perf_counter() - start
    read = [json.loads(await asyncio.to_thread(get, table, seat, where["document"]))["notes"] for seat in table.seats]
    same = all(
        {note: seat.notes[note] for note in notes} == read[0] == one
        for seat, one in zip(table.tablets, read, strict=True)
    )
    ordered = sorted(notes, key=lambda note: read[0][note]["order"]) == notes
    return {"seconds": elapsed, "same": same, "ordered": ordered}


def post(table: Table, document: str, operations: list[dict[str, Any]]) -> None:
    """Send one batch as a page does when its network is back."""
    connection = http.client.HTTPConnection("127.0.0.1", table.port, timeout=60)
    token = "a" * 32
    host = f"http://127.0.0.1:{table.port}"
    headers = {
        "Cookie": f"{table.cookies[1]}; csrftoken={token}",
        "X-CSRFToken": token,
        "Referer": host,
        "Origin": host,
    }
    headers |= {"Content-Type": "application/json", "Accept": "application/json"}
    connection.request("POST", f"/documents/{document}/annotations/", json.dumps({"operations": operations}), headers)
    response = connection.getresponse()
    answers = json.loads(response.read())
    if response.status != 200 or not all(one.get("ok") for one in answers["answers"]):
        raise RuntimeError(str(answers)[:300])


def get(table: Table, seat: Seat, document: str) -> bytes:
    """Read the notes as one person sees them."""
    connection = http.client.HTTPConnection("127.0.0.1", table.port, timeout=60)
    headers = {"Cookie": table.cookies[seat.number], "Accept": "application/json"}
    connection.request("GET", f"/documents/{document}/annotations/", headers=headers)
    return connection.getresponse().read()


async def cost(roots: list[int]) -> float:
    """Return the CPU seconds so far."""
    return cpu_seconds(roots)


vote_clients.DOES.update({one.__name__: one for one in (arrive, leave, open_paper, draw, carry_over, cost)})

if __name__ == "__main__":
    asyncio.run(vote_clients.serve())
