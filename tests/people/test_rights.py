"""Rights: brought by the role, given beyond it, taken back; who has which; what they let a person read."""

from datetime import timedelta

import pytest
from django.db import IntegrityError
from django.test import Client
from django.urls import reverse

from documents.rights import KEEP
from ledger.models import AuditEntry
from ledger.verdict import Refused
from live.models import Event
from meetings.rights import APPROVE, PREPARE
from people.actions import posts, rights
from people.holders import holders_in
from people.models import Post, PostRight
from people.queries import audiences_of, current_posts, has_right, system_user, today
from tests.people.factories import AgencyFactory, PostFactory, UserFactory, fresh, now, person

pytestmark = pytest.mark.django_db


@pytest.fixture
def tree():
    top = AgencyFactory()
    return top, AgencyFactory(parent=top), AgencyFactory(parent=top)


def code_of(work) -> str:
    with pytest.raises(Refused) as refused:
        work()
    return refused.value.code


def post_of(user) -> Post:
    return current_posts(user).get()


def test_an_extra_right_is_given_noted_and_taken_back(tree) -> None:
    admin, official = person(tree[1], "admin"), person(tree[1])
    post = post_of(official)
    rights.give(post, code=PREPARE, by=admin, at=now())
    rights.give(post, code=PREPARE, by=admin, at=now())
    assert has_right(fresh(official), tree[1].pk, PREPARE)
    assert not has_right(fresh(official), tree[0].pk, PREPARE)
    assert PostRight.objects.count() == 1
    rights.take_back(post, code=PREPARE, by=admin, at=now())
    rights.take_back(post, code=PREPARE, by=admin, at=now())
    assert not has_right(fresh(official), tree[1].pk, PREPARE)
    verbs = AuditEntry.objects.filter(object_id=post.public_id).order_by("pk").values_list("verb", flat=True)
    assert list(verbs) == ["give_right", "take_right_back"]
    assert Event.objects.filter(stream__key="control").count() == 2


def test_of_two_grants_at_once_the_second_is_refused_by_the_database(tree) -> None:
    post = post_of(person(tree[1]))
    facts = {"post": post, "code": PREPARE, "given_by": system_user(), "given_at": now()}
    PostRight.objects.create(**facts)
    with pytest.raises(IntegrityError, match=r"extra_right_once_per_post|people_postright\.code"):
        PostRight.objects.create(**facts)


@pytest.mark.parametrize("who", ["system", "top_admin", "admin", "other_admin", "clerk", "leader", "self"])
def test_only_administrators_over_the_agency_change_rights(who: str, tree) -> None:
    top, one, two = tree
    subject = person(one)
    by = {
        "system": system_user, "top_admin": lambda: person(top, "admin"), "admin": lambda: person(one, "admin"),
        "other_admin": lambda: person(two, "admin"), "clerk": lambda: person(one, "clerk"),
        "leader": lambda: person(one, "leader"), "self": lambda: subject,
    }[who]()  # fmt: skip
    for work in (rights.give, rights.take_back):
        if who in {"system", "top_admin", "admin"}:
            work(post_of(subject), code=PREPARE, by=by, at=now())
        else:
            code = code_of(lambda work=work: work(post_of(subject), code=PREPARE, by=by, at=now()))
            assert code == "not_administrator"


def test_what_cannot_be_given(tree) -> None:
    admin, clerk, gone = person(tree[1], "admin"), person(tree[1], "clerk"), UserFactory()
    assert code_of(lambda: rights.give(post_of(clerk), code=PREPARE, by=admin, at=now())) == "right_by_role"
    assert code_of(lambda: rights.give(post_of(clerk), code="x", by=admin, at=now())) == "right_unknown"
    ended = PostFactory(user=gone, agency=tree[1], valid_to=today())
    assert code_of(lambda: rights.give(ended, code=PREPARE, by=admin, at=now())) == "post_ended"


def test_an_extra_right_ends_with_its_post(tree) -> None:
    admin, official = person(tree[1], "admin"), person(tree[1])
    rights.give(post_of(official), code=PREPARE, by=admin, at=now())
    posts.end(post_of(official), on_day=today(), by=admin, at=now() + timedelta(seconds=1))
    assert not has_right(fresh(official), tree[1].pk, PREPARE)


def test_who_keeps_documents_reads_what_clerks_read_and_who_prepares_meetings_does_not(tree) -> None:
    admin, official = person(tree[1], "admin"), person(tree[1])
    key = f"agency:{tree[1].pk}:clerk"
    rights.give(post_of(official), code=PREPARE, by=admin, at=now())
    assert key not in audiences_of(fresh(official))
    rights.give(post_of(official), code=KEEP, by=admin, at=now())
    assert key in audiences_of(fresh(official))
    assert f"agency:{tree[0].pk}:clerk" not in audiences_of(fresh(official))
    rights.take_back(post_of(official), code=KEEP, by=admin, at=now())
    assert key not in audiences_of(fresh(official))


def test_the_list_of_an_agency_tells_roles_and_extra_rights(tree, django_assert_num_queries) -> None:
    admin, official, leader = person(tree[1], "admin"), person(tree[1]), person(tree[1], "leader")
    rights.give(post_of(official), code=APPROVE, by=admin, at=now())
    person(tree[2], "leader")
    for _ in range(2):
        with django_assert_num_queries(2):
            found = {holders.right.code: holders for holders in holders_in(tree[1].pk)}
        assert [post.user for post in found[APPROVE].by_role] == [leader]
        assert [post.user for post, _ in found[APPROVE].given] == [official]
        rights.give(post_of(person(tree[1])), code=PREPARE, by=admin, at=now())


def test_rights_are_switched_on_the_persons_page(tree) -> None:
    admin, official, elsewhere = person(tree[1], "admin"), person(tree[1]), person(tree[2])
    client = Client()
    client.force_login(admin)
    page = client.get(reverse("people:user", args=[official.public_id])).content.decode()
    assert f'name="right" value="{PREPARE}"' in page
    switch = reverse("people:switch_right", args=[post_of(official).public_id])
    assert client.post(switch, {"right": PREPARE, "on": "1"}).status_code == 302
    assert has_right(fresh(official), tree[1].pk, PREPARE)
    assert client.post(switch, {"right": PREPARE, "on": ""}).status_code == 302
    assert not has_right(fresh(official), tree[1].pk, PREPARE)
    assert client.post(switch, {"right": "a\x00b", "on": "1"}).status_code == 403
    foreign = reverse("people:switch_right", args=[post_of(elsewhere).public_id])
    assert client.post(foreign, {"right": PREPARE, "on": "1"}).status_code == 404
    assert client.get(reverse("people:agency_rights", args=[tree[1].public_id])).status_code == 200
    assert client.get(reverse("people:agency_rights", args=[tree[2].public_id])).status_code == 404
    stranger = Client()
    stranger.force_login(UserFactory())
    assert stranger.post(switch, {"right": PREPARE, "on": "1"}).status_code == 404
