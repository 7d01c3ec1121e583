"""How long the main pages take on a running server with the demo filled: one by one, and with 90 requests in flight.

Each line names the page, how many requests are in flight (`n`), which part of the answers is within the value (`part`)
and how many statements the page asks. The reference is `/healthz?db=1` of the same server under the same
load, measured before each page and taken together: what Django, the server and one statement cost.
"""

import json
import subprocess
import sys
from pathlib import Path

from tests.browsing import Visitor
from tests.load.report import report
from tests.servers.app import AppServer, app_server

ROOT = Path(__file__).resolve().parents[2]
REFERENCE = "healthz"
PARTS = {"p50": 0.50, "p95": 0.95}


def targets(server: AppServer) -> list[dict[str, str]]:
    """Return the pages to open: address, query count, and the cookies of who opens them."""
    people = json.loads(server.manage("demo", "--json"))
    passwords = {one["username"]: one["password"] for one in people}
    found = json.loads(child(["tests.load.page_targets"], server, json.dumps(people)))
    cookies = {name: signed_in(server, name, passwords[name]) for name in {one["user"] for one in found}}
    return [{**one, "cookies": cookies[one["user"]]} for one in found]


def child(module: list[str], server: AppServer, text: str) -> str:
    """Run one of our modules on the server's installation and return what it prints."""
    command = [sys.executable, "-m", *module]
    environment = {**server.environment, "PYTHONPATH": str(ROOT)}
    run = subprocess.run(command, cwd=ROOT, env=environment, input=text, stdout=subprocess.PIPE, text=True, check=True)
    return run.stdout


def signed_in(server: AppServer, username: str, password: str) -> str:
    """Sign in through the form and return the Cookie header."""
    visitor = Visitor(server.url)
    answer = visitor.post("/accounts/login/", {"login": username, "password": password})
    if answer.status != 200 or answer.path == "/accounts/login/":
        raise RuntimeError(f"{username} was not let in: {answer.status} {answer.path}")
    return "; ".join(f"{cookie.name}={cookie.value}" for cookie in visitor.cookies)


def part(times: list[float], share: float) -> float:
    """Return the time within which this share of the answers came."""
    return sorted(times)[min(int(len(times) * share), len(times) - 1)]


def main() -> None:
    """Print two lines per page and load."""
    with app_server(SERVER="daphne", DEMO="1") as server:
        pages = targets(server)
        health = {"page": REFERENCE, "path": "/healthz?db=1", "cookies": "", "range": ""}
        asked = [target for page in pages for target in (health, page)]
        measured = json.loads(child(["tests.load.page_clients", server.url], server, json.dumps(asked)))
    for page in pages:
        for load, times in measured[page["page"]].items():
            for name, share in PARTS.items():
                params = {"page": page["page"], "n": int(load), "part": name, "queries": page["queries"]}
                reference = part(measured[REFERENCE][load], share)
                report("pages", {**params, "server": "daphne", "db": "sqlite"}, part(times, share), "ms", reference)


if __name__ == "__main__":
    main()
