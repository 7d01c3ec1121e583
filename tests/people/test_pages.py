"""The pages: who may open them, what they show, that bad input gets a sentence."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse

from people.actions import delegation, tokens, users
from people.models import Agency, ApiToken, Delegation, Post, SignIn, User
from people.queries import current_posts, today
from tests.people.factories import PASSWORD, AgencyFactory, PostFactory, UserFactory, fresh, now, person

pytestmark = pytest.mark.django_db


@pytest.fixture
def tree():
    top = AgencyFactory(name="UBND tỉnh Mẫu")
    return top, AgencyFactory(parent=top, name="UBND phường Một"), AgencyFactory(parent=top, name="UBND phường Hai")


def as_(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


def page(client: Client, name: str, *args, **query):
    return client.get(reverse(f"people:{name}", args=args), query)


OWN = ["profile", "own_sign_ins", "tokens", "delegations", "inbox"]
ADMIN = ["users", "open_account", "sign_ins", "agencies", "locks"]


@pytest.mark.parametrize("name", OWN + ADMIN)
def test_strangers_are_asked_to_sign_in(name: str) -> None:
    answer = page(Client(), name)
    assert answer.status_code == 302
    assert answer.headers["Location"].startswith(reverse("account_login"))


@pytest.mark.parametrize("name", OWN)
def test_everybody_has_an_account_page(name: str, tree) -> None:
    answer = page(as_(person(tree[1])), name)
    assert answer.status_code == 200
    assert page(as_(UserFactory()), name).status_code == 200


@pytest.mark.parametrize("name", ADMIN)
def test_administration_exists_for_administrators_only(name: str, tree) -> None:
    assert page(as_(person(tree[1])), name).status_code == 404
    assert page(as_(person(tree[1], "admin")), name).status_code == 200


def test_administration_ends_at_the_edge_of_the_own_agencies(tree) -> None:
    _, one, two = tree
    client = as_(person(one, "admin"))
    elsewhere, post = person(two), PostFactory(agency=two)
    for name in ("user", "edit_user", "give_post"):
        assert page(client, name, elsewhere.public_id).status_code == 404
    for name in ("agency", "found_agency", "rename_agency", "place_agency", "dissolve_agency"):
        assert page(client, name, two.public_id).status_code == 404
        assert page(client, name, one.public_id).status_code == 200
    for name in ("reset_password", "deactivate", "reactivate", "unlock"):
        assert client.post(reverse(f"people:{name}", args=[elsewhere.public_id])).status_code == 404
    assert page(client, "end_post", post.public_id).status_code == 404
    assert page(client, "user", uuid4()).status_code == 404
    assert elsewhere.full_name not in page(client, "users").content.decode()


def test_an_account_is_opened_with_a_slip_shown_once(tree) -> None:
    top, one, _ = tree
    client = as_(person(top, "admin"))
    form = {
        "full_name": "Nguyễn Thị Ngọc Ánh", "username": " Ngoc.Anh ", "agency": str(one.public_id), "role": "clerk",
        "title": "Văn thư", "from_day": str(today()), "email": "", "phone": "",
    }  # fmt: skip
    answer = client.post(reverse("people:open_account"), form)
    user = User.objects.get(username="ngoc.anh")
    assert answer.status_code == 200
    assert "no-store" in answer.headers["Cache-Control"]
    slip = answer.context["slip"]
    assert user.check_password(slip.password)
    assert slip.password not in page(client, "user", user.public_id).content.decode()
    again = client.post(reverse("people:open_account"), form)
    assert again.status_code == 422
    assert User.objects.filter(full_name="Nguyễn Thị Ngọc Ánh").count() == 1


@pytest.mark.parametrize(
    "change",
    [
        {"username": "có dấu"}, {"username": "x" * 200}, {"agency": "khong-co"}, {"agency": str(uuid4())},
        {"role": "king"}, {"from_day": "31/02/2026"}, {"full_name": "a\x00b"}, {"title": ""},
    ],
)  # fmt: skip
def test_bad_forms_come_back_with_sentences(change: dict[str, str], tree) -> None:
    client = as_(person(tree[0], "admin"))
    form = {
        "full_name": "Lê Văn Tám", "username": "van.tam", "agency": str(tree[0].public_id), "role": "clerk",
        "title": "Văn thư", "from_day": str(today()),
    }  # fmt: skip
    answer = client.post(reverse("people:open_account"), {**form, **change})
    assert answer.status_code == 422
    assert answer.context["form"].errors
    assert not User.objects.filter(username="van.tam").exists()


def test_an_account_is_closed_and_opened_again(tree) -> None:
    admin, user = person(tree[0], "admin"), person(tree[1])
    client = as_(admin)
    client.post(reverse("people:deactivate", args=[user.public_id]), {"reason": "Nghỉ hưu"})
    assert not fresh(user).is_active
    assert "Nghỉ hưu" not in page(client, "user", user.public_id).content.decode()
    answer = client.post(reverse("people:reactivate", args=[user.public_id]))
    assert fresh(user).check_password(answer.context["slip"].password)
    assert client.post(reverse("people:deactivate", args=[admin.public_id])).status_code == 403


def test_posts_are_given_and_ended(tree) -> None:
    top, one, two = tree
    client, user = as_(person(top, "admin")), person(one)
    form = {"agency": str(two.public_id), "role": "leader", "title": "Chủ tịch", "from_day": str(today())}
    assert client.post(reverse("people:give_post", args=[user.public_id]), form).status_code == 302
    assert client.post(reverse("people:give_post", args=[user.public_id]), form).status_code == 422
    post = Post.objects.get(user=user, agency=two)
    end = reverse("people:end_post", args=[post.public_id])
    assert client.post(end, {"on_day": str(today())}).status_code == 422
    assert client.post(end, {"on_day": str(today() + timedelta(days=1))}).status_code == 302


def test_agencies_are_added_renamed_moved_and_dissolved(tree) -> None:
    top, one, two = tree
    client = as_(person(top, "admin"))
    facts = {"name": "Trạm Y tế", "abbreviation": "TYT", "place": "Mẫu", "from_day": str(today())}
    for name, data, target in [
        ("found_agency", {**facts, "code": "TYT-1"}, one),
        ("rename_agency", {**facts, "name": "UBND phường Ba", "revision": "0"}, two),
        ("place_agency", {"parent": str(two.public_id), "from_day": str(today())}, one),
        ("dissolve_agency", {"successor": str(two.public_id), "on_day": str(today())}, one),
    ]:
        answer = client.post(reverse(f"people:{name}", args=[target.public_id]), data)
        assert answer.status_code == 302, answer.context["form"].errors
    assert Agency.objects.get(pk=one.pk).dissolved_on == today()
    assert Agency.objects.get(pk=two.pk).name == "UBND phường Ba"
    assert page(client, "agency", one.public_id).status_code == 200
    taken = client.post(reverse("people:found_agency", args=[two.public_id]), {**facts, "code": "TYT-1"})
    assert taken.status_code == 422


def test_the_post_to_act_from_is_picked_and_kept() -> None:
    user = UserFactory()
    first, second, foreign = PostFactory(user=user), PostFactory(user=user), PostFactory()
    client = as_(user)
    url = reverse("people:act_from")
    assert client.post(url, {"post": second.public_id, "next": "//evil.example/"}).headers["Location"] == "/"
    assert page(client, "profile").context["user"].acting_post_id == second.pk
    assert client.post(url, {"post": foreign.public_id}).status_code == 404
    assert client.post(url, {"post": "x"}).status_code == 404
    Post.objects.filter(pk=second.pk).update(valid_to=today())
    assert page(client, "profile").context["user"].acting_post_id == first.pk


def test_a_token_is_shown_once_and_revoked(tree) -> None:
    user, other = person(tree[1]), person(tree[1])
    client = as_(user)
    answer = client.post(reverse("people:tokens"), {"label": "Trung tâm điều hành"})
    assert answer.context["new"].startswith("nst_")
    assert answer.context["new"] not in page(client, "tokens").content.decode()
    token = ApiToken.objects.get()
    revoke = reverse("people:revoke_token", args=[token.public_id])
    assert as_(other).post(revoke).status_code == 404
    assert client.post(revoke).status_code == 302
    assert ApiToken.objects.get().revoked_at is not None


def test_authorisations_are_given_and_withdrawn(tree) -> None:
    top, one, _ = tree
    leader, deputy = person(top, "leader"), person(one)
    client = as_(leader)
    form = {
        "post": str(current_posts(leader).get().public_id), "to": str(deputy.public_id), "basis": "Giấy ủy quyền số 01",
        "first_day": str(today()), "end_day": str(today() + timedelta(days=7)),
    }  # fmt: skip
    assert client.post(reverse("people:delegations"), {**form, "end_day": str(today())}).status_code == 422
    assert client.post(reverse("people:delegations"), form).status_code == 302
    given = Delegation.objects.get()
    assert "Giấy ủy quyền" in page(as_(deputy), "delegations").content.decode()
    withdraw = reverse("people:withdraw", args=[given.public_id])
    assert as_(deputy).post(withdraw).status_code == 404
    assert client.post(withdraw).status_code == 302


def test_the_log_is_filtered(tree) -> None:
    admin, user = person(tree[0], "admin"), person(tree[1], full_name="Đặng Thị Phượng")
    SignIn.objects.create(at=now(), user=user, username=user.username, outcome="signed_in")
    SignIn.objects.create(at=now() - timedelta(days=40), user=user, username=user.username, outcome="refused")
    SignIn.objects.create(at=now(), user=None, username="ke…", outcome="refused")
    client = as_(admin)
    client.get("/")

    def shown(**query: str) -> int:
        return len(page(client, "sign_ins", **query).context["lines"])

    assert shown(account=user.username) == 2
    assert shown(account="Phượng", outcome="signed_in") == 1
    assert shown(account=user.username, first_day=str(today())) == 1
    assert shown(outcome="signed_in", last_day="2020-01-01") == 0
    assert shown(account="ke…") == 1
    assert page(client, "sign_ins", first_day="hôm qua", before="99999999999999999999").status_code == 200
    below = as_(person(tree[1], "admin"))
    assert len(page(below, "sign_ins", account="ke…").context["lines"]) == 0


def test_a_clerk_lifts_a_lock(tree, settings) -> None:
    clerk, user = person(tree[1], "clerk"), person(tree[1])
    for _ in range(settings.AXES_FAILURE_LIMIT):
        Client().post(reverse("account_login"), {"login": user.username, "password": "sai"})
    client = as_(clerk)
    assert user.full_name in page(client, "locks").content.decode()
    elsewhere = as_(person(tree[2], "clerk"))
    assert user.full_name not in page(elsewhere, "locks").content.decode()
    unlock = reverse("people:unlock", args=[user.public_id])
    assert elsewhere.post(unlock).status_code == 404
    assert client.post(unlock).status_code == 302
    assert Client().post(reverse("account_login"), {"login": user.username, "password": PASSWORD}).status_code == 302


@pytest.mark.parametrize("name", ["users", "agencies", "sign_ins", "locks"])
def test_lists_cost_the_same_with_one_row_and_with_three(name: str, django_assert_max_num_queries) -> None:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    top = AgencyFactory()
    client = as_(person(top, "admin"))

    def cost() -> int:
        with CaptureQueriesContext(
            connection,
        ) as asked:
            assert page(client, name).status_code == 200
        return len(asked)

    def grow() -> None:
        user = person(AgencyFactory(parent=top))
        SignIn.objects.create(at=now(), user=user, username=user.username, outcome="signed_in")

    grow()
    cost()
    one = cost()
    grow()
    grow()
    assert cost() == one


def test_closed_accounts_lose_their_tokens(tree) -> None:
    admin, user = person(tree[0], "admin"), person(tree[1])
    tokens.issue(user, by=user, at=now())
    users.deactivate(user, reason="", by=admin, at=now())
    assert ApiToken.objects.get().revoked_at is not None


def test_a_delegation_ends_with_the_post(tree) -> None:
    from people.queries import delegations_to

    leader, deputy = person(tree[0], "leader"), person(tree[0])
    post = current_posts(leader).get()
    day = today() + timedelta(days=5)
    delegation.give(post, to=deputy, basis="UQ", first_day=today(), end_day=day, by=leader, at=now())
    assert delegations_to(deputy).exists()
    Post.objects.filter(pk=post.pk).update(valid_to=today())
    assert not delegations_to(deputy).exists()
