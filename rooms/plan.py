"""Seat plans: what a room looks like from above. Pure.

A plan is JSON, every length in whole centimetres, x to the right, y downwards, the front of the room at the top:

    {"width": 1200, "height": 800,
     "seats": [{"id": "A1", "x": 100, "y": 240, "kind": "delegate", "turn": 0}, …],
     "things": [{"kind": "table", "x": 300, "y": 90, "w": 240, "h": 60, "turn": 0, "label": ""}, …]}

`id` is the number people read on the seat, once per plan; `x`, `y` is the middle of a seat or thing; `turn` in
degrees, clockwise, where a seat with 0 looks to the front. `kind` of a seat: chair, secretary, delegate, guest; of a
thing: table, round, lectern, screen, door, stage. Everything stands inside the area. `read` is the only way in,
`as_data` the way out.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any, TypeGuard

SEAT_KINDS = ("chair", "secretary", "delegate", "guest")
THING_KINDS = ("table", "round", "lectern", "screen", "door", "stage")
MOST_SEATS, MOST_THINGS = 600, 300
LEAST_SIDE, LONGEST_SIDE = 200, 25_000
LONGEST_NUMBER, LONGEST_LABEL = 10, 40
NUMBER = re.compile(r"[^\W_](?:[\w.\-]*[^\W_])?")
SAME_ROW = 40


@dataclass(frozen=True)
class Seat:
    """One seat."""

    id: str
    x: int
    y: int
    kind: str = "delegate"
    turn: int = 0


@dataclass(frozen=True)
class Thing:
    """A table or other furniture."""

    kind: str
    x: int
    y: int
    w: int
    h: int
    turn: int = 0
    label: str = ""


@dataclass(frozen=True)
class Plan:
    """A sound plan."""

    width: int
    height: int
    seats: tuple[Seat, ...] = ()
    things: tuple[Thing, ...] = ()

    def as_data(self) -> dict[str, Any]:
        """Return the plan as it is stored."""
        return {
            "width": self.width,
            "height": self.height,
            "seats": [asdict(seat) for seat in self.seats],
            "things": [asdict(thing) for thing in self.things],
        }

    def seat(self, number: str) -> Seat | None:
        """Return the seat with this number."""
        return next((seat for seat in self.seats if seat.id == number), None)


EMPTY = Plan(1200, 800)


class Unsound(ValueError):
    """What is wrong with a plan: a reason code, and the values its sentence names."""

    def __init__(self, code: str, **values: Any) -> None:
        super().__init__(code)
        self.code = code
        self.values = values


def read(data: Any) -> Plan:
    """Return the plan this data describes, or raise Unsound; nothing in it is trusted."""
    if not isinstance(data, Mapping):
        raise Unsound("plan_unreadable")
    width, height = (side(data.get(name)) for name in ("width", "height"))
    seats = tuple(read_seat(one, width, height) for one in rows(data.get("seats", []), MOST_SEATS, "plan_many_seats"))
    furniture = rows(data.get("things", []), MOST_THINGS, "plan_many_things")
    things = tuple(read_thing(one, width, height) for one in furniture)
    seen: set[str] = set()
    for seat in seats:
        if seat.id in seen:
            raise Unsound("plan_number_twice", number=seat.id)
        seen.add(seat.id)
    return Plan(width, height, seats, things)


def read_or_empty(data: Any) -> Plan:
    """Return a stored plan; one that nobody has drawn yet is an empty room."""
    return read(data) if data else EMPTY


def rows(value: Any, most: int, code: str) -> Sequence[Any]:
    """Return a list that is not too long."""
    if not isinstance(value, list):
        raise Unsound("plan_unreadable")
    if len(value) > most:
        raise Unsound(code, most=most)
    return value


def side(value: Any) -> int:
    """Return the length of a wall."""
    return within(value, LEAST_SIDE, LONGEST_SIDE, "plan_area")


def within(value: Any, least: int, most: int, code: str) -> int:
    """Return a whole number between two others; booleans, fractions, NaN and texts are none."""
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    if not isinstance(value, int) or isinstance(value, bool):
        raise Unsound("plan_unreadable")
    if not least <= value <= most:
        raise Unsound(code, least=least // 100, most=most // 100)
    return value


def turned(value: Any) -> int:
    """Return an angle from 0 until before 360."""
    return within(value, -36_000, 36_000, "plan_unreadable") % 360


def one_of(value: Any, kinds: Sequence[str]) -> str:
    """Return a known kind."""
    if not isinstance(value, str) or value not in kinds:
        raise Unsound("plan_unreadable")
    return value


def read_seat(data: Any, width: int, height: int) -> Seat:
    """Return one seat."""
    if not isinstance(data, Mapping):
        raise Unsound("plan_unreadable")
    number = data.get("id")
    if not isinstance(number, str) or len(number) > LONGEST_NUMBER or not NUMBER.fullmatch(number):
        raise Unsound("plan_number_wrong", number=number[:20] if is_storable(number) else "")
    x, y = inside(data, width, height, number)
    kind = one_of(data.get("kind", "delegate"), SEAT_KINDS)
    return Seat(number, x, y, kind, turned(data.get("turn", 0)))


def read_thing(data: Any, width: int, height: int) -> Thing:
    """Return one piece of furniture."""
    if not isinstance(data, Mapping):
        raise Unsound("plan_unreadable")
    kind = one_of(data.get("kind"), THING_KINDS)
    x, y = inside(data, width, height, kind)
    w, h = (within(data.get(name), 10, LONGEST_SIDE, "plan_area") for name in ("w", "h"))
    label = data.get("label", "")
    if not isinstance(label, str):
        raise Unsound("plan_unreadable")
    if not is_storable(label):
        raise Unsound("plan_text_wrong")
    return Thing(kind, x, y, w, h, turned(data.get("turn", 0)), label.strip()[:LONGEST_LABEL])


def is_storable(text: Any) -> TypeGuard[str]:
    """Is this a text that databases keep and pages can show: no NUL, no half of a surrogate pair?"""
    if not isinstance(text, str) or "\x00" in text:
        return False
    try:
        text.encode()
    except UnicodeEncodeError:
        return False
    return True


def inside(data: Mapping[str, Any], width: int, height: int, what: str) -> tuple[int, int]:
    """Return a place in the room."""
    x = within(data.get("x"), -1_000_000, 1_000_000, "plan_unreadable")
    y = within(data.get("y"), -1_000_000, 1_000_000, "plan_unreadable")
    if not (0 <= x <= width and 0 <= y <= height):
        raise Unsound("plan_outside", what=what)
    return x, y


def in_rows(seats: Sequence[Seat]) -> list[list[Seat]]:
    """Return the seats row by row from the front, each from left to right; a row is what stands about as far back."""
    found: list[list[Seat]] = []
    for seat in sorted(seats, key=lambda one: (one.y, one.x, one.id)):
        if found and seat.y - found[-1][0].y < SAME_ROW:
            found[-1].append(seat)
        else:
            found.append([seat])
    return [sorted(row, key=lambda one: (one.x, one.y, one.id)) for row in found]


def letters(index: int) -> str:
    """Return the name of a row: A … Z, AA, AB …"""
    name = ""
    while index >= 0:
        index, rest = divmod(index, 26)
        name = chr(ord("A") + rest) + name
        index -= 1
    return name


def renumber(plan: Plan, style: str = "letters", path: Sequence[str] = ()) -> Plan:
    """Number the seats anew: A1, A2 … by rows, or 1, 2 … along the path first, then as one reads."""
    rows_of = in_rows(plan.seats)
    if style == "letters":
        names = {
            seat.id: f"{letters(row)}{place}"
            for row, line in enumerate(rows_of)
            for place, seat in enumerate(line, start=1)
        }
    else:
        known = {seat.id for seat in plan.seats}
        walked = [number for number in dict.fromkeys(path) if number in known]
        rest = [seat.id for line in rows_of for seat in line if seat.id not in set(walked)]
        names = {number: str(place) for place, number in enumerate([*walked, *rest], start=1)}
    seats = tuple(Seat(names[one.id], one.x, one.y, one.kind, one.turn) for one in plan.seats)
    return Plan(plan.width, plan.height, seats, plan.things)
