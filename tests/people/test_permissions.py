"""Who may do what: every action of people against every kind of person."""

from collections.abc import Callable
from datetime import timedelta
from types import SimpleNamespace
from typing import Any

import pytest

from ledger.door import ACTIONS
from ledger.verdict import Refused
from people.actions import (
    agencies,
    delegation,
    identities,
    imports,
    positions,
    posts,
    rights,
    setup,
    sign_ins,
    simulated,
    slips,
    tokens,
    users,
)
from people.drafts import Draft
from people.models import SignInArchive
from people.queries import current_posts, system_user, today
from people.sheets.plan import World, plan_of
from people.sheets.rows import table_of
from tests.people.factories import AgencyFactory, PostFactory, UserFactory, fresh, now, person

pytestmark = pytest.mark.django_db
WHO = ["system", "top_admin", "admin", "other_admin", "clerk", "leader", "self", "stranger"]


@pytest.fixture
def world() -> SimpleNamespace:
    """A tree of three agencies; `self` is an official of `one`, whom the actions are about."""
    top = AgencyFactory()
    one, two = AgencyFactory(parent=top), AgencyFactory(parent=top)
    subject = person(one)
    return SimpleNamespace(
        top=top,
        one=one,
        two=two,
        subject=subject,
        colleague=person(one),
        people={
            "system": system_user(),
            "top_admin": person(top, "admin"),
            "admin": person(one, "admin"),
            "other_admin": person(two, "admin"),
            "clerk": person(one, "clerk"),
            "leader": person(one, "leader"),
            "self": subject,
            "stranger": UserFactory(),
        },
    )


def printed(**more: Any) -> dict[str, Any]:
    return {"name": "Trạm Y tế", "abbreviation": "TYT", "place": "Mẫu", **more}


def account(world: SimpleNamespace) -> dict[str, Any]:
    facts = {"username": "nguoi.moi", "full_name": "Người Mới", "role": "official", "title": "Công chức"}
    return {**facts, "agency": world.one, "from_day": today()}


def a_token(world: SimpleNamespace) -> Any:
    return tokens.issue(world.subject, by=world.subject, at=now())[0]


def a_delegation(world: SimpleNamespace, by: Any) -> Any:
    post = current_posts(world.subject).get()
    days = {"first_day": today(), "end_day": today() + timedelta(days=3)}
    return delegation.give(post, to=world.colleague, basis="UQ 01", **days, by=by, at=now())


def a_position(world: SimpleNamespace, by: Any) -> Any:
    return positions.add(world.one, name="Tổ trưởng", rank=1, role="official", by=by, at=now())


def an_import(world: SimpleNamespace, by: Any) -> Any:
    return imports.read_in(world.one, sheets=[], file_name="x.xlsx", sha256="", by=by, at=now())


def an_archive() -> SignInArchive:
    days = {"made_at": now(), "first_at": now(), "last_at": now()}
    return SignInArchive(**days, last_key=0, lines=0, file_name="x", sha256="", signature="", key_id="")


def closed(world: SimpleNamespace) -> Any:
    return users.deactivate(world.subject, reason="", by=world.people["top_admin"], at=now())


NOTHING = plan_of(table_of([]), World(today(), {}, {})).fingerprint()
OVER_ONE = {"system", "top_admin", "admin"}
OVER_TOP = {"system", "top_admin"}
CASES: dict[str, tuple[Callable[[SimpleNamespace, Any], Any], set[str]]] = {
    "agencies.create": (
        lambda w, by: agencies.create(**printed(code="TYT"), parent=w.one, from_day=today(), by=by, at=now()),
        OVER_ONE,
    ),
    "agencies.rename": (lambda w, by: agencies.rename(w.one, revision=0, name="Tên mới", by=by, at=now()), OVER_ONE),
    "agencies.place_under": (
        lambda w, by: agencies.place_under(w.one, parent=w.two, from_day=today(), by=by, at=now()),
        OVER_TOP,
    ),
    "agencies.dissolve": (
        lambda w, by: agencies.dissolve(w.one, successor=w.two, on_day=today(), by=by, at=now()),
        OVER_TOP,
    ),
    "agencies.merge": (lambda w, by: agencies.merge([w.one], into=w.two, on_day=today(), by=by, at=now()), OVER_TOP),
    "agencies.split": (lambda w, by: agencies.split(w.one, into=[w.two], on_day=today(), by=by, at=now()), OVER_TOP),
    "users.create": (lambda w, by: users.create(**account(w), by=by, at=now()), OVER_ONE),
    "users.update": (
        lambda w, by: users.update(w.subject, revision=0, full_name="Tên Khác", email="", phone="", by=by, at=now()),
        OVER_ONE,
    ),
    "users.update_own": (
        lambda w, by: users.update_own(w.subject, email="a@b.vn", phone="", language="vi", by=by, at=now()),
        {"self"},
    ),
    "users.deactivate": (lambda w, by: users.deactivate(w.subject, reason="", by=by, at=now()), OVER_ONE),
    "users.reactivate": (lambda w, by: users.reactivate(closed(w), by=by, at=now()), OVER_ONE),
    "users.reset_password": (lambda w, by: users.reset_password(w.subject, by=by, at=now()), OVER_ONE),
    "users.change_password": (
        lambda w, by: users.change_password(w.subject, password="x" * 12, by=by, at=now()),
        {"self"},
    ),
    "users.end_other_sessions": (
        lambda w, by: users.end_other_sessions(w.subject, current="", by=by, at=now()),
        {"self"},
    ),
    "users.remove_factors": (lambda w, by: users.remove_factors(w.subject, by=by, at=now()), OVER_ONE),
    "identities.tie": (
        lambda w, by: identities.tie(w.subject, issuer="https://sso", subject="1", by=by, at=now()),
        {"self"},
    ),
    "identities.untie": (lambda w, by: identities.untie(w.subject, by=by, at=now()), OVER_ONE),
    "users.unlock": (lambda w, by: users.unlock(w.subject, by=by, at=now()), OVER_ONE | {"clerk"}),
    "posts.give": (
        lambda w, by: posts.give(w.subject, agency=w.one, role="clerk", title="VT", from_day=today(), by=by, at=now()),
        OVER_ONE,
    ),
    "posts.end": (
        lambda w, by: posts.end(current_posts(w.subject).get(), on_day=today(), by=by, at=now()),
        OVER_ONE,
    ),
    "delegation.give": (a_delegation, OVER_ONE | {"self"}),
    "delegation.withdraw": (
        lambda w, by: delegation.withdraw(a_delegation(w, w.subject), by=by, at=now()),
        OVER_ONE | {"self"},
    ),
    "rights.give": (
        lambda w, by: rights.give(current_posts(w.subject).get(), code="meetings.prepare", by=by, at=now()),
        OVER_ONE,
    ),
    "rights.take_back": (
        lambda w, by: rights.take_back(current_posts(w.subject).get(), code="meetings.prepare", by=by, at=now()),
        OVER_ONE,
    ),
    "posts.retitle": (
        lambda w, by: posts.retitle(current_posts(w.subject).get(), title="Tổ trưởng", by=by, at=now()),
        OVER_ONE,
    ),
    "positions.add": (lambda w, by: a_position(w, by), OVER_ONE),
    "positions.edit": (
        lambda w, by: positions.edit(
            a_position(w, w.people["admin"]), revision=0, name="Tổ phó", rank=2, role="official", by=by, at=now()
        ),
        OVER_ONE,
    ),
    "positions.remove": (
        lambda w, by: positions.remove(a_position(w, w.people["admin"]), by=by, at=now()),
        OVER_ONE,
    ),
    "slips.hand_out": (
        lambda w, by: slips.hand_out([Draft(w.subject, "x", "x", w.subject.password)], by=by, at=now()),
        OVER_ONE,
    ),
    "imports.read_in": (lambda w, by: an_import(w, by), OVER_ONE),
    "imports.take_over": (
        lambda w, by: imports.take_over(
            an_import(w, w.people["admin"]), fingerprint=NOTHING, leave_out=True, by=by, at=now()
        ),
        {"admin"},
    ),
    "imports.drop": (lambda w, by: imports.drop(an_import(w, w.people["admin"]), by=by, at=now()), {"admin"}),
    "imports.forget_old": (lambda w, by: imports.forget_old(by=by, at=now()), {"system"}),
    "sign_ins.note_export": (
        lambda w, by: sign_ins.note_export(lines=0, form="csv", by=by, at=now()),
        {"top_admin", "admin", "other_admin"},
    ),
    "sign_ins.put_away": (lambda w, by: sign_ins.put_away(an_archive(), keys=[], by=by, at=now()), {"system"}),
    "tokens.issue": (lambda w, by: tokens.issue(w.subject, by=by, at=now()), {"self"}),
    "tokens.revoke": (lambda w, by: tokens.revoke(a_token(w), by=by, at=now()), OVER_ONE | {"self"}),
}
NOBODYS = {
    setup.first_administrator,
    sign_ins.note,
    sign_ins.note_factor,
    imports.forget_old,
    simulated.enlist,
    simulated.dismiss,
}  # done by nobody who is signed in


def test_every_action_is_in_the_matrix() -> None:
    known = {key.removeprefix("people.actions.") for key in ACTIONS if key.startswith("people.actions.")}
    assert known == set(CASES) | {
        f"{each.__module__}.{each.__name__}".removeprefix("people.actions.") for each in NOBODYS
    }


@pytest.mark.parametrize("who", WHO)
@pytest.mark.parametrize("name", CASES)
def test_only_these_may(name: str, who: str, world: SimpleNamespace) -> None:
    do, allowed = CASES[name]
    by = fresh(world.people[who])
    if who in allowed:
        do(world, by)
    else:
        with pytest.raises(Refused):
            do(world, by)


def test_somebody_with_a_post_elsewhere_is_not_managed_from_here(world: SimpleNamespace) -> None:
    PostFactory(user=world.subject, agency=world.two)
    with pytest.raises(Refused) as refused:
        users.reset_password(world.subject, by=world.people["admin"], at=now())
    assert refused.value.code == "person_elsewhere"
    users.reset_password(world.subject, by=world.people["top_admin"], at=now())


def test_a_former_administrator_may_nothing(world: SimpleNamespace) -> None:
    admin = world.people["admin"]
    post = current_posts(admin).get()
    type(post).objects.filter(pk=post.pk).update(valid_to=today())
    with pytest.raises(Refused):
        users.reset_password(world.subject, by=fresh(admin), at=now())


def test_the_system_account_is_nobodys(world: SimpleNamespace) -> None:
    with pytest.raises(Refused):
        users.reset_password(world.people["system"], by=world.people["top_admin"], at=now())
    with pytest.raises(Refused):
        tokens.issue(world.people["system"], by=world.people["system"], at=now())
