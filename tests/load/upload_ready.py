"""Upload → pictures and text of 100 pages ready: through the form, the gate, the worker, as a clerk meets it.

A small paper goes first: when it is ready, the worker is through with the demo's own papers.
"""

import json
import tempfile
import time
import urllib.request
from pathlib import Path
from typing import Any
from uuid import uuid4

from tests.load import page_files
from tests.load.pages import signed_in
from tests.load.report import report
from tests.servers.app import AppServer, app_server

PAGES, ROUNDS, LONGEST = 100, 3, 120.0


def asked(server: AppServer, cookies: str, path: str, **more: Any) -> Any:
    """Return the JSON answer to a request of the clerk's."""
    headers = {"Cookie": cookies, "Accept": "application/json", "Referer": server.url + path, **more.pop("headers", {})}
    request = urllib.request.Request(server.url + path, headers=headers, **more)
    with urllib.request.urlopen(request, timeout=60) as answer:
        return json.loads(answer.read())


def upload(server: AppServer, cookies: str, name: str, data: bytes) -> str:
    """Send the file as the drop zone does and return the address of its page."""
    edge = uuid4().hex
    token = next(pair.partition("=")[2] for pair in cookies.split("; ") if pair.startswith("csrftoken="))
    head = f'--{edge}\r\nContent-Disposition: form-data; name="file"; filename="{name}"\r\n'
    body = head.encode() + b"Content-Type: application/pdf\r\n\r\n" + data + f"\r\n--{edge}--\r\n".encode()
    headers = {"Content-Type": f"multipart/form-data; boundary={edge}", "X-CSRFToken": token}
    return str(asked(server, cookies, "/documents/upload/", data=body, headers=headers)["url"])


def ready_after(server: AppServer, cookies: str, data: bytes, number: int) -> float:
    """Return the seconds from the first byte sent until pictures and text are there."""
    began = time.monotonic()
    page = upload(server, cookies, f"paper-{number}.pdf", data)
    while time.monotonic() - began < LONGEST:
        if not asked(server, cookies, f"{page}versions/1/viewer.json")["waiting"]:
            return time.monotonic() - began
        time.sleep(0.1)
    raise RuntimeError("the paper was never ready")


def main() -> None:
    """Print one line: the slowest of the rounds."""
    with tempfile.TemporaryDirectory(prefix="nghisu-upload-") as name, app_server(DEMO="1", arguments=[]) as server:
        clerk = next(one for one in json.loads(server.manage("demo", "--json")) if "clerk" in one["roles"])
        cookies = signed_in(server, clerk["username"], clerk["password"])
        times = []
        page_files.text(Path(name) / "first.pdf", pages=1)
        ready_after(server, cookies, (Path(name) / "first.pdf").read_bytes(), PAGES)
        for number in range(ROUNDS):
            path = Path(name) / f"{number}.pdf"
            page_files.text(path, pages=PAGES, rows=22 + number)
            times.append(ready_after(server, cookies, path.read_bytes(), number))
    params = {"pages": PAGES, "rounds": ROUNDS, "part": "slowest", "server": "daphne", "db": "sqlite"}
    report("upload_ready", params, max(times), "s")


if __name__ == "__main__":
    main()
