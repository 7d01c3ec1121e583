"""Pages run on a few kept threads, in order; slow bodies, long answers and stuck pages hold up nobody."""

import asyncio
import threading
import time
from collections.abc import Callable
from typing import Any

import pytest
from asgiref.sync import sync_to_async

from config.threads import Threads, on_kept_threads

SCOPE = {"type": "http"}
START = {"type": "http.response.start", "status": 200, "headers": []}
END = {"type": "http.response.body", "body": b""}


def page(work: Callable[[], Any], *, before: float = 0, after: float = 0):
    """An application as Django is one: reads, works in a thread, answers, cleans up in the same thread."""

    async def application(scope, receive, send) -> None:
        await asyncio.sleep(before)
        await sync_to_async(work)()
        await send(START)
        await asyncio.sleep(after)
        await send(END)
        await sync_to_async(work)()

    return application


async def nothing(*_: Any) -> None:
    return None


async def crowd(application, threads: Threads, size: int) -> None:
    answering = on_kept_threads(application, threads)
    await asyncio.gather(*(answering(SCOPE, nothing, nothing) for _ in range(size)))


def run(coroutine) -> Any:
    return asyncio.run(asyncio.wait_for(coroutine, 20))


def test_a_crowd_shares_the_kept_threads():
    seen: list[int] = []

    def work() -> None:
        seen.append(threading.get_ident())
        time.sleep(0.002)

    threads = Threads(kept=3)
    run(crowd(page(work), threads, 60))
    assert len(seen) == 120
    assert len(set(seen)) == 3
    assert (threads.count, len(threads.idle), len(threads.waiting), threads.users) == (3, 3, 0, {})


def test_who_came_first_is_served_first():
    order: list[int] = []

    async def several() -> None:
        threads = Threads(kept=1)
        made = [on_kept_threads(page(lambda number=number: order.append(number)), threads) for number in range(20)]
        await asyncio.gather(*(one(SCOPE, nothing, nothing) for one in made))

    run(several())
    assert list(dict.fromkeys(order)) == list(range(20))


def test_one_request_stays_on_one_thread():
    async def application(scope, receive, send) -> None:
        names = {await sync_to_async(lambda: threading.get_ident())() for _ in range(5)}
        assert len(names) == 1
        await send(START)
        names.add(await sync_to_async(lambda: threading.get_ident())())
        assert len(names) == 1

    run(crowd(application, Threads(kept=4), 40))


@pytest.mark.parametrize("slow", [{"before": 0.3}, {"after": 0.3}])
def test_slow_uploads_and_long_downloads_hold_no_thread(slow):
    async def both() -> float:
        threads = Threads(kept=2, patience=30)
        lasting = asyncio.ensure_future(crowd(page(lambda: None, **slow), threads, 10))
        await asyncio.sleep(0.05)
        started = time.perf_counter()
        await crowd(page(lambda: None), threads, 10)
        taken = time.perf_counter() - started
        await lasting
        return taken

    assert run(both()) < 0.2


def test_stuck_pages_get_company_that_leaves_again():
    stuck = threading.Event()

    async def both() -> tuple[int, int]:
        threads = Threads(kept=2, patience=0.05)
        waiting = asyncio.ensure_future(crowd(page(lambda: stuck.wait(10)), threads, 2))
        await asyncio.sleep(0.02)
        await crowd(page(lambda: None), threads, 5)
        during = threads.count
        stuck.set()
        await waiting
        await crowd(page(lambda: None), threads, 5)
        return during, threads.count

    during, after = run(both())
    assert during >= 2
    assert after == 2


def test_a_visitor_who_leaves_the_queue_is_forgotten():
    release = threading.Event()

    async def both() -> Threads:
        threads = Threads(kept=1, patience=30)
        busy = asyncio.ensure_future(crowd(page(lambda: release.wait(10)), threads, 1))
        await asyncio.sleep(0.02)
        gone = asyncio.ensure_future(crowd(page(lambda: None), threads, 3))
        await asyncio.sleep(0.02)
        assert len(threads.waiting) == 3
        gone.cancel()
        await asyncio.gather(gone, return_exceptions=True)
        assert len(threads.waiting) == 0
        release.set()
        await busy
        await crowd(page(lambda: None), threads, 3)
        return threads

    threads = run(both())
    assert (threads.count, len(threads.idle), threads.users) == (1, 1, {})


def test_an_answer_before_any_work_in_a_thread():
    async def application(scope, receive, send) -> None:
        await send(START)
        await send(END)
        await sync_to_async(lambda: None)()

    threads = Threads(kept=1)
    run(crowd(application, threads, 5))
    assert (threads.count, len(threads.idle), threads.users) == (1, 1, {})


def test_an_error_in_a_page_is_the_page_s_own():
    def fails() -> None:
        raise LookupError("not here")

    threads = Threads(kept=1)
    for _ in range(3):
        with pytest.raises(LookupError):
            run(crowd(page(fails), threads, 1))
    assert (threads.count, len(threads.idle), threads.users) == (1, 1, {})
