"""The tree of agencies: founded, moved, renamed, merged, split, dissolved; every step with its day."""

from collections.abc import Sequence
from datetime import date, datetime

from django.db.models import Q

from ledger.door import action, nothing_changed
from ledger.record import record
from ledger.verdict import Refused
from live.control import rights_changed
from people import rules
from people.locks import locked, locked_tree
from people.models import Agency, AgencyLink, Post, User
from people.names import normalised
from people.queries import current, ids_above

PRINTED = ("name", "abbreviation", "place", "superior_name", "organ_id", "organ_id_old")


@action
def create(
    *,
    code: str,
    name: str,
    abbreviation: str,
    place: str,
    by: User,
    at: datetime,
    from_day: date,
    parent: Agency | None = None,
    superior_name: str = "",
    organ_id: str = "",
    organ_id_old: str = "",
) -> Agency:
    """Found an agency under `parent`; without one it is the top of the tree."""
    tree = locked_tree()
    rules.may_found(by, tree[parent.pk] if parent else None).require()
    if any(agency.code == code for agency in tree.values()):
        raise Refused("agency_code_taken")
    agency = Agency.objects.create(
        code=code,
        name=normalised(name),
        abbreviation=abbreviation,
        place=normalised(place),
        superior_name=normalised(superior_name),
        organ_id=organ_id,
        organ_id_old=organ_id_old,
    )
    AgencyLink.objects.create(ancestor=agency, descendant=agency, depth=0, valid_from=from_day)
    if parent:
        _link([agency.pk], agency.pk, parent.pk, from_day)
    data = {"code": code, "name": agency.name, "parent": parent.code if parent else None, "from": str(from_day)}
    record(agency, "create", by=by, at=at, agency_id=agency.pk, data=data)
    return agency


@action
def place_under(agency: Agency, *, parent: Agency, from_day: date, by: User, at: datetime) -> None:
    """Move the agency, with all under it, under `parent` from that day on."""
    tree = locked_tree()
    agency, parent = tree[agency.pk], tree[parent.pk]
    rules.may_place(by, agency, parent).require()
    before = ids_above(agency.pk)[1:2]
    if before == [parent.pk]:
        nothing_changed()
        return
    _move(agency.pk, parent.pk, from_day)
    rights_changed(user_id=None, stream=None, by=by, at=at)
    data = {"from": [tree[pk].code for pk in before], "to": parent.code, "day": str(from_day)}
    record(agency, "place", by=by, at=at, agency_id=agency.pk, data=data)


@action
def rename(agency: Agency, *, revision: int, by: User, at: datetime, **printed: str) -> Agency:
    """Change the name and whatever else its documents print (`PRINTED`), as they were read at `revision`."""
    agency = locked(agency)
    rules.may_change_agency(by, agency).require()
    rules.is_unchanged(agency, revision).require()
    wanted = {key: normalised(printed[key]) for key in PRINTED if key in printed}
    changed = {key: value for key, value in wanted.items() if value != getattr(agency, key)}
    if not changed:
        nothing_changed()
        return agency
    before = {key: getattr(agency, key) for key in changed}
    for key, value in changed.items():
        setattr(agency, key, value)
    agency.revision += 1
    agency.save(update_fields=[*changed, "name_folded", "revision"])
    record(agency, "rename", by=by, at=at, agency_id=agency.pk, data={"before": before, "after": changed})
    return agency


@action
def dissolve(agency: Agency, *, successor: Agency | None, on_day: date, by: User, at: datetime) -> Agency:
    """Dissolve the agency: read-only from then on, its units pass to the successor, its posts end."""
    tree = locked_tree()
    agency = tree[agency.pk]
    successor = tree[successor.pk] if successor else None
    rules.may_dissolve(by, agency, successor).require()
    _close(agency, successor, on_day)
    rights_changed(user_id=None, stream=None, by=by, at=at)
    data = {"successor": successor.code if successor else None, "day": str(on_day)}
    record(agency, "dissolve", by=by, at=at, agency_id=agency.pk, data=data)
    return agency


@action
def merge(agencies: Sequence[Agency], *, into: Agency, on_day: date, by: User, at: datetime) -> None:
    """Merge agencies into another one, which is their successor."""
    for agency in agencies:
        dissolve(agency, successor=into, on_day=on_day, by=by, at=at)
    data = {"merged": [agency.code for agency in agencies], "day": str(on_day)}
    record(into, "merge", by=by, at=at, agency_id=into.pk, data=data)


@action
def split(agency: Agency, *, into: Sequence[Agency], on_day: date, by: User, at: datetime) -> None:
    """Split an agency: the first of `into` succeeds it and keeps its archive, the others are named in the record."""
    dissolve(agency, successor=into[0], on_day=on_day, by=by, at=at)
    data = {"into": [part.code for part in into], "day": str(on_day)}
    record(agency, "split", by=by, at=at, agency_id=agency.pk, data=data)


def _close(agency: Agency, successor: Agency | None, day: date) -> None:
    children = AgencyLink.objects.filter(current(day), ancestor=agency, depth=1).values_list("descendant_id", flat=True)
    above = ids_above(agency.pk)[1:2]
    for child in list(children):
        if heir := (successor.pk if successor else next(iter(above), None)):
            _move(child, heir, day)
    Post.objects.filter(current(day), agency=agency, valid_from__lt=day).update(valid_to=day)
    agency.dissolved_on, agency.successor = day, successor
    agency.save(update_fields=["dissolved_on", "successor"])


def _move(agency_id: int, parent_id: int, day: date) -> None:
    """End the links from above into the subtree and make the new ones."""
    standing = AgencyLink.objects.filter(valid_to__isnull=True)
    below = frozenset(standing.filter(ancestor_id=agency_id).values_list("descendant_id", flat=True))
    crossing = AgencyLink.objects.filter(descendant_id__in=below).exclude(ancestor_id__in=below)
    later = crossing.filter(Q(valid_from__gt=day) | Q(valid_to__gt=day))
    if later.exists() or standing.filter(descendant_id=agency_id, valid_from__gt=day).exists():
        raise Refused("agency_day_too_early")
    crossing.filter(valid_to__isnull=True, valid_from=day).delete()  # corrected on its first day: it never held
    crossing.filter(valid_to__isnull=True).update(valid_to=day)
    _link(below, agency_id, parent_id, day)


def _link(below: "frozenset[int] | list[int]", agency_id: int, parent_id: int, day: date) -> None:
    """Link every agency from `parent_id` up to every one from `agency_id` down."""
    ups = AgencyLink.objects.filter(current(day), descendant_id=parent_id).values_list("ancestor_id", "depth")
    downs = AgencyLink.objects.filter(current(day), ancestor_id=agency_id, descendant_id__in=below)
    AgencyLink.objects.bulk_create(
        AgencyLink(ancestor_id=up, descendant_id=down, depth=above + 1 + under, valid_from=day)
        for up, above in ups
        for down, under in downs.values_list("descendant_id", "depth")
    )
