"""Appointing somebody to a post and ending it."""

from datetime import date, datetime

from django.db.models import Q

from ledger.door import action, nothing_changed
from ledger.record import record
from ledger.verdict import Refused
from people import rules
from people.catalogue import entry_for
from people.leave import rights_changed
from people.locks import hold_agencies_over, locked
from people.models import Agency, Post, User
from people.names import normalised


@action
def give(
    user: User,
    *,
    agency: Agency,
    role: str,
    title: str,
    from_day: date,
    by: User,
    at: datetime,
    to_day: date | None = None,
) -> Post:
    """Appoint the person in the agency from a day on (until before `to_day`)."""
    user = locked(user)
    rules.may_give_post(by, user, agency).require()
    if to_day is not None and to_day <= from_day:
        raise Refused("post_ends_before_start")
    overlapping = Post.objects.filter(Q(valid_to__isnull=True) | Q(valid_to__gt=from_day), user=user, agency=agency)
    if overlapping.filter(role=role).exists():
        raise Refused("post_already_held")
    post = Post.objects.create(
        user=user,
        agency=agency,
        role=role,
        title=normalised(title),
        position=entry_for(agency.pk, title),
        valid_from=from_day,
        valid_to=to_day,
    )
    data = {
        "user": str(user.public_id),
        "name": user.full_name,
        "role": role,
        "title": post.title,
        "from": str(from_day),
    }
    record(post, "give", by=by, at=at, agency_id=agency.pk, data=data)
    return post


@action
def retitle(post: Post, *, title: str, by: User, at: datetime) -> Post:
    """Correct the title of a post that is held; what documents have printed stays as it was."""
    post = locked(post)
    rules.may_change_post(by, post).require()
    title = normalised(title)
    if title == post.title:
        nothing_changed()
        return post
    data = {"before": post.title, "title": title}
    post.title, post.position = title, entry_for(post.agency_id, title)
    post.save(update_fields=["title", "title_folded", "position"])
    record(post, "retitle", by=by, at=at, agency_id=post.agency_id, data=data)
    return post


@action
def end(post: Post, *, on_day: date, by: User, at: datetime) -> Post:
    """End the post: from that day it is no longer held."""
    hold_agencies_over([post])
    post = locked(post)
    rules.may_end_post(by, post, on_day).require()
    post.valid_to = on_day
    post.save(update_fields=["valid_to"])
    record(post, "end", by=by, at=at, agency_id=post.agency_id, data={"day": str(on_day)})
    rights_changed(post.user, by=by, at=at)
    return post
