"""What clerks write: about a meeting, an agenda item, a participant."""

from dataclasses import asdict, dataclass
from datetime import datetime


@dataclass(frozen=True)
class Details:
    """What a clerk writes about a meeting."""

    kind: str
    title: str
    starts_at: datetime
    ends_at: datetime
    place: str = ""

    def as_data(self) -> dict[str, str]:
        """Return the details as JSON values for the record."""
        return {key: value.isoformat() if isinstance(value, datetime) else value for key, value in asdict(self).items()}


@dataclass(frozen=True)
class Matter:
    """What an agenda item says; `minutes` planned, 0 = not planned."""

    title: str
    presenter: str = ""
    minutes: int = 0


@dataclass(frozen=True)
class Seat:
    """What a person is in the meeting: role, vote, post as printed, seat."""

    role: str
    votes: bool = False
    title: str = ""
    seat: str = ""
