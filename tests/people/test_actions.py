"""What the actions change, and that they leave a record."""

from datetime import date, timedelta

import pytest

from ledger.models import AuditEntry
from ledger.verdict import Refused
from people.actions import agencies, posts, tokens, users
from people.models import Agency, AgencyLink, User
from people.queries import current_posts, ids_above, ids_below, system_user, today
from tests.people.factories import AgencyFactory, PostFactory, UserFactory, fresh, now, person

pytestmark = pytest.mark.django_db


def verbs(obj) -> list[str]:
    return list(AuditEntry.objects.filter(object_id=obj.public_id).order_by("pk").values_list("verb", flat=True))


def test_a_top_agency_is_founded_by_the_system_only() -> None:
    made = agencies.create(
        code="UBND-T",
        name="UBND  tỉnh",
        abbreviation="UBND",
        place="Tỉnh",
        from_day=today(),
        by=system_user(),
        at=now(),
    )
    assert made.name == "UBND tỉnh"
    assert ids_below([made.pk]) == {made.pk}
    assert verbs(made) == ["create"]
    with pytest.raises(Refused):
        agencies.create(
            code="X", name="X", abbreviation="X", place="X", from_day=today(), by=person(made, "admin"), at=now()
        )


def test_an_account_comes_with_a_slip_and_a_post() -> None:
    agency = AgencyFactory()
    admin = person(agency, "admin")
    slip = users.create(
        username="van.thu", full_name="Lê Văn Thư", agency=agency, role="clerk", title="Văn thư",
        from_day=today(), by=admin, at=now(),
    )  # fmt: skip
    user = User.objects.get(username="van.thu")
    assert user.check_password(slip.password)
    assert user.slip_valid_until is not None
    assert [post.role for post in current_posts(user)] == ["clerk"]
    assert verbs(user) == ["create"]


def test_moving_an_agency_moves_what_is_under_it() -> None:
    top = AgencyFactory()
    left, right = AgencyFactory(parent=top), AgencyFactory(parent=top)
    unit = AgencyFactory(parent=left)
    agencies.place_under(left, parent=right, from_day=today(), by=person(top, "admin"), at=now())
    assert ids_above(unit.pk) == [unit.pk, left.pk, right.pk, top.pk]
    assert ids_above(unit.pk, today() - timedelta(days=1)) == [unit.pk, left.pk, top.pk]
    with pytest.raises(Refused):
        agencies.place_under(right, parent=unit, from_day=today(), by=person(top, "admin"), at=now())


def test_merging_ends_posts_and_passes_units_on() -> None:
    top = AgencyFactory()
    old, new = AgencyFactory(parent=top), AgencyFactory(parent=top)
    unit = AgencyFactory(parent=old)
    clerk, admin = person(old, "clerk"), person(top, "admin")
    agencies.merge([old], into=new, on_day=today(), by=admin, at=now())
    old = Agency.objects.get(pk=old.pk)
    assert (old.dissolved_on, old.successor_id) == (today(), new.pk)
    assert ids_above(unit.pk) == [unit.pk, new.pk, top.pk]
    assert not current_posts(fresh(clerk)).exists()
    assert verbs(old) == ["dissolve"]
    assert verbs(new) == ["merge"]
    with pytest.raises(Refused):
        agencies.rename(old, revision=0, name="Tên khác", by=fresh(admin), at=now())


def test_a_post_ends_on_its_day() -> None:
    agency = AgencyFactory()
    admin, clerk = person(agency, "admin"), person(agency, "clerk")
    post = current_posts(clerk).get()
    posts.end(post, on_day=today() + timedelta(days=1), by=admin, at=now())
    assert current_posts(clerk).exists()
    assert not current_posts(clerk, today() + timedelta(days=1)).exists()


def test_the_last_administrator_stays() -> None:
    agency = AgencyFactory()
    admin = person(agency, "admin")
    with pytest.raises(Refused) as refused:
        posts.end(current_posts(admin).get(), on_day=today() + timedelta(days=1), by=admin, at=now())
    assert refused.value.code == "last_administrator"


def test_a_last_administrator_is_not_lost_by_later_ends() -> None:
    agency, day = AgencyFactory(), today() + timedelta(days=30)
    one, two = person(agency, "admin"), person(agency, "admin")
    posts.end(current_posts(one).get(), on_day=day, by=two, at=now())
    for wanted in (day - timedelta(days=1), day, day + timedelta(days=1)):
        with pytest.raises(Refused, match="last_administrator"):
            posts.end(current_posts(two).get(), on_day=wanted, by=fresh(one), at=now())
    with pytest.raises(Refused, match="last_administrator"):
        users.deactivate(two, reason="", by=fresh(one), at=now())
    heir = UserFactory()
    PostFactory(user=heir, agency=agency, role="admin", valid_from=day)
    posts.end(current_posts(two).get(), on_day=today() + timedelta(days=1), by=fresh(one), at=now())
    with pytest.raises(Refused, match="last_administrator"):
        users.deactivate(heir, reason="", by=system_user(), at=now())


def test_a_new_password_ends_the_tokens() -> None:
    user = person(AgencyFactory())
    token, _ = tokens.issue(user, by=user, at=now())
    users.change_password(user, password="một-mật-khẩu-khác-2026", by=user, at=now())
    token.refresh_from_db()
    assert token.revoked_at is not None


def test_links_begin_before_they_end() -> None:
    top = AgencyFactory()
    left, right = AgencyFactory(parent=top), AgencyFactory(parent=top)
    admin = person(top, "admin")
    unit = agencies.create(
        code="U", name="U", abbreviation="U", place="U", parent=left, from_day=today(), by=admin, at=now()
    )
    agencies.place_under(unit, parent=right, from_day=today(), by=fresh(admin), at=now())
    assert ids_above(unit.pk) == [unit.pk, right.pk, top.pk]
    assert not AgencyLink.objects.filter(descendant=unit, ancestor=left).exists()
    with pytest.raises(Refused):
        agencies.place_under(unit, parent=left, from_day=date(2021, 1, 1), by=fresh(admin), at=now())
