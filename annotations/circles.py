"""Circles one can share notes of a document with; upper packages bring theirs (a meeting, a delegation)."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Q, QuerySet

from documents.models import Document
from people.models import User
from people.queries import active_people, called, visible_users


@dataclass(frozen=True)
class Circle:
    """One circle the person is in, for one document: who is in it sees what is shared with it.

    `key` is what audiences of notes are kept under, `room` the stream whose change of rights concerns the circle;
    `people` gives the keys of who is around, to be named one by one.
    """

    name: str
    label: str
    key: str
    room: str = ""
    people: Callable[[], Any] = field(default=tuple, compare=False)


Provider = Callable[[User, Document], Iterable[Circle]]
_providers: list[Provider] = []


def register_circles(provider: Provider) -> None:
    """Let an upper package say which circles a person is in for a document; called from its `AppConfig.ready`."""
    if provider not in _providers:
        _providers.append(provider)


def circles_of(user: User, document: Document) -> list[Circle]:
    """Return the circles the person is in for a document they may read: whom they share with and hear from."""
    return [circle for provider in _providers for circle in provider(user, document)]


def own_key(user_id: int) -> str:
    """Return the key of what is shared with one person by name."""
    return f"user:{user_id}"


def people_for(user: User, document: Document, text: str = "") -> QuerySet[User]:
    """Return whom the person can name: colleagues and the people of the document's circles, never oneself."""
    known = Q(pk__in=visible_users(user).values("pk"))
    for circle in circles_of(user, document):
        known |= Q(pk__in=circle.people())
    people = active_people().filter(known).exclude(pk=user.pk)
    return (people.filter(called(text, "name_folded")) if text else people).order_by("sort_key", "pk")
