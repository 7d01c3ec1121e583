"""Two who check somebody in at once, a code used twice, a check-in against a removal."""

import pytest
from django.db import connection

from ledger.models import AuditEntry
from meetings.actions import participants, presence
from meetings.door import door_code
from meetings.queries.room import quorum_of
from tests.meetings.factories import now, world
from tests.people.test_races import at_once

postgres_only = pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite has one writer at a time")


@pytest.mark.django_db(transaction=True)
@postgres_only
@pytest.mark.parametrize("times", range(5))
def test_two_check_ins_at_once_are_one(times):
    made = world("open")
    member, at = made.members[0], now()
    code = door_code(made.meeting, None, at)
    at_once(
        lambda: presence.check_in(made.place(member), code=code, by=member, at=at),
        lambda: presence.check_in_together(
            made.meeting, people=[made.place(member).public_id], how="connection", by=made.secretary, at=at
        ),
    )
    assert AuditEntry.objects.filter(verb="check_in", data__user=member.pk).count() == 1
    assert made.place(member).checked_in_at == at


@pytest.mark.django_db(transaction=True)
@postgres_only
@pytest.mark.parametrize("times", range(5))
def test_a_code_used_twice_at_once_checks_in_once(times):
    made = world("open")
    member, at = made.members[0], now()
    code = door_code(made.meeting, None, at)
    scan = lambda: presence.check_in(made.place(member), code=code, by=member, at=at)  # noqa: E731
    at_once(scan, scan)
    assert AuditEntry.objects.filter(verb="check_in", data__user=member.pk).count() == 1


@pytest.mark.django_db(transaction=True)
@postgres_only
@pytest.mark.parametrize("times", range(5))
def test_a_check_in_against_a_removal_leaves_nobody_present_who_is_gone(times):
    made = world("open")
    member = made.members[0]
    place = made.place(member)
    at_once(
        lambda: presence.check_in(place, by=member, at=now()),
        lambda: participants.remove(place, by=made.secretary, at=now()),
    )
    assert quorum_of(made.meeting).present == 0
    assert made.place(member).removed_at is not None
    verbs = list(AuditEntry.objects.filter(object_id=place.public_id).order_by("pk").values_list("verb", flat=True))
    assert verbs[-1] == "remove_participant", "after the removal nobody comes"
