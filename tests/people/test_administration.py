"""The administration: its page of cards, the list of people, the tree, the catalogue of titles, two at once."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from ledger.models import AuditEntry
from ledger.verdict import Refused
from people.actions import agencies, positions, posts, users
from people.administration import AdminPage, cards, register_page
from people.catalogue import by_rank, entry_for
from people.models import Agency, AgencyLink, Position, Post, User
from people.names import sort_key
from people.navigation import search_condition
from people.queries import posts_of_agency, today
from search.models import Entry
from tests.people.factories import LONG_AGO, AgencyFactory, PostFactory, UserFactory, fresh, now, person

pytestmark = pytest.mark.django_db


@pytest.fixture
def tree():
    top = AgencyFactory(name="UBND tỉnh")
    one = AgencyFactory(parent=top, name="UBND phường Một")
    return top, one, AgencyFactory(parent=top, name="UBND phường Hai"), AgencyFactory(parent=one, name="Phòng Văn hóa")


def as_(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


def refusal(work) -> str:
    with pytest.raises(Refused) as refused:
        work()
    return refused.value.code


def names(client: Client, **query: str) -> set[str]:
    return {user.full_name for user in client.get(reverse("people:users"), query).context["page"]}


def test_one_page_leads_to_everything_one_may_administer(tree, monkeypatch) -> None:
    monkeypatch.setattr("people.administration._pages", {})
    page = AdminPage("x", "Thử", "Thử thôi", "users", "people:users", lambda user: user.username == "ai.do")
    register_page(page)
    assert [card.page for card in cards(UserFactory(username="ai.do"))] == [page]
    assert as_(User.objects.get(username="ai.do")).get(reverse("people:administration")).status_code == 200
    assert as_(UserFactory()).get(reverse("people:administration")).status_code == 404


def test_the_list_is_narrowed_by_text_unit_role_and_state(tree) -> None:
    top, one, two, below = tree
    client = as_(person(top, "admin", full_name="Quản Trị"))
    hoa, lan = person(one, "clerk", full_name="Lê Hoa"), person(below, full_name="Vũ Lan")
    PostFactory(user=person(two, full_name="Bùi Cúc"), agency=two, title="Trưởng ban Pháp chế", role="leader")
    gone = person(one, full_name="Đã Nghỉ", is_active=False)
    assert names(client, q="le hoa") == {"Lê Hoa"}
    assert names(client, q="văn hóa") == {"Vũ Lan"}  # by the name of the unit
    assert names(client, q=lan.username) == {"Vũ Lan"}
    assert names(client, q="pháp chế") == {"Bùi Cúc"}
    assert names(client, unit=str(one.public_id)) == {"Lê Hoa", "Vũ Lan", "Đã Nghỉ"}
    assert names(client, unit=str(one.public_id), role="clerk") == {"Lê Hoa"}
    assert names(client, state="closed") == {gone.full_name}
    assert names(client, unit="x", role="vua", state="?", page="zz", q="không có ai") == set()
    assert hoa.full_name in names(client, role="clerk")


def test_an_administrator_of_a_unit_sees_and_finds_that_unit_only(tree) -> None:
    _, one, two, below = tree
    client = as_(person(one, "admin", full_name="Quản Trị Một"))
    person(two, full_name="Bùi Cúc")
    person(below, full_name="Vũ Lan")
    assert names(client) == {"Quản Trị Một", "Vũ Lan"}
    assert names(client, unit=str(two.public_id)) == {"Quản Trị Một", "Vũ Lan"}
    assert "phường Hai" not in client.get(reverse("people:agencies")).content.decode()
    for name in ("agency", "agency_rights", "rename_agency", "found_agency", "place_agency", "dissolve_agency"):
        assert client.get(reverse(f"people:{name}", args=[two.public_id])).status_code == 404


def many(agency: Agency, count: int) -> None:
    """Put people into a unit at one go."""
    made = User.objects.bulk_create(
        [
            User(username=f"so.{n:05d}", full_name=f"Người Thứ {n}", sort_key=sort_key(f"Người Thứ {n}"))
            for n in range(count)
        ],
        batch_size=1000,
    )
    Post.objects.bulk_create(
        [Post(user=user, agency=agency, role="official", title="CV", valid_from=LONG_AGO) for user in made],
        batch_size=1000,
    )


def test_the_lists_cost_the_same_at_one_three_and_ten_thousand_rows(tree) -> None:
    top, one, *_ = tree
    client = as_(person(top, "admin"))
    addresses = [
        reverse("people:users"), reverse("people:agencies"), reverse("people:agency", args=[one.public_id]),
        reverse("people:agency_rights", args=[one.public_id]), reverse("people:positions"), reverse("people:slips"),
    ]  # fmt: skip

    def cost() -> list[int]:
        costs = []
        for address in addresses:
            client.get(address)
            with CaptureQueriesContext(connection) as asked:
                assert client.get(address).status_code == 200
            costs.append(len(asked))
        return costs

    person(one)
    one_row = cost()
    person(one)
    person(one)
    assert cost() == one_row
    many(one, 10_000)
    addresses.remove(reverse("people:agency_rights", args=[one.public_id]))  # a unit of thousands is no real case
    del one_row[3]
    assert cost() == one_row


def test_the_tree_counts_people_with_all_under_it(tree) -> None:
    top, one, _, below = tree
    admin = person(top, "admin")
    both = person(one)
    PostFactory(user=both, agency=one, role="clerk")
    person(below)
    roots = as_(admin).get(reverse("people:agencies")).context["roots"]
    (root,) = roots
    branch = next(node for node in root.children if node.agency == one)
    assert (root.people, root.below, branch.people, branch.below) == (1, 3, 1, 2)


# --- titles ---------------------------------------------------------------------------------------


def test_titles_are_entered_used_and_retired(tree) -> None:
    top, one, *_ = tree
    admin = person(top, "admin")
    chair = positions.add(top, name="Chủ tịch", rank=10, role="leader", by=admin, at=now())
    deputy = positions.add(top, name="Phó Chủ tịch", rank=20, role="leader", by=admin, at=now())
    assert refusal(lambda: positions.add(top, name="CHỦ  TỊCH", rank=1, role="leader", by=admin, at=now())) == (
        "position_taken"
    )
    for name, title in (("Vũ Anh", "phó chủ tịch"), ("Lê Yên", "Chủ tịch"), ("Bùi Ân", "Việc khác")):
        user = UserFactory(full_name=name)
        posts.give(user, agency=one, role="leader", title=title, from_day=today(), by=admin, at=now())
    assert [post.user.full_name for post in by_rank(posts_of_agency(one.pk))] == ["Lê Yên", "Vũ Anh", "Bùi Ân"]
    assert positions.remove(chair, by=admin, at=now())
    assert not positions.remove(
        positions.add(one, name="Tổ trưởng", rank=90, role="official", by=admin, at=now()), by=admin, at=now()
    )
    assert Position.objects.get(pk=chair.pk).retired_on == today()
    assert entry_for(one.pk, "Chủ tịch") is None
    assert refusal(lambda: positions.remove(chair, by=admin, at=now())) == "position_retired"
    assert positions.add(top, name="Chủ tịch", rank=10, role="leader", by=admin, at=now()).pk != chair.pk
    edit = {"name": "Phó Chủ tịch Thường trực", "rank": 15, "role": "leader", "by": admin, "at": now()}
    positions.edit(deputy, revision=0, **edit)
    assert refusal(lambda: positions.edit(deputy, revision=0, **edit)) == "changed_meanwhile"
    verbs = AuditEntry.objects.filter(object_id=deputy.public_id).order_by("pk").values_list("verb", flat=True)
    assert list(verbs) == ["create", "update"]


def test_a_units_own_title_goes_before_that_of_the_agency_above(tree) -> None:
    top, one, *_ = tree
    admin = person(top, "admin")
    positions.add(top, name="Trưởng phòng", rank=40, role="leader", by=admin, at=now())
    own = positions.add(one, name="Trưởng phòng", rank=41, role="official", by=admin, at=now())
    assert entry_for(one.pk, "trưởng phòng") == own


@pytest.mark.parametrize("who", ["top_admin", "admin", "other_admin", "clerk", "leader"])
def test_who_keeps_the_catalogue(who: str, tree) -> None:
    top, one, two, _ = tree
    kept = positions.add(one, name="Tổ trưởng", rank=90, role="official", by=person(one, "admin"), at=now())
    by = {
        "top_admin": (top, "admin"), "admin": (one, "admin"), "other_admin": (two, "admin"), "clerk": (one, "clerk"),
        "leader": (one, "leader"),
    }[who]  # fmt: skip
    user = person(*by)
    facts = {"name": "Tổ phó", "rank": 91, "role": "official", "by": user, "at": now()}
    works = [
        lambda: positions.add(one, **facts),
        lambda: positions.edit(kept, revision=0, **{**facts, "name": "Tổ trưởng mới"}),
        lambda: positions.remove(kept, by=user, at=now()),
    ]
    for work in works:
        if who in {"top_admin", "admin"}:
            work()
        else:
            assert refusal(work) == "not_administrator"
    status = as_(user).get(reverse("people:positions")).status_code
    assert status == (200 if "admin" in who else 404)


def test_the_catalogue_on_screen(tree) -> None:
    top, one, *_ = tree
    client, below = as_(person(top, "admin")), as_(person(one, "admin"))
    form = {"agency": str(top.public_id), "name": "Chủ tịch", "rank": "10", "role": "leader"}
    assert client.post(reverse("people:add_position"), form).status_code == 302
    assert client.post(reverse("people:add_position"), form).status_code == 422
    assert client.post(reverse("people:add_position"), {**form, "rank": "-1", "name": "a\x00"}).status_code == 422
    kept = Position.objects.get()
    edit = reverse("people:edit_position", args=[kept.public_id])
    assert client.get(edit).status_code == 200
    assert client.post(edit, {**form, "rank": "11", "revision": "0"}).status_code == 302
    late = client.post(edit, {**form, "rank": "12", "name": "Của tôi", "revision": "0"})
    assert late.status_code == 422
    assert "11" in str(late.context["form"].errors["rank"])
    assert late.context["form"]["name"].value() == "Của tôi"
    assert late.context["form"]["revision"].value() == "1"
    assert "Chủ tịch" in below.get(reverse("people:positions")).content.decode()
    assert below.get(edit).status_code == 404
    assert client.post(reverse("people:remove_position", args=[kept.public_id])).status_code == 302
    assert not Position.objects.exists()


# --- two at once ----------------------------------------------------------------------------------


def test_two_people_editing_one_account_lose_nothing(tree) -> None:
    top, one, *_ = tree
    user = person(one, full_name="Lê Hoa")
    mine, theirs = as_(person(top, "admin")), as_(person(one, "admin"))
    edit = reverse("people:edit_user", args=[user.public_id])
    seen = mine.get(edit).context["form"]["revision"].value()
    form = {"full_name": "Lê Thị Hoa", "email": "hoa@x.vn", "phone": "", "revision": str(seen)}
    assert theirs.post(edit, form).status_code == 302
    late = mine.post(edit, {**form, "full_name": "Lê Hòa", "email": ""})
    assert late.status_code == 422
    page = late.content.decode()
    assert "Lê Thị Hoa" in page
    assert "Lê Hòa" in page
    assert fresh(user).full_name == "Lê Thị Hoa"
    again = {**form, "full_name": "Lê Hòa", "revision": late.context["form"]["revision"].value()}
    assert mine.post(edit, again).status_code == 302
    assert fresh(user).full_name == "Lê Hòa"


def test_two_people_editing_one_agency_lose_nothing(tree) -> None:
    top, one, *_ = tree
    admin = person(top, "admin")
    agencies.rename(one, revision=0, name="UBND phường Nhất", by=admin, at=now())
    assert refusal(lambda: agencies.rename(one, revision=0, place="Nơi khác", by=admin, at=now())) == (
        "changed_meanwhile"
    )
    edit = reverse("people:rename_agency", args=[one.public_id])
    form = {"name": "Khác", "abbreviation": "UBND", "place": "Tỉnh Mẫu", "revision": "0"}
    late = as_(admin).post(edit, form)
    assert late.status_code == 422
    assert "UBND phường Nhất" in late.content.decode()


def test_an_old_revision_of_an_account_is_refused(tree) -> None:
    top, one, *_ = tree
    admin, user = person(top, "admin"), person(one)
    facts = {"full_name": "Tên Khác", "email": "", "phone": "", "by": admin, "at": now() + timedelta(seconds=1)}
    users.update(user, revision=0, **facts)
    assert refusal(lambda: users.update(user, revision=0, **{**facts, "full_name": "Nữa"})) == "changed_meanwhile"
    assert AgencyLink.objects.exists()


def test_very_many_things_to_be_found_are_not_counted_to_the_last(monkeypatch: pytest.MonkeyPatch) -> None:
    facts = {"kind": "document", "agency_id": 1, "title": "Tờ trình", "url": "/", "standing": "k"}
    Entry.objects.bulk_create(Entry(object_id=uuid4(), **facts) for _ in range(3))
    monkeypatch.setattr("people.navigation.MOST_COUNTED", 3)
    assert search_condition().text == "Tìm được 3 mục"
    monkeypatch.setattr("people.navigation.MOST_COUNTED", 2)
    assert search_condition().text == "Tìm được hơn 2 mục"
