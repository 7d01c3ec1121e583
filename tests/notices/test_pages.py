"""The list, the bell, preferences, the page of deliveries and the API: who sees what, and what bad input gets."""

import re
from datetime import timedelta
from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from notices.carrying import carry
from notices.models import Notice, Preference
from people.actions import tokens
from tests.notices.factories import WORKDAY, called_back, told
from tests.people.factories import AgencyFactory, UserFactory, now, person

pytestmark = pytest.mark.django_db


@pytest.fixture
def agency():
    return AgencyFactory()


@pytest.fixture
def reader(agency):
    return person(agency, email="a@tinh-mau.gov.vn")


@pytest.fixture
def client(reader) -> Client:
    return as_(reader)


def as_(user) -> Client:
    client = Client()
    client.force_login(user)
    return client


def at(name: str, *args: object) -> str:
    return reverse(f"notices:{name}", args=args)


def page(client: Client, name: str = "list", **query: object) -> str:
    answer = client.get(at(name), query)
    assert answer.status_code == 200
    return answer.content.decode()


@pytest.mark.parametrize("name", ["list", "count", "settings", "delivery"])
def test_strangers_are_asked_to_sign_in(name: str) -> None:
    assert Client().get(at(name)).status_code == 302


def test_an_empty_list_says_what_will_come(client) -> None:
    assert "Chưa có thông báo" in page(client)
    assert "Không có thông báo phù hợp" in page(client, show="unread")


def test_opening_a_notice_marks_it_and_leads_there(client, reader) -> None:
    notice = told([reader])[0]
    assert "Họp giao ban" in page(client)
    answer = client.get(at("open", notice.public_id))
    assert (answer.status_code, answer.headers["Location"]) == (302, "/inbox/")
    notice.refresh_from_db()
    assert notice.read_at
    assert "Họp giao ban" not in page(client, show="unread")


def test_looking_ahead_marks_nothing(client, reader) -> None:
    notice = told([reader])[0]
    client.head(at("open", notice.public_id))
    notice.refresh_from_db()
    assert notice.read_at is None


def test_a_notice_never_leads_out_of_the_house(client, reader) -> None:
    for url in ("https://evil.example/", "//evil.example/", "javascript:x", ""):
        notice = told([reader], url=url)[0]
        assert client.get(at("open", notice.public_id)).headers["Location"] == at("list")


def test_what_is_no_longer_open_to_me_answers_404_with_a_sentence(client, reader) -> None:
    notice = told([reader], url=f"/meetings/{uuid4()}/")[0]
    answer = client.get(at("open", notice.public_id), follow=True)
    assert answer.status_code == 404
    assert "<h1>" in answer.content.decode()


def test_others_notices_and_those_taken_back_do_not_exist(client, agency, reader) -> None:
    theirs, mine = told([person(agency)])[0], told([reader], about="trial:2")[0]
    called_back("trial:2")
    for notice in (theirs, mine):
        assert client.get(at("open", notice.public_id)).status_code == 404
        assert client.post(at("read", notice.public_id)).status_code == 404
    assert "Họp giao ban" not in page(client)
    assert client.get(at("count")).json() == {"count": 0}


def test_marking_one_and_all_but_not_what_came_later(client, reader) -> None:
    first, second = told([reader])[0], told([reader])[0]
    client.post(at("read", first.public_id), {"next": at("list") + "?show=unread"})
    shown_at = timezone.now()
    later = told([reader], at=shown_at + timedelta(seconds=1))[0]
    client.post(at("read_all"), {"until": shown_at.isoformat()})
    unread = set(Notice.objects.filter(read_at__isnull=True))
    assert second not in unread
    assert unread == {later}
    for bad in ("", "x", "2026-13-99T00:00", "9" * 5000):
        assert client.post(at("read_all"), {"until": bad}).status_code == 302


def test_a_foreign_way_back_is_not_taken(client, reader) -> None:
    notice = told([reader])[0]
    answer = client.post(at("read", notice.public_id), {"next": "https://evil.example/notices/"})
    assert answer.headers["Location"] == at("list")


def test_the_list_is_narrowed_and_paged(client, reader) -> None:
    for number in range(45):
        told([reader], values={"title": f"Họp số {number:02d}."}, at=WORKDAY + timedelta(hours=number))
    told([reader], "trial.cancelled", at=WORKDAY)
    assert "Họp số 44." in page(client)
    assert "Họp số 03." not in page(client)
    assert "Họp số 03." in page(client, page=2)
    assert "Họp số 03." in page(client, page=99)
    for odd in ("x", "-1", "9" * 400):
        assert page(client, page=odd, group=odd, show=odd)
    assert "Họp số" in page(client, group="trial")


def test_the_list_costs_the_same_at_one_three_and_ten_thousand(
    client, agency, reader, django_assert_max_num_queries
) -> None:
    page(client)
    for number in (1, 3, 10_000):
        have = Notice.objects.filter(user=reader).count()
        Notice.objects.bulk_create(
            Notice(user=reader, kind="trial.invited", values={"title": "A"}, agency=agency, created_at=WORKDAY)
            for _ in range(number - have)
        )
        with django_assert_max_num_queries(12):
            page(client)


def test_the_bell_counts_and_answers_304_until_something_changes(client, reader) -> None:
    first = client.get(at("count"))
    assert first.json() == {"count": 0}
    tag = first.headers["ETag"]
    assert client.get(at("count"), headers={"If-None-Match": tag}).status_code == 304
    told([reader])
    again = client.get(at("count"), headers={"If-None-Match": tag})
    assert again.json() == {"count": 1}
    assert "no-cache" in again.headers["Cache-Control"]
    assert '<span class="count" id="notices-count">1</span>' in client.get("/inbox/").content.decode()


def test_the_bell_costs_little(client, reader, django_assert_max_num_queries) -> None:
    told([reader])
    client.get(at("count"))
    with django_assert_max_num_queries(4):
        client.get(at("count"))


def choices(**changes: object) -> dict[str, object]:
    form = {"quiet": "on", "quiet_from": "22:00", "quiet_until": "05:30", "days_off": ["6"], "mail:trial": "on"}
    return {name: value for name, value in {**form, **changes}.items() if value is not None}


def test_choices_are_kept(client, reader) -> None:
    text = page(client, "settings")
    assert "chưa có máy chủ thư" in text
    assert client.post(at("settings"), choices()).status_code == 302
    row = Preference.objects.get(user=reader)
    assert "push:trial" in row.off
    assert "mail:trial" not in row.off
    assert (str(row.quiet_from), str(row.quiet_until), row.days_off) == ("22:00:00", "05:30:00", [6])
    row.off = ["mail:another", *row.off]
    row.save()
    client.post(at("settings"), choices(**{"push:trial": "on"}))
    row.refresh_from_db()
    assert "mail:another" in row.off
    assert "push:trial" not in row.off


@pytest.mark.parametrize(
    "changes",
    [
        {"quiet_from": "25:00"},
        {"quiet_until": ""},
        {"days_off": ["7"]},
        {"days_off": list("0123456")},
        {"quiet_from": "x" * 9999},
    ],
)
def test_wrong_choices_come_back_with_a_sentence(client, reader, changes) -> None:
    answer = client.post(at("settings"), choices(**changes))
    assert answer.status_code == 422
    assert "error" in answer.content.decode()
    assert not Preference.objects.exists()


def test_a_test_notice_reaches_oneself_at_any_hour_whatever_is_switched_off(client, reader, post_office) -> None:
    Preference.objects.create(user=reader, off=["mail:other", "mail:trial"])
    client.post(at("try"))
    assert carry() == {"sent": 1}
    assert "Đây là thông báo thử" in page(client)


def test_nobody_removes_anothers_device(client) -> None:
    assert client.post(at("unsubscribe", uuid4())).status_code == 404


@pytest.mark.parametrize("role", ["official", "clerk", "leader"])
def test_the_page_of_deliveries_is_for_administrators(agency, role: str) -> None:
    assert as_(person(agency, role)).get(at("delivery")).status_code == 404
    assert as_(person(agency, role)).post(at("send_test")).status_code == 404


def test_administrators_see_what_failed_and_nothing_of_what_it_said(agency, reader, post_office) -> None:
    admin = as_(person(agency, "admin"))
    other = as_(person(AgencyFactory(), "admin"))
    assert "Mọi thông báo đều đã đến" in page(admin, "delivery")
    post_office.answers = ["451 hãy thử lại sau".encode("ascii", "ignore").decode() + " later"]
    told([reader], "trial.cancelled", values={"title": "Chuyện kín"})
    carry(lambda: WORKDAY)
    text = page(admin, "delivery")
    assert "451" in text
    assert reader.full_name in text
    assert "Chuyện kín" not in text
    assert "451" not in page(other, "delivery")


def test_an_administrator_tries_the_mail(agency, post_office, settings) -> None:
    admin = person(agency, "admin", email="q@tinh-mau.gov.vn")
    assert as_(admin).post(at("send_test")).status_code == 302
    carry()
    assert post_office.receivers == ["q@tinh-mau.gov.vn"]
    assert as_(person(agency, "admin")).post(at("send_test")).status_code == 403
    settings.EMAIL_URL = ""
    assert as_(admin).post(at("send_test")).status_code == 403


def test_readyz_lists_mail_that_does_not_go_out(reader, post_office, client) -> None:
    assert "mail" not in client.get("/readyz").json()["degraded"]
    post_office.answers = ["451 later"]
    told([reader])
    carry(lambda: WORKDAY)
    assert "mail" in client.get("/readyz").json()["degraded"]


def test_the_service_worker_speaks_both_languages_and_is_asked_for_again() -> None:
    answer = Client().get("/sw.js")
    text = answer.content.decode()
    assert answer.headers["Content-Type"].startswith("text/javascript")
    assert answer.headers["Cache-Control"] == "no-cache"
    assert "Có thông báo mới trong Nghị Sự" in text
    assert "There is a new notice" in text
    assert at("list") in text
    assert "import " not in re.sub(r"/\*.*?\*/", "", text, flags=re.S)
    assert Client().get("/sw.js", headers={"If-None-Match": answer.headers["ETag"]}).status_code == 304


def test_the_page_can_be_put_on_a_home_screen() -> None:
    page = Client().get(reverse("account_login")).content.decode()
    assert '<link rel="manifest" href="/manifest.webmanifest">' in page
    answer = Client().get("/manifest.webmanifest")
    assert answer.headers["Content-Type"] == "application/manifest+json"
    assert answer.json()["display"] == "standalone"


def test_the_api_gives_ones_own_and_marks_them(agency, reader) -> None:
    notice, theirs = told([reader])[0], told([person(agency)])[0]
    _row, text = tokens.issue(reader, label="thử", by=reader, at=now())
    bearer = {"Authorization": f"Bearer {text}"}
    client = Client(headers=bearer)
    found = client.get("/api/v1/notices").json()
    assert [(one["id"], one["text"], one["read_at"]) for one in found] == [
        (str(notice.public_id), "Mời họp: Họp giao ban", None)
    ]
    assert client.post(f"/api/v1/notices/{notice.public_id}/read").status_code == 204
    assert client.get("/api/v1/notices", {"unread": "1"}).json() == []
    assert client.get("/api/v1/notices", {"before": WORKDAY.isoformat()}).json() == []
    assert client.get("/api/v1/notices", {"before": "2026-11-19T00:00:00"}).json()
    assert client.post(f"/api/v1/notices/{theirs.public_id}/read").status_code == 404
    assert client.get("/api/v1/notices", {"before": "x"}).status_code == 422
    for far in (
        "0001-01-01T00:00:00",
        "0001-01-01T00:00:00+14:00",
        "1999-12-31T00:00:00Z",
        "9999-12-31T23:59:59-14:00",
    ):
        assert client.get("/api/v1/notices", {"before": far}).status_code == 422, far
    assert Client().get("/api/v1/notices").status_code == 401


@pytest.mark.parametrize("until", ["0001-01-01T00:00:00+14:00", "9999-12-31T23:59:59-14:00", "2101-01-01T00:00:00Z"])
def test_a_moment_nobody_can_count_with_is_none(until, client, reader) -> None:
    told([reader])
    assert client.post(at("read_all"), {"until": until}).status_code == 302
    assert not Notice.objects.filter(read_at__isnull=True).exists()


def test_a_person_without_a_post_has_pages_too() -> None:
    lonely = as_(UserFactory())
    assert page(lonely)
    assert page(lonely, "settings")
    assert lonely.post(at("try")).status_code == 302


def test_values_are_shown_as_text(client, reader) -> None:
    told([reader], values={"title": "<script>x</script>"})
    assert "<script>x" not in page(client)
