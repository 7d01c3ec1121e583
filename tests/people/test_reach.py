"""Who looks after an account: every administrator of its posts, lately held ones too; appointing opens nothing."""

from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ledger.verdict import Refused
from people import rules
from people.actions import posts, users
from people.models import Agency, User
from people.queries import today
from people.reach import Held, deciding, heir, unreached
from people.sheets.world import plan_for
from tests.people.factories import AgencyFactory, PostFactory, UserFactory, fresh, now, person
from tests.people.workbooks import sheets

DAY = date(2026, 11, 22)
days = st.one_of(st.none(), st.dates(date(2020, 1, 1), date(2030, 1, 1)))
helds = st.lists(st.builds(Held, st.integers(1, 5), days), max_size=6)


@given(helds, st.booleans(), st.sets(st.integers(1, 5)))
def test_everything_that_lasts_decides_and_nothing_decides_for_nobody(posts_held, used: bool, within) -> None:
    found = deciding(posts_held, DAY, used=used)
    assert {held.agency_id for held in posts_held if held.to_day is None or held.to_day > DAY} <= found
    assert bool(found) == bool(posts_held)
    assert deciding(posts_held, DAY, used=False) <= deciding(posts_held, DAY, used=True) or not used
    assert (unreached(found, within) == "") == (bool(found) and found <= within)


def test_successors_are_followed_to_the_last() -> None:
    assert heir(1, {1: 2, 2: 3}) == 3
    assert heir(1, {1: 2, 2: 1}) in {1, 2}


HERE, THERE = {"here": True}, {"here": False}
CASES: list[tuple[str, list[dict[str, Any]], dict[str, Any], str]] = [
    # what the person holds or held (days from today), the account, what a unit's administrator is told
    ("a post here", [HERE], {}, "ok"),
    ("posts here and there", [HERE, THERE], {}, "person_elsewhere"),
    ("a post there only", [THERE], {}, "not_administrator"),
    ("no post at all", [], {}, "not_administrator"),
    ("here, there to come", [HERE, {**THERE, "first": 30}], {}, "person_elsewhere"),
    ("formerly here, there to come", [{**HERE, "last": -900}, {**THERE, "first": 30}], {}, "not_administrator"),
    ("here, there until a month ago", [HERE, {**THERE, "last": -30}], {}, "person_elsewhere"),
    ("here, there until two years ago", [HERE, {**THERE, "last": -730}], {}, "ok"),
    ("here, there until a month ago, never used", [HERE, {**THERE, "last": -30}], {"password": "!x"}, "ok"),
    ("both formerly, here last", [{**THERE, "last": -900}, {**HERE, "last": -800}], {}, "ok"),
    ("both formerly, there last", [{**HERE, "last": -900}, {**THERE, "last": -800}], {}, "not_administrator"),
]


@pytest.fixture
def tree() -> tuple[Agency, Agency, Agency]:
    top = AgencyFactory(code="TOP")
    return top, AgencyFactory(parent=top, code="A"), AgencyFactory(parent=top, code="B")


def holding(held: list[dict[str, Any]], here: Agency, there: Agency, **account: Any) -> User:
    user = UserFactory(**account)
    for number, post in enumerate(held):
        begun = today() + timedelta(days=post.get("first", -1000 - number))
        until = today() + timedelta(days=post["last"]) if "last" in post else None
        PostFactory(user=user, agency=here if post["here"] else there, valid_from=begun, valid_to=until)
    return user


def told(verdict: Any) -> str:
    return "ok" if verdict else str(verdict.code)


@pytest.mark.django_db
@pytest.mark.parametrize(("held", "account", "answer"), [case[1:] for case in CASES], ids=[case[0] for case in CASES])
def test_page_import_and_actions_agree(tree, held, account, answer: str) -> None:
    top, here, there = tree
    admin, above = person(here, "admin"), person(top, "admin")
    user = holding(held, here, there, **account)
    asked = (rules.may_manage, rules.may_deactivate, rules.may_reset_password)
    assert [told(rule(fresh(admin), fresh(user))) for rule in asked] == [answer] * 3
    assert bool(rules.may_manage(fresh(above), fresh(user))) == bool(held)
    _, plan = plan_for(fresh(admin), sheets(people=[[user.full_name, user.username, "moi@mau.vn", "", "", "", "", ""]]))
    assert [step.verb for step in plan.steps] == (["change"] if answer == "ok" else [])
    for step in (users.reset_password, users.remove_factors):
        if answer != "ok":
            with pytest.raises(Refused):
                step(user, by=fresh(admin), at=now())
    users.deactivate(user, reason="", by=fresh(above) if held else rules_system(), at=now())
    assert bool(rules.may_reactivate(fresh(admin), fresh(user))) == (answer == "ok")


def rules_system() -> User:
    from people.queries import system_user

    return system_user()


@pytest.mark.django_db
def test_appointing_somebody_does_not_open_their_account(tree) -> None:
    _, here, there = tree
    admin = person(here, "admin")
    user = holding([{**HERE, "last": -900}, {**THERE, "first": 30}], here, there)
    posts.give(user, agency=here, role="official", title="CV", from_day=today(), by=fresh(admin), at=now())
    assert told(rules.may_reset_password(fresh(admin), fresh(user))) == "person_elsewhere"
    moved = holding([{**THERE, "last": 0}], here, there)
    posts.give(moved, agency=here, role="official", title="CV", from_day=today(), by=fresh(admin), at=now())
    assert told(rules.may_reset_password(fresh(admin), fresh(moved))) == "person_elsewhere"


@pytest.mark.django_db
def test_the_successor_answers_for_a_dissolved_agency(tree) -> None:
    _, here, there = tree
    admin = person(here, "admin")
    user = holding([HERE, {**THERE, "last": -30}], here, there)
    assert not rules.may_manage(fresh(admin), fresh(user))
    Agency.objects.filter(pk=there.pk).update(dissolved_on=today(), successor=here)
    assert rules.may_manage(fresh(admin), fresh(user))
