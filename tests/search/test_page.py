"""The search page: what was found, marked, with its page; nothing of what the person may not see."""

from datetime import date
from uuid import uuid4

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from ledger.door import writing
from people.models import User
from people.views.find import words_for
from search.actions import index
from search.queries import COUNT_LIMIT
from tests.people.factories import AgencyFactory, PostFactory, UserFactory, fresh, person

pytestmark = pytest.mark.django_db


@pytest.fixture
def reader() -> User:
    return person(AgencyFactory())


@pytest.fixture(autouse=True)
def time_enough(monkeypatch: pytest.MonkeyPatch) -> None:
    """A busy machine tries as many other words as an idle one."""
    monkeypatch.setattr("people.views.find.TRY_SECONDS", 60)


def put(title: str, *pages: str, to: User, kind: str = "document", day: date | None = None) -> None:
    with writing():
        index(
            kind=kind,
            object_id=uuid4(),
            agency_id=1,
            title=title,
            pages=pages,
            audiences=[f"user:{to.pk}"],
            url="/documents/x/",
            day=day,
        )


def browser(user: User) -> Client:
    client = Client()
    client.force_login(fresh(user), backend="allauth.account.auth_backends.AuthenticationBackend")
    return client


def page(user: User, **query: object) -> str:
    response = browser(user).get(reverse("people:search"), query)
    assert response.status_code == 200
    return response.content.decode()


def test_words_are_marked_and_the_page_is_linked(reader):
    put("Báo cáo <ngân sách>", "mở đầu", "Dự toán & quyết toán năm 2026", to=reader, day=date(2026, 11, 3))
    found = page(reader, q="quyet toan")
    assert "Tìm thấy 1 mục" in found
    assert "Dự <mark>toán</mark> &amp; <mark>quyết toán</mark> năm 2026" in found
    assert 'href="/documents/x/#page=2&amp;find=quyet%20toan"' in found
    assert "trang 2" in found
    assert "03/11/2026" in found
    assert "&lt;ngân sách&gt;" in found


def test_a_title_is_marked_itself(reader):
    put("12/QĐ-UBND Quyết định", "nội dung", to=reader)
    found = page(reader, q="12/QĐ-UBND")
    assert "<mark>12/QĐ-UBND</mark> Quyết định" in found
    assert 'href="/documents/x/"' in found


def test_kinds_apart(reader):
    put("Ngân sách trong tài liệu", to=reader)
    put("Ngân sách trong cuộc họp", to=reader, kind="meeting")
    assert "Tìm thấy 2 mục" in page(reader, q="ngan sach")
    meetings = page(reader, q="ngan sach", kind="meeting")
    assert "Tìm thấy 1 mục" in meetings
    assert "trong tài liệu" not in meetings
    assert "Không thấy" in page(reader, q="ngan sach", kind="không có")


def test_strangers_find_nothing_and_must_sign_in(reader):
    put("Chỉ của người này", to=reader)
    stranger = person(AgencyFactory(), "clerk")
    assert "Tìm thấy 1 mục" in page(reader, q="cua nguoi")
    assert "Không thấy" in page(stranger, q="cua nguoi")
    assert "Không thấy" in page(UserFactory(), q="cua nguoi")
    assert Client().get(reverse("people:search"), {"q": "x"}).status_code == 302


def test_pages_of_results(reader):
    for number in range(25):
        put(f"Kế hoạch {number}", to=reader)
    first, second = page(reader, q="ke hoach"), page(reader, q="ke hoach", page=2)
    assert first.count("<mark>Kế hoạch</mark>") == 20
    assert second.count("<mark>Kế hoạch</mark>") == 5
    assert "?q=ke+hoach&amp;page=2" in first
    assert page(reader, q="ke hoach", page=99).count("<mark>Kế hoạch</mark>") == 5


def test_counts_end_at_the_limit():
    assert words_for(COUNT_LIMIT, more=True) == "Tìm thấy hơn 1.000 mục"
    assert words_for(347, more=True) == "Tìm thấy hơn 300 mục"
    assert words_for(61, more=True) == "Tìm thấy hơn 60 mục"
    assert words_for(7, more=False) == "Tìm thấy 7 mục"


@pytest.mark.parametrize("query", ["", "   ", "'", '"', "a" * 5000, "NEAR(", "%"])
def test_nothing_typed_is_an_error(reader, query):
    put("Một", "hai", to=reader)
    page(reader, q=query, page="x")


def test_the_number_of_queries_does_not_grow(reader):
    client, address = browser(reader), f"{reverse('people:search')}?q=nghi+quyet"
    put("Nghị quyết 1", to=reader)
    client.get(address)
    with CaptureQueriesContext(connection) as one:
        client.get(address)
    for number in range(2, 10):
        put(f"Nghị quyết {number}", to=reader)
    with CaptureQueriesContext(connection) as many:
        client.get(address)
    assert len(one) == len(many) <= 18


def test_the_field_of_the_top_bar_leads_here(reader):
    assert 'action="/search/"' in page(reader)


def test_suggestions_lead_to_what_one_may_see(reader):
    put("Nghị quyết <số 5>", "trang", to=reader)
    answer = browser(reader).get(reverse("people:suggestions"), {"q": "nghị qu", "list": "find-suggestions"})
    offered = answer.content.decode()
    assert "<mark>Nghị qu</mark>yết &lt;số 5&gt;" in offered
    assert 'id="find-suggestions-0"' in offered
    assert "toàn văn" in offered
    nobody = person(AgencyFactory())
    assert "quyết" not in browser(nobody).get(reverse("people:suggestions"), {"q": "nghị qu"}).content.decode()
    assert browser(reader).get(reverse("people:suggestions"), {"q": "", "list": '"><script>'}).content.strip() == b""
    assert Client().get(reverse("people:suggestions"), {"q": "x"}).status_code == 302


def test_results_are_narrowed(reader):
    put("Ngân sách cũ", to=reader, day=date(2025, 5, 1))
    put("Khác", "ngân sách mới", to=reader, day=date(2026, 5, 1))
    assert "Tìm thấy 2 mục" in page(reader, q="ngan sach")
    assert "Tìm thấy 1 mục" in page(reader, q="ngan sach", year=2025)
    assert "Ngân sách cũ" not in page(reader, q="ngan sach", year=2026)
    assert "Tìm thấy 1 mục" in page(reader, q="ngan sach", titles=1)
    assert "Bỏ lọc" in page(reader, q="ngan sach", titles=1)
    assert "Tìm thấy 2 mục" in page(reader, q="ngan sach", year="x", agency="1 or 1", form="form:none")


def test_who_works_in_several_agencies_chooses_one(reader):
    assert 'name="agency"' not in page(reader, q="x")
    second = AgencyFactory()
    PostFactory(user=reader, agency=second)
    put("Ngân sách", to=reader)
    assert 'name="agency"' in page(reader, q="ngan")
    assert "Không thấy" in page(reader, q="ngan", agency=second.pk)


def test_where_nothing_is_found_what_would_be_is_offered(reader):
    put("Kế hoạch ngân sách năm tới", to=reader)
    nothing = page(reader, q='"ngân sách kế hoạch"')
    assert "Không thấy “ngân sách kế hoạch”" in nothing
    assert "?q=ng%C3%A2n%20s%C3%A1ch%20k%E1%BA%BF%20ho%E1%BA%A1ch" in nothing  # the same words, not side by side
    assert "?q=ngan%20sach" in page(reader, q="ngan sach zzz")
    assert "?q=" not in page(reader, q="zzz").split("find-hints")[0].split("Không thấy")[1]
    stranger = person(AgencyFactory())
    assert "?q=ngan%20sach" not in page(stranger, q="ngan sach zzz")
    assert "gõ không dấu" in page(reader)


def test_other_words_are_tried_for_a_moment_only(reader, monkeypatch):
    put("Kế hoạch ngân sách năm tới", to=reader)
    assert "?q=ngan%20sach" in page(reader, q="ngan sach zzz")
    monkeypatch.setattr("people.views.find.TRY_SECONDS", -1)
    nothing = page(reader, q="ngan sach zzz")
    assert "Không thấy “ngan sach zzz”" in nothing
    assert "?q=ngan%20sach" not in nothing
