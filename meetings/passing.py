"""Passing frames of a page: without an id, never answered, never stored; each verb checked by its schema.

A module of verbs registers itself with `@passing(name, Schema)`, and `@parting` what to do when a page leaves:

    @passing("shown", ShownData)
    def shown(session: RoomSession, data: ShownData) -> None: ...

They run on the event loop and must not touch rows; one that has to is `async` and does so with `in_thread`. What comes
too often, is not understood or fails is dropped without a word.
"""

from collections.abc import Awaitable, Callable
from inspect import isawaitable
from typing import Any

from ninja import Schema
from pydantic import ValidationError

from live.frames import Request

Session = Any  # meetings.session.RoomSession, which imports this module
Passed = Callable[[Session, Any], Awaitable[None] | None]
Parted = Callable[[Session], None]
PASSING: dict[str, tuple[type[Schema], Passed]] = {}
PARTING: list[Parted] = []


def passing(name: str, schema: type[Schema]) -> Callable[[Passed], Passed]:
    """Register what a passing frame of this name does."""

    def register(work: Passed) -> Passed:
        PASSING[name] = schema, work
        return work

    return register


def parting(work: Parted) -> Parted:
    """Register what is done when a page leaves the room."""
    PARTING.append(work)
    return work


async def pass_on(session: Session, request: Request) -> None:
    """Do what a passing frame asks, if there is such a thing and its data is understood."""
    schema, work = PASSING.get(request.do, (None, None))
    if schema is None or work is None:
        return
    try:
        data = schema.model_validate(request.data)
    except ValidationError:
        return
    done = work(session, data)
    if isawaitable(done):
        await done


def part(session: Session) -> None:
    """Let everybody know that a page has left."""
    for work in PARTING:
        work(session)
