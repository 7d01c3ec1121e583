"""A thousand operations noted without a network are sent when it is back: until every tablet has all of them.

Content and order are compared: what each tablet made of the events, and what the server tells each of them.
"""

import json
import tempfile
from contextlib import ExitStack
from pathlib import Path

from tests.load.drawing import SERVERS
from tests.load.files import allow_many_files
from tests.load.report import report
from tests.load.votes import child, crowd
from tests.servers.app import app_server

OPERATIONS, BATCH, TABLETS = 1_000, 250, 10


def run(server: str) -> None:
    """Print the line of one server."""
    with tempfile.TemporaryDirectory(prefix="nghisu-offline-") as folder, ExitStack() as stack:
        clients = stack.enter_context(crowd("tests.load.drawing_clients"))
        app = stack.enter_context(app_server(data_dir=Path(folder) / "data", SERVER=server, DEMO="0"))
        room = json.loads(child(["tests.load.drawing_hall", str(TABLETS)], app))
        where = {name: room[name] for name in ("document", "version", "circle")}
        clients("arrive", name="room", port=app.port, path=room["path"], cookies=room["cookies"])
        clients("open_paper", name="room", document=room["document"])
        found = clients("carry_over", name="room", count=OPERATIONS, batch=BATCH, **where)
    if not (found["same"] and found["ordered"]):
        raise SystemExit(f"not the same everywhere: {found}")
    params = {"operations": OPERATIONS, "n": TABLETS, "server": server, "db": "sqlite"}
    report("offline_in_sync", params, found["seconds"], "s")


def main() -> None:
    """Measure every server."""
    allow_many_files()
    for server in SERVERS:
        run(server)


if __name__ == "__main__":
    main()
