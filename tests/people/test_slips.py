"""Slips: nobody else's account stops a print; no password is hashed while a transaction is open."""

from datetime import timedelta

import pytest
from allauth.socialaccount.models import SocialAccount
from django.contrib.auth.hashers import get_hasher
from django.test import Client
from django.urls import reverse

from ledger import door
from ledger.verdict import Refused
from people import rules
from people.actions import slips, users
from people.actions.setup import first_administrator
from people.drafts import drafted
from people.intakes import waiting_for_slip
from people.models import Agency, User
from people.queries import today
from tests.people.factories import PASSWORD, AgencyFactory, PostFactory, UserFactory, fresh, now, person

pytestmark = pytest.mark.django_db


@pytest.fixture
def tree() -> tuple[Agency, Agency]:
    top = AgencyFactory()
    return AgencyFactory(parent=top), AgencyFactory(parent=top)


def overdue(**fields: object) -> User:
    return UserFactory(slip_valid_until=now() - timedelta(days=1), **fields)


def test_people_one_may_not_manage_are_left_out(tree: tuple[Agency, Agency]) -> None:
    here, there = tree
    admin, new = person(here, "admin"), person(here, password="!x")
    gone, both, lately, former = overdue(), overdue(), overdue(last_login=now()), overdue()
    PostFactory(user=gone, agency=here, valid_to=today() - timedelta(days=900))
    PostFactory(user=gone, agency=there)
    PostFactory(user=both, agency=here)
    PostFactory(user=both, agency=there, valid_from=today() + timedelta(days=9))
    PostFactory(user=lately, agency=here)
    PostFactory(user=lately, agency=there, valid_to=today() - timedelta(days=9))
    PostFactory(user=former, agency=here)
    PostFactory(user=former, agency=there, valid_to=today() - timedelta(days=9))
    waiting = list(waiting_for_slip(fresh(admin)))
    assert set(waiting) == {new, former}
    assert all(rules.may_reset_password(fresh(admin), user) for user in waiting)
    client = Client()
    client.force_login(admin)
    assert client.post(reverse("people:slips")).status_code == 200
    assert fresh(new).password.startswith("!") is False
    drafts = drafted([fresh(gone), fresh(new)])
    assert [slip.user for slip in slips.hand_out(drafts, by=fresh(admin), at=now())] == [new]
    with pytest.raises(Refused):
        slips.hand_out(drafted([fresh(gone)]), by=fresh(admin), at=now())


def test_whoever_comes_by_the_identity_provider_needs_no_slip(tree: tuple[Agency, Agency], settings) -> None:
    admin, tied = person(tree[0], "admin"), person(tree[0], password="!x")
    SocialAccount.objects.create(user_id=tied.pk, provider="https://sso", uid="1")
    assert list(waiting_for_slip(fresh(admin))) == [tied]
    settings.OIDC_ISSUER = "https://sso"
    assert list(waiting_for_slip(fresh(admin))) == []


def test_no_password_is_hashed_inside_a_transaction(tree: tuple[Agency, Agency], monkeypatch) -> None:
    admin, user = person(tree[0], "admin"), person(tree[0])
    hasher, seen = type(get_hasher()), []
    encode = hasher.encode

    def noted(self, *args, **kwargs):
        seen.append(door._current.get() is None)
        return encode(self, *args, **kwargs)

    monkeypatch.setattr(hasher, "encode", noted)
    account = {"username": "moi.mot", "full_name": "Mới Một", "agency": tree[0], "role": "official", "title": "CV"}
    slip = users.create(**account, from_day=today(), by=fresh(admin), at=now())
    again = users.reset_password(user, by=fresh(admin), at=now())
    users.change_password(fresh(user), password=PASSWORD, by=user, at=now())
    users.deactivate(user, reason="", by=fresh(admin), at=now())
    users.reactivate(user, by=fresh(admin), at=now())
    assert seen == [True] * 4
    assert fresh(slip.user).check_password(slip.password)
    assert slip.password != again.password


def test_the_first_administrators_password_is_hashed_before_too(monkeypatch) -> None:
    hasher, seen = type(get_hasher()), []
    encode = hasher.encode

    def noted(self, *args, **kwargs):
        seen.append(door._current.get() is None)
        return encode(self, *args, **kwargs)

    monkeypatch.setattr(hasher, "encode", noted)
    facts = {"agency_code": "P1", "agency_name": "Phường Một", "abbreviation": "UBND", "place": "Một", "title": "QT"}
    who = {"username": "quan.tri", "full_name": "Đỗ Quân", "password": "câu dài dễ nhớ 2026"}
    assert first_administrator(**facts, **who, at=now()).check_password(who["password"])
    assert seen[:1] == [True]
