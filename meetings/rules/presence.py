"""Questions about coming and going: with which code, to which site, who may arrange the sites."""

from datetime import datetime, timedelta

from ledger.verdict import YES, Verdict, first_no, no
from meetings.details import SiteDetails
from meetings.door_code import GOOD, OLD, Reading
from meetings.models import Meeting, Participant, Site
from meetings.rules.meeting import CONDUCTING, may
from meetings.rules.people import may_check_in
from people.models import User

# Who scans with a phone that is not signed in yet has this long to sign in.
SCAN_KEEPS = timedelta(minutes=10)
MOST_SITES = 60
WEB = ("http://", "https://")


def may_come(by: User, place: Participant, code: str, at: datetime) -> Verdict:
    """May `by` check this person in, and without a code where there is none?"""
    return first_no(may_check_in(by, place, "check_in", at), YES if code else needs_no_code(by, place))


def needs_no_code(by: User, place: Participant) -> Verdict:
    """Is no code asked for? Where the meeting asks for it, only chair and secretary come without."""
    own = by.pk == place.user_id and place.role not in CONDUCTING
    return no("code_needed") if own and not place.meeting.self_check_in else YES


def opens(reading: Reading, scanned_at: datetime, at: datetime) -> Verdict:
    """Does the code open the door? It was read when it was scanned; signing in may have taken a while since."""
    if reading.state != GOOD:
        return no("code_old" if reading.state == OLD else "code_wrong")
    return YES if timedelta(0) <= at - scanned_at <= SCAN_KEEPS else no("code_old")


def is_where(meeting: Meeting, attends: str, site: Site | None) -> Verdict:
    """Is this a way of attending this meeting: in the room, online, or at one of its sites?"""
    if attends not in Participant.Attends.values:
        return no("attends_unknown")
    if (attends == Participant.Attends.SITE) != (site is not None):
        return no("site_missing" if site is None else "attends_unknown")
    known = site is None or (site.meeting_id == meeting.pk and site.removed_at is None)
    return YES if known else no("site_unknown")


def is_sound_site(meeting: Meeting, details: SiteDetails, *, besides: int = 0) -> Verdict:
    """Has the site a name no other has, and a link browsers open?"""
    others = meeting.sites.filter(removed_at__isnull=True).exclude(pk=besides)
    return first_no(
        YES if details.name.strip() else no("site_name_missing"),
        no("site_name_taken") if others.filter(name=details.name).exists() else YES,
        no("too_many_sites", most=MOST_SITES) if others.count() >= MOST_SITES else YES,
        is_link(details.join_link),
    )


def is_link(link: str) -> Verdict:
    """Is this no link at all, or one a browser opens?"""
    return YES if not link or link.startswith(WEB) else no("link_not_web")


def may_remove_site(by: User, site: Site) -> Verdict:
    """May the site be taken off? Not when somebody has been there: the roll names it."""
    came = site.people.filter(checked_in_at__isnull=False, removed_at__isnull=True).exists()
    return first_no(may(by, site.meeting, "arrange_sites"), no("site_in_use") if came else YES)
