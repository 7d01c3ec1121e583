"""Authorising somebody to act in one's post, and taking that back."""

from datetime import date, datetime

from ledger.door import action
from ledger.record import record
from people import rules
from people.leave import rights_changed
from people.locks import locked
from people.models import Delegation, Post, User
from people.names import normalised


@action
def give(post: Post, *, to: User, basis: str, first_day: date, end_day: date, by: User, at: datetime) -> Delegation:
    """Authorise `to` to act for the holder, from the first day until before the end (NĐ 30/2020 Art. 13)."""
    post = locked(post)
    rules.may_delegate(by, post, to, first_day, end_day).require()
    delegation = Delegation.objects.create(
        post=post, to=to, basis=normalised(basis), valid_from=first_day, valid_to=end_day
    )
    data = {"post": str(post.public_id), "to": str(to.public_id), "basis": delegation.basis}
    days = {"from": str(first_day), "until": str(end_day)}
    record(delegation, "give", by=by, at=at, agency_id=post.agency_id, data={**data, **days})
    return delegation


@action
def withdraw(delegation: Delegation, *, by: User, at: datetime) -> Delegation:
    """Take the authorisation back at once."""
    delegation = locked(delegation)
    rules.may_withdraw(by, delegation).require()
    delegation.withdrawn_at = at
    delegation.save(update_fields=["withdrawn_at"])
    record(delegation, "withdraw", by=by, at=at, agency_id=delegation.post.agency_id)
    rights_changed(delegation.to, by=by, at=at)
    return delegation
