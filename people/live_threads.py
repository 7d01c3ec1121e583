"""The threads on which live lines read and write rows: Django's own bridge has one thread for everything."""

import asyncio
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from copy import copy
from typing import TypeVar

from django.db import DatabaseError, connection

from people.models import User

R = TypeVar("R")

# A room that fills up needs a few, each with its connection.
threads = ThreadPoolExecutor(max_workers=4, thread_name_prefix="room")


async def in_thread(work: Callable[[], R]) -> R:
    """Do database work on one of the room's threads."""
    return await asyncio.get_running_loop().run_in_executor(threads, guarded, work)


def guarded(work: Callable[[], R]) -> R:
    """Do the work; a connection that failed is not used again."""
    try:
        return work()
    except DatabaseError:
        connection.close()
        raise


def fresh(user: User) -> User:
    """Return the person with their posts to be read again, acting in the post they came in with."""
    again = copy(user)
    for kept in ("posts_today", "administered_today"):
        again.__dict__.pop(kept, None)
    return again
