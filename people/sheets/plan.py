"""What taking a workbook over would do: added, changed, left alone, and what is wrong. Pure.

The same rows against the same people give the same plan; a second time, everything is there and is left alone.
"""

import hashlib
import json
from bisect import bisect_left
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, field
from datetime import date
from typing import Any

from people.names import normalised
from people.sheets.headings import PEOPLE, POSTS, UNITS
from people.sheets.rows import Fault, Row, Table
from people.sheets.standing import standing
from search.fold import fold

UNIT_FIELDS = ("name", "abbreviation", "place", "superior_name", "organ_id")
PERSON_FIELDS = ("full_name", "email", "phone")
DEEPEST = 12


@dataclass(frozen=True)
class PostNow:
    """A post that lasts."""

    unit: str
    role: str
    title: str
    from_day: date
    to_day: date | None

    def meets(self, first: date, end: date | None) -> bool:
        """Is it held on any day of the span?"""
        return (self.to_day is None or self.to_day > first) and (end is None or self.from_day < end)


@dataclass(frozen=True)
class UnitNow:
    """A unit the importer administers."""

    code: str
    parent: str
    facts: Mapping[str, str]
    movable: bool


@dataclass(frozen=True)
class PersonNow:
    """A person the importer sees; `refusal` says why their account may not be changed."""

    username: str
    facts: Mapping[str, str]
    posts: tuple[PostNow, ...] = ()
    refusal: str = ""


@dataclass(frozen=True)
class World:
    """What is there already, as far as the importer administers it; of the rest only which names are taken."""

    today: date
    units: Mapping[str, UnitNow]
    people: Mapping[str, PersonNow]
    taken_codes: frozenset[str] = frozenset()
    taken_names: frozenset[str] = frozenset()
    above: Mapping[str, str] = field(default_factory=dict)  # over the units administered: what each stands under
    titles: Mapping[str, Mapping[str, str]] = field(default_factory=dict)  # roles by title, of each unit's own list


@dataclass(frozen=True)
class Step:
    """One thing that would be done, in JSON values: `add` or `change`; `before` is what is stored now."""

    verb: str
    kind: str
    row: str
    facts: dict[str, Any]
    before: dict[str, Any] = field(default_factory=dict)


@dataclass
class Plan:
    """Everything that would be done, in order, and the rows that would be left out with what is wrong in them."""

    steps: list[Step] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)
    same: dict[str, int] = field(default_factory=lambda: {UNITS: 0, PEOPLE: 0, POSTS: 0})

    def of(self, kind: str, verb: str) -> list[Step]:
        """Return the steps of one kind."""
        return [step for step in self.steps if (step.kind, step.verb) == (kind, verb)]

    def left_out(self) -> int:
        """Return how many rows have something wrong in them."""
        return len({(fault.sheet, fault.row) for fault in self.faults})

    def counts(self) -> dict[str, Any]:
        """Return how much would be added, changed, left alone and left out."""
        kinds = {
            kind: {"add": len(self.of(kind, "add")), "change": len(self.of(kind, "change")), "same": same}
            for kind, same in self.same.items()
        }
        return {**kinds, "left_out": self.left_out()}

    def fingerprint(self) -> str:
        """Return a hash of everything that would be done: equal means nothing has changed since it was shown."""
        data = {"steps": [asdict(step) for step in self.steps], "faults": [asdict(fault) for fault in self.faults]}
        return hashlib.sha256(json.dumps(data, sort_keys=True, default=str).encode()).hexdigest()


def plan_of(table: Table, world: World) -> Plan:
    """Return what taking the table over would do in this world."""
    planning = Planning(table, world)
    planning.units()
    planning.people()
    planning.posts()
    planning.leave_without_post()
    for row in planning.in_order():
        planning.plan.faults.extend(row.faults)
    planning.plan.faults[:0] = table.faults
    planning.write()
    return planning.plan


class Planning:
    """One pass over the rows: units first, then people, then posts; a row with a fault brings nothing."""

    def __init__(self, table: Table, world: World) -> None:
        self.world, self.plan, self.rows = world, Plan(), table.rows
        self.new_units: dict[str, Row] = {}
        self.unit_rows: dict[str, Row] = {}
        self.person_rows: dict[str, Row] = {}
        self.new_posts: dict[str, list[tuple[Row, PostNow]]] = {}
        self.spans: dict[tuple[str, str, str], list[tuple[Row, PostNow]]] = {}

    def in_order(self) -> list[Row]:
        """Return all rows as the workbook has them."""
        return [row for kind in (UNITS, PEOPLE, POSTS) for row in self.rows[kind]]

    # --- units ------------------------------------------------------------------------------------

    def units(self) -> None:
        """Look at the units: known or new, each once, under one that is there, never in a ring."""
        for row in self.rows[UNITS]:
            once(self.unit_rows, row, "code", "unit_twice")
        for code, row in self.unit_rows.items():
            self.look_at_unit(code, row)
        self.place_units()

    def look_at_unit(self, code: str, row: Row) -> None:
        """Note what is wrong with one unit on its own."""
        parent, known = row.get("parent"), self.world.units.get(code)
        if known is None and code in self.world.taken_codes:
            row.wrong("code", "unit_elsewhere", text=code)
        if known is None and not parent and not refused(row, "parent"):
            row.wrong("parent", "parent_missing")
        if parent and parent not in self.world.units and parent not in self.unit_rows:
            row.wrong("parent", "unit_unknown", text=parent)
        if known is not None and parent and parent != known.parent and not known.movable:
            row.wrong("parent", "unit_fixed", text=code)

    def parent_of(self, code: str) -> str:
        """Return under which unit this one would stand."""
        row, known = self.unit_rows.get(code), self.world.units.get(code)
        if row is not None and row.get("parent"):
            return str(row.get("parent"))
        return known.parent if known else self.world.above.get(code, "")

    def moves(self, code: str) -> bool:
        """Would the unit stand elsewhere than now, or is it new?"""
        row, known = self.unit_rows.get(code), self.world.units.get(code)
        return row is not None and (known is None or row.get("parent") not in {"", known.parent})

    def place_units(self) -> None:
        """Go down the tree once: no rings, not too deep, nothing under what is left out; keep the upper ones first."""
        codes = [*self.world.above, *self.world.units, *self.unit_rows]
        depths, ringed = standing({code: self.parent_of(code) for code in codes})
        for code in [code for code in self.unit_rows if code in ringed]:
            self.unit_rows[code].wrong("parent", "unit_ring", text=code)
        tall = dict.fromkeys(depths, 0)  # how many units hang under one another below, and go where it goes
        for code in reversed(depths):
            if not self.moves(code) and (parent := self.parent_of(code)) in tall:
                tall[parent] = max(tall[parent], tall[code] + 1)
        unsure: set[str] = set()
        for code in [*depths, *(code for code in self.unit_rows if code not in depths)]:
            self.place_unit(code, depths[code] + tall[code] if code in depths else None, unsure)

    def place_unit(self, code: str, depth: int | None, unsure: set[str]) -> None:
        """Keep the row of a unit when what is over it will be there; `unsure`: whose place hangs on a row left out."""
        row, parent = self.unit_rows.get(code), self.parent_of(code)
        moves, hanging = self.moves(code), depth is None or parent in unsure
        if row is not None and moves and not row.faults:
            if depth is not None and depth > DEEPEST:
                row.wrong("parent", "too_deep", text=code, most=DEEPEST)
            elif hanging:
                row.wrong("parent", "follows", text=parent)
        if hanging or (row is not None and moves and row.faults):
            unsure.add(code)
        if row is not None and not row.faults:
            self.new_units[code] = row

    # --- people -----------------------------------------------------------------------------------

    def people(self) -> None:
        """Look at the people: each once, not somebody of another agency, changed only where that is allowed."""
        for row in self.rows[PEOPLE]:
            once(self.person_rows, row, "username", "person_twice")
        for name, row in self.person_rows.items():
            known = self.world.people.get(name)
            if known is None and name in self.world.taken_names:
                row.wrong("username", "username_taken", text=name)
            if known is not None and known.refusal and changes(row, PERSON_FIELDS, known.facts):
                row.wrong("username", known.refusal, text=name)
            elif known is not None and is_somebody_else(row, known):
                row.wrong("full_name", "person_named_otherwise", text=known.facts["full_name"])
            if any(row.get(field) for field in ("unit", "title", "role")):
                self.look_at_post(name, row)

    def posts(self) -> None:
        """Look at the sheet of posts: each of somebody who is there, or will be."""
        for row in self.rows[POSTS]:
            name = row.get("username")
            own = self.person_rows.get(name)
            if own is not None and own.faults:
                row.wrong("username", "follows", text=name)
            elif name and name not in self.world.people and own is None:
                row.wrong("username", "person_unknown", text=name)
            self.look_at_post(name, row)

    def look_at_post(self, name: str, row: Row) -> None:
        """Look at the post a row gives, and keep it when nothing is wrong with the row."""
        unit, first = row.get("unit"), row.get("from_day") or self.world.today
        end = next_day(row.get("to_day"))
        if not unit and not refused(row, "unit"):
            row.wrong("unit", "unit_missing")
        elif unit and unit not in self.world.units and unit not in self.new_units:
            row.wrong("unit", "follows" if unit in self.unit_rows else "unit_unknown", text=unit)
        if not row.get("title") and not refused(row, "title"):
            row.wrong("title", "title_missing")
        if end is not None and end <= first:
            row.wrong("to_day", "ends_before")
        known = self.world.people.get(name)
        if known is not None and known.refusal == "person_closed":
            row.wrong("username", "person_closed", text=name)
        if not row.faults:
            role = row.get("role") or self.usual_role(unit, row.get("title"))
            if role == "admin" and not row.get("role"):
                row.wrong("role", "role_needed", text=row.get("title"))
            else:
                self.keep_post(name, row, PostNow(unit, role, row.get("title"), first, end))

    def usual_role(self, unit: str, title: str) -> str:
        """Return the role that goes with a title in a unit: by its own list, else by the nearest one over it."""
        key = fold(title)
        for _ in range(2 * DEEPEST):
            if key in self.world.titles.get(unit, {}):
                return self.world.titles[unit][key]
            unit = self.parent_of(unit)
        return "official"

    def keep_post(self, name: str, row: Row, post: PostNow) -> None:
        """Keep a post; the same one twice in the workbook is a fault."""
        spans = self.spans.setdefault((name, post.unit, post.role), [])
        at = bisect_left(spans, post.from_day, key=lambda kept: kept[1].from_day)
        for earlier, other in spans[max(at - 1, 0) : at + 1]:
            if other.meets(post.from_day, post.to_day):
                row.wrong("unit", "post_twice", row=earlier.number)
                return
        spans.insert(at, (row, post))
        self.new_posts.setdefault(name, []).append((row, post))

    def held(self, name: str, post: PostNow) -> PostNow | None:
        """Return the same post as it is held already, if it is."""
        known = self.world.people.get(name)
        held = known.posts if known is not None else ()
        return next((now for now in held if alike(now, post) and now.meets(post.from_day, post.to_day)), None)

    def leave_without_post(self) -> None:
        """Leave out new people to whom no row gives a post: nobody would look after their accounts."""
        for name, row in self.person_rows.items():
            given = [kept for kept, _ in self.new_posts.get(name, []) if not kept.faults]
            if not row.faults and name not in self.world.people and not given:
                row.wrong("unit" if "unit" in row.places else "username", "post_missing", text=name)

    # --- the steps --------------------------------------------------------------------------------

    def write(self) -> None:
        """Turn the rows that are left into steps."""
        for code, row in self.new_units.items():
            self.write_unit(code, row)
        for name, row in self.person_rows.items():
            if not row.faults:
                self.write_person(name, row)
        for name, kept in self.new_posts.items():
            for row, post in kept:
                if not row.faults:
                    self.write_post(name, row, post)

    def write_unit(self, code: str, row: Row) -> None:
        """Add or change one unit."""
        known = self.world.units.get(code)
        facts = {field: row.get(field) for field in UNIT_FIELDS if row.get(field)}
        day = str(row.get("from_day") or self.world.today)
        if known is None:
            self.step("add", UNITS, row, {"code": code, "parent": row.get("parent"), "from_day": day, **facts})
            return
        changed = {field: value for field, value in facts.items() if value != known.facts.get(field, "")}
        before = {field: known.facts.get(field, "") for field in changed}
        if row.get("parent") and row.get("parent") != known.parent:
            changed |= {"parent": row.get("parent"), "from_day": day}
            before |= {"parent": known.parent}
        self.change_or_same(UNITS, row, {"code": code}, changed, before)

    def write_person(self, name: str, row: Row) -> None:
        """Add or change one person."""
        known = self.world.people.get(name)
        if known is None:
            facts = {field: row.get(field) for field in PERSON_FIELDS}
            self.step("add", PEOPLE, row, {"username": name, **facts})
            return
        changed = changes(row, PERSON_FIELDS, known.facts)
        before = {field: known.facts.get(field, "") for field in changed}
        self.change_or_same(PEOPLE, row, {"username": name}, changed, before)

    def write_post(self, name: str, row: Row, post: PostNow) -> None:
        """Add one post, or give one that is held another title."""
        now = self.held(name, post)
        whose = {"username": name, "unit": post.unit, "role": post.role}
        if now is None:
            days = {"from_day": str(post.from_day), "to_day": str(post.to_day) if post.to_day else ""}
            self.step("add", POSTS, row, {**whose, "title": post.title, **days})
            return
        whose["held_from"] = str(now.from_day)
        changed = {"title": post.title} if now.title != post.title else {}
        self.change_or_same(POSTS, row, whose, changed, {"title": now.title} if changed else {})

    def change_or_same(
        self, kind: str, row: Row, whose: dict[str, Any], changed: dict[str, Any], before: dict[str, Any]
    ) -> None:
        """Note a change, or that there is nothing to do."""
        if changed:
            self.step("change", kind, row, {**whose, **changed}, before)
        else:
            self.plan.same[kind] += 1

    def step(self, verb: str, kind: str, row: Row, facts: dict[str, Any], before: dict[str, Any] | None = None) -> None:
        """Note one thing to do."""
        self.plan.steps.append(Step(verb, kind, f"{row.sheet} {row.number}", facts, before or {}))


def once(found: dict[str, Row], row: Row, name: str, code: str) -> None:
    """Keep the first row with this key; a second one is a fault."""
    value = row.get(name)
    if value and value in found:
        row.wrong(name, code, text=value, row=found[value].number)
    elif value:
        found[value] = row


def refused(row: Row, name: str) -> bool:
    """Has something been said about this cell already?"""
    return any(fault.cell == row.at(name) for fault in row.faults)


def alike(one: PostNow, other: PostNow) -> bool:
    """Is it the same role in the same unit?"""
    return (one.unit, one.role) == (other.unit, other.role)


def changes(row: Row, names: Iterable[str], facts: Mapping[str, str]) -> dict[str, str]:
    """Return what the row says otherwise; an empty cell says nothing."""
    return {name: row.get(name) for name in names if row.get(name) and row.get(name) != facts.get(name, "")}


def next_day(day: Any) -> date | None:
    """Return the first day after the last one, none for an open end."""
    return date.fromordinal(day.toordinal() + 1) if isinstance(day, date) else None


def is_somebody_else(row: Row, known: PersonNow) -> bool:
    """Does the row give another name to an account that is there? Marks and capitals may be corrected by an import."""
    written = str(row.get("full_name") or "")
    return bool(written) and fold(normalised(written)) != fold(known.facts["full_name"])
