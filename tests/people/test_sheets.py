"""The pure core of the first-day kit: headings however written, plans that come to rest."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from people.sheets.headings import PEOPLE, POSTS, UNITS, fields_of, heading_row, kind_of, letter
from people.sheets.plan import PersonNow, PostNow, UnitNow, World, plan_of
from people.sheets.rows import table_of
from tests.people.workbooks import PEOPLE as PEOPLE_HEADINGS
from tests.people.workbooks import POSTS as POSTS_HEADINGS
from tests.people.workbooks import UNITS as UNITS_HEADINGS
from tests.people.workbooks import sheets

TODAY = date(2026, 11, 21)


@pytest.mark.parametrize(
    ("headings", "kind"),
    [
        (UNITS_HEADINGS, UNITS), (PEOPLE_HEADINGS, PEOPLE), (POSTS_HEADINGS, POSTS),
        (("HO VA TEN", "ten dang nhap"), PEOPLE), (("  họ   và tên ", "TÀI KHOẢN*"), PEOPLE),
        (("Tên đơn vị", "Mã (viết hoa)"), UNITS), (("STT", "Ghi chú"), ""), ((1, None), ""),
    ],
)  # fmt: skip
def test_sheets_are_known_by_their_headings(headings, kind: str) -> None:
    assert kind_of(headings) == kind


@given(st.permutations(PEOPLE_HEADINGS), st.booleans())
def test_the_order_and_case_of_headings_do_not_matter(headings: list[str], upper: bool) -> None:
    written = [heading.upper() if upper else heading for heading in headings]
    fields = fields_of(PEOPLE, written)
    assert len(fields) == len(headings)
    assert headings[fields["full_name"]] == "Họ và tên *"


def test_titles_above_the_headings_are_passed_over() -> None:
    rows = [(1, ["DANH SÁCH CÁN BỘ"]), (3, ["STT", "Họ và tên", "Tên đăng nhập"])]
    assert heading_row(rows) == (1, PEOPLE)


def test_columns_have_letters() -> None:
    assert [letter(index) for index in (0, 25, 26, 51, 52, 701, 702)] == ["A", "Z", "AA", "AZ", "BA", "ZZ", "AAA"]


codes = st.sampled_from(["", "TOP", "A", "B", "C", "D", "?", "xấu mã"])
usernames = st.sampled_from(["", "an.mot", "an.hai", "Có Dấu", "ngoai.le", "dong.roi"])
days = st.sampled_from(["", "01/07/2026", "31/02/2026", "2026-08-01"])
roles = st.sampled_from(["", "Văn thư", "lanh dao", "Vua"])
units = st.lists(st.tuples(codes, st.sampled_from(["", "Phòng"]), codes, st.just(""), st.just(""), days), max_size=6)
people = st.lists(
    st.tuples(
        st.sampled_from(["", "Lê Hoa", "Vũ Lan"]), usernames, st.sampled_from(["", "a@b.vn", "a@"]), st.just(""), codes,
        st.sampled_from(["", "Chuyên viên"]), roles, days,
    ),
    max_size=6,
)  # fmt: skip
posts = st.lists(st.tuples(usernames, codes, st.sampled_from(["", "Tổ trưởng"]), roles, days, days), max_size=6)


def start() -> World:
    return World(
        today=TODAY,
        units={"TOP": UnitNow("TOP", "", {"name": "Phòng"}, False), "A": UnitNow("A", "TOP", {}, True)},
        people={"dong.roi": PersonNow("dong.roi", {}, (), "person_closed")},
        taken_names=frozenset({"ngoai.le"}),
    )


def after(world: World, plan) -> World:
    """The world when a plan has been carried out."""
    known, named = dict(world.units), dict(world.people)
    for step in plan.steps:
        facts = dict(step.facts)
        if step.kind == UNITS:
            code, parent = facts.pop("code"), facts.pop("parent", None)
            facts.pop("from_day", None)
            before = known.get(code)
            above = parent if parent is not None else before.parent if before else ""
            known[code] = UnitNow(code, above, {**(before.facts if before else {}), **facts}, True)
        elif step.kind == PEOPLE:
            name = facts.pop("username")
            old = named.get(name, PersonNow(name, {}))
            named[name] = PersonNow(name, {**old.facts, **facts}, old.posts)
        else:
            old = named[facts["username"]]
            kept = [post for post in old.posts if step.verb == "add" or str(post.from_day) != facts["held_from"]
                    or (post.unit, post.role) != (facts["unit"], facts["role"])]  # fmt: skip
            first = date.fromisoformat(facts.get("from_day") or facts["held_from"])
            end = date.fromisoformat(facts["to_day"]) if facts.get("to_day") else None
            kept.append(PostNow(facts["unit"], facts["role"], facts["title"], first, end))
            named[facts["username"]] = PersonNow(old.username, old.facts, tuple(kept))
    return World(world.today, known, named, world.taken_codes, world.taken_names)


@given(units, people, posts)
def test_plans_stand_on_their_own_feet(unit_rows, people_rows, post_rows) -> None:
    read = sheets(unit_rows, people_rows, post_rows)
    plan = plan_of(table_of(read), start())
    assert plan.fingerprint() == plan_of(table_of(read), start()).fingerprint()
    there, named = set(start().units), set(start().people)
    for step in plan.steps:
        if step.kind == UNITS and step.verb == "add":
            assert step.facts["parent"] in there
            assert step.facts["code"] not in there
            there.add(step.facts["code"])
        elif step.kind == PEOPLE and step.verb == "add":
            assert step.facts["username"] not in named | start().taken_names
            named.add(step.facts["username"])
        elif step.kind == POSTS:
            assert step.facts["unit"] in there
            assert step.facts["username"] in named
    new = {step.facts["username"] for step in plan.of(PEOPLE, "add")}
    assert new <= {step.facts["username"] for step in plan.of(POSTS, "add")}


@given(units, people, posts)
def test_a_second_time_nothing_is_added(unit_rows, people_rows, post_rows) -> None:
    read = sheets(unit_rows, people_rows, post_rows)
    world = start()
    plan = plan_of(table_of(read), world)
    again = plan_of(table_of(read), after(world, plan))
    assert [step for step in again.steps if step.verb == "add" and step.kind != POSTS] == []
