"""Copies made of whole files in memory: few at a time, or a meeting that saves its papers together fills the memory."""

import asyncio
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from datetime import datetime
from threading import BoundedSemaphore

from django.http import HttpResponse

from documents.marking import MarkingFailed
from documents.models import Version
from documents.protection import marked_for
from documents.queries import read_version
from documents.serving import copy_response
from ledger.verdict import Refused
from people.models import User

AT_ONCE = 2
PATIENCE = 60  # seconds
_places = BoundedSemaphore(AT_ONCE)
# Threads of their own: who waits for a place must not hold up those who turn pages.
_COPIERS = ThreadPoolExecutor(AT_ONCE, thread_name_prefix="copies")


@contextmanager
def in_turn() -> Iterator[None]:
    """Take one of the few places, or wait for it; refused while all of them stay taken."""
    if not _places.acquire(timeout=PATIENCE):
        raise Refused("copies_busy")
    try:
        yield
    finally:
        _places.release()


def readers_copy(version: Version, reader: User, at: datetime) -> HttpResponse:
    """Answer with the pages of a marked document under the reader's name; never with the file as it came. Slow."""
    if version.rendition.purged_at is not None:
        raise Refused("purged")
    try:
        with in_turn():
            data = marked_for(reader, read_version(version), at)
    except MarkingFailed as failed:
        raise Refused("not_marked") from failed
    return copy_response(data, f"{version.document.title}.pdf")


async def readers_copy_later(version: Version, reader: User, at: datetime) -> HttpResponse:
    """Do the same beside the event loop."""
    return await asyncio.get_running_loop().run_in_executor(_COPIERS, readers_copy, version, reader, at)
