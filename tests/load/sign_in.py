"""A full room signs in at once, from one address: how long until the last one is in, against bare argon2."""

import statistics
import time
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

from argon2 import PasswordHasher

from tests.browsing import Visitor
from tests.load.report import report
from tests.servers.app import AppServer, app_server

PEOPLE = 200
AT_ONCE = 4
PASSWORD = "mật-khẩu-của-phòng-họp-2026"
FILL = f"""
from datetime import date
from django.contrib.auth.hashers import make_password
from people.actions import agencies, users
from people.models import Post, User
from people.queries import system_user
from django.utils import timezone
by, at = system_user(), timezone.now()
day = date(2026, 1, 1)
agency = agencies.create(code="P", name="P", abbreviation="P", place="P", from_day=day, by=by, at=at)
hashed = make_password({PASSWORD!r})
people = [User(username=f"dai.bieu{{n:03d}}", full_name=f"Đại biểu {{n}}", sort_key=str(n), password=hashed)
          for n in range({PEOPLE})]
people = User.objects.bulk_create(people)
Post.objects.bulk_create(Post(user=u, agency=agency, role="official", title="Đại biểu", valid_from=day) for u in people)
"""


def bare_argon2() -> float:
    """Return how long the same computations take with nothing around them."""
    hasher = PasswordHasher(time_cost=2, memory_cost=19 * 1024, parallelism=1)
    hashed = hasher.hash(PASSWORD)
    start = time.monotonic()
    with ThreadPoolExecutor(AT_ONCE) as pool:
        list(pool.map(lambda _: hasher.verify(hashed, PASSWORD), range(PEOPLE)))
    return time.monotonic() - start


def room(server: AppServer) -> list[float]:
    """Open the page on every tablet, then press the button on all of them together."""
    everybody = Barrier(PEOPLE)

    def one(number: int) -> float:
        visitor = Visitor(server.url)
        visitor.get("/accounts/login/")
        everybody.wait()
        start = time.monotonic()
        answer = visitor.post("/accounts/login/", {"login": f"dai.bieu{number:03d}", "password": PASSWORD})
        taken = time.monotonic() - start
        if answer.status != 200 or answer.path == "/accounts/login/":
            raise RuntimeError(f"person {number} was not let in: {answer.status} {answer.path}")
        return taken

    with ThreadPoolExecutor(PEOPLE) as pool:
        return sorted(pool.map(one, range(PEOPLE)))


def measure(server_name: str, reference: float) -> None:
    """Fill an installation and let the room in."""
    with app_server(SERVER=server_name, DEMO="0") as server:
        server.manage("shell", "-c", FILL)
        times = room(server)
    params = {"n": PEOPLE, "server": server_name, "db": "sqlite"}
    report("sign_in_last", params, times[-1], "s", reference)
    report("sign_in_median", params, statistics.median(times), "s", reference)


def main() -> None:
    """Measure on both servers."""
    reference = bare_argon2()
    for server_name in ("daphne", "uvicorn"):
        measure(server_name, reference)


if __name__ == "__main__":
    main()
