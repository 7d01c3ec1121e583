"""One command: what it is, and the register of those there are."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from ninja import Schema
from pydantic import ValidationError

from ledger.verdict import Refused
from meetings.models import Meeting
from people.models import User

Outcome = Mapping[str, Any]


@dataclass(frozen=True)
class Order:
    """One command: what to do, its data, who sent it and when it was received."""

    do: str
    data: Mapping[str, Any]
    client_id: UUID
    by: User
    at: datetime


class NoData(Schema):
    """A command without data."""


Work = Callable[[Meeting, Order, Any], Outcome | None]
COMMANDS: dict[str, tuple[type[Schema], Work]] = {}


def command(schema: type[Schema]) -> Callable[[Work], Work]:
    """Register the function as the command of its own name."""

    def register(work: Work) -> Work:
        COMMANDS[work.__name__] = schema, work
        return work

    return register


def understood(schema: type[Schema], data: Mapping[str, Any]) -> Any:
    """Return the data in its schema, or refuse it."""
    try:
        return schema.model_validate(data)
    except ValidationError as error:
        raise Refused("bad_frame") from error
