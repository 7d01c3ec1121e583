"""The tree of units with how many people work in each: two queries and a walk."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from django.db.models import Count

from people.branches import branches
from people.models import Agency, Post, User
from people.queries import administered_agencies, current, parents, today


@dataclass
class Node:
    """One unit: the people with a post in it, those in it and under it, the units under it."""

    agency: Agency
    people: int
    below: int = 0
    children: list["Node"] = field(default_factory=list)


def tree_of(user: User) -> list[Node]:
    """Return the units one administers as trees, in the order of their names."""
    known = {agency.pk: agency for agency in administered_agencies(user)}
    return grown(known, parents(list(known)), headcounts(known))


def grown(known: Mapping[int, Agency], above: Mapping[int, int], heads: Mapping[int, int]) -> list[Node]:
    """Return the roots with everything under them."""
    nodes = {pk: Node(agency, heads.get(pk, 0), heads.get(pk, 0)) for pk, agency in known.items()}
    order = [pk for pk, _ in branches([(pk, above.get(pk), agency.name) for pk, agency in known.items()])]
    for pk in order:
        if parent := nodes.get(above.get(pk, 0)):
            parent.children.append(nodes[pk])
    for pk in reversed(order):
        if parent := nodes.get(above.get(pk, 0)):
            parent.below += nodes[pk].below
    return [nodes[pk] for pk in order if above.get(pk, 0) not in nodes]


def headcounts(agency_ids: Iterable[int]) -> dict[int, int]:
    """Return how many people hold a post today in each of these units."""
    held = Post.objects.filter(current(today()), agency_id__in=list(agency_ids), user__is_active=True)
    counted = held.order_by().values("agency_id").annotate(people=Count("user_id", distinct=True))
    return {row["agency_id"]: row["people"] for row in counted}
