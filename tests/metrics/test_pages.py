"""The figures on screen: for those who hold a post, nothing for anybody else; evidence that can be checked."""

import hashlib
import json
from datetime import date

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone, translation

from ledger.models import AuditEntry
from metrics.actions.snapshots import freeze
from metrics.figures import figures
from metrics.frozen import is_intact
from metrics.models import Snapshot
from metrics.periods import parse_period
from tests.metrics.numbers import held, issued
from tests.people.factories import AgencyFactory, UserFactory, fresh, person

pytestmark = pytest.mark.django_db
ROLES = ("clerk", "leader", "official")
DAY = date(2026, 11, 12)


@pytest.fixture
def agency():
    return AgencyFactory(code="UBND-P1", name="Ủy ban nhân dân phường Mẫu")


def browser(user) -> Client:
    client = Client()
    client.force_login(fresh(user), backend="allauth.account.auth_backends.AuthenticationBackend")
    return client


def get(user, name: str, *args, **query):
    return browser(user).get(reverse(f"metrics:{name}", args=args), query)


def text(response) -> str:
    assert response.status_code == 200
    return response.content.decode()


def one_of(agency, code: str = "DOC-SIGNED"):
    return next(one for one in figures(agency, parse_period("2026-11")) if one.indicator.code == code)


@pytest.mark.parametrize("role", ROLES)
def test_everybody_of_the_agency_reads_its_figures(agency, role):
    issued(agency, DAY)
    issued(agency, DAY, person_signed=False)
    user = person(agency, role)
    page = text(get(user, "dashboard", period="2026-11"))
    assert "Tháng 11/2026" in page
    assert "01/11/2026" in page
    assert "1 / 2" in page
    assert page.count('<svg class="chart"') == 3
    for side in ("numerator", "denominator", "missing"):
        assert "Không có quyền mở mục này" in text(get(user, "detail", "UBND-P1", "2026-11", "DOC-SIGNED", side=side))
    for suffix in ("json", "csv", "xlsx"):
        assert get(user, "export", "UBND-P1", "2026-11", suffix).status_code == 200


def test_for_others_nothing_of_it_exists(agency):
    snapshot = freeze(agency, figure=one_of(agency), by=person(agency, "clerk"), at=timezone.now())
    stranger = person(AgencyFactory(), "clerk")
    for name, args in (
        ("detail", ("UBND-P1", "2026-11", "DOC-SIGNED")),
        ("export", ("UBND-P1", "2026-11", "json")),
        ("snapshot", (snapshot.public_id,)),
        ("snapshot_file", (snapshot.public_id,)),
    ):
        assert get(stranger, name, *args).status_code == 404
    assert get(stranger, "dashboard", agency="UBND-P1").status_code == 404
    address = reverse("metrics:freeze", args=("UBND-P1", "2026-11", "DOC-SIGNED"))
    assert browser(stranger).post(address).status_code == 404
    assert Client().get(reverse("metrics:dashboard")).status_code == 302


def test_without_a_post_there_is_a_sentence(agency):
    assert "chưa giữ chức vụ" in text(get(UserFactory(), "dashboard"))


@pytest.mark.parametrize(
    ("name", "args", "query"),
    [
        ("detail", ("UBND-P1", "2026-13", "DOC-SIGNED"), {}),
        ("detail", ("UBND-P1", "2026-11", "NONE"), {}),
        ("detail", ("UBND-P1", "2026-11", "DOC-SIGNED"), {"side": "x"}),
        ("detail", ("UBND-P1", "2026-11", "DOC-SIGNED"), {"calendar": "moon"}),
        ("export", ("UBND-P1", "2026-11", "exe"), {}),
        ("export", ("UBND-P1", "x", "json"), {}),
        ("dashboard", (), {"calendar": "moon"}),
        ("dashboard", (), {"agency": "KHÔNG-CÓ"}),
    ],
)
def test_addresses_that_name_nothing(agency, name, args, query):
    assert get(person(agency), name, *args, **query).status_code == 404


@pytest.mark.parametrize("period", ["", "2026-Q4", "2026-H2", "2026", "1900-01", "9998", "2026-13", "x", "'"])
@pytest.mark.parametrize("calendar", ["calendar", "report"])
def test_any_period_gives_a_page_and_a_wrong_one_a_sentence(agency, period, calendar):
    page = text(get(person(agency), "dashboard", period=period, calendar=calendar))
    assert ("Hãy chọn một kỳ" in page) == (period in {"2026-13", "x", "'"})


def test_a_page_beyond_the_last_is_the_last(agency):
    issued(agency, DAY)
    for page in ("0", "99", "x"):
        assert get(person(agency), "detail", "UBND-P1", "2026-11", "DOC-SIGNED", page=page).status_code == 200


def test_the_number_of_queries_does_not_grow(agency):
    user = person(agency, "leader")
    counts = []
    for number in (1, 2):
        for _ in range(number):
            issued(agency, DAY)
            held(agency, DAY)
        counts.append([queries(user, "dashboard"), queries(user, "detail", "UBND-P1", "2026-11", "DOC-SIGNED")])
    assert counts[0] == counts[1]
    assert max(counts[0]) <= 16


def queries(user, name: str, *args) -> int:
    client, address = browser(user), reverse(f"metrics:{name}", args=args)
    client.get(address)
    with CaptureQueriesContext(connection) as seen:
        assert client.get(address, {"period": "2026-11"}).status_code == 200
    return len(seen)


def test_freezing_keeps_the_list_and_a_hash_anyone_can_check(agency):
    fact = issued(agency, DAY)
    clerk = person(agency, "clerk")
    address = reverse("metrics:freeze", args=("UBND-P1", "2026-11", "DOC-SIGNED"))
    response = browser(clerk).post(address, {"calendar": "calendar"}, follow=True)
    snapshot = Snapshot.objects.get()
    assert snapshot.sha256 in text(response)
    assert "Nguyên vẹn" in text(response)
    assert "Tỷ lệ văn bản đi có chữ ký số cá nhân" in text(response)
    assert snapshot.sha256[:16] in text(get(clerk, "dashboard"))
    file = get(clerk, "snapshot_file", snapshot.public_id)
    assert hashlib.sha256(file.content).hexdigest() == snapshot.sha256
    assert json.loads(file.content)["listing"]["numerator"] == [str(fact.object_id)]
    assert AuditEntry.objects.filter(verb="freeze", data__sha256=snapshot.sha256).exists()


def test_later_facts_leave_a_frozen_figure_alone_and_a_changed_row_is_told(agency):
    issued(agency, DAY)
    clerk = person(agency, "clerk")
    snapshot = freeze(agency, figure=one_of(agency), by=clerk, at=timezone.now())
    issued(agency, DAY)
    snapshot.refresh_from_db()
    assert is_intact(snapshot)
    assert (snapshot.numerator, len(snapshot.listing["denominator"])) == (1, 1)
    Snapshot.objects.filter(pk=snapshot.pk).update(numerator=2)
    assert "Đã bị thay đổi" in text(get(clerk, "snapshot", snapshot.public_id))


def test_an_official_reads_but_does_not_freeze(agency):
    official = person(agency, "official")
    address = reverse("metrics:freeze", args=("UBND-P1", "2026-11", "DOC-SIGNED"))
    assert browser(official).post(address).status_code == 403
    assert "disabled" in text(get(official, "detail", "UBND-P1", "2026-11", "DOC-SIGNED"))
    assert not Snapshot.objects.exists()


def test_in_english_too(agency):
    client = browser(person(agency))
    client.cookies["django_language"] = "en"
    with translation.override("en"):
        page = client.get(reverse("metrics:dashboard"), {"period": "2026-Q4"}, headers={"accept-language": "en"})
    assert "Quarter IV/2026" in text(page)
