"""What clerks write: about a meeting, an agenda item, a participant; every text in NFC, however it was typed."""

from dataclasses import asdict, dataclass, fields
from datetime import datetime
from typing import Any
from uuid import UUID

from search.fold import composed


@dataclass(frozen=True)
class Written:
    """Brings the texts of what was written into one spelling."""

    def __post_init__(self) -> None:
        for field in fields(self):
            value = getattr(self, field.name)
            if isinstance(value, str):
                object.__setattr__(self, field.name, composed(value))


@dataclass(frozen=True)
class Details(Written):
    """What a clerk writes about a meeting."""

    kind: str
    title: str
    starts_at: datetime
    ends_at: datetime
    place: str = ""
    room_id: int | None = None
    chairing_unit_id: int | None = None
    reply_by: datetime | None = None

    def as_data(self) -> dict[str, Any]:
        """Return the details as JSON values for the record."""
        return {key: value.isoformat() if isinstance(value, datetime) else value for key, value in asdict(self).items()}


@dataclass(frozen=True)
class Matter(Written):
    """What an agenda item says; `minutes` planned, 0 = not planned; a hidden one is for those who prepare it."""

    title: str
    presenter: str = ""
    minutes: int = 0
    owner_unit_id: int | None = None
    hidden: bool = False


@dataclass(frozen=True)
class Spot:
    """A place on the agenda, told by its neighbour: right after that item (None: first), so far in."""

    after: UUID | None = None
    depth: int = 0


@dataclass(frozen=True)
class Seat(Written):
    """What a person is in the meeting: role, vote, post as printed, seat."""

    role: str
    votes: bool = False
    title: str = ""
    seat: str = ""
