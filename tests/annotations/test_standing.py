"""Where somebody stands is found once for seconds, and never used once a right was taken away."""

from time import monotonic

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from annotations import batch, standing
from annotations.standing import standing_of
from ledger.verdict import Unseen
from meetings.actions.participants import remove
from tests.annotations.factories import codes, do, meeting_circle, put
from tests.meetings.factories import now, world
from tests.people.factories import fresh

pytestmark = pytest.mark.django_db


@pytest.fixture
def there():
    return world("published")


def test_the_second_stroke_asks_for_the_control_stream_alone(there):
    document, member = there.papers[0].document, fresh(there.members[0])
    first = standing_of(member, document.public_id)
    with CaptureQueriesContext(connection) as queries:
        assert standing_of(member, document.public_id) is first
    assert len(queries) == 1
    assert set(first.keys) >= {f"meeting:{there.meeting.public_id}"}


def test_after_seconds_the_rows_are_asked_again(there, monkeypatch):
    document, member = there.papers[0].document, fresh(there.members[0])
    first = standing_of(member, document.public_id)
    later = monotonic() + standing.GOOD_FOR
    monkeypatch.setattr(standing, "monotonic", lambda: later)
    assert standing_of(member, document.public_id) is not first


def test_who_is_taken_off_the_meeting_writes_no_more_at_once(there):
    document, member = there.papers[0].document, there.members[0]
    assert codes(do(document, member, put(document, to=meeting_circle(there)))) == [""]
    place = there.meeting.participants.get(user=member, removed_at__isnull=True)
    remove(place, by=fresh(there.clerk), at=now())
    with pytest.raises(Unseen):
        do(document, member, put(document))


def test_a_circle_gained_meanwhile_is_found_at_once(there):
    document, member = there.papers[0].document, fresh(there.members[0])
    known = standing_of(member, document.public_id)
    place = member.public_id, document.public_id
    standing._kept[place] = (*standing._kept[place][:2], standing.Standing(known.document, {}))
    assert codes(do(document, member, put(document, to=meeting_circle(there)))) == [""]


def test_what_was_found_is_handed_on_to_the_batch(there, monkeypatch):
    document, member = there.papers[0].document, there.members[0]
    asked = []

    def counted(*given, **more):
        asked.append(given)
        return standing_of(*given, **more)

    monkeypatch.setattr(batch, "standing_of", counted)
    assert codes(do(document, member, put(document, to=meeting_circle(there)))) == [""]
    assert asked == []
    assert codes(do(document, member, put(document, to={"circle": "meeting:none"}))) == ["note_circle_unknown"]
    assert len(asked) == 1
