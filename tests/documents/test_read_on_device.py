"""What was read on a device without a network stands in the access log, at its time and once; nobody learns from it."""

import json
from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from documents.models import Access, Opening
from documents.openings import DEVICE_REMEMBERS, note_on_device, note_opening
from ledger.door import retrying
from meetings.actions import papers
from tests.documents.test_race import at_once
from tests.meetings.factories import now, world
from tests.people.factories import fresh

pytestmark = pytest.mark.django_db


@pytest.fixture
def there():
    return world("published")


def version_of(there):
    """The version, there for long: nothing was read before it came."""
    versions = there.papers[0].document.versions
    versions.update(created_at=now() - 2 * DEVICE_REMEMBERS)
    return versions.get()


def told(version, at):
    return {"version": str(version.public_id), "at": at.isoformat()}


def test_each_reading_stands_at_its_own_time_and_once(there):
    member, version, at = fresh(there.members[0]), version_of(there), now()
    lines = [told(version, at - timedelta(hours=hours)) for hours in (5, 3)]
    assert note_on_device(member, lines, at) == 2
    assert note_on_device(member, lines, at) == 0
    found = Access.objects.filter(version=version, user=member)
    assert {line.at for line in found} == {at - timedelta(hours=5), at - timedelta(hours=3)}
    assert all(line.on_device for line in found)
    assert Opening.objects.get(version=version, user=member).last_at == at - timedelta(hours=5)


def test_a_reading_beside_one_with_a_network_is_the_same(there):
    member, version, at = fresh(there.members[0]), version_of(there), now()
    note_opening(version, member, at - timedelta(minutes=4))
    assert note_on_device(member, [told(version, at - timedelta(minutes=9))], at) == 0


def test_times_that_cannot_be_are_not_believed(there):
    member, version, at = fresh(there.members[0]), version_of(there), now()
    early, late = at - DEVICE_REMEMBERS - timedelta(days=1), at + timedelta(days=3)
    assert note_on_device(member, [told(version, early)], at) == 0
    assert note_on_device(member, [told(version, late)], at) == 1
    assert Access.objects.get().at == at


def test_nothing_was_read_before_it_came(there):
    member, version, at = fresh(there.members[0]), version_of(there), now()
    came = at - timedelta(hours=1)
    version.document.versions.update(created_at=came)
    lines = [told(version, at - timedelta(hours=hours)) for hours in (9, 5)]
    assert note_on_device(member, lines, at) == 1
    assert Access.objects.get().at == came


def test_many_readings_are_one_transaction_and_cost_no_more(there):
    member, version, at, asked = fresh(there.members[0]), version_of(there), now(), []
    for first, count in ((1, 2), (100, 400)):
        lines = [told(version, at - timedelta(minutes=11 * (first + step))) for step in range(count)]
        with CaptureQueriesContext(connection) as queries:
            assert note_on_device(member, lines, at) == count
        asked.append(len(queries))
    assert asked[1] <= asked[0]


@pytest.mark.django_db(transaction=True)
def test_two_devices_that_tell_at_once_are_noted_once():
    there = world("published")
    member, version, at = there.members[0], version_of(there), now()
    lines = [told(version, at - timedelta(hours=hours)) for hours in (3, 2, 1)]
    new: list[int] = []
    device = lambda: new.append(retrying(lambda: note_on_device(fresh(member), lines, at)))  # noqa: E731
    assert at_once([device] * 4) == []
    assert sum(new) == 3
    assert Access.objects.filter(version=version, user=member).count() == 3
    assert Opening.objects.filter(version=version, user=member).count() == 1


def test_what_was_withdrawn_meanwhile_is_noted_for_who_had_it(there):
    member, other, version, at = fresh(there.members[0]), fresh(there.stranger), version_of(there), now()
    note_opening(version, member, at - timedelta(hours=2))
    papers.withdraw(there.papers[0], reason="Rút để chỉnh lý", by=fresh(there.clerk), at=at)
    line = [told(version, at - timedelta(hours=1))]
    assert note_on_device(fresh(member), line, at) == 1
    assert note_on_device(other, line, at) == 0


@pytest.mark.parametrize("junk", [[1, None, "x", {}, {"version": "x", "at": "y"}], {"a": 1}, "text", None])
def test_the_page_takes_anything_and_tells_nothing(there, junk):
    client, version = Client(), version_of(there)
    client.force_login(there.members[0])
    send = {"content_type": "application/json"}
    assert client.post("/documents/openings/", json.dumps({"openings": junk}), **send).status_code == 204
    unknown = {"openings": [{"version": str(uuid4()), "at": now().isoformat()}]}
    assert client.post("/documents/openings/", json.dumps(unknown), **send).status_code == 204
    assert client.post("/documents/openings/", "{", **send).status_code == 403
    somebody = f"/documents/openings/?as={there.chair.public_id}"
    assert client.post(somebody, json.dumps({"openings": [told(version, now())]}), **send).status_code == 403
    assert not Access.objects.exists()


def test_keepers_see_that_it_was_a_copy(there):
    member, version = fresh(there.members[0]), version_of(there)
    note_on_device(member, [told(version, now())], now())
    client = Client()
    client.force_login(there.clerk)
    page = client.get(f"/documents/{version.document.public_id}/openings/").content.decode()
    assert "từ bản đã tải về máy" in page
