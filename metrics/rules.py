"""Who may freeze an agency's figures; whose figures one reads is answered by queries.py."""

from ledger.verdict import YES, Verdict, no
from people.models import Agency, Post, User
from people.queries import holds


def may_freeze(user: User, agency: Agency) -> Verdict:
    """Clerks, leaders and administrators of the agency freeze figures as evidence."""
    return YES if holds(user, agency.pk, Post.Role.CLERK, Post.Role.LEADER, Post.Role.ADMIN) else no("not_yours")
