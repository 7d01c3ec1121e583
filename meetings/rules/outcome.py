"""Questions about what a meeting leaves: minutes, comments on them, conclusions."""

from datetime import datetime

from ledger.verdict import YES, Verdict, first_no, no
from meetings.minutes.body import LONGEST, blocks
from meetings.minutes.facts import CONCLUSIONS, conclusion_blocks
from meetings.models import Meeting, Minutes
from meetings.rules.meeting import may, may_in, participation, roles_of
from meetings.workflow import MINUTES, WHO
from people.models import User

OFFICE = WHO["keeper"] | WHO["approver"]


def may_with_minutes(user: User, minutes: Minutes, verb: str) -> Verdict:
    """May the person do this to the minutes now?"""
    meeting = minutes.meeting
    return may_in(MINUTES, minutes.state, verb, roles_of(user, meeting, participation(user, meeting)))


def reads_minutes(roles: frozenset[str], state: str) -> bool:
    """Does somebody with these roles read the minutes? Members from the call for comments on, guests never."""
    return bool(roles & OFFICE) or ("member" in roles and state != MINUTES.initial)


def are_settled(minutes: Minutes) -> Verdict:
    """Does every comment have its answer?"""
    open_ones = minutes.comments.filter(settled_at__isnull=True).count()
    return no("comments_unsettled", count=open_ones) if open_ones else YES


def says_what_was_concluded(minutes: Minutes) -> Verdict:
    """Do the minutes say what the conclusions say now? What was written by hand beside them stays as it is."""
    known = [block for block in blocks(minutes.body) if block["key"].startswith(f"{CONCLUSIONS}.")]
    drafted, now = (
        {block["key"]: block["fact"] for block in found if not block["free"]}
        for found in (known, conclusion_blocks(minutes.meeting))
    )
    return YES if drafted == now else no("minutes_outdated")


def may_approve(user: User, minutes: Minutes) -> Verdict:
    """May the person lock the minutes as they stand?"""
    return first_no(may_with_minutes(user, minutes, "approve"), are_settled(minutes), says_what_was_concluded(minutes))


def is_in_time(minutes: Minutes, at: datetime) -> Verdict:
    """Are comments still taken?"""
    return no("comments_over") if minutes.comment_by and at > minutes.comment_by else YES


def fits(text: str, most: int = LONGEST) -> Verdict:
    """Is the text no longer than a block holds?"""
    return YES if len(text) <= most else no("minutes_too_long", most=most)


def are_open(meeting: Meeting) -> Verdict:
    """Are the minutes still to be approved? What they say is fixed afterwards."""
    return no("minutes_locked") if Minutes.objects.filter(meeting=meeting, state="approved").exists() else YES


def has_conclusions(meeting: Meeting) -> Verdict:
    """Is there a conclusion everybody may read?"""
    return YES if meeting.conclusions.exclude(item__hidden=True).exists() else no("no_conclusions")


def may_conclude(user: User, meeting: Meeting) -> Verdict:
    """May the person write, change or order conclusions now?"""
    return first_no(may(user, meeting, "conclude"), are_open(meeting))
