"""A plan as the shapes of an SVG, every number written out, so that no language puts dots into it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import pgettext_lazy

from rooms.plan import Plan, Seat, Thing, in_rows

SEAT_KINDS: dict[str, Promise] = {
    "chair": pgettext_lazy("seat", "Chair"),
    "secretary": pgettext_lazy("seat", "Secretary"),
    "delegate": pgettext_lazy("seat", "Delegate"),
    "guest": pgettext_lazy("seat", "Guest"),
}
THING_KINDS: dict[str, Promise] = {
    "table": pgettext_lazy("furniture", "Table"),
    "round": pgettext_lazy("furniture", "Round table"),
    "lectern": pgettext_lazy("furniture", "Lectern"),
    "screen": pgettext_lazy("furniture", "Screen"),
    "door": pgettext_lazy("furniture", "Door"),
    "stage": pgettext_lazy("furniture", "Stage"),
}
NAMED = ("lectern", "screen", "door", "stage")  # furniture that says what it is unless it has words of its own
WORDS, LETTERS = 2, 9  # of a name on a seat


@dataclass(frozen=True)
class Sitting:
    """Who sits on a seat."""

    name: str
    title: str = ""
    mine: bool = False
    key: str = ""

    @property
    def short(self) -> str:
        """Return the end of the name, which is what people are called by, as far as it fits on the seat."""
        words = self.name.split()
        ending = " ".join(words[-WORDS:])
        return ending if len(ending) <= LETTERS else words[-1]


@dataclass(frozen=True)
class SeatShape:
    """One seat, placed and turned."""

    id: str
    kind: str
    label: "Promise | str"
    place: str
    turn: str
    sitting: Sitting | None


@dataclass(frozen=True)
class ThingShape:
    """One piece of furniture, placed and turned, drawn around its middle."""

    kind: str
    label: "Promise | str"
    place: str
    x: str
    y: str
    w: str
    h: str
    half_w: str
    half_h: str


@dataclass(frozen=True)
class Drawing:
    """Everything the template draws."""

    box: str
    width: str
    height: str
    seats: list[SeatShape]
    things: list[ThingShape]


def drawing_of(plan: Plan, sittings: Mapping[str, Sitting] | None = None) -> Drawing:
    """Return the plan as shapes, seats in the order one reads them: so Tab goes through them."""
    known = sittings or {}
    ordered = (seat for row in in_rows(plan.seats) for seat in row)
    return Drawing(
        box=f"0 0 {plan.width} {plan.height}",
        width=str(plan.width),
        height=str(plan.height),
        seats=[seat_shape(seat, known.get(seat.id)) for seat in ordered],
        things=[thing_shape(thing) for thing in plan.things],
    )


def seat_shape(seat: Seat, sitting: Sitting | None) -> SeatShape:
    """Return one seat's shape."""
    place, turn = f"translate({seat.x} {seat.y})", f"rotate({seat.turn})"
    return SeatShape(seat.id, seat.kind, SEAT_KINDS[seat.kind], place, turn, sitting)


def thing_shape(thing: Thing) -> ThingShape:
    """Return one thing's shape."""
    label = thing.label or (THING_KINDS[thing.kind] if thing.kind in NAMED else "")
    place = f"translate({thing.x} {thing.y}) rotate({thing.turn})"
    half = f"{thing.w / 2:g}", f"{thing.h / 2:g}"
    corner = f"-{half[0]}", f"-{half[1]}"
    return ThingShape(thing.kind, label, place, *corner, str(thing.w), str(thing.h), *half)


def choices(kinds: Mapping[str, Any]) -> Iterable[tuple[str, str]]:
    """Return kinds with their words, for selects and scripts."""
    return [(kind, str(label)) for kind, label in kinds.items()]
