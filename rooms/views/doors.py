"""Who may open the pages of rooms, and how a form is answered."""

from typing import Any
from uuid import UUID

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from ledger.verdict import Refused, Unseen
from people.models import User
from people.queries import has_right, posts_of
from people.requests import person
from rooms.models import Room
from rooms.plan import Plan, Unsound, read
from rooms.queries import get_visible_room, managed_ids
from rooms.rights import BOOK
from rooms.rules import may_manage

READ_OR_POST = ["GET", "HEAD", "POST"]
LONGEST_PLAN = 400_000


def opened(request: HttpRequest, public_id: UUID) -> tuple[User, Room]:
    """Return who asks, and the room if it exists for them."""
    user = person(request)
    return user, get_visible_room(user, public_id)


def managed(request: HttpRequest, public_id: UUID) -> tuple[User, Room]:
    """Return who asks, and the room if they look after it."""
    user, room = opened(request, public_id)
    may_manage(user, room.agency_id).require()
    return user, room


def looks_after_rooms(user: Any) -> bool:
    """Does the person look after the rooms of any agency?"""
    return isinstance(user, User) and bool(managed_ids(user))


def uses_rooms(user: Any) -> bool:
    """Does the person book rooms, or look after them? (for the navigation)"""
    if not isinstance(user, User):
        return False
    return looks_after_rooms(user) or any(has_right(user, post.agency_id, BOOK) for post in posts_of(user))


def form_page(request: HttpRequest, form: forms.Form, room: Room | None, **context: Any) -> HttpResponse:
    """Show a form about a room."""
    status = 422 if request.method == "POST" else 200
    return render(request, "rooms/form.html", {"form": form, "room": room, **context}, status=status)


def sound(data: Any) -> Plan:
    """Return the plan that was sent, or refuse with what is wrong in it."""
    try:
        return read(data)
    except Unsound as wrong:
        raise Refused(wrong.code, **wrong.values) from wrong


def whole_number(text: str) -> int:
    """Return a small number somebody sent, 0 for anything else."""
    return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else 0


def valid(form: Any) -> Any:
    """Return the form when it is filled in rightly, or refuse with its first error."""
    if form.is_valid():
        return form
    field, errors = next(iter(form.errors.items()))
    label = form.fields[field].label if field in form.fields else ""
    raise Refused("room_form_invalid", field=label or field, error=errors[0])


def uuid_or_unseen(text: str) -> UUID:
    """Return an identifier somebody sent, or raise Unseen."""
    try:
        return UUID(text)
    except ValueError as error:
        raise Unseen from error
