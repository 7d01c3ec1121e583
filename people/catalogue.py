"""Reading the catalogue of titles: what applies in an agency, what an administrator sees and changes."""

from collections import defaultdict
from collections.abc import Iterable
from uuid import UUID

from django.db.models import Count, F, QuerySet

from people.models import AgencyLink, Position, Post, User
from people.names import normalised
from people.queries import administered_ids, current, only, today
from search.fold import fold

BY_RANK = (F("position__rank").asc(nulls_last=True), "user__sort_key", "pk")


def key_of(name: str) -> str:
    """Return what two spellings of one title have in common."""
    return fold(normalised(name))


def over(agency_ids: Iterable[int]) -> QuerySet[Position]:
    """Return the titles in use in these agencies: their own and those of the agencies over them."""
    above = AgencyLink.objects.filter(current(today()), descendant_id__in=list(agency_ids)).values("ancestor_id")
    return Position.objects.filter(agency_id__in=above, retired_on__isnull=True)


def administered_positions(user: User) -> QuerySet[Position]:
    """Return the titles an administrator sees, with how many posts bear each today."""
    used = Count("posts", filter=current(today(), "posts__"), distinct=True)
    return over(administered_ids(user)).select_related("agency").annotate(used=used)


def get_own_position(user: User, public_id: UUID) -> Position:
    """Return one title of an agency the person administers, or `Unseen`."""
    own = Position.objects.filter(agency_id__in=administered_ids(user), retired_on__isnull=True)
    return only(own.select_related("agency").filter(public_id=public_id))


def entry_for(agency_id: int, title: str) -> Position | None:
    """Return the catalogue's entry for a title in an agency: its own before those of the agencies over it."""
    return entries_for([(agency_id, title)])[agency_id, key_of(title)]


def entries_for(wanted: Iterable[tuple[int, str]]) -> dict[tuple[int, str], Position | None]:
    """Return the entries for titles in agencies, by agency and key, in two queries; each as `entry_for` has it."""
    asked = {(agency_id, key_of(title)) for agency_id, title in wanted}
    agencies = {agency_id for agency_id, _ in asked}
    links = AgencyLink.objects.filter(current(today()), descendant_id__in=agencies).order_by("depth")
    above: dict[int, list[int]] = defaultdict(list)
    for agency_id, ancestor_id in links.values_list("descendant_id", "ancestor_id"):
        above[agency_id].append(ancestor_id)
    listed = {(entry.agency_id, entry.key): entry for entry in over(agencies)}
    return {
        (agency_id, key): next((listed[pk, key] for pk in above[agency_id] if (pk, key) in listed), None)
        for agency_id, key in asked
    }


def by_rank(posts: QuerySet[Post]) -> QuerySet[Post]:
    """Put posts into the order of the catalogue, those without an entry last, then by given name."""
    return posts.order_by(*BY_RANK)
