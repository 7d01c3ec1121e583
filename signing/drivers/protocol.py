"""The one shape every driver has."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Protocol


class Progress(StrEnum):
    """Where a begun signature stands."""

    WAITING = "waiting"
    READY = "ready"
    FAILED = "failed"


class DriverRefused(Exception):
    """No value was made; `code` is a refusal of `signing/reasons.py`."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


@dataclass(frozen=True, slots=True)
class Ticket:
    """A begun signature: `reference` is the driver's own name for it and may be kept between requests."""

    driver: str
    reference: str


class Driver(Protocol):
    """Makes RSA PKCS#1 v1.5 SHA-256 values; `begin` returns at once, `poll` may be asked for minutes."""

    name: str

    def begin(self, to_be_signed: bytes) -> Ticket:
        """Hand over what is to be signed."""
        ...

    def poll(self, ticket: Ticket) -> Progress:
        """Say whether the value is there yet."""
        ...

    def finish(self, ticket: Ticket) -> bytes:
        """Return the value of a ticket that is ready, once."""
        ...
