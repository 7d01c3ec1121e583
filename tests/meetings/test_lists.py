"""Lists of meetings: tabs, filters, words without marks, constant queries, what a unit's office may know."""

import csv
import io
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from django.utils.html import escape
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import load_workbook

from ledger.door import writing
from ledger.verdict import Unseen
from meetings.actions import conclusions
from meetings.actions import meetings as acts
from meetings.actions.kinds import Wish, change_kind
from meetings.finding import index_meeting
from meetings.kinds import new_code
from meetings.models import Duty, Meeting, UnitInvitation
from meetings.queries.lists import Filters, in_tab, narrowed
from meetings.queries.own import get_listed_meeting, unit_meetings
from meetings.queries.visible import visible_meetings, visible_papers
from meetings.spans import PERIODS, month_grid, period
from people.models import Agency
from people.queries import today
from tests.meetings.factories import details, now, world
from tests.meetings.test_pages import signed_in
from tests.people.factories import AgencyFactory, fresh, person

pytestmark = pytest.mark.django_db


def copies(meeting: Meeting, count: int, **changes) -> list[Meeting]:
    """More meetings like this one, an hour apart, everybody invited to each."""
    places = list(meeting.participants.all())
    made = []
    for number in range(count):
        values = {field.name: getattr(meeting, field.name) for field in Meeting._meta.fields}
        for name in ("id", "public_id"):
            values.pop(name)
        shift = timedelta(hours=number + 1)
        times = {"starts_at": meeting.starts_at + shift, "ends_at": meeting.ends_at + shift}
        made.append(Meeting.objects.create(**values | times | {"title": f"{meeting.title} {number}"} | changes))
        for place in places:
            made[-1].participants.create(user=place.user, role=place.role, votes=place.votes)
    return made


def titles(client, query: str) -> str:
    return client.get(f"/meetings/{query}").content.decode()


@given(st.dates(), st.sampled_from(PERIODS))
def test_a_period_holds_its_day_and_begins_and_ends_where_it_should(day, name):
    first, last = period(name, day)
    assert first <= day <= last
    assert period(name, first) == period(name, last) == (first, last)
    assert first.day == 1 or name == "week"


@given(st.integers(2000, 2100), st.integers(1, 12))
def test_a_month_is_whole_weeks_without_a_day_missing(year, month):
    weeks = month_grid(year, month)
    days = [day for week in weeks for day in week]
    assert days == [days[0] + timedelta(days=number) for number in range(len(days))]
    assert days[0].weekday() == 0
    assert {day.day for day in days if day.month == month} == set(
        range(1, max(d.day for d in days if d.month == month) + 1)
    )
    assert 4 <= len(weeks) <= 6


def test_words_are_found_without_marks_in_titles_agendas_and_conclusions():
    made = world("open", title="Họp xem xét quyết định đầu tư")
    conclusions.conclude(made.meeting, text="Giao Sở Tài chính thẩm định.", by=made.chair, at=now())
    made.items[0].title = "Kế hoạch phòng chống thiên tai"
    made.items[0].save()
    with writing() as writ:
        index_meeting(made.meeting)
        writ.repeats += 1
    client = signed_in(made.user("member"))
    for words in ("quyet dinh", "QUYẾT ĐỊNH", "dau tu quyet", "thien tai", "tham dinh", "quyết định đầu tư"):
        assert made.meeting.title in titles(client, f"?q={words}"), words
    for words in ("nghị quyết", "%", "_", "khong co"):
        assert made.meeting.title not in titles(client, f"?q={words}"), words


def test_a_word_without_upcoming_hits_is_looked_for_in_the_past_too():
    made = world("published", title="Họp giao ban tuần")
    client = signed_in(made.user("member"))
    empty = client.get("/meetings/?tab=upcoming&q=khongco&kind=office")
    address = empty.context["in_past"]
    assert "tab=past" in address
    assert "q=khongco" in address
    assert "kind=office" in address
    assert f'href="{escape(address)}"' in empty.content.decode()
    assert client.get(f"/meetings/{address}").status_code == 200
    assert not client.get("/meetings/?tab=past&q=khongco").context["in_past"]
    assert "Tìm cả trong Đã qua" not in client.get("/meetings/?q=giao ban").content.decode()


def test_each_filter_narrows_and_its_chip_widens_again():
    made = world("published")
    unit = AgencyFactory(name="Sở Y tế")
    other = copies(made.meeting, 1, title="Họp giao ban", chairing_unit=unit, kind="department_meeting")[0]
    later = copies(
        made.meeting, 1, title="Họp tháng sau", starts_at=now() + timedelta(days=70), ends_at=now() + timedelta(days=71)
    )[0]
    client = signed_in(made.user("member"))
    day = timezone.localtime(later.starts_at)
    for query, seen, unseen in (
        (f"?unit={unit.public_id}", other, made.meeting),
        (f"?unit={made.agency.public_id}", made.meeting, other),
        ("?kind=department_meeting", other, made.meeting),
        (f"?since={day:%d/%m/%Y}", later, other),
        (f"?until={day - timedelta(days=3):%d/%m/%Y}", other, later),
        ("?q=giao+ban", other, later),
    ):
        page = titles(client, query)
        assert seen.title in page, query
        assert unseen.title not in page, query
        assert 'class="filter-chip"' in page, query
    assert other.title not in titles(client, "?state=closed")


@pytest.mark.parametrize(
    "query",
    ["since=x", "since=31/02/2026", "state=x", "kind=x", "unit=x", "unit=00000000-0000-4000-8000-000000000000",
     "sort=x", "page=-1", "tab=x", "q=" + "a" * 5000, "since=02/01/2026&until=01/01/2026", "q=%22", "q=%C4%91%22%22"],
)  # fmt: skip
def test_bad_filters_never_break_the_list(query):
    made = world("published")
    assert signed_in(made.user("member")).get(f"/meetings/?{query}").status_code == 200


def test_the_list_costs_the_same_with_one_and_three_and_many():
    made = world("published")
    client = signed_in(made.user("clerk"))
    for tab in ("upcoming", "past", "unit", "prepares", "preparing"):
        address = f"/meetings/?tab={tab}&q=phien&state=published"
        client.get(address)
        with CaptureQueriesContext(
            connection,
        ) as few:
            client.get(address)
        if tab == "upcoming":
            copies(made.meeting, 2)
        with CaptureQueriesContext(connection) as more:
            client.get(address)
        assert len(more) == len(few), tab
        assert len(more) < 30, tab


def test_sorting_and_paging_keep_the_filters():
    made = world("published")
    copies(made.meeting, 40)
    client = signed_in(made.user("member"))
    page = titles(client, "?q=phien&sort=title&page=2")
    assert "q=phien" in page
    assert "sort=title" in page
    assert "page=1" in page


def test_the_table_holds_what_is_on_screen():
    made = world("published", title="=HYPERLINK(1)")
    copies(made.meeting, 2, title="Họp giao ban")
    client = signed_in(made.user("member"))
    answer = client.get("/meetings/list.csv?q=giao+ban")
    lines = list(csv.reader(io.StringIO(answer.content.decode("utf-8-sig"))))
    assert len(lines) == 3
    assert lines[1][0] == "Họp giao ban"
    sheet = load_workbook(io.BytesIO(client.get("/meetings/list.xlsx").content)).worksheets[0]
    assert "'=HYPERLINK(1)" in [row[0].value for row in sheet.rows]
    assert client.get("/meetings/list.exe").status_code == 404


# --- what a unit may know -------------------------------------------------------------------------


@pytest.fixture
def invited_unit():
    """A meeting to which a unit sends one person; the unit has a clerk, a leader and somebody else."""
    made = world("published")
    unit = AgencyFactory(name="Sở Nội vụ")
    people = {role: person(unit, role) for role in ("clerk", "leader", "official", "admin")}
    made.meeting.participants.create(user=people["official"], role="member")
    return made, unit, people


def test_the_office_of_a_unit_sees_that_its_people_are_away_and_nothing_more(invited_unit):
    made, _unit, people = invited_unit
    address = f"/meetings/{made.meeting.public_id}/"
    for role in ("clerk", "leader"):
        user = fresh(people[role])
        assert list(unit_meetings(user)) == [made.meeting]
        assert not visible_meetings(user).exists()
        assert not visible_papers(user, made.meeting).exists()
        client = signed_in(user)
        assert made.meeting.title in titles(client, "?tab=unit")
        assert client.get(address).status_code == 404
        page = client.get(f"{address}unit/").content.decode()
        assert people["official"].full_name in page
        assert made.chair.full_name in page
        assert made.members[0].full_name not in page
        assert "Nội dung 1" not in page
        assert not narrowed(user, in_tab(user, "unit", now()), Filters(text="noi dung")).exists()
        for part in ("room/", "agenda/", "opinions/", "notebook/", "reading/", "people/"):
            assert client.get(f"{address}{part}").status_code == 404, part
        assert client.get(f"/api/v1/meetings/{made.meeting.public_id}/room").status_code in (401, 404)


def test_others_of_the_unit_see_nothing(invited_unit):
    made, unit, people = invited_unit
    for user in (person(unit, "official"), people["admin"], made.stranger):
        user = fresh(user)
        if user.pk != made.stranger.pk:
            assert not unit_meetings(user).exists()
    with pytest.raises(Unseen):
        get_listed_meeting(fresh(people["admin"]), made.meeting.public_id)


def test_a_unit_invited_as_such_sees_it_before_it_names_anybody():
    made = world("published")
    unit = AgencyFactory()
    clerk = person(unit, "clerk")
    UnitInvitation.objects.create(meeting=made.meeting, agency=unit)
    assert list(unit_meetings(fresh(clerk))) == [made.meeting]
    UnitInvitation.objects.update(removed_at=now())
    assert not unit_meetings(fresh(clerk)).exists()


@pytest.mark.parametrize("state", ["draft", "submitted", "returned"])
def test_nothing_is_known_before_it_is_published(state):
    made = world(state)
    unit = AgencyFactory()
    made.meeting.participants.create(user=person(unit, "official"), role="member")
    assert not unit_meetings(fresh(person(unit, "clerk"))).exists()


def test_who_takes_part_is_led_to_the_whole_meeting(invited_unit):
    made, unit, _people = invited_unit
    both = person(unit, "clerk")
    made.meeting.participants.create(user=both, role="member")
    address = f"/meetings/{made.meeting.public_id}/"
    assert signed_in(fresh(both)).get(f"{address}unit/").headers["Location"] == address


def test_what_a_unit_prepares_is_listed_by_name_even_before():
    made = world("draft")
    unit: Agency = AgencyFactory()
    Duty.objects.create(item=made.items[0], agency=unit, due_at=now(), created_by=made.clerk, created_at=now())
    clerk = fresh(person(unit, "clerk"))
    assert made.meeting.title in titles(signed_in(clerk), "?tab=prepares")
    assert get_listed_meeting(clerk, made.meeting.public_id) == made.meeting


# --- ten thousand ---------------------------------------------------------------------------------


def test_time_and_agency_are_asked_through_an_index():
    made = world("published")
    day = made.meeting.starts_at
    queries = (
        Meeting.objects.filter(starts_at__lt=day, ends_at__gt=day - timedelta(days=7)).order_by("starts_at"),
        Meeting.objects.filter(agency=made.agency, starts_at__gte=day).order_by("starts_at"),
    )
    plans = [query.explain() for query in queries]
    if connection.vendor == "sqlite":
        assert "meetings_by_time" in plans[0]
        assert "meetings_of_an_agency" in plans[1]


def test_the_kinds_to_filter_by_hold_the_agencys_own():
    made = world("published")
    code = new_code()
    wish = Wish(
        "department_meeting", today(), "Họp giao ban sớm", changes={"certainty": "agency", "basis": "Quy chế 12"}
    )
    change_kind(made.agency, code=code, wish=wish, by=person(made.agency, "admin"), at=now())
    client = signed_in(made.clerk)
    assert "Họp giao ban sớm" not in titles(client, "?tab=preparing")
    own = acts.create(made.agency, details=details(kind=code, title="Giao ban tuần 47"), by=made.clerk, at=now())
    page = titles(client, f"?tab=preparing&kind={code}")
    assert own.title in page
    assert made.meeting.title not in page
    assert page.count("Họp giao ban sớm") >= 2  # the choice, and the filter in force in words
    assert "Họp giao ban sớm" not in titles(signed_in(made.stranger), "?tab=preparing")
