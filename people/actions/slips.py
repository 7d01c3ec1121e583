"""Password slips for many people at once: set where still wanted, for they were hashed before the transaction."""

from collections.abc import Sequence
from datetime import datetime

from axes.handlers.proxy import AxesProxyHandler

from ledger.door import action, nothing_changed
from ledger.record import record
from people import rules
from people.drafts import Draft
from people.leave import end_sessions, revoke_tokens, rights_changed
from people.models import User
from people.queries import home_agency_id
from people.slips import VALID_FOR, Slip


@action
def hand_out(drafts: Sequence[Draft], *, by: User, at: datetime) -> list[Slip]:
    """Set the passwords of those whose stored one is still as it was and whom `by` may reset; return the slips."""
    wanted = {draft.user.pk: draft for draft in drafts}
    held = User.objects.select_for_update(no_key=True).filter(pk__in=wanted).order_by("pk")
    open_still = [user for user in held if user.is_active and user.password == wanted[user.pk].replaces]
    verdicts = [rules.may_reset_password(by, user) for user in open_still]
    if verdicts and not any(verdicts):
        verdicts[0].require()
    allowed = [user for user, verdict in zip(open_still, verdicts, strict=True) if verdict]
    slips = [_set(user, wanted[user.pk], by, at) for user in allowed]
    if not slips:
        nothing_changed()
    order = {draft.user.pk: place for place, draft in enumerate(drafts)}
    return sorted(slips, key=lambda slip: order[slip.user.pk])


def _set(user: User, draft: Draft, by: User, at: datetime) -> Slip:
    user.password, user.slip_valid_until = draft.hashed, at + VALID_FOR
    user.save(update_fields=["password", "slip_valid_until"])
    ended = {"sessions": end_sessions(user), "tokens": revoke_tokens(user, at=at)}
    AxesProxyHandler.reset_attempts(username=user.username)
    record(user, "reset_password", by=by, at=at, agency_id=home_agency_id(user), data=ended)
    rights_changed(user, by=by, at=at)
    return Slip(user, draft.password, at + VALID_FOR)
