"""Whom participants share notes on a paper with: everybody of the meeting who may read it, or their own delegation.

| Name on the wire | Key of audiences | Who |
|---|---|---|
| `meeting:<uuid>` | `meeting:<pk>:people` | participants, once published; no office, no unit that named them |
| `delegation:<uuid>` | `meeting:<pk>:unit:<agency pk>` | participants who come for that unit, or whose post is there |
"""

from collections.abc import Callable
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils.translation import gettext as _

from annotations.circles import Circle
from documents.models import Document
from meetings.models import Group, Meeting, Paper, Participant
from meetings.rules.meeting import CONDUCTING
from people.models import Agency, User
from people.queries import posts_of


def circles(user: User, document: Document) -> list[Circle]:
    """Return the circles of every meeting the person takes part in before which the document lies for them."""
    return [circle for place in places_reading(user, document) for circle in circles_at(place, user)]


def places_reading(user: User, document: Document) -> QuerySet[Participant]:
    """Return the person's places in meetings where they read this document as a paper: one query."""
    laid = Paper.objects.filter(item__meeting=OuterRef("meeting"), document=document, state="laid")
    chosen = Group.papers.through.objects.filter(paper=OuterRef("pk"))
    mine = chosen.filter(group__people__user=user, group__people__removed_at__isnull=True)
    for_members = laid.filter(Exists(mine) | ~Exists(chosen), item__hidden=False)
    for_guests = laid.filter(Exists(mine) | Q(guests_may_read=True) & ~Exists(chosen), item__hidden=False)
    guest = Q(role=Participant.Role.GUEST)
    reads = (~guest & Q(Exists(for_members))) | (guest & Q(Exists(for_guests)))
    published = Q(meeting__published_at__isnull=False) & reads
    conducts = Q(role__in=CONDUCTING) & Q(Exists(laid))
    places = Participant.objects.filter(published | conducts, user=user, removed_at__isnull=True)
    places = places.exclude(meeting__state="discarded")
    return places.select_related("meeting", "unit__agency").order_by("-meeting__starts_at", "pk")


def circles_at(place: Participant, user: User) -> list[Circle]:
    """Return the circles of one place: the meeting, and who came with the person."""
    meeting = place.meeting
    people = people_of(meeting)
    everyone = _("Everyone in the meeting “%(title)s”") % {"title": meeting.title}
    found = [Circle(f"meeting:{meeting.public_id}", everyone, f"{meeting.stream}:people", meeting.stream, people)]
    unit = unit_of(place, user)
    if unit is not None:
        key = f"{meeting.stream}:unit:{unit.pk}"
        label = _("Delegation: %(unit)s") % {"unit": unit.name}
        found.append(Circle(f"delegation:{meeting.public_id}", label, key, meeting.stream, people))
    return found


def unit_of(place: Participant, user: User) -> Agency | None:
    """Return for which unit somebody takes part: the one that was invited as such, or that of their post."""
    if place.unit is not None:
        return place.unit.agency
    return next((post.agency for post in posts_of(user)), None)


def people_of(meeting: Meeting) -> Callable[[], Any]:
    """Return what reads who takes part."""
    return lambda: meeting.participants.filter(removed_at__isnull=True).values("user")
