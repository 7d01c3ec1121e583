"""The demo's rooms: three with their plans, a few bookings, a maintenance."""

import json
from datetime import datetime, timedelta
from functools import cache
from pathlib import Path
from typing import Any

from ledger.days import legal_day
from ledger.door import writing
from people.demo import holder
from people.models import Agency, User
from people.queries import agency_by_code
from rooms.actions import bookings, plans, rooms
from rooms.board import midnight
from rooms.details import RoomDetails
from rooms.models import Room
from rooms.queries import clashes, plans_of
from rooms.shapes import drawn

DATA = Path(__file__).resolve().parent / "data" / "demo.json"


@cache
def data() -> dict[str, Any]:
    """Return the demo's rooms as written in data/demo.json."""
    return dict(json.loads(DATA.read_text(encoding="utf-8")))


def build(at: datetime) -> None:
    """Build whatever room is missing, with its plans and what stands in it this week."""
    clerk = holder("clerk")
    for script in data()["rooms"]:
        agency = agency_by_code(script["agency"])
        if agency is None or Room.objects.filter(agency=agency, name=script["name"]).exists():
            continue
        with writing():
            room = furnished(agency, script, clerk, at)
            for line in script["bookings"]:
                occupy(room, line, clerk, at)


def furnished(agency: Agency, script: dict[str, Any], by: User, at: datetime) -> Room:
    """Add a room with its plans, the first of them the main one."""
    details = RoomDetails(
        script["name"], script["building"], script["capacity"], tuple(script["equipment"]), script["remark"]
    )
    first, *others = script["plans"]
    room = rooms.add(agency, details=details, plan_name=first["name"], by=by, at=at)
    layout = drawn(first["shape"], first["seats"])
    plans.save(plans_of(room)[0], name=first["name"], layout=layout, revision=1, by=by, at=at)
    for one in others:
        plans.add(room, name=one["name"], layout=drawn(one["shape"], one["seats"]), by=by, at=at)
    return room


def occupy(room: Room, line: dict[str, Any], by: User, at: datetime) -> None:
    """Book the room, or keep it out of use, on a day from today."""
    day = midnight(legal_day(at) + timedelta(days=line["day"]))
    times = {"starts_at": day + timedelta(hours=line["from"]), "ends_at": day + timedelta(hours=line["until"])}
    if clashes(room, times["starts_at"], times["ends_at"]).exists():
        return
    if line.get("block"):
        bookings.block(room, title=line["title"], by=by, at=at, **times)
    else:
        bookings.reserve(room, title=line["title"], agency_id=room.agency_id, by=by, at=at, **times)
