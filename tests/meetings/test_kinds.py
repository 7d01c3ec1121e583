"""Kinds as dated data, what an agency makes of them, time limits, working days."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ledger.verdict import Refused
from meetings.actions import meetings as acts
from meetings.actions import votes
from meetings.actions.kinds import Wish, change_kind
from meetings.details import Asked
from meetings.forms.kinds import KindForm, written_of
from meetings.kinds import CERTAINTIES, TIMED, all_kinds, changed_kind, kind_on, new_code
from meetings.models import AgencyKind, Meeting, Paper
from meetings.queries.kinds import kind_of, offer_of, offers
from meetings.queries.room import quorum_of
from meetings.timeliness import time_checks
from meetings.working_days import (
    holidays,
    is_working,
    worked_weekends,
    working_days_after,
    working_days_before,
    working_days_between,
)
from people.queries import today
from tests.meetings.factories import details, now, world
from tests.meetings.test_pages import signed_in
from tests.people.factories import person

days = st.dates(date(2025, 1, 1), date(2027, 12, 31))


@given(days, st.integers(0, 30))
def test_working_days_there_and_back(day, count):
    later = working_days_after(day, count)
    assert working_days_between(day + timedelta(days=1), later + timedelta(days=1)) == count
    assert count == 0 or is_working(later)
    earlier = working_days_before(day, count)
    assert working_days_between(earlier, day) == count
    assert count == 0 or is_working(earlier)


def test_holidays_are_working_days_otherwise():
    for day, special in holidays().items():
        assert day.weekday() < 5
        assert special.certainty in CERTAINTIES
        assert special.basis
    assert all(day.weekday() >= 5 for day in worked_weekends())
    assert working_days_before(date(2026, 2, 23), 3) == date(2026, 2, 11)  # nine days of Tết in between
    assert working_days_after(date(2026, 4, 24), 1) == date(2026, 4, 28)
    assert not is_working(date(2026, 9, 2))


def test_time_rules_are_sound():
    for kind in all_kinds():
        for rule in kind.time_rules:
            assert rule.code in TIMED
            assert rule.days > 0
            assert rule.basis
            assert rule.certainty in CERTAINTIES
        assert not kind.substitutes_vote
        assert kind.role_name("chair", "vi")
    assert [rule.days for rule in kind_on("department_meeting", date(2026, 11, 21)).time_rules] == [3, 3, 5]
    assert kind_on("ubnd_session", date(2026, 11, 21)).time_rules == ()


pytest_db = pytest.mark.django_db


@pytest_db
def test_time_limits_warn_and_never_block():
    made = world("published", kind="department_meeting")
    checks = {check.rule.code: check for check in time_checks(made.meeting, kind_of(made.meeting))}
    assert checks["invitation"].missed
    assert checks["papers"].late == 2
    assert "notice" not in checks
    made.meeting.starts_at = now() + timedelta(days=30)
    Paper.objects.filter(item__meeting=made.meeting).update(laid_at=now())
    found = time_checks(made.meeting, kind_of(made.meeting))
    assert not any(check.missed for check in found)
    made.meeting.closed_at = now() - timedelta(days=30)
    found = time_checks(made.meeting, kind_of(made.meeting))
    assert [check.missed for check in found if check.rule.code == "notice"] == [True]


def administrator(made):
    return person(made.agency, "admin")


OWN = {"quorum": {"share": [1, 2]}, "certainty": "agency", "basis": "Quy chế 12/QC-SNV"}


@pytest_db
def test_a_kind_of_an_agencys_own_is_used_and_keeps_its_rules():
    made = world("draft")
    admin, code = administrator(made), new_code()
    wish = Wish("department_meeting", today(), "Họp giao ban tuần", changes=OWN)
    change_kind(made.agency, code=code, wish=wish, by=admin, at=now())
    meeting = acts.create(made.agency, details=details(kind=code), by=made.clerk, at=now())
    assert kind_of(meeting).name("vi") == "Họp giao ban tuần"
    assert kind_of(meeting).quorum_share == (1, 2)
    later = Wish("department_meeting", today(), "Họp tuần", changes={**OWN, "quorum": {}})
    change_kind(made.agency, code=code, wish=later, by=admin, at=now())
    kept = Meeting.objects.get(pk=meeting.pk)
    assert kind_of(kept).quorum_share == (1, 2)
    assert quorum_of(kept).members == 0
    assert offer_of(made.agency.pk, code, today()).kind.quorum_share is None
    assert AgencyKind.objects.filter(code=code, effective_to__isnull=True).count() == 1


@pytest_db
def test_a_kind_switched_off_is_not_offered_and_old_meetings_stay():
    made = world("draft")
    wish = Wish("ubnd_session", today(), offered=False)
    change_kind(made.agency, code="ubnd_session", wish=wish, by=administrator(made), at=now())
    assert "ubnd_session" not in [offer.kind.code for offer in offers(made.agency.pk, today())]
    with pytest.raises(Refused, match="kind_unknown"):
        acts.create(made.agency, details=details(), by=made.clerk, at=now())
    acts.edit(made.meeting, details=details(title="Vẫn sửa được"), revision=1, by=made.clerk, at=now())
    assert votes.prepare(made.items[1], asked=Asked("Vẫn hỏi được?"), by=made.clerk, at=now())


@pytest_db
def test_who_may_change_kinds_and_from_when():
    made = world("draft")
    wish = Wish("ubnd_session", today(), "Phiên họp tháng")
    for user in (made.clerk, made.leader, made.stranger):
        with pytest.raises(Refused, match="kind_not_yours"):
            change_kind(made.agency, code="ubnd_session", wish=wish, by=user, at=now())
    admin = administrator(made)
    for bad, code in (
        (Wish("ubnd_session", today() - timedelta(days=1)), "kind_in_past"),
        (Wish("nothing", today()), "kind_base_unknown"),
        (Wish("ubnd_session", today(), changes={"quorum": {}}), "basis_missing"),
    ):
        with pytest.raises(Refused, match=code):
            change_kind(made.agency, code="ubnd_session", wish=bad, by=admin, at=now())


@pytest_db
def test_the_catalogue_is_for_administrators():
    made = world("draft")
    client = signed_in(administrator(made))
    home = client.get("/meetings/kinds/", follow=True)
    assert "Cuộc họp của cơ quan, đơn vị" in home.content.decode()
    address = f"/meetings/kinds/{made.agency.public_id}/"
    form = {"base": "department_meeting", "label": "Họp chuyên môn", "offered": "on", "quorum": "2/3",
            "deciding": "half_all", "basis": "Quy chế 5", "starts_on": f"{today():%d/%m/%Y}"}  # fmt: skip
    assert client.post(f"{address}new/", form).status_code == 302
    row = AgencyKind.objects.get()
    assert row.changes["rules"][0]["base"] == "all"
    assert client.get(f"{address}{row.code}/").status_code == 200
    assert client.post(f"{address}new/", {**form, "basis": ""}).status_code == 422
    assert client.post(f"{address}new/", {**form, "label": ""}).status_code == 422
    number = {**form, "label": "Họp hội đồng", "deciding": "number", "deciding_number": "7"}
    assert client.post(f"{address}new/", {**number, "deciding_number": ""}).status_code == 422
    assert client.post(f"{address}new/", number).status_code == 302
    council = AgencyKind.objects.exclude(pk=row.pk).get()
    assert council.changes["rules"][0]["threshold"] == {"kind": "number", "number": 7}
    assert written_of(council.changes)["deciding_number"] == 7
    assert 'value="7"' in client.get(f"{address}{council.code}/").content.decode()
    assert client.get(f"{address}nothing/").status_code == 404
    assert "Họp chuyên môn" in client.get(address).content.decode()
    assert signed_in(made.clerk).get(address).status_code == 404
    shown = signed_in(made.clerk).get("/meetings/new/").content.decode()
    assert "Họp chuyên môn" in shown


@pytest_db
def test_the_catalogue_costs_the_same_with_more_kinds():
    made = world("draft")
    client, admin = signed_in(administrator(made)), administrator(made)
    address = f"/meetings/kinds/{made.agency.public_id}/"
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    counts = []
    client.get(address)
    for _ in range(2):
        change_kind(made.agency, code=new_code(), wish=Wish("department_meeting", today(), "Họp"), by=admin, at=now())
        with CaptureQueriesContext(connection) as queries:
            client.get(address)
        counts.append(len(queries))
    assert counts[0] == counts[1]


def test_how_votes_run_is_the_agencys_to_say():
    form = KindForm(
        {
            "base": "hdnd_session",
            "offered": "on",
            "starts_on": today().isoformat(),
            "basis": "Quy chế làm việc số 01/QC-HĐND",
            "vote_who": "members",
            "vote_board": "after",
            "vote_change": "yes",
            "vote_seconds": "45",
        },
        own=False,
    )
    assert form.is_valid(), form.errors
    changes = form.wish().changes
    assert changes["voting"] == {"who": "members", "board": "after", "seconds": 45, "change": True}
    assert {key: value for key, value in written_of(changes).items() if key.startswith("vote_")} == {
        "vote_who": "members",
        "vote_board": "after",
        "vote_seconds": 45,
        "vote_change": "yes",
    }
    kind = changed_kind("hdnd_session", today(), code="hdnd_session", label="", changes=changes)
    for rule in kind.rules:
        assert (rule.data["who"], rule.data["board"], rule.data["change"], rule.seconds) == (
            "members",
            "after",
            True,
            45,
        )
    assert {rule.code for rule in kind.rules} == {"ordinary", "dismissal"}
