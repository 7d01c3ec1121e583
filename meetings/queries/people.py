"""Reading who takes part: the filtered list, the answers in numbers, saved lists, whom a bulk choice means."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import Case, Count, IntegerField, Prefetch, Q, QuerySet, Value, When

from ledger.verdict import Unseen
from meetings.models import InviteeList, Meeting, Participant
from meetings.rights import PREPARE
from people.models import Agency, Post, User
from people.queries import agencies_with_right, called, directory, ids_below
from people.tree import units_under

ROLES = ("chair", "secretary", "member", "guest")
HERE = Q(checked_in_at__isnull=False, left_at__isnull=True)
IN_ROLE = Case(*[When(role=role, then=Value(place)) for place, role in enumerate(ROLES)], output_field=IntegerField())
BY_NAME_LAST = Case(When(position=0, then=Value(10_000)), default="position", output_field=IntegerField())


@dataclass(frozen=True)
class Choice:
    """What the list of participants is filtered by; empty is everybody."""

    text: str = ""
    role: str = ""
    reply: str = ""
    unit: UUID | None = None
    presence: str = ""


def in_order(places: QuerySet[Participant]) -> QuerySet[Participant]:
    """Return participants as lists print them: by role, then the order given, then by given name."""
    return places.order_by(IN_ROLE, BY_NAME_LAST, "user__sort_key", "pk")


def with_company(places: QuerySet[Participant]) -> QuerySet[Participant]:
    """Return participants with their unit, whom they stand in for and who stands in for them."""
    stand_ins = Participant.objects.filter(removed_at__isnull=True).select_related("user")
    return places.select_related("user", "unit__agency", "stands_in_for__user").prefetch_related(
        Prefetch("substitutes", queryset=stand_ins, to_attr="stand_ins")
    )


def participants_of(meeting: Meeting, choice: Choice | None = None) -> QuerySet[Participant]:
    """Return the meeting's participants that the choice leaves, in order."""
    choice = choice or Choice()
    found = meeting.participants.filter(removed_at__isnull=True)
    if choice.text:
        named = called(choice.text, "user__name_folded", "unit__agency__name_folded")
        found = found.filter(named | Q(title__icontains=choice.text))
    if choice.role:
        found = found.filter(role=choice.role)
    if choice.reply:
        found = found.filter(reply=choice.reply)
    if choice.unit:
        found = found.filter(unit__public_id=choice.unit)
    if choice.presence:
        found = found.filter(HERE) if choice.presence == "here" else found.exclude(HERE)
    return in_order(with_company(found))


def reply_counts(meeting: Meeting) -> dict[str, int]:
    """Return how many gave each answer, how many there are, and how many have answered: one query."""
    found = meeting.participants.filter(removed_at__isnull=True).order_by()
    counts = dict(found.values_list("reply").annotate(Count("pk")))
    total = sum(counts.values())
    return {**counts, "total": total, "answered": total - counts.get("none", 0)}


def open_questions(meeting: Meeting) -> list[Participant]:
    """Return the absences that wait for the chair's word."""
    return list(in_order(meeting.participants.filter(removed_at__isnull=True, reply="asked").select_related("user")))


# --- whom a bulk choice means --------------------------------------------------------------------


def posts_under(user: User, agency: Agency, role: str = "", *, directly: bool = False) -> list[Post]:
    """Return the posts of a role in the units directly under an agency, or in its whole branch; a person once."""
    agencies = [unit.pk for unit in units_under(agency)] if directly else list(ids_below([agency.pk]))
    posts = directory(user).filter(agency_id__in=agencies)
    return once_each(posts.filter(role=role) if role else posts)


def posts_of_people(user: User, people: Iterable[User], agency_id: int) -> list[Post]:
    """Return one post for each of these people, that of the given agency first."""
    posts = directory(user).filter(user__in=list(people))
    return once_each(sorted(posts, key=lambda post: (post.user.sort_key, post.agency_id != agency_id, post.pk)))


def once_each(posts: Iterable[Post]) -> list[Post]:
    """Return the first post of every person."""
    first: dict[int, Post] = {}
    for post in posts:
        first.setdefault(post.user_id, post)
    return list(first.values())


def post_title(post: Post, agency_id: int) -> str:
    """Return a post as a meeting of that agency prints it."""
    return (post.title if post.agency_id == agency_id else f"{post.title}, {post.agency.name}")[:120]


# --- saved lists -----------------------------------------------------------------------------------


def visible_lists(user: User) -> QuerySet[InviteeList]:
    """Return the saved lists of the agencies whose meetings the person prepares."""
    return InviteeList.objects.filter(agency_id__in=agencies_with_right(user, PREPARE)).select_related("agency")


def get_visible_list(user: User, public_id: UUID) -> InviteeList:
    """Return one saved list, or `Unseen`."""
    found = visible_lists(user).filter(public_id=public_id).first()
    if found is None:
        raise Unseen
    return found


def list_contents(lists: Iterable[InviteeList]) -> dict[int, dict[str, Any]]:
    """Return the names on each list, from two queries."""
    ids = [one.pk for one in lists]
    names: dict[int, dict[str, Any]] = defaultdict(lambda: {"people": [], "units": []})
    people = InviteeList.users.through.objects.filter(inviteelist__in=ids).select_related("user")
    for row in people.order_by("user__sort_key"):
        names[row.inviteelist_id]["people"].append(row.user)
    units = InviteeList.units.through.objects.filter(inviteelist__in=ids).select_related("agency")
    for entry in units.order_by("agency__name"):
        names[entry.inviteelist_id]["units"].append(entry.agency)
    return names
