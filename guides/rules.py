"""Who may do what with guides and feedback."""

from guides.models import Feedback, Guide
from guides.rights import MANAGE, READ_FEEDBACK
from guides.workflow import FEEDBACK, GUIDE
from ledger.verdict import YES, Verdict, first_no, no
from people.models import Agency, User
from people.queries import agencies_with_right, ids_below, posts_of


def may_write(user: User, agency: Agency) -> Verdict:
    """May the person write guides for this agency? In it, or in one above it."""
    return YES if agency.pk in ids_below(agencies_with_right(user, MANAGE)) else no("not_guide_editor")


def may_with_guide(user: User, guide: Guide, verb: str) -> Verdict:
    """May the person do this to the guide now?"""
    return first_no(may_write(user, guide.agency), GUIDE.verdict(guide.state, verb))


def may_with_feedback(user: User, feedback: Feedback, verb: str) -> Verdict:
    """May the person do this to the feedback now?"""
    reads = feedback.agency_id in ids_below(agencies_with_right(user, READ_FEEDBACK))
    return first_no(YES if reads else no("not_feedback_reader"), FEEDBACK.verdict(feedback.state, verb))


def may_say(user: User) -> Verdict:
    """May the person send feedback? Whoever holds a post."""
    return YES if posts_of(user) else no("feedback_without_post")
