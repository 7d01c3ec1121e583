"""The readers of `pages`, in a process of their own: milliseconds until the last byte of each answer."""

import asyncio
import json
import sys
import time
from typing import Any

import httpx

WARM_UP = 5
ALONE = 60
CROWD = 90
EACH = 4


async def timed(client: httpx.AsyncClient, target: dict[str, Any]) -> float:
    """Open the page once."""
    headers = {"Cookie": target["cookies"], "Accept-Language": "vi"}
    headers |= {"Range": target["range"]} if target["range"] else {}
    start = time.perf_counter()
    answer = await client.get(target["path"], headers=headers)
    taken = (time.perf_counter() - start) * 1000
    if answer.status_code not in (200, 206):
        raise RuntimeError(f"{target['page']} answered {answer.status_code}")
    return taken


async def several(client: httpx.AsyncClient, target: dict[str, Any], times: int) -> list[float]:
    """Open the page again and again, as one reader."""
    return [await timed(client, target) for _ in range(times)]


async def measured(url: str, targets: list[dict[str, Any]]) -> dict[str, dict[int, list[float]]]:
    """Open each page alone, then as a crowd."""
    limits = httpx.Limits(max_connections=CROWD, max_keepalive_connections=CROWD)
    found: dict[str, dict[int, list[float]]] = {}
    async with httpx.AsyncClient(base_url=url, limits=limits, timeout=120, trust_env=False) as client:
        for target in targets:
            await several(client, target, WARM_UP)
            alone = await several(client, target, ALONE)
            crowd = await asyncio.gather(*(several(client, target, EACH) for _ in range(CROWD)))
            found[target["page"]] = {1: alone, CROWD: [taken for reader in crowd for taken in reader]}
    return found


if __name__ == "__main__":
    print(json.dumps(asyncio.run(measured(sys.argv[1], json.loads(sys.stdin.read())))))
