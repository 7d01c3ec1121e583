"""What clerks write: about a meeting, an agenda item, a participant; every text in NFC, however it was typed."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields, replace
from datetime import datetime
from typing import TYPE_CHECKING, Any
from uuid import UUID

from search.fold import composed

if TYPE_CHECKING:
    from meetings.models import AgendaItem, Meeting, Site


@dataclass(frozen=True)
class Written:
    """Brings the texts of what was written into one spelling."""

    def __post_init__(self) -> None:
        for field in fields(self):
            value = getattr(self, field.name)
            if isinstance(value, str):
                object.__setattr__(self, field.name, composed(value))
            elif isinstance(value, tuple):
                object.__setattr__(self, field.name, tuple(composed(line).strip() for line in value))


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


@dataclass(frozen=True)
class SiteDetails(Written):
    """What is written about a site: its name, where it is, the link to join it."""

    name: str
    place: str = ""
    join_link: str = ""


@dataclass(frozen=True)
class Entry(Written):
    """How people get in: by themselves or only with the room's code, and the link for those online."""

    self_check_in: bool = True
    join_link: str = ""


@dataclass(frozen=True)
class Asked(Written):
    """A question to put to the vote; `form` approve, one or several, `rule` a way of deciding the kind knows.

    Of `options`, written where one or several are chosen, each person chooses `least` to `most`. `seconds` is the
    countdown: None as the rule has it, 0 none.
    """

    question: str
    form: str = "approve"
    rule: str = "ordinary"
    options: tuple[str, ...] = ()
    least: int = 1
    most: int = 1
    seconds: int | None = None
    secret: bool = False


@dataclass(frozen=True)
class Chosen(Written):
    """What one person chooses: one option, or several codes, and the words of another opinion."""

    choice: str = ""
    choices: tuple[str, ...] = ()
    remark: str = ""

    @property
    def codes(self) -> tuple[str, ...]:
        """The codes chosen."""
        return (self.choice,) if self.choice else self.choices


@dataclass(frozen=True)
class Counted(Written):
    """What was counted outside the program: per option, how many were present and gave a ballot, where and how."""

    counts: Mapping[str, int]
    present: int
    note: str
    cast: int | None = None


def written(site: "Site") -> SiteDetails:
    """Return what is written about a site."""
    return SiteDetails(site.name, site.place, site.join_link)


def entry_of(meeting: "Meeting") -> Entry:
    """Return how people get into a meeting."""
    return Entry(meeting.self_check_in, meeting.join_link)


def details_of(meeting: "Meeting") -> Details:
    """Return what is written about a meeting."""
    return Details(
        meeting.kind,
        meeting.title,
        meeting.starts_at,
        meeting.ends_at,
        meeting.place,
        meeting.room_id,
        meeting.chairing_unit_id,
        meeting.reply_by,
    )


def moved_to(details: Details, starts_at: datetime) -> Details:
    """Return the details for another start: end and reply time keep their distance."""
    shift = starts_at - details.starts_at
    reply_by = details.reply_by + shift if details.reply_by else None
    return replace(details, starts_at=starts_at, ends_at=details.ends_at + shift, reply_by=reply_by)


def carried_over(meeting: "Meeting", before: Details, after: Details) -> Details:
    """Return what a later meeting says once what was changed in an earlier one is carried over.

    Only what was changed is carried: a later meeting that was given another time or place of its own keeps the rest.
    """
    own = details_of(meeting)
    shift = after.starts_at - before.starts_at
    longer = (after.ends_at - after.starts_at) - (before.ends_at - before.starts_at)
    place = (after.place, after.room_id) if (before.place, before.room_id) != (after.place, after.room_id) else None
    return replace(
        own,
        title=after.title if before.title != after.title else own.title,
        starts_at=own.starts_at + shift,
        ends_at=own.ends_at + shift + longer,
        place=place[0] if place else own.place,
        room_id=place[1] if place else own.room_id,
        reply_by=own.reply_by + shift if own.reply_by else None,
    )


def matter_of(item: "AgendaItem") -> Matter:
    """Return what an item says."""
    return Matter(item.title, item.presenter, item.minutes, item.owner_unit_id, item.hidden)
