"""Extra rights of single posts: given and taken back by administrators, within what their agencies are."""

from datetime import datetime

from django.db import IntegrityError, transaction

from ledger.door import action, nothing_changed
from ledger.record import record
from people import rules
from people.leave import rights_changed
from people.locks import locked
from people.models import Post, PostRight, User


@action
def give(post: Post, *, code: str, by: User, at: datetime) -> None:
    """Give the post a right beyond what its role brings."""
    post = locked(post)
    rules.may_give_right(by, post, code).require()
    if not _given(post, code, by, at):
        nothing_changed()
        return
    _note(post, "give_right", code, by=by, at=at)


@action
def take_back(post: Post, *, code: str, by: User, at: datetime) -> None:
    """Take an extra right back; what the role brings stays."""
    post = locked(post)
    rules.may_change_post(by, post).require()
    held = PostRight.objects.filter(post=post, code=code, taken_back_at__isnull=True)
    if not held.update(taken_back_at=at):
        nothing_changed()
        return
    _note(post, "take_right_back", code, by=by, at=at)


def _given(post: Post, code: str, by: User, at: datetime) -> bool:
    """Store the grant; of two at once the second finds it there."""
    if PostRight.objects.filter(post=post, code=code, taken_back_at__isnull=True).exists():
        return False
    try:
        with transaction.atomic():
            PostRight.objects.create(post=post, code=code, given_by=by, given_at=at)
    except IntegrityError:
        return False
    return True


def _note(post: Post, verb: str, code: str, *, by: User, at: datetime) -> None:
    data = {"right": code, "user": str(post.user.public_id), "name": post.user.full_name}
    record(post, verb, by=by, at=at, agency_id=post.agency_id, data=data)
    rights_changed(post.user, by=by, at=at)
