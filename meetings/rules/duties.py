"""Questions about what units must prepare."""

from datetime import datetime

from ledger.verdict import YES, Verdict, first_no, no
from meetings.models import Duty
from meetings.rights import APPROVE, PREPARE, REVIEW
from meetings.rules.words import MAXIMUM_REASON
from meetings.workflow import TAKING_PAPERS
from people.models import User
from people.queries import has_right, posts_of

# Who prepares papers in a unit by office: its clerks, who checks its papers, its leaders.
UNIT_RIGHTS = (PREPARE, REVIEW, APPROVE)


def leads(user: User, agency_id: int) -> bool:
    """Does the person prepare papers for this unit by office?"""
    return any(has_right(user, agency_id, right) for right in UNIT_RIGHTS)


def prepares(user: User, duty: Duty) -> bool:
    """Does the person prepare the papers of this duty: by office, or put in charge by the unit they work in?"""
    if leads(user, duty.agency_id):
        return True
    works_there = any(post.agency_id == duty.agency_id for post in posts_of(user))
    return works_there and duty.people.filter(pk=user.pk).exists()


def may_bring(user: User, duty: Duty) -> Verdict:
    """May the person bring a paper for this duty now?"""
    state = duty.item.meeting.state
    return first_no(
        YES if prepares(user, duty) else no("not_yours"),
        no("duty_waived") if duty.waived_at else YES,
        YES if state in TAKING_PAPERS else no("wrong_state", verb="upload", state=state),
    )


def may_appoint(user: User, duty: Duty) -> Verdict:
    """May the person say who of the unit is in charge? Those who prepare by office."""
    return YES if leads(user, duty.agency_id) and not duty.waived_at else no("not_yours")


def is_colleague(user: User, duty: Duty) -> Verdict:
    """Does this person work in the unit, so that the duty can be given to them?"""
    return YES if any(post.agency_id == duty.agency_id for post in posts_of(user)) else no("not_in_unit")


def is_sound_duty(what: str, due_at: datetime, at: datetime) -> Verdict:
    """Is the time still to come, and the description short enough?"""
    if len(what) > MAXIMUM_REASON:
        return no("reason_too_long", most=MAXIMUM_REASON)
    return YES if due_at > at else no("due_is_past")
