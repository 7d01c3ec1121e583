"""Plans drawn by rule: so many seats in rows, in a U, as a classroom, around one table, at round tables. Pure."""

import math
from collections.abc import Callable, Iterable

from rooms.plan import MOST_SEATS, Plan, Seat, Thing, renumber

PITCH, ROW, EDGE, TABLE = 70, 100, 120, 60
FRONT, BACK, LEFT, RIGHT = 180, 0, 90, 270  # which way people look: those at the front look back into the room
AROUND, CIRCLE = 8, 110
Place = tuple[int, int, int]


def drawn(shape: str, count: int) -> Plan:
    """Return a furnished room with exactly `count` seats: the first two are the chair's and the secretary's."""
    return SHAPES[shape](max(1, min(count, MOST_SEATS)))


def seated(places: Iterable[Place], head: int = 0) -> tuple[Seat, ...]:
    """Return seats at these places; the chair and, beside, the secretary sit at place `head` and the next."""
    kinds = {head: "chair", head + 1: "secretary"}
    return tuple(
        Seat(str(number), x, y, kinds.get(number - 1, "delegate"), turn)
        for number, (x, y, turn) in enumerate(places, start=1)
    )


def line(count: int, middle: int, y: int, turn: int, pitch: int = PITCH) -> list[Place]:
    """Return places side by side around the middle."""
    start = middle - (count - 1) * pitch // 2
    return [(start + place * pitch, y, turn) for place in range(count)]


def beside(count: int) -> int:
    """Return where the chair sits in a row of so many: in the middle, the secretary to their left."""
    return max(0, (count - 1) // 2)


def with_aisle(count: int, middle: int, y: int) -> list[Place]:
    """Return a row with an aisle in its middle."""
    half, aisle = count // 2, PITCH if count > 6 else 0
    row = line(count, middle - aisle // 2, y, BACK)
    return row[:half] + [(x + aisle, y, turn) for x, y, turn in row[half:]]


def across(count: int) -> int:
    """Return how many sit in a row of a hall for so many."""
    return max(1, min(30, math.ceil(math.sqrt(count * 1.8) / 2) * 2))


def head_table(count: int, middle: int) -> tuple[list[Place], list[Thing]]:
    """Return those who face the room, their table and the screen behind them."""
    things = [
        Thing("table", middle, EDGE + 95, count * PITCH + 40, TABLE),
        Thing("screen", middle, 20, 300, 16),
        Thing("lectern", middle + count * PITCH // 2 + 110, EDGE + 90, 60, 50),
    ]
    return line(count, middle, EDGE + 35, FRONT), things


def hall(count: int, *, desks: bool) -> Plan:
    """Return rows that face a head table, with desks or without."""
    front = min(count, 2 if count < 40 else 4)
    rest = count - front
    wide = across(rest) if rest else front
    deep = math.ceil(rest / wide)
    width = max((wide + 1) * PITCH + 2 * EDGE, front * PITCH + 560)
    step = ROW + (40 if desks else 0)
    places, things = head_table(front, width // 2)
    first = EDGE + 300
    for row in range(deep):
        here = with_aisle(min(wide, rest - row * wide), width // 2, first + row * step)
        places += here
        things += desks_for(here) if desks else []
    height = first + max(0, deep - 1) * step + EDGE + 60
    things.append(Thing("door", width - 60, height - 10, 100, 16))
    return renumber(Plan(width, height, seated(places, beside(front)), tuple(things)))


def desks_for(row: list[Place]) -> list[Thing]:
    """Return the desks before a row: one per stretch without an aisle."""
    found: list[list[Place]] = []
    for place in row:
        if found and place[0] - found[-1][-1][0] <= PITCH:
            found[-1].append(place)
        else:
            found.append([place])
    return [desk(part[0], part[-1]) for part in found]


def desk(first: Place, last: Place) -> Thing:
    """Return the desk before the places from the first to the last."""
    return Thing("table", (first[0] + last[0]) // 2, first[1] - 60, last[0] - first[0] + 64, 45)


def u_shape(count: int) -> Plan:
    """Return a U that is open to the bottom; chair and secretary sit in the middle of its base."""
    base = min(count, max(2, round(count / 5)))
    base += (count - base) % 2
    leg = (count - base) // 2
    inner = max(base * PITCH, 3 * PITCH)
    width = inner + 2 * (EDGE + TABLE + 90)
    middle, top = width // 2, EDGE + 60
    left, right = middle - inner // 2 - TABLE - 55, middle + inner // 2 + TABLE + 55
    start = top + TABLE + 80
    height = start + max(leg, 2) * PITCH + EDGE
    places = line(base, middle, top, FRONT)
    places += [(left, start + place * PITCH, LEFT) for place in range(leg)]
    places += [(right, start + place * PITCH, RIGHT) for place in range(leg)]
    things = [Thing("table", middle, top + 60, inner + 2 * TABLE, TABLE), Thing("screen", middle, height - 20, 240, 16)]
    if leg:
        long, at = leg * PITCH + 20, start + (leg - 1) * PITCH // 2
        things += [Thing("table", left + 60, at, TABLE, long), Thing("table", right - 60, at, TABLE, long)]
    things.append(Thing("door", width - 60, height - 10, 90, 16))
    return along(Plan(width, height, seated(places, beside(base)), tuple(things)))


def board(count: int) -> Plan:
    """Return one long table; the chair sits at its head, the secretary beside them on the long side."""
    sides = count - 1
    leg = math.ceil(sides / 2)
    width = 2 * EDGE + 340
    height = 2 * EDGE + max(leg, 2) * PITCH + 160
    middle, start = width // 2, EDGE + 120
    places = [(middle, EDGE + 20, FRONT)]
    for place in range(leg):
        places.append((middle - 125, start + place * PITCH, LEFT))
        if len(places) < count:
            places.append((middle + 125, start + place * PITCH, RIGHT))
    long = max(leg, 1) * PITCH + 50
    things = (
        Thing("table", middle, start + (max(leg, 1) - 1) * PITCH // 2 - 5, 140, long),
        Thing("screen", middle, height - 20, 200, 16),
        Thing("door", width - 70, height - 10, 90, 16),
    )
    return along(Plan(width, height, seated(places), things))


def rounds(count: int) -> Plan:
    """Return round tables for eight, in rows."""
    tables = math.ceil(count / AROUND)
    wide = max(1, math.ceil(math.sqrt(tables * 1.4)))
    cell = 2 * CIRCLE + 120
    width, height = wide * cell + 2 * EDGE, math.ceil(tables / wide) * cell + 2 * EDGE + 60
    places: list[Place] = []
    things = [Thing("screen", width // 2, 20, 300, 16), Thing("lectern", width // 2 + 220, 80, 60, 50)]
    for table in range(tables):
        x, y = EDGE + table % wide * cell + cell // 2, EDGE + 60 + table // wide * cell + cell // 2
        things.append(Thing("round", x, y, 140, 140, 0, str(table + 1)))
        places += circle(x, y, min(AROUND, count - table * AROUND))
    return along(Plan(width, height, seated(places), tuple(things)))


def circle(x: int, y: int, count: int) -> list[Place]:
    """Return places around a round table, looking at its middle."""
    angles = [360 * place // count for place in range(count)]
    return [
        (
            x + round(CIRCLE * math.sin(math.radians(angle))),
            y - round(CIRCLE * math.cos(math.radians(angle))),
            (angle + 180) % 360,
        )
        for angle in angles
    ]


def along(plan: Plan) -> Plan:
    """Number from the chair on, in the order the seats were drawn."""
    first = [seat.id for seat in plan.seats if seat.kind in ("chair", "secretary")]
    return renumber(plan, "numbers", [*first, *(seat.id for seat in plan.seats)])


SHAPES: dict[str, Callable[[int], Plan]] = {
    "rows": lambda count: hall(count, desks=False),
    "classroom": lambda count: hall(count, desks=True),
    "u": u_shape,
    "board": board,
    "rounds": rounds,
}
