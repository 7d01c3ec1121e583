"""The thread that writes for the sockets of a room: one per process, with a database connection it keeps.

`database_sync_to_async` shares its thread with every page and may close the connection after each call.
"""

import asyncio
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextvars import copy_context
from typing import TypeVar

from django.db import connection
from django.db.utils import Error as DatabaseError

R = TypeVar("R")
_thread = ThreadPoolExecutor(max_workers=1, thread_name_prefix="live-writer")


async def in_writer(work: Callable[[], R]) -> R:
    """Do `work` (call actions, read a snapshot) on the writer's thread; one after the other."""
    return await asyncio.get_running_loop().run_in_executor(_thread, copy_context().run, done, work)


def done(work: Callable[[], R]) -> R:
    """Do `work`; after a failure of the database the next one begins with a fresh connection."""
    try:
        return work()
    except DatabaseError:
        connection.close()
        raise


async def close_writer() -> None:
    """Close the writer's connection; it opens again when needed."""
    await in_writer(connection.close)
