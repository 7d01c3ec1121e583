"""Guides of an agency: who writes, who reads; two who write at once lose nothing."""

import pytest
from django.utils import timezone

from guides.actions import guides as acts
from guides.queries import managed_guides, visible_guides
from guides.written import GuideText
from ledger.models import AuditEntry
from ledger.verdict import Refused
from tests.people.factories import AgencyFactory, fresh, person

pytestmark = pytest.mark.django_db
TEXT = GuideText("Gọi ai khi máy hỏng", "## Điện thoại\n\nPhòng 101.", roles=("official",))


@pytest.fixture
def office():
    top = AgencyFactory()
    unit = AgencyFactory(parent=top)
    return {
        "top": top,
        "unit": unit,
        "admin": person(top, "admin"),
        "unit_admin": person(unit, "admin"),
        "official": person(unit, "official"),
        "clerk": person(top, "clerk"),
        "stranger": person(AgencyFactory(), "admin"),
    }


def written(office, state="draft", text=TEXT):
    guide = acts.write(office["top"], text=text, by=office["admin"], at=timezone.now())
    if state != "draft":
        guide = acts.move(guide, verb="publish", by=office["admin"], at=timezone.now())
    return acts.move(guide, verb="withdraw", by=office["admin"], at=timezone.now()) if state == "withdrawn" else guide


READS = {
    "draft": {"admin"},
    "published": {"admin", "unit_admin", "official", "clerk"},
    "withdrawn": {"admin"},
}


@pytest.mark.parametrize("state", READS)
def test_who_reads_a_guide(office, state):
    guide = written(office, state)
    who = ("admin", "unit_admin", "official", "clerk", "stranger")
    assert {name for name in who if guide in visible_guides(fresh(office[name]))} == READS[state]


@pytest.mark.parametrize("name", ["unit_admin", "official", "clerk", "stranger"])
@pytest.mark.parametrize("verb", ["write", "edit", "publish", "withdraw"])
def test_only_those_who_manage_guides_write_them(office, name, verb):
    guide = written(office, "published" if verb == "withdraw" else "draft")
    by, before = fresh(office[name]), AuditEntry.objects.count()
    work = {
        "write": lambda: acts.write(office["top"], text=TEXT, by=by, at=timezone.now()),
        "edit": lambda: acts.edit(guide, text=TEXT, revision=1, by=by, at=timezone.now()),
    }.get(verb, lambda: acts.move(guide, verb=verb, by=by, at=timezone.now()))
    with pytest.raises(Refused, match="not_guide_editor"):
        work()
    assert AuditEntry.objects.count() == before


def test_a_unit_administrator_writes_for_the_unit_only(office):
    guide = acts.write(office["unit"], text=TEXT, by=office["unit_admin"], at=timezone.now())
    assert list(managed_guides(fresh(office["unit_admin"]))) == [guide]
    assert guide in managed_guides(fresh(office["admin"]))


def test_the_second_of_two_who_edit_is_told_and_sees_both_texts(office, client):
    guide = written(office)
    acts.edit(guide, text=GuideText("Mới", "Bản của người khác"), revision=1, by=office["admin"], at=timezone.now())
    client.force_login(office["admin"])
    sent = {"agency": office["top"].public_id, "title": "Mới hơn", "body": "Bản của tôi", "revision": 1}
    page = client.post(f"/guides/{guide.public_id}/edit/", sent)
    assert page.status_code == 422
    shown = page.content.decode()
    assert "Bản của người khác" in shown
    assert "Bản của tôi" in shown
    assert client.post(f"/guides/{guide.public_id}/edit/", {**sent, "revision": 2}).status_code == 302


def test_a_preview_keeps_nothing(office, client):
    client.force_login(office["admin"])
    page = client.post("/guides/new/", {"title": "T", "body": "## Xem trước", "preview": "yes"})
    assert 'id="xem-truoc"' in page.content.decode()
    assert not managed_guides(office["admin"]).exists()


def test_the_list_shows_those_for_my_role_first_and_finds_words_without_marks(office, client):
    written(office, "published")
    client.force_login(office["official"])
    page = client.get("/guides/?q=may hong dien thoai").content.decode()
    assert "Gọi ai khi máy hỏng" in page
    assert client.get("/guides/?q=khongcotunay").status_code == 200


def test_strangers_and_nonsense_find_nothing(office, client):
    guide = written(office, "published")
    client.force_login(office["stranger"])
    assert client.get(f"/guides/{guide.public_id}/").status_code == 404
    assert client.get("/guides/no-such-guide/").status_code == 404
    client.force_login(office["official"])
    assert client.get("/guides/manage/").status_code == 404
    assert client.get("/guides/new/").status_code == 403
    assert client.post(f"/guides/{guide.public_id}/withdraw/").status_code == 403


def test_the_lists_cost_the_same_for_one_and_for_three(office, client, django_assert_max_num_queries):
    client.force_login(office["admin"])
    counts = []
    for _round in range(2):
        written(office, "published")
        client.get("/guides/manage/")
        with django_assert_max_num_queries(25) as queries:
            client.get("/guides/manage/")
        counts.append(len(queries))
        written(office, "published")
    assert counts[0] == counts[1]
