"""Feedback: everybody says, those with the right answer, the person is told; nobody else reads it."""

import pytest
from django.utils import timezone

from guides.actions import feedback as acts
from guides.models import Feedback
from guides.queries import visible_feedback
from ledger.verdict import Refused
from notices.models import Notice
from tests.people.factories import AgencyFactory, UserFactory, fresh, person

pytestmark = pytest.mark.django_db


@pytest.fixture
def office():
    top = AgencyFactory()
    unit = AgencyFactory(parent=top)
    return {
        "admin": person(top, "admin"),
        "unit_admin": person(unit, "admin"),
        "official": person(unit, "official"),
        "colleague": person(unit, "clerk"),
        "stranger": person(AgencyFactory(), "admin"),
    }


def said(office, **changes):
    told = {"kind": "wish", "text": "Cần nút in to hơn.", "page": "/meetings/", "device": "Chrome"}
    return acts.say(**told | changes, by=office["official"], at=timezone.now())


def test_those_who_answer_are_told_and_the_person_hears_the_answer(office):
    found = said(office)
    assert set(Notice.objects.values_list("user__pk", "kind")) == {
        (office["admin"].pk, "feedback.new"),
        (office["unit_admin"].pk, "feedback.new"),
    }
    acts.answer(found, text="Đã thêm.", by=office["unit_admin"], at=timezone.now())
    assert Notice.objects.filter(user=office["official"], kind="feedback.answered").count() == 1


def test_who_sees_it(office):
    found = said(office)
    assert {name for name in office if found in visible_feedback(fresh(office[name]))} == {
        "admin",
        "unit_admin",
        "official",
    }


def steps(found, by):
    return {
        "answer": lambda: acts.answer(found, text="…", by=by, at=timezone.now()),
        "close": lambda: acts.move(found, verb="close", by=by, at=timezone.now()),
        "reopen": lambda: acts.move(found, verb="reopen", by=by, at=timezone.now()),
    }


@pytest.mark.parametrize("verb", ["answer", "close", "reopen"])
def test_only_those_with_the_right_answer(office, verb):
    found = said(office)
    if verb == "reopen":
        acts.move(found, verb="close", by=office["admin"], at=timezone.now())
    for name in ("official", "colleague", "stranger"):
        by = fresh(office[name])
        with pytest.raises(Refused, match="not_feedback_reader"):
            steps(found, by)[verb]()


def test_the_pages(office, client):
    client.force_login(office["official"])
    assert "/feedback/new/" in client.get("/guides/?q=khongcotunay").content.decode()
    sent = client.post("/feedback/new/", {"kind": "defect", "text": "Trang <b>không</b> mở", "page": "/meetings/"})
    assert sent.status_code == 302
    found = Feedback.objects.get()
    assert "&lt;b&gt;không" in client.get(f"/feedback/{found.public_id}/").content.decode()
    assert client.get("/feedback/export.csv").status_code == 404
    assert client.post("/feedback/new/", {"kind": "defect", "text": " \0 "}).status_code == 422
    client.force_login(office["admin"])
    assert client.post(f"/feedback/{found.public_id}/answer/", {"text": "=1+1"}).status_code == 302
    rows = client.get("/feedback/export.csv").content.decode()
    assert ",'=1+1" in rows
    client.force_login(office["stranger"])
    assert client.get(f"/feedback/{found.public_id}/").status_code == 404


def test_a_page_of_elsewhere_is_not_taken_along(office, client):
    client.force_login(office["official"])
    assert 'name="page" id="id_page"' in client.get("/feedback/new/?page=//boong.vn/x").content.decode()
    assert 'name="page" value="/meetings/"' in client.get("/feedback/new/?page=/meetings/").content.decode()


def test_without_a_post_nothing_can_be_said():
    with pytest.raises(Refused, match="feedback_without_post"):
        acts.say(kind="wish", text="Xin chào", page="", device="", by=UserFactory(), at=timezone.now())


@pytest.mark.parametrize("page", ["javascript:alert(1)", "https://boong.vn/x", "//boong.vn", "/\\boong.vn"])
def test_only_pages_of_ours_are_kept(office, client, page):
    client.force_login(office["official"])
    client.post("/feedback/new/", {"kind": "defect", "text": "Hỏng", "page": page})
    assert Feedback.objects.get().page == ""
