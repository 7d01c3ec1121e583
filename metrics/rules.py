"""Who may see an agency's figures, and freeze them."""

from ledger.verdict import YES, Verdict, no
from people.models import Agency, Post, User
from people.queries import holds


def may_read_figures(user: User, agency: Agency) -> Verdict:
    """Everybody with a current post in the agency reads its figures."""
    return YES if holds(user, agency.pk, *Post.Role.values) else no("not_yours")


def may_freeze(user: User, agency: Agency) -> Verdict:
    """Clerks, leaders and administrators of the agency freeze figures as evidence."""
    return YES if holds(user, agency.pk, Post.Role.CLERK, Post.Role.LEADER, Post.Role.ADMIN) else no("not_yours")
