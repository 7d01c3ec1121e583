"""A room to test with: a province and its unit, who looks after rooms and who does not."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.utils import timezone

from people.models import Agency, User
from rooms.actions import rooms
from rooms.details import RoomDetails
from rooms.models import Room
from tests.people.factories import AgencyFactory, person


def now():
    return timezone.now()


def at(hour: float, days: int = 1) -> datetime:
    """An hour of a coming day."""
    morning = timezone.localtime().replace(hour=0, minute=0, second=0, microsecond=0)
    return morning + timedelta(days=days, hours=hour)


@dataclass
class House:
    """A province with a unit under it and a neighbour, and one room of the province."""

    province: Agency
    unit: Agency
    other: Agency
    clerk: User
    official: User
    unit_clerk: User
    stranger: User
    room: Room

    def booking(self, start: float = 8, end: float = 10, **changes) -> dict:
        """What a booking says."""
        made = {
            "subject": f"test:{start}",
            "title": "Họp giao ban",
            "starts_at": at(start),
            "ends_at": at(end),
            "agency_id": self.province.pk,
            "by": self.clerk,
            "at": now(),
        }
        return made | changes


def house(name: str = "Phòng họp số 1", **details) -> House:
    province = AgencyFactory()
    unit, other = AgencyFactory(parent=province), AgencyFactory()
    clerk = person(province, "clerk")
    return House(
        province,
        unit,
        other,
        clerk,
        person(province),
        person(unit, "clerk"),
        person(other, "clerk"),
        rooms.add(province, details=RoomDetails(name=name, **details), plan_name="Sơ đồ chính", by=clerk, at=now()),
    )
