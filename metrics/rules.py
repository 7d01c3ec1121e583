"""Who may freeze an agency's figures; whose figures one reads is answered by queries.py."""

from ledger.verdict import YES, Verdict, no
from metrics.rights import FREEZE
from people.models import Agency, User
from people.queries import has_right


def may_freeze(user: User, agency: Agency) -> Verdict:
    """Whoever has the right in the agency freezes its figures as evidence."""
    return YES if has_right(user, agency.pk, FREEZE) else no("not_yours")
