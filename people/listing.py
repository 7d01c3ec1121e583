"""The list of people one administers: found by name, title, unit, role, state; every page costs the same."""

from dataclasses import dataclass
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet

from people.branches import branches
from people.models import Agency, AgencyLink, Post, User
from people.queries import administered_agencies, administered_users, called, current, parents, today


@dataclass(frozen=True)
class Wanted:
    """What the list is narrowed to."""

    text: str = ""
    unit: Agency | None = None
    role: str = ""
    state: str = ""


def found(user: User, wanted: Wanted) -> QuerySet[User]:
    """Return the people one administers that fit, by given name."""
    people = in_unit(administered_users(user), wanted.unit, wanted.role)
    if wanted.text:
        people = people.filter(with_text(wanted.text))
    if wanted.state in {"open", "closed"}:
        people = people.filter(is_active=wanted.state == "open")
    return people.order_by("sort_key", "pk")


def with_text(text: str) -> Q:
    """Return the filter for a part of a name, a sign-in name, a title or a unit's name."""
    held = Post.objects.filter(current(today()), user=OuterRef("pk"))
    by_post = held.filter(called(text, "title_folded", "agency__name_folded"))
    return called(text, "name_folded", "username") | Q(Exists(by_post))


def in_unit(people: QuerySet[User], unit: Agency | None, role: str = "") -> QuerySet[User]:
    """Keep those with a post in the unit or under it (in former times, for closed accounts), in this role."""
    if unit is None and not role:
        return people
    held = Post.objects.filter(user=OuterRef("pk"))
    if unit is not None:
        below = AgencyLink.objects.filter(current(today()), ancestor=unit).values("descendant_id")
        held = held.filter(agency_id__in=below)
    if role:
        held = held.filter(current(today()), role=role)
    return people.filter(Exists(held))


def chosen_unit(user: User, public_id: str) -> Agency | None:
    """Return the administered unit with this id, none where there is no such unit."""
    try:
        return administered_agencies(user).filter(public_id=UUID(public_id)).first()
    except ValueError:
        return None


def units_to_choose(user: User) -> list[tuple[Agency, int]]:
    """Return the units one administers as a tree with depths, in two queries."""
    known = {agency.pk: agency for agency in administered_agencies(user).filter(dissolved_on__isnull=True)}
    above = parents(list(known))
    rows = branches([(pk, above.get(pk), agency.name) for pk, agency in known.items()])
    return [(known[pk], depth) for pk, depth in rows]
