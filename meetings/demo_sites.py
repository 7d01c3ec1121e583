"""The demo's sites: the meeting of today has people in another room and somebody online."""

from datetime import datetime

from ledger.door import writing
from meetings.actions import presence, sites
from meetings.details import Entry, SiteDetails
from meetings.models import Meeting
from people.demo import holder

SITE = SiteDetails("Điểm cầu UBND xã Tân An", "Phòng họp trực tuyến, tầng 1", "https://hop.example.gov.vn/phong/tan-an")
ONLINE = "https://hop.example.gov.vn/phong/quy-hoach"
AT_SITE, AT_HOME = 2, 1


def build(at: datetime) -> None:
    """Give every published meeting of the demo that has people in its room already a site, unless it has one."""
    clerk = holder("clerk")
    begun = Meeting.objects.filter(
        created_by=clerk, state="published", participants__checked_in_at__isnull=False, sites__isnull=True
    )
    for meeting in begun.distinct().select_related("agency"):
        coming = meeting.participants.filter(
            removed_at__isnull=True, checked_in_at__isnull=True, reply__in=("none", "accepted")
        ).order_by("-pk")
        there = list(coming.filter(role="member").values_list("public_id", flat=True)[:AT_SITE])
        home = list(coming.filter(role="guest").values_list("public_id", flat=True)[:AT_HOME])
        with writing():
            site = sites.add(meeting, details=SITE, by=clerk, at=at)
            sites.set_entry(meeting, entry=Entry(True, ONLINE), seen=Entry(), by=clerk, at=at)
            if there:
                presence.set_site(meeting, people=there, attends="site", site=site, by=clerk, at=at)
            if home:
                presence.set_site(meeting, people=home, attends="online", by=clerk, at=at)
