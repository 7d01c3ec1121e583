"""Which posts of a person decide on the account, and whether an administrator reaches all of them. Pure."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

REMEMBERED = timedelta(days=365)


@dataclass(frozen=True)
class Held:
    """A post as far as it matters here: where, and from which day it is no longer held."""

    agency_id: int
    to_day: date | None


def deciding(posts: Iterable[Held], day: date, *, used: bool) -> frozenset[int]:
    """Return the agencies that decide on an account.

    Those of every present and future post, and, once somebody has come in with the account, of every post that ended
    within the last twelve months: whoever appoints a person does not get at what was done elsewhere by resetting the
    password. Where there is none of these, those of the posts that ended last.
    """
    held = list(posts)
    since = day - REMEMBERED if used else day
    found = [post for post in held if post.to_day is None or post.to_day > since]
    if not found:
        last = max((post.to_day for post in held if post.to_day is not None), default=None)
        found = [post for post in held if post.to_day == last]
    return frozenset(post.agency_id for post in found)


def unreached(agencies: Collection[int], within: Collection[int]) -> str:
    """Return why an administrator of `within` may not change the account these agencies decide on; empty: they may."""
    inside = [agency_id for agency_id in agencies if agency_id in within]
    if not inside:
        return "not_administrator"
    return "" if len(inside) == len(agencies) else "person_elsewhere"


def heir(agency_id: int, successors: Mapping[int, int]) -> int:
    """Return who answers for an agency today: itself, or the last of those that succeeded it."""
    seen = {agency_id}
    while (following := successors.get(agency_id)) is not None and following not in seen:
        seen.add(following)
        agency_id = following
    return agency_id
