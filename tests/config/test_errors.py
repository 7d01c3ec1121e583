"""Refusals, unseen objects and bad addresses: the right status and a sentence, for people and for programs."""

import json

import pytest
from django.contrib.messages import get_messages
from django.test import RequestFactory, override_settings
from django.urls import path
from django.utils.translation import gettext_lazy as _

from config.urls import handler404, handler500  # noqa: F401 - Django looks them up here
from config.urls import urlpatterns as real
from ledger.verdict import Refused, Unseen, register_reasons
from tests.people.factories import AgencyFactory, person

register_reasons({"test_reason": _("Sign in first, or send a valid token.")})


def refuse(request):
    raise Refused("test_reason")


def hide(request):
    raise Unseen


def defect(request):
    return 1 / 0


urlpatterns = [
    path("defect/", defect),
    path("refuse/", refuse),
    path("hide/", hide),
    path("api/v1/refuse/", refuse),
    *real,
]
here = override_settings(ROOT_URLCONF=__name__)
pytestmark = pytest.mark.django_db
SENTENCE = "Hãy đăng nhập trước, hoặc gửi kèm mã truy cập còn hiệu lực."


@here
def test_a_person_gets_a_page_with_the_sentence(client):
    answer = client.get("/refuse/")
    assert answer.status_code == 403
    assert SENTENCE in answer.content.decode()


@here
@pytest.mark.parametrize(
    ("address", "headers"),
    [
        ("/api/v1/refuse/", {}),
        ("/refuse/", {"HX-Request": "true"}),
        ("/refuse/", {"Accept": "application/json"}),
        ("/refuse/", {"Accept": "application/problem+json"}),
    ],
)
def test_a_program_gets_a_problem(client, address, headers):
    answer = client.get(address, headers=headers)
    assert answer.status_code == 403
    assert answer["Content-Type"] == "application/problem+json"
    found = json.loads(answer.content)
    assert found["code"] == "test_reason"
    assert found["detail"] == SENTENCE
    assert found["status"] == 403


BROWSER = {"Accept": "text/html,*/*;q=0.8", "Referer": "http://testserver/page/?q=1#part"}


@here
def test_a_refused_form_goes_back_to_its_page_which_says_why(client):
    answer = client.post("/refuse/", headers=BROWSER)
    assert answer.status_code == 303
    assert answer["Location"] == "/page/?q=1"
    assert [str(message) for message in get_messages(answer.wsgi_request)] == [SENTENCE]
    shown = client.get("/refuse/", headers=BROWSER)
    assert shown.status_code == 403, "a page that is refused says so itself"
    assert SENTENCE in shown.content.decode()


@here
@pytest.mark.parametrize(
    "headers",
    [
        {"Referer": ""},
        {"Referer": "https://elsewhere.example/page/"},
        {"Referer": "//elsewhere.example/"},
        {"Referer": "/page/"},
        {"Referer": "javascript:alert(1)"},
        {"Referer": "http://[::1"},
        {"Accept": "*/*"},
        {"Accept": "application/json"},
        {"HX-Request": "true"},
        {"Sec-Fetch-Mode": "cors"},
    ],
)
def test_whatever_is_not_a_form_on_our_pages_sees_the_refusal(client, headers):
    assert client.post("/refuse/", headers=BROWSER | headers).status_code == 403
    assert client.post("/api/v1/refuse/", headers=BROWSER).status_code == 403


@here
def test_a_page_before_stays_on_this_server(client):
    answer = client.post("/refuse/", headers=BROWSER | {"Referer": "http://testserver//elsewhere.example/x"})
    assert answer["Location"] == "/elsewhere.example/x"


@here
def test_what_is_unseen_does_not_exist(client):
    page, problem = client.get("/hide/"), client.get("/hide/", headers={"Accept": "application/json"})
    assert page.status_code == problem.status_code == 404
    assert json.loads(problem.content)["code"] == "not_found"


@pytest.mark.parametrize("address", ["/?q=%00", "/healthz?x=a%00b", "/accounts/login/?next=%00"])
def test_a_zero_byte_is_a_bad_request(client, address):
    assert client.get(address).status_code == 400


async def test_under_asgi_too(async_client):
    assert (await async_client.get("/?q=%00")).status_code == 400
    with here:
        assert (await async_client.get("/refuse/")).status_code == 403


def test_an_unknown_api_address_is_a_problem(client):
    answer = client.get("/api/v1/khong-co")
    assert answer.status_code == 404
    assert answer["Content-Type"] == "application/problem+json"


@here
def test_a_defect_is_said_calmly(client):
    client.raise_request_exception = False
    page, problem = client.get("/defect/"), client.get("/defect/", headers={"Accept": "application/json"})
    assert page.status_code == problem.status_code == 500
    assert "ZeroDivisionError" not in page.content.decode()
    assert json.loads(problem.content)["code"] == "server_error"


@pytest.mark.parametrize("method", ["post", "put", "delete"])
def test_health_is_read_only(client, method):
    assert getattr(client, method)("/healthz").status_code == 405


def test_readiness_tells_of_each_dependency(client):
    answer = client.get("/readyz")
    found = answer.json()
    assert answer.status_code == 200
    assert set(found["checks"]) == {"database", "migrations", "blobs", "disk", "jobs", "bell", "office", "mail"}
    assert "no-cache" in answer["Cache-Control"]


def figures(answer) -> set[str]:
    """Return the names of the figures an answer of /readyz holds."""
    checks = answer.json()["checks"].values()
    return {name for check in checks for name, value in check.items() if type(value) in {int, float}}


def test_figures_are_for_administrators(client, db):
    assert figures(client.get("/readyz")) == set()
    agency = AgencyFactory()
    client.force_login(person(agency))
    assert figures(client.get("/readyz")) == set()
    client.force_login(person(agency, role="admin"))
    assert figures(client.get("/readyz")) == {"ms", "free_mb", "waiting"}


def test_what_fails_is_told_without_figures(client, monkeypatch):
    monkeypatch.setattr("config.health.DISK_LIMIT", 1 << 60)
    found = client.get("/readyz").json()
    assert found["checks"]["disk"] == {"ok": False, "error": "the data folder is nearly full"}
    assert "disk" in found["degraded"]


def test_an_optional_dependency_only_degrades(client, settings):
    settings.S3_ENDPOINT, settings.S3_ACCESS_KEY, settings.S3_SECRET_KEY = "127.0.0.1:9", "a", "b"
    settings.REDIS_URL = "redis://127.0.0.1:9/0"
    answer = client.get("/readyz")
    assert answer.status_code == 200
    assert {"blobs", "bell"} <= set(answer.json()["degraded"])
    assert answer.json()["status"] == "degraded"


def test_waiting_migrations_make_it_unready(client):
    from django.db.migrations.recorder import MigrationRecorder

    MigrationRecorder.Migration.objects.filter(app="sessions").delete()
    answer = client.get("/readyz")
    assert answer.status_code == 503
    assert answer.json()["status"] == "unavailable"


def test_a_request_is_built_for_the_page_that_asked():
    from config.problems import wants_problem

    factory = RequestFactory()
    assert not wants_problem(factory.get("/", headers={"Accept": "text/html,application/json;q=0.9"}))
    assert wants_problem(factory.get("/", headers={"Accept": "application/json"}))
