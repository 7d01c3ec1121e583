"""Facts rebuilt from transitions equal the stored ones after any history."""

from typing import Any

import pytest
from django.core.management import call_command
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ledger.models import Fact
from ledger.rebuild import compare, rebuild
from tests.ledger.things import FLOW, Thing, later, move, person, thing

pytestmark = pytest.mark.django_db
HANDS = st.lists(st.sampled_from(["trái", "phải", "máy"]), max_size=3)
STEPS = st.lists(st.tuples(st.integers(0, 4), st.integers(0, 1), HANDS, st.floats(0, 9)), max_size=30)


def walk(steps: list[tuple[int, int, list[str], float]]) -> None:
    """Move five things along their table, in the order drawn."""
    user, things, states = person(), [thing() for _ in range(5)], dict.fromkeys(range(5), FLOW.initial)
    for minute, (which, choice, hands, weight) in enumerate(steps):
        rows = FLOW.verbs(states[which])
        row = rows[choice % len(rows)]
        move(things[which], row.source, row.verb, by=user, at=later(minute * 400), hands=hands, weight=weight)
        states[which] = row.target


@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(STEPS)
def test_a_rebuild_agrees_after_any_history(db: Any, steps: list[tuple[int, int, list[str], float]]) -> None:
    walk(steps)
    assert not compare()


def test_a_rebuild_puts_right_what_differs() -> None:
    walk([(which, 1, ["trái", "phải"], 2.0) for which in range(5)] * 3)
    before = list(Fact.objects.order_by("name", "object_id", "subject").values())
    victim, other = Fact.objects.order_by("pk")[:2]
    victim.delete()
    Fact.objects.filter(pk=other.pk).update(agency_id=99)
    Fact.objects.create(
        name="thing.dreamt",
        agency_id=1,
        object_type="tests.thing",
        object_id=thing().public_id,
        day="2026-11-21",
        at=later(0),
    )
    found = compare()
    assert (found.missing, found.extra, found.different) == (1, 1, 1)
    rebuild()
    assert not compare()
    after = list(Fact.objects.order_by("name", "object_id", "subject").values())
    assert [{**row, "id": 0} for row in after] == [{**row, "id": 0} for row in before]


def test_the_command_tells_whether_they_agree() -> None:
    walk([(0, 0, ["trái"], 1.0)])
    call_command("rebuild_facts", "--check")
    Fact.objects.all().delete()
    with pytest.raises(SystemExit):
        call_command("rebuild_facts", "--check")
    call_command("rebuild_facts")
    call_command("rebuild_facts", "--check")


def test_a_fact_falls_on_its_legal_day() -> None:
    move(thing(), "running", "finish", by=person(), at=later(13 * 60), hands=[], weight=0)
    assert [str(fact.day) for fact in Fact.objects.all()] == ["2026-11-22"]
    assert Thing._meta.label_lower == "tests.thing"
