"""Validity days, audiences, who sees whom, how many queries that takes."""

from datetime import date, timedelta
from uuid import uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from ledger.models import AuditEntry
from ledger.verdict import Unseen
from people.acting import act_from
from people.actions import users
from people.branches import branches
from people.models import Agency
from people.queries import (
    audiences_of,
    current_posts,
    directory,
    get_administered_user,
    get_visible_agency,
    holds,
    posts_of,
    system_user,
    today,
    visible_agencies,
    visible_users,
)
from tests.people.factories import AgencyFactory, PostFactory, UserFactory, fresh, now, person

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("start", "end", "held"),
    [(0, None, True), (1, None, False), (-1, 0, False), (-1, 1, True), (0, 1, True), (-9, -3, False)],
)
def test_a_post_counts_from_its_first_day_until_before_its_last(start: int, end: int | None, held: bool) -> None:
    day = today()
    finish = None if end is None else day + timedelta(days=end)
    post = PostFactory(valid_from=day + timedelta(days=start), valid_to=finish)
    assert current_posts(post.user).exists() is held


def test_posts_of_the_past_can_be_asked_for() -> None:
    post = PostFactory(valid_from=date(2025, 7, 1), valid_to=date(2026, 7, 1))
    assert current_posts(post.user, date(2026, 6, 30)).exists()
    assert not current_posts(post.user, date(2026, 7, 1)).exists()


def test_a_closed_account_holds_nothing() -> None:
    user = person(AgencyFactory(), "leader")
    user.is_active = False
    user.save()
    assert posts_of(fresh(user)) == []
    assert audiences_of(fresh(user)) == [f"user:{user.pk}"]


def test_audiences_follow_posts() -> None:
    post = PostFactory(role="clerk")
    keys = [f"user:{post.user_id}", f"agency:{post.agency_id}", f"agency:{post.agency_id}:clerk"]
    assert audiences_of(post.user)[:3] == keys
    assert holds(post.user, post.agency_id, "clerk", "admin")
    assert not holds(post.user, post.agency_id, "leader")


def test_rights_are_read_once_per_request() -> None:
    user = fresh(person(AgencyFactory()))
    with CaptureQueriesContext(connection) as asked:
        posts_of(user)
        holds(user, 1, "clerk")
        assert user.acting_post_id == posts_of(user)[0].pk
    assert len(asked) == 1


def test_a_record_names_the_post_held_in_the_agency_it_is_about() -> None:
    here, there, elsewhere = AgencyFactory(), AgencyFactory(), AgencyFactory()
    user = fresh(person(here, "clerk"))
    second = PostFactory(user=user, agency=there, role="leader")
    third = PostFactory(user=user, agency=there, role="clerk")
    first = user.acting_post_id
    with CaptureQueriesContext(connection) as asked:
        assert [user.post_for(agency.pk) for agency in (here, there, elsewhere)] == [first, second.pk, first]
    assert len(asked) <= 1
    act_from(user, third.pk)
    assert [user.post_for(agency.pk) for agency in (here, there, elsewhere)] == [first, third.pk, third.pk]
    users.update_own(user, email="a@b.vn", phone="", language="vi", by=user, at=now())
    assert set(AuditEntry.objects.filter(object_id=user.public_id).values_list("post_id", flat=True)) == {first}


def test_colleagues_are_seen_and_others_are_not() -> None:
    top = AgencyFactory()
    one, two = AgencyFactory(parent=top), AgencyFactory(parent=top)
    me, colleague, other = person(one), person(one), person(two)
    assert set(visible_users(me)) == {me, colleague}
    assert set(visible_users(person(top, "admin"))) >= {me, colleague, other}
    with pytest.raises(Unseen):
        get_administered_user(me, colleague.public_id)
    with pytest.raises(Unseen):
        get_administered_user(person(one, "admin"), uuid4())
    assert system_user() not in set(visible_users(person(top, "admin")))


def test_names_of_agencies_are_for_people_with_a_post() -> None:
    agency, gone = AgencyFactory(), AgencyFactory()
    Agency.objects.filter(pk=gone.pk).update(dissolved_on=today())
    me = person(agency)
    assert list(visible_agencies(me)) == [agency]
    with pytest.raises(Unseen):
        get_visible_agency(me, gone.public_id)
    with pytest.raises(Unseen):
        get_visible_agency(UserFactory(), agency.public_id)


def test_the_directory_is_sorted_by_given_name() -> None:
    agency = AgencyFactory()
    for name in ("Trần Văn Ân", "Nguyễn Văn An", "Lê Thị Đào", "Lê Thị Dung"):
        person(agency, full_name=name)
    me = person(agency, full_name="Vũ Thị Xuân")
    with CaptureQueriesContext(connection) as asked:
        names = [post.user.full_name for post in directory(me)]
    assert names == ["Nguyễn Văn An", "Trần Văn Ân", "Lê Thị Dung", "Lê Thị Đào", "Vũ Thị Xuân"]
    assert len(asked) == 2


def test_there_is_one_system_user() -> None:
    assert system_user() == system_user()
    assert not system_user().has_usable_password()


def test_branches_read_like_a_tree() -> None:
    nodes = [(1, None, "Tỉnh"), (3, 1, "Phường B"), (2, 1, "Phường A"), (4, 2, "Trạm"), (9, 8, "Lẻ")]
    assert branches(nodes) == [(9, 0), (1, 0), (2, 1), (4, 2), (3, 1)]


def test_names_are_found_without_marks_and_in_any_order_of_words() -> None:
    agency = AgencyFactory(name="Ủy ban nhân dân phường Đông Hải")
    found = person(agency, "clerk", full_name="Nguyễn Thị Ánh Tuyết")
    somebody = fresh(person(agency, "official", full_name="Trần Văn Bê"))
    for words in ("nguyen", "tuyet nguyen", "ÁNH", "NGUYỄN thị", "dong hai anh"):
        assert [post.user for post in directory(somebody, words)] == [found], words
    assert not directory(somebody, "nguyen van").exists()
    assert not directory(somebody, "x%_").exists()
