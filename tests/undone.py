"""Trying something and taking it back, so that one world serves many tries."""

from collections.abc import Iterator
from contextlib import contextmanager
from copy import deepcopy
from typing import TypeVar

from django.db import transaction

Thing = TypeVar("Thing")


@contextmanager
def undone(thing: Thing) -> Iterator[Thing]:
    """Give the block a copy of the thing, and afterwards the database back as it was."""
    attempt = transaction.atomic()
    attempt._from_testcase = True  # type: ignore[attr-defined]  # as Django's own: actions open outermost transactions
    with attempt:
        yield deepcopy(thing)
        transaction.set_rollback(True)


@contextmanager
def named(*words: object) -> Iterator[None]:
    """Say in what fails here which of many tries it was."""
    try:
        yield
    except BaseException as error:
        error.add_note(" · ".join(str(word) for word in words))
        raise
