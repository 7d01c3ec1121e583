"""Preparing and clearing what a rehearsal needs, and telling how it went."""

import asyncio
import ssl
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta

from django.utils import timezone
from django.utils.translation import gettext as _

from ledger.days import legal_day
from meetings.actions import rehearsals
from meetings.kinds import kinds_on
from meetings.models import Meeting
from meetings.queries.rehearsals import left_over
from meetings.rehearsal.delegate import Address, Delegate
from meetings.rehearsal.run import Finding, rehearse
from people.actions import simulated
from people.models import Agency, User
from people.queries import system_user

VALID_FOR = timedelta(hours=1)
Tell = Callable[[Finding], None]


@dataclass(frozen=True)
class Stage:
    """A rehearsal's meeting and the tokens of who takes part, the chair's first."""

    meeting: Meeting
    tokens: list[str]


@contextmanager
def staged(agency: Agency, count: int) -> Iterator[Stage]:
    """Have the simulated people and their meeting exist, and be gone afterwards whatever happens."""
    clear_left_over()
    by, at = system_user(), timezone.now()
    people = simulated.enlist(agency, count=count + 2, valid_for=VALID_FOR, by=by, at=at)
    users = [user for user, _token in people]
    kind = kinds_on(legal_day(at))[0].code
    try:
        meeting = rehearsals.prepare(agency, kind=kind, people=users, by=by, at=at)
    except BaseException:
        simulated.dismiss(agency, people=users, by=by, at=at)
        raise
    try:
        yield Stage(meeting, [token for _user, token in people])
    finally:
        end(meeting, users)


def end(meeting: Meeting, users: list[User]) -> None:
    """Remove the rehearsal's rows and send its people to sleep."""
    by, at = system_user(), timezone.now()
    rehearsals.clear(meeting, by=by, at=at)
    simulated.dismiss(meeting.agency, people=users, by=by, at=at)


def clear_left_over() -> int:
    """Clear what a killed rehearsal has left; return how many there were."""
    found = list(left_over())
    for meeting in found:
        end(meeting, [place.user for place in meeting.participants.select_related("user")])
    return len(found)


def run(agency: Agency, *, count: int, server: str, trust: ssl.SSLContext | None, tell: Tell) -> bool:
    """Rehearse with so many delegates against `server` (http://…); true when every step passed."""
    with staged(agency, count) as stage:
        item = str(stage.meeting.items.values_list("public_id", flat=True)[0])
        origin = server.replace("http", "ws", 1).rstrip("/")
        address = Address(f"{origin}/ws/meetings/{stage.meeting.public_id}/", trust)
        delegates = [Delegate(address, token) for token in stage.tokens]
        passed = asyncio.run(played(delegates, item, tell))
    tell(Finding(not left_over().exists(), _("The rehearsal's rows are removed; its audit entries say “rehearsal”")))
    return passed


async def played(delegates: list[Delegate], item: str, tell: Tell) -> bool:
    """Tell each finding as it comes; every tablet goes home in the end."""
    passed = True
    try:
        async for finding in rehearse(delegates, item):
            passed = passed and finding.passed
            tell(finding)
    except (TimeoutError, ConnectionError, KeyError) as error:
        passed = False
        tell(Finding(False, _("The server stopped answering (%(error)s)") % {"error": type(error).__name__}))
    finally:
        await asyncio.gather(*(one.go() for one in delegates), return_exceptions=True)
    return passed
