"""Ten people draw on a shared paper, a hall of tablets watches: finished stroke → the last tablet, and what it costs.

The reference is a bare `websockets` server that broadcasts as many bytes at the same moments and keeps nothing.
"""

import json
import sys
import tempfile
from contextlib import ExitStack
from pathlib import Path
from typing import Any

from tests.load.fanout import bare_server
from tests.load.files import allow_many_files
from tests.load.report import report
from tests.load.votes import child, crowd
from tests.servers.app import app_server

TABLETS, PEOPLE, SECONDS = 200, 10, 15.0
SERVERS = ("daphne", "uvicorn")


def run(server: str, tablets: int) -> None:
    """Print the lines of one server."""
    params: dict[str, Any] = {"n": tablets, "drawing": PEOPLE, "server": server, "db": "sqlite"}
    with tempfile.TemporaryDirectory(prefix="nghisu-drawing-") as folder, ExitStack() as stack:
        clients = stack.enter_context(crowd("tests.load.drawing_clients"))
        watcher = stack.enter_context(crowd("tests.load.lag"))
        app = stack.enter_context(app_server(data_dir=Path(folder) / "data", SERVER=server, DEMO="0"))
        room = json.loads(child(["tests.load.drawing_hall", str(tablets)], app))
        where = {name: room[name] for name in ("document", "version", "circle")}
        bare = stack.enter_context(bare_server())
        clients("arrive", name="bare", port=bare, path="/", cookies=room["cookies"])
        reference = clients("draw", name="bare", people=PEOPLE, seconds=SECONDS, roots=[], **where)
        clients("leave", name="bare")
        clients("arrive", name="room", port=app.port, path=room["path"], cookies=room["cookies"])
        report("drawing_open", params, clients("open_paper", name="room", document=room["document"]), "s")
        watcher("watch", port=app.port, path=room["path"], cookie=room["cookies"][-1], folder=folder)
        watcher("begin")
        found = clients("draw", name="room", people=PEOPLE, seconds=SECONDS, roots=[app.process.pid], **where)
        late = watcher("found")
    if found["lost"] or reference["lost"]:
        raise SystemExit(f"{found['lost']} strokes never came to everybody")
    for name, part in (("p50", 0.5), ("p95", 0.95)):
        report(f"drawing_stroke_{name}", params, at(found["times"], part), "ms", at(reference["times"], part))
    report("drawing_strokes", params, len(found["times"]) / SECONDS, "strokes/s")
    report("drawing_frames", params, found["frames"], "frames/s each tablet")
    report("drawing_busiest_process", params, found["busiest"], "cores")
    who_was_late(params, found, late)


def who_was_late(params: dict[str, Any], found: dict[str, Any], late: dict[str, list[float]]) -> None:
    """Print whose turn was late meanwhile; the reference is what the machine kept everybody waiting."""
    machine = at(late["machine"], 0.95)
    report("drawing_server_lag_p95", params, at(late["server"], 0.95), "ms", machine)
    report("drawing_server_lag_worst", params, at(late["server"], 1), "ms", at(late["machine"], 1))
    report("drawing_clients_lag_p95", params, at(found["late"], 0.95), "ms", machine)
    report("drawing_clients_lag_worst", params, at(found["late"], 1), "ms", at(late["machine"], 1))
    report("drawing_answer_p95", params, at(found["answers"], 0.95), "ms", at(late["disk"], 0.95))
    report("drawing_answer_worst", params, at(found["answers"], 1), "ms", at(late["disk"], 1))


def at(times: list[float], part: float) -> float:
    """Return a quantile in milliseconds."""
    return times[min(len(times) - 1, int(len(times) * part))] * 1000


def main() -> None:
    """Measure every server, or the one that is named."""
    allow_many_files()
    for server in sys.argv[1:2] or SERVERS:
        run(server, int(sys.argv[2]) if len(sys.argv) > 2 else TABLETS)


if __name__ == "__main__":
    main()
