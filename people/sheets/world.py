"""What is there already, as far as the importer administers it: in a constant number of queries."""

from collections import defaultdict
from collections.abc import Iterable
from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db.models import Q

from people.catalogue import over
from people.models import Agency, AgencyLink, Post, User
from people.queries import (
    administered_ids,
    administered_users,
    current,
    deciding_agencies,
    every_agency,
    parents,
    today,
)
from people.reach import unreached
from people.sheets.headings import PEOPLE, POSTS, UNITS
from people.sheets.plan import PersonNow, Plan, PostNow, UnitNow, World, plan_of
from people.sheets.rows import Table, table_of

UNIT_FIELDS = ("name", "abbreviation", "place", "superior_name", "organ_id")


def plan_for(by: User, sheets: list[dict[str, Any]]) -> tuple[Table, Plan]:
    """Return the rows of the sheets and what taking them over would do today."""
    table = table_of(sheets)
    look_at_addresses(table)
    return table, plan_of(table, world_for(by, table))


def look_at_addresses(table: Table) -> None:
    """Note the email addresses the forms would not take either."""
    for row in table.rows[PEOPLE]:
        if text := row.get("email"):
            try:
                validate_email(text)
            except ValidationError:
                row.wrong("email", "bad_email", text=text[:60])
                row.values["email"] = ""


def scope(by: User) -> frozenset[int]:
    """Return the agencies this person may import into: those administered; the console's system user, all."""
    return frozenset(every_agency().values_list("pk", flat=True)) if by.is_system else administered_ids(by)


def names_in(table: Table) -> set[str]:
    """Return the sign-in names the workbook speaks of."""
    return {row.get("username") for kind in (PEOPLE, POSTS) for row in table.rows[kind]} - {""}


def world_for(by: User, table: Table) -> World:
    """Return what the plan needs to know."""
    within, names = scope(by), names_in(table)
    codes = {row.get("code") for row in table.rows[UNITS]}
    units = units_within(within)
    people = people_within(by, within, names)
    taken = Agency.objects.filter(code__in=codes).values_list("code", flat=True)
    used = User.objects.filter(username__in=names).values_list("username", flat=True)
    return World(
        today=today(),
        units=units,
        people=people,
        taken_codes=frozenset(taken) - units.keys(),
        taken_names=frozenset(used) - people.keys(),
        above=codes_above(within),
        titles=titles_over(within),
    )


def codes_above(within: frozenset[int]) -> dict[str, str]:
    """Return the units over those administered, by code, with the code of the one each stands under."""
    links = AgencyLink.objects.filter(current(today()), descendant_id__in=within, depth__gt=0)
    over_them = Agency.objects.filter(pk__in=links.values("ancestor_id")).exclude(pk__in=within)
    codes = dict(over_them.values_list("pk", "code"))
    standing = parents(list(codes))
    return {code: codes.get(standing.get(pk, 0), "") for pk, code in codes.items()}


def titles_over(within: frozenset[int]) -> dict[str, dict[str, str]]:
    """Return the roles that go with titles, by the code of the unit whose list has them."""
    titles: dict[str, dict[str, str]] = defaultdict(dict)
    for code, key, role in over(within).values_list("agency__code", "key", "role"):
        titles[code][key] = role
    return dict(titles)


def units_within(within: frozenset[int]) -> dict[str, UnitNow]:
    """Return the living units by code, with the code of the one they stand under."""
    agencies = {agency.pk: agency for agency in Agency.objects.filter(pk__in=within, dissolved_on__isnull=True)}
    above = parents(list(agencies))
    codes = dict(Agency.objects.filter(pk__in=set(above.values())).values_list("pk", "code"))
    return {
        agency.code: UnitNow(
            agency.code,
            codes.get(above.get(pk, 0), ""),
            {name: getattr(agency, name) for name in UNIT_FIELDS},
            movable=above.get(pk) in within,
        )
        for pk, agency in agencies.items()
    }


def people_within(by: User, within: frozenset[int], names: Iterable[str]) -> dict[str, PersonNow]:
    """Return the people of the workbook the importer administers, with their lasting posts there."""
    known = User.objects.filter(is_system=False) if by.is_system else administered_users(by).prefetch_related(None)
    people = list(known.filter(username__in=list(names)))
    posts, deciding = lasting_posts(people, within), deciding_agencies(people)
    return {
        user.username: PersonNow(
            user.username,
            {"full_name": user.full_name, "email": user.email, "phone": user.phone},
            tuple(posts[user.pk]),
            refusal(user, deciding[user.pk], within),
        )
        for user in people
    }


def refusal(user: User, agencies: frozenset[int], within: frozenset[int]) -> str:
    """Return why the account may not be changed: closed, or decided on elsewhere too (as `rules.may_manage` has it)."""
    if not user.is_active:
        return "person_closed"
    return "person_elsewhere" if unreached(agencies, within) else ""


def lasting_posts(people: Iterable[User], within: frozenset[int]) -> dict[int, list[PostNow]]:
    """Return the lasting posts within by person."""
    lasting = Post.objects.filter(Q(valid_to__isnull=True) | Q(valid_to__gt=today()), user__in=list(people))
    posts: dict[int, list[PostNow]] = defaultdict(list)
    for post in lasting.filter(agency_id__in=within).select_related("agency"):
        now = PostNow(post.agency.code, post.role, post.title, post.valid_from, post.valid_to)
        posts[post.user_id].append(now)
    return posts
