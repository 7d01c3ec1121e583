"""Reading the sites of a meeting: who is expected at each and who is there; whom the page lists."""

from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Q, QuerySet

from meetings.models import Meeting, Participant, Site
from meetings.queries.people import HERE, in_order, with_company
from people.queries import called

ROOM, ONLINE = Participant.Attends.ROOM.value, Participant.Attends.ONLINE.value


@dataclass(frozen=True)
class SiteLine:
    """One site, or the room, or those online, with its people in numbers."""

    key: str
    site: Site | None
    expected: int
    here: int


def site_lines(meeting: Meeting) -> list[SiteLine]:
    """Return the room, each site, and those online where there are any: two queries."""
    found = meeting.participants.filter(removed_at__isnull=True).order_by()
    counts: dict[Any, tuple[int, int]] = {
        (attends, site): (expected, here)
        for attends, site, expected, here in found.values_list("attends", "site").annotate(
            expected=Count("pk"), here=Count("pk", filter=HERE)
        )
    }
    sites = meeting.sites.filter(removed_at__isnull=True)
    lines = [SiteLine(ROOM, None, *counts.get((ROOM, None), (0, 0)))]
    lines += [SiteLine(str(site.public_id), site, *counts.get(("site", site.pk), (0, 0))) for site in sites]
    online = SiteLine(ONLINE, None, *counts.get((ONLINE, None), (0, 0)))
    return [*lines, online] if online.expected or meeting.join_link else lines


def people_where(meeting: Meeting, *, text: str = "", where: str = "") -> QuerySet[Participant]:
    """Return who takes part, by name and by where they attend (room, online, or a site's id), in order."""
    found = with_company(meeting.participants.filter(removed_at__isnull=True)).select_related("site")
    if text:
        found = found.filter(called(text, "user__name_folded", "unit__agency__name_folded") | Q(title__icontains=text))
    if where in (ROOM, ONLINE):
        found = found.filter(attends=where)
    elif where:
        found = found.filter(site__public_id=where)
    return in_order(found)
