"""Several hands on one agenda at the same time: on PostgreSQL they wait for each other, and nothing is lost."""

import pytest
from django.db import connection

from ledger.verdict import Refused
from live.models import Event
from meetings.actions import agenda
from meetings.details import Matter, Spot
from meetings.models import AgendaItem
from meetings.outline import is_outline
from tests.meetings.factories import now, world
from tests.people.test_races import at_once

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite has one writer at a time"),
]


def kept(made) -> set[str]:
    """The titles, once the agenda is proved to be an outline without gaps."""
    items = list(made.meeting.items.order_by("position"))
    assert [item.position for item in items] == list(range(1, len(items) + 1))
    assert is_outline([item.depth for item in items])
    return {item.title for item in items}


def test_two_moves_and_an_add_lose_nothing():
    made = world("draft", items=6)
    first, second, third, *_, last = made.items
    found = at_once(
        lambda: agenda.place_item(last, spot=Spot(None, 0), by=made.clerk, at=now()),
        lambda: agenda.place_item(first, spot=Spot(third.public_id, 1), by=made.clerk, at=now()),
        lambda: agenda.add_item(
            made.meeting, matter=Matter("Mới"), spot=Spot(second.public_id, 1), by=made.clerk, at=now()
        ),
    )
    assert not [one for one in found if isinstance(one, Exception)]
    assert kept(made) == {"Mới", *(item.title for item in made.items)}
    assert AgendaItem.objects.get(title="Mới").depth == 1
    told = Event.objects.filter(stream__key=made.meeting.stream).order_by("seq").values_list("kind", flat=True)
    assert sorted(list(told)[-3:]) == ["item.added", "item.moved", "item.moved"]


def test_whoever_moves_what_is_being_removed_is_told():
    made = world("draft", items=2)
    add = lambda title: agenda.add_item(made.meeting, matter=Matter(title), by=made.clerk, at=now())  # noqa: E731
    first, second = add("Một"), add("Hai")
    found = at_once(
        lambda: agenda.remove_item(second, by=made.clerk, at=now()),
        lambda: agenda.place_item(first, spot=Spot(second.public_id, 1), by=made.clerk, at=now()),
    )
    refused = [one.code for one in found if isinstance(one, Refused)]
    assert refused in ([], ["item_unknown"])
    assert "Hai" not in kept(made)
    assert ("Một" in kept(made)) == bool(refused)


def test_one_of_two_edits_comes_second():
    made = world("draft", items=2)
    item = made.items[0]
    found = at_once(
        *(
            lambda words=words: agenda.edit_item(item, matter=Matter(words), revision=1, by=made.clerk, at=now())
            for words in ("Bản A", "Bản B")
        )
    )
    assert [one.code for one in found if isinstance(one, Refused)] == ["changed_meanwhile"]
    item.refresh_from_db()
    assert (item.revision, item.title in ("Bản A", "Bản B")) == (2, True)
