"""Who may pair a screen, and how long a screen shows its meeting."""

from datetime import datetime, timedelta
from ipaddress import IPv4Address, IPv6Network, ip_address

from ledger.verdict import YES, Verdict, no
from meetings.models import Meeting
from meetings.rules.meeting import may
from people.models import User
from screens.models import Screen, WrongCodes

AFTERWARDS = timedelta(hours=12)
CODE_FOR = timedelta(minutes=10)
WRONG_CODES, COUNTED_FOR = 5, timedelta(minutes=15)
MOST_SCREENS, MOST_WAITING, MOST_PER_ADDRESS = 50, 500, 40
WAITS_FOR = timedelta(hours=1)
QUIET = timedelta(minutes=2)


def may_pair(user: User, meeting: Meeting) -> Verdict:
    """May the person put up screens for this meeting now? Who keeps it may, from publication to its end."""
    return may(user, meeting, "pair_screen")


def may_unpair(user: User, meeting: Meeting) -> Verdict:
    """May the person rename screens and take them off?"""
    return may(user, meeting, "unpair_screen")


def may_try(tries: WrongCodes, at: datetime) -> Verdict:
    """May the person type another code? After five wrong ones within a quarter of an hour they wait."""
    locked = tries.count >= WRONG_CODES and at < tries.since + COUNTED_FOR
    return no("screen_code_locked", minutes=COUNTED_FOR.seconds // 60) if locked else YES


def has_room(meeting: Meeting) -> Verdict:
    """May one more screen show this meeting?"""
    count = Screen.objects.filter(meeting=meeting, ended_at__isnull=True).count()
    return YES if count < MOST_SCREENS else no("screens_too_many", most=MOST_SCREENS)


def may_wait(address: str | None, at: datetime) -> Verdict:
    """May one more browser be given a code? Nobody signs in for it, so there is a bound, here and for each address."""
    waiting = Screen.objects.filter(meeting__isnull=True, created_at__gt=at - WAITS_FOR)
    full = waiting.count() >= MOST_WAITING or waiting.filter(address=address).count() >= MOST_PER_ADDRESS
    return no("screens_waiting") if full else YES


def neighbourhood(address: str | None) -> str | None:
    """Return what counts as one address: under IPv6 a single device may take any of its network's (/64)."""
    if address is None:
        return None
    found = ip_address(address)
    if isinstance(found, IPv4Address):
        return str(found)
    return str(found.ipv4_mapped or IPv6Network((found, 64), strict=False).network_address)


def shown_until(meeting: Meeting) -> datetime | None:
    """Return until when a screen shows the meeting; None while it is open."""
    if meeting.state == "open":
        return None
    if meeting.state == "closed" and meeting.closed_at is not None:
        return meeting.closed_at + AFTERWARDS
    return meeting.ends_at + AFTERWARDS


def shows(screen: Screen, at: datetime) -> bool:
    """Does the screen show its meeting now?"""
    meeting = screen.meeting
    if meeting is None or screen.ended_at is not None or meeting.state not in ("published", "open", "closed"):
        return False
    until = shown_until(meeting)
    return until is None or at < until


def seen_lately(screen: Screen, at: datetime) -> bool:
    """Does the screen follow its meeting, as far as is known? It says so every minute."""
    return screen.seen_at is not None and screen.paired_at is not None and at < screen.seen_at + QUIET
