"""The calendar: columns of what overlaps, weeks and months, the table on the wall."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from meetings.columns import side_by_side
from meetings.models import Participant
from tests.meetings.factories import world
from tests.meetings.test_lists import copies
from tests.meetings.test_pages import signed_in
from tests.people.factories import AgencyFactory, fresh, person

SPANS = st.lists(st.tuples(st.integers(0, 90), st.integers(1, 40)).map(lambda pair: (pair[0], sum(pair))), max_size=25)


def overlap(one, other) -> bool:
    return one[0] < other[1] and other[0] < one[1]


@given(SPANS)
def test_what_overlaps_never_shares_a_column(spans):
    placed = side_by_side(spans)
    assert len(placed) == len(spans)
    for first, (column, columns) in enumerate(placed):
        assert 0 <= column < columns
        for second in range(first):
            if overlap(spans[first], spans[second]):
                assert placed[second][0] != column
                assert placed[second][1] == columns


@given(SPANS)
def test_there_are_no_more_columns_than_run_at_once(spans):
    for (start, _end), (_column, columns) in zip(spans, side_by_side(spans), strict=True):
        assert columns <= max(sum(one[0] <= at < one[1] for one in spans) for at in range(131))
        assert columns == 1 or any(overlap((start, start + 1), one) for one in spans)


@given(SPANS, st.randoms())
def test_the_order_they_come_in_does_not_matter(spans, random):
    shuffled = spans[:]
    random.shuffle(shuffled)
    by_span: dict = {}
    for span, (_column, columns) in zip(spans, side_by_side(spans), strict=True):
        by_span.setdefault(span, columns)
    assert all(by_span[span] == columns for span, (_c, columns) in zip(shuffled, side_by_side(shuffled), strict=True))


def day_of(made) -> str:
    return timezone.localtime(made.meeting.starts_at).date().isoformat()


@pytest.mark.django_db
@pytest.mark.parametrize("view", ["week", "month"])
def test_my_calendar_shows_mine_my_units_shows_what_its_people_do(view):
    made = world("published")
    unit = AgencyFactory()
    colleague, clerk = person(unit, "official"), person(unit, "clerk")
    made.meeting.participants.create(user=colleague, role="member")
    query = f"?view={view}&day={day_of(made)}"
    assert made.meeting.title in signed_in(fresh(colleague)).get(f"/meetings/calendar/{query}").content.decode()
    client = signed_in(fresh(clerk))
    assert made.meeting.title not in client.get(f"/meetings/calendar/{query}&of=me").content.decode()
    page = client.get(f"/meetings/calendar/{query}&of=unit").content.decode()
    assert made.meeting.title in page
    assert f"/meetings/{made.meeting.public_id}/unit/" in page
    assert (
        made.meeting.title not in signed_in(made.user("stranger")).get(f"/meetings/calendar/{query}").content.decode()
    )


@pytest.mark.django_db
def test_who_stays_away_has_the_hour_free():
    made = world("published")
    member = made.user("member")
    Participant.objects.filter(user=member).update(reply="excused")
    page = signed_in(member).get(f"/meetings/calendar/?day={day_of(made)}")
    assert made.meeting.title not in page.content.decode()


@pytest.mark.django_db
@pytest.mark.parametrize(
    "query", ["day=x", "day=0001-01-01", "day=9999-12-31", "of=x", "view=x", "view=month&day=2026-12-31"]
)
def test_an_odd_address_shows_some_calendar(query):
    made = world("published")
    client = signed_in(made.user("clerk"))
    assert client.get(f"/meetings/calendar/?{query}").status_code == 200
    assert client.get(f"/meetings/calendar/week/?{query}").status_code == 200


@pytest.mark.django_db
@pytest.mark.parametrize("page", ["?view=week&of=unit", "?view=month&of=unit", "week/?of=unit"])
def test_a_full_week_costs_as_many_queries_as_one_meeting(page):
    made = world("published")
    client = signed_in(made.user("clerk"))
    address = f"/meetings/calendar/{page}&day={day_of(made)}"
    client.get(address)
    with CaptureQueriesContext(connection) as few:
        client.get(address)
    copies(made.meeting, 3)
    with CaptureQueriesContext(connection) as more:
        client.get(address)
    assert len(more) == len(few)


@pytest.mark.django_db
def test_the_wall_names_hour_chair_and_the_units_people():
    made = world("published")
    late = copies(made.meeting, 1, starts_at=made.meeting.starts_at, ends_at=made.meeting.ends_at + timedelta(days=1))[
        0
    ]
    page = signed_in(made.user("clerk")).get(f"/meetings/calendar/week/?of=unit&day={day_of(made)}").content.decode()
    for words in (made.meeting.title, made.chair.full_name, made.members[0].full_name, "Phòng họp số 1", late.title):
        assert words in page
    assert made.guest.full_name not in page
    draft = world("draft")
    page = signed_in(draft.user("clerk")).get(f"/meetings/calendar/week/?day={day_of(draft)}").content.decode()
    assert draft.meeting.title not in page


@pytest.mark.django_db
def test_a_free_hour_begins_a_meeting_at_that_hour():
    made = world("published")
    client = signed_in(made.user("clerk"))
    assert "starts=" in client.get("/meetings/calendar/").content.decode()
    assert "starts=" not in signed_in(made.user("member")).get("/meetings/calendar/").content.decode()
    form = client.get("/meetings/new/?starts=2026-12-07T14:00").content.decode()
    assert 'value="07/12/2026"' in form
    assert 'value="14:00"' in form
    for odd in ("x", "2026-13-01T00:00", "9999-99-99"):
        assert client.get(f"/meetings/new/?starts={odd}").status_code == 200
