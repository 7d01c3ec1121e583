"""The pure core of the first-day kit: headings however written, plans that come to rest."""

import time
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from people.sheets.headings import PEOPLE, POSTS, UNITS, fields_of, heading_row, kind_of, letter
from people.sheets.plan import PersonNow, PostNow, UnitNow, World, plan_of
from people.sheets.rows import table_of
from people.sheets.standing import standing
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


names = st.sampled_from("ABCDEFGH")


@given(st.dictionaries(names, st.sampled_from(["", *"ABCDEFGHX"])))
def test_depths_and_rings_are_those_one_finds_by_climbing(parents: dict[str, str]) -> None:
    depths, ringed = standing(parents)
    for code in parents:
        way = [code]
        while way[-1] in parents and parents[way[-1]] in parents and parents[way[-1]] not in way:
            way.append(parents[way[-1]])
        round_again = parents[way[-1]] in parents
        assert depths.get(code) == (None if round_again else len(way))
        assert (code in ringed) == (round_again and parents[way[-1]] == code)
    order = list(depths)
    assert all(order.index(parents[code]) < order.index(code) for code in order if parents[code] in depths)


def chain(count: int) -> list[list[str]]:
    """Units each under the next one of the sheet."""
    above = [f"U{number + 1:05d}" for number in range(count - 1)] + ["TOP"]
    return [[f"U{number:05d}", "Phòng", parent, "", "", ""] for number, parent in enumerate(above)]


def test_a_tree_grows_twelve_deep_and_a_long_chain_costs_no_time() -> None:
    plan = plan_of(table_of(sheets(chain(11))), start())
    assert (len(plan.steps), plan.faults) == (11, [])
    began = time.perf_counter()
    plan = plan_of(table_of(sheets(chain(10_000))), start())
    assert time.perf_counter() - began < 5
    assert [step.facts["code"] for step in plan.steps] == [f"U{number:05d}" for number in range(9999, 9988, -1)]
    assert {fault.code for fault in plan.faults} == {"too_deep"}


def test_a_move_takes_along_what_hangs_below() -> None:
    low = {f"L{number}": UnitNow(f"L{number}", f"L{number - 1}" if number else "TOP", {}, True) for number in range(6)}
    world = World(TODAY, {"TOP": UnitNow("TOP", "", {}, False), **low}, {})
    rows = chain(6)
    fits = plan_of(table_of(sheets([*rows[1:], ["L0", "Khối", "U00001", "", "", ""]])), world)
    assert fits.faults == []
    deep = plan_of(table_of(sheets([*rows, ["L0", "Khối", "U00000", "", "", ""]])), world)
    assert [fault.code for fault in deep.faults] == ["too_deep"]


def test_nothing_moves_under_a_unit_whose_own_move_is_left_out() -> None:
    units = {"TOP": UnitNow("TOP", "", {}, False), "C": UnitNow("C", "TOP", {}, True), "P": UnitNow("P", "C", {}, True)}
    rows = [["P", "Phòng", "KHONG-CO", "", "", ""], ["C", "Khối", "P", "", "", ""]]
    plan = plan_of(table_of(sheets(rows)), World(TODAY, units, {}))
    assert [fault.code for fault in plan.faults] == ["unit_unknown", "follows"]
    assert plan.steps == []


def test_more_rows_than_twenty_thousand_are_not_looked_at() -> None:
    given_out = [["an.mot", "TOP", "Tổ trưởng", "", "", ""]] * 20_001
    table = table_of(sheets(posts=given_out))
    assert [fault.code for fault in table.faults] == ["too_many_rows"]
    assert plan_of(table, start()).steps == []


def test_many_posts_of_one_person_cost_no_time() -> None:
    firsts = [date.fromordinal(TODAY.toordinal() + 2 * number) for number in range(10_000)]
    rows = [["an.mot", "TOP", "Tổ trưởng", "Văn thư", f"{day:%d/%m/%Y}", f"{day:%d/%m/%Y}"] for day in firsts]
    people_rows = [["Lê Hoa", "an.mot", "", "", "", "", "", ""]]
    began = time.perf_counter()
    plan = plan_of(table_of(sheets(people=people_rows, posts=[*rows, rows[5]])), start())
    assert time.perf_counter() - began < 5
    assert [fault.code for fault in plan.faults] == ["post_twice"]


@pytest.mark.parametrize(("written", "faults"), [("Trùng Tên", 1), ("Le Thi Thu Thuy", 0), ("LÊ THỊ THU THỦY", 0)])
def test_an_import_renames_nobody_but_corrects_marks(written: str, faults: int) -> None:
    somebody = PersonNow("van.thu", {"full_name": "Lê Thị Thu Thủy", "email": "", "phone": ""})
    row = [written, "van.thu", *[""] * (len(PEOPLE_HEADINGS) - 2)]
    table = table_of(sheets(people=[row]))
    found = plan_of(table, World(TODAY, {}, {"van.thu": somebody}))
    assert [fault.code for fault in found.faults].count("person_named_otherwise") == faults
