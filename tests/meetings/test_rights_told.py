"""Whoever changes who may read tells open pages so: units merged or moved, colleagues put in charge and taken off."""

import json

import pytest

from live.control import CONTROL
from live.models import Event
from meetings.actions import duties
from people.actions import agencies
from people.queries import today
from tests.meetings.factories import now, world
from tests.meetings.test_duties import ask
from tests.people.factories import AgencyFactory, fresh, person

pytestmark = pytest.mark.django_db


def told() -> list[tuple[int | None, str | None]]:
    """Return whose rights to which stream were told, in order."""
    bodies = Event.objects.filter(stream__key=CONTROL).order_by("seq").values_list("bodies", flat=True)
    orders = [body if isinstance(body, dict) else json.loads(body) for body in bodies]
    found = [json.loads(order[""]) if isinstance(order[""], str) else order[""] for order in orders]
    return [(one["user"], one["stream"]) for one in found]


def test_a_colleague_put_in_charge_and_one_taken_off_are_looked_at_again():
    made, unit = world("draft"), AgencyFactory()
    leader, first, second = person(unit, "leader"), person(unit), person(unit)
    duty = ask(made, unit)
    duties.appoint(duty, people=[first], by=leader, at=now())
    before = len(told())
    duties.appoint(duty, people=[second], by=fresh(leader), at=now())
    assert told()[before:] == [(pk, None) for pk in sorted([first.pk, second.pk])]
    duties.appoint(duty, people=[second], by=fresh(leader), at=now())
    assert len(told()) == before + 2


def test_everybody_is_looked_at_again_when_units_are_moved_or_merged():
    top = AgencyFactory()
    left, right = AgencyFactory(parent=top), AgencyFactory(parent=top)
    admin = person(top, "admin")
    before = len(told())
    agencies.place_under(left, parent=right, from_day=today(), by=admin, at=now())
    assert told()[before:] == [(None, None)]
    agencies.merge([left], into=right, on_day=today(), by=fresh(admin), at=now())
    assert told()[before:] == [(None, None)] * 2
