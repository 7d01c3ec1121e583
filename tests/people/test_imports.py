"""The first-day kit: read, looked at, taken over whole or without the faulty rows, twice the same."""

import time
from datetime import date, timedelta
from hashlib import sha256
from typing import Any

import pytest

from ledger.models import AuditEntry
from ledger.verdict import Refused
from people.actions import imports, positions, posts, slips, users
from people.drafts import drafted
from people.models import Agency, PeopleImport, Post, User
from people.queries import current_posts, ids_above, system_user, today
from people.sheets.reading import read_workbook
from people.sheets.world import plan_for
from tests.people.factories import AgencyFactory, PostFactory, fresh, now, person
from tests.people.workbooks import sheets, workbook

pytestmark = pytest.mark.django_db


@pytest.fixture
def top() -> Agency:
    return AgencyFactory(code="UBND-X", place="Phường X")


@pytest.fixture
def admin(top: Agency) -> User:
    return person(top, "admin", username="quan.tri.x")


def intake(agency: Agency, by: User, read: list[dict[str, Any]]) -> PeopleImport:
    return imports.read_in(agency, sheets=read, file_name="x.xlsx", sha256="0" * 64, by=by, at=now())


def take(kept: PeopleImport, by: User, *, leave_out: bool = False) -> PeopleImport:
    _, plan = plan_for(by, kept.rows["sheets"])
    return imports.take_over(kept, fingerprint=plan.fingerprint(), leave_out=leave_out, by=by, at=now())


def codes(by: User, read: list[dict[str, Any]]) -> list[tuple[str, str]]:
    _, plan = plan_for(by, read)
    return [(fault.cell, fault.code) for fault in plan.faults]


def refusal(work) -> str:
    with pytest.raises(Refused) as refused:
        work()
    return refused.value.code


def row(number: int, **change: str) -> list[str]:
    facts = {
        "name": f"Nguyễn Văn Thử {number}", "username": f"can.bo{number:04d}", "email": f"cb{number}@x.gov.vn",
        "phone": f"09{number:08d}", "unit": f"P-{number % 10:02d}", "title": "Chuyên viên", "role": "Công chức",
        "day": "01/07/2026",
    }  # fmt: skip
    return list({**facts, **change}.values())


def unit(number: int, **change: str) -> list[str]:
    facts = {"code": f"P-{number:02d}", "name": f"Phòng số {number}", "parent": "UBND-X", "short": f"P{number}"}
    return [*{**facts, **change}.values(), "Phường X", "01/07/2026"]


def planted() -> tuple[list[list[str]], list[list[str]], list[list[str]]]:
    """A thousand people in ten units with twenty rows that are wrong, each in its own way."""
    units = [unit(number) for number in range(10)]
    people = [row(number) for number in range(1000)]
    posts_given = [["can.bo0500", "P-01", "Kiêm nhiệm", "Văn thư", "01/07/2026", ""]]
    units += [
        unit(20, parent="P-21"), unit(21, parent="P-20"),  # a ring of two
        unit(22, parent="KHONG-CO"), unit(3, name="Phòng trùng mã"),
    ]  # fmt: skip
    for number, change in {
        10: {"username": "can.bo0009"}, 20: {"unit": "KHONG-CO"}, 30: {"day": "31/02/2026"}, 40: {"name": ""},
        50: {"email": "khong phai thu"}, 60: {"role": "Vua"}, 70: {"username": ""}, 80: {"phone": "abc"},
        90: {"username": "Có Dấu"}, 100: {"title": ""}, 110: {"unit": ""}, 120: {"name": "x" * 121},
        130: {"username": "nguoi.khac"}, 140: {"unit": "P-20"},
    }.items():  # fmt: skip
        people[number] = row(number, **change)
    posts_given += [
        ["can.bo0500", "P-01", "Kiêm nhiệm", "Văn thư", "01/08/2026", ""],  # twice
        ["khong.co", "P-01", "Phó phòng", "Lãnh đạo", "", ""],
    ]
    return units, people, posts_given


def test_a_thousand_people_with_twenty_planted_errors(top: Agency, admin: User, capsys) -> None:
    person(AgencyFactory(), username="nguoi.khac")
    content = workbook(*planted())
    began = time.perf_counter()
    read = read_workbook(content)
    was_read = time.perf_counter()
    kept = intake(top, admin, read)
    _, plan = plan_for(admin, kept.rows["sheets"])
    planned = time.perf_counter()
    assert plan.left_out() == 20
    assert sorted(fault.code for fault in plan.faults) == sorted([
        "unit_ring", "unit_ring", "unit_unknown", "unit_twice", "person_twice", "unit_unknown", "bad_day",
        "full_name_missing", "bad_email", "bad_role", "username_missing", "bad_phone", "bad_username", "title_missing",
        "unit_missing", "too_long", "username_taken", "follows", "post_twice", "person_unknown",
    ])  # fmt: skip
    before = User.objects.count()
    assert refusal(lambda: take(kept, admin)) == "import_has_faults"
    assert (User.objects.count(), Agency.objects.filter(code__startswith="P-").count()) == (before, 0)
    start = time.perf_counter()
    done = take(kept, admin, leave_out=True)
    written = time.perf_counter() - start
    assert User.objects.count() == before + 1000 - 14
    assert Agency.objects.filter(code__startswith="P-").count() == 10
    assert done.outcome["people"] == {"add": 986, "change": 0, "same": 0}
    assert done.outcome["posts"]["add"] == 986 + 1
    assert (done.outcome["left_out"], done.rows) == (20, {})
    again = intake(top, fresh(admin), read)
    _, second = plan_for(fresh(admin), read)
    assert second.steps == []
    assert second.same == {"units": 10, "people": 986, "posts": 987}
    take(again, fresh(admin), leave_out=True)
    assert User.objects.count() == before + 986
    with capsys.disabled():
        print(f"\nread {was_read - began:.2f} s, looked at {planned - was_read:.2f} s, written {written:.2f} s")
    assert written < 10


def test_new_accounts_open_nothing_until_their_slip_is_printed(top: Agency, admin: User) -> None:
    take(intake(top, admin, sheets([unit(1)], [row(1)])), admin)
    made = User.objects.get(username="can.bo0001")
    assert not made.has_usable_password()
    assert (made.full_name, made.email, made.phone) == ("Nguyễn Văn Thử 1", "cb1@x.gov.vn", "0900000001")
    assert [(post.title, post.role, post.valid_from) for post in current_posts(made)] == [
        ("Chuyên viên", "official", date(2026, 7, 1))
    ]
    drafts = drafted([made])
    (slip,) = slips.hand_out(drafts, by=fresh(admin), at=now())
    assert fresh(made).check_password(slip.password)
    assert fresh(made).slip_valid_until is not None
    assert slips.hand_out(drafts, by=fresh(admin), at=now()) == []
    assert fresh(made).check_password(slip.password)


def test_units_people_and_posts_are_changed_where_the_sheet_says_otherwise(top: Agency, admin: User) -> None:
    one, two = AgencyFactory(parent=top, code="P-01"), AgencyFactory(parent=top, code="P-02")
    known = person(one, username="can.bo0001", full_name="Le Thi Moi")
    post = current_posts(known).get()
    read = sheets(
        [["P-01", "Phòng Văn hóa", "P-02", "", "", str(today())]],
        [row(1, name="Lê Thị Mới", unit="P-01", title="Trưởng phòng", day="")],
    )
    take(intake(top, admin, read), admin)
    assert Agency.objects.get(pk=one.pk).name == "Phòng Văn hóa"
    assert ids_above(one.pk) == [one.pk, two.pk, top.pk]
    assert fresh(known).full_name == "Lê Thị Mới"
    assert current_posts(known).get().title == "Trưởng phòng"
    verbs = AuditEntry.objects.filter(object_id=post.public_id).values_list("verb", flat=True)
    assert list(verbs) == ["retitle"]
    _, again = plan_for(fresh(admin), read)
    assert again.steps == []


def test_an_administrator_of_a_unit_touches_nothing_outside(top: Agency, admin: User) -> None:
    one, two = AgencyFactory(parent=top, code="P-01"), AgencyFactory(parent=top, code="P-02")
    below, theirs, both = person(one, "admin"), person(two, username="can.bo0002"), person(one, username="can.bo0003")
    PostFactory(user=both, agency=two)
    read = sheets(
        [["P-02", "Của tôi", "", "", "", ""], ["P-09", "Mới", "UBND-X", "", "", ""], ["P-01", "", "", "", "", ""],
         ["P-08", "Dưới một", "P-01", "", "", ""]],
        [row(2, unit="P-01"), row(3, unit="P-01", name="Tên Khác"), row(4, unit="P-02")],
        [["can.bo0002", "P-01", "Chuyên viên", "", "", ""]],
    )  # fmt: skip
    assert codes(below, read) == [
        ("A2", "unit_elsewhere"), ("C2", "parent_missing"), ("C3", "unit_unknown"), ("B4", "name_missing"),
        ("B2", "username_taken"), ("B3", "person_elsewhere"), ("E4", "follows"), ("A2", "follows"),
    ]  # fmt: skip
    take(intake(one, below, read), below, leave_out=True)
    assert Agency.objects.get(code="P-08").name == "Dưới một"
    assert fresh(theirs).full_name != "Nguyễn Văn Thử 2"
    assert refusal(lambda: intake(two, fresh(below), read)) == "not_administrator"
    foreign = intake(top, fresh(admin), read)
    assert refusal(lambda: take(foreign, fresh(below), leave_out=True)) in {"not_yours", "changed_meanwhile"}


def test_what_changed_since_it_was_looked_at_stops_everything(top: Agency, admin: User) -> None:
    kept = intake(top, admin, sheets([unit(1)], [row(1)]))
    _, seen = plan_for(admin, kept.rows["sheets"])
    users.create(
        username="can.bo0001", full_name="Nhanh Tay Hơn", agency=top, role="official", title="CV", from_day=today(),
        by=admin, at=now(),
    )  # fmt: skip
    shown = seen.fingerprint()
    work = lambda: imports.take_over(kept, fingerprint=shown, leave_out=True, by=fresh(admin), at=now())  # noqa: E731
    assert refusal(work) == "changed_meanwhile"
    assert not Agency.objects.filter(code="P-01").exists()


def test_two_administrators_with_one_file_double_nothing(top: Agency, admin: User) -> None:
    other = person(top, "admin")
    read = sheets([unit(1)], [row(number, unit="P-01") for number in range(5)])
    mine, theirs = intake(top, admin, read), intake(top, other, read)
    _, seen = plan_for(other, read)
    take(mine, admin)
    late = lambda: imports.take_over(theirs, fingerprint=seen.fingerprint(), leave_out=False, by=other, at=now())  # noqa: E731
    assert refusal(late) == "changed_meanwhile"
    take(theirs, fresh(other))
    assert take(mine, fresh(admin)).state == "done" if mine.rows.get("sheets") is None else True
    assert Post.objects.filter(agency__code="P-01").count() == 5


def test_a_dropped_workbook_forgets_its_rows_and_stays_dropped(top: Agency, admin: User) -> None:
    kept = intake(top, admin, sheets([unit(1)], [row(1)]))
    imports.drop(kept, by=admin, at=now())
    imports.drop(kept, by=admin, at=now())
    kept = PeopleImport.objects.get(pk=kept.pk)
    assert (kept.state, kept.rows) == ("dropped", {})
    work = lambda: imports.take_over(kept, fingerprint="", leave_out=True, by=admin, at=now())  # noqa: E731
    assert refusal(work) == "import_decided"
    old = intake(top, fresh(admin), sheets([unit(1)]))
    assert imports.forget_old(by=system_user(), at=now()) == 0
    assert imports.forget_old(by=system_user(), at=now() + timedelta(days=8)) == 1
    assert PeopleImport.objects.get(pk=old.pk).rows == {}


def test_a_post_that_lasts_until_a_day(top: Agency, admin: User) -> None:
    known = person(top, username="can.bo0001")
    read = sheets(posts=[["can.bo0001", "UBND-X", "Tổ trưởng", "Văn thư", "01/07/2026", "31/12/2026"]])
    take(intake(top, admin, read), admin)
    given = Post.objects.get(user=known, role="clerk")
    assert (given.valid_from, given.valid_to) == (date(2026, 7, 1), date(2027, 1, 1))
    posts.end(given, on_day=date(2026, 12, 1), by=fresh(admin), at=now())
    backwards = sheets(posts=[["can.bo0001", "UBND-X", "Tổ trưởng", "Lãnh đạo", "01/07/2026", "30/06/2026"]])
    assert codes(fresh(admin), backwards) == [("F2", "ends_before")]


def test_the_hash_of_the_file_is_recorded(top: Agency, admin: User) -> None:
    content = workbook([unit(1)])
    digest = sha256(content).hexdigest()
    kept = imports.read_in(top, sheets=read_workbook(content), file_name="a.xlsx", sha256=digest, by=admin, at=now())
    take(kept, admin)
    entries = AuditEntry.objects.filter(object_id=kept.public_id).order_by("pk")
    assert [(entry.verb, entry.data["sha256"]) for entry in entries] == [("read", digest), ("take_over", digest)]


def entry(agency: Agency, role: str, by: User) -> None:
    positions.add(agency, name="Chuyên viên", rank=9 if role == "admin" else 50, role=role, by=fresh(by), at=now())


def test_a_title_means_what_the_nearest_catalogue_says(top: Agency, admin: User) -> None:
    one, two = AgencyFactory(parent=top, code="P-01"), AgencyFactory(parent=top, code="P-02")
    below = person(one, "admin")
    entry(top, "clerk", admin)
    entry(one, "leader", below)
    new = [["P-03", "Phòng mới", "P-01", "", "", ""]]
    read = sheets(new, [row(number, unit=f"P-0{number}", role="") for number in (1, 2, 3)])
    take(intake(top, fresh(admin), read), fresh(admin))
    given = Post.objects.filter(user__username__startswith="can.bo").order_by("user__username")
    assert [(post.agency.code, post.role, post.position and post.position.agency.code) for post in given] == [
        ("P-01", "leader", "P-01"), ("P-02", "clerk", "UBND-X"), ("P-03", "leader", "P-01"),
    ]  # fmt: skip
    assert (
        plan_for(fresh(below), sheets(people=[row(4, unit="P-01", role="")]))[1].of("posts", "add")[0].facts["role"]
        == "leader"
    )
    assert two.pk not in ids_above(one.pk)


def test_the_list_over_the_units_one_administers_counts_too(top: Agency, admin: User) -> None:
    middle = AgencyFactory(parent=top, code="KHOI")
    one = AgencyFactory(parent=middle, code="P-01")
    entry(top, "clerk", admin)
    _, plan = plan_for(person(one, "admin"), sheets(people=[row(1, unit="P-01", role="")]))
    assert [step.facts["role"] for step in plan.of("posts", "add")] == ["clerk"]


def test_nobody_becomes_an_administrator_by_a_title(top: Agency, admin: User) -> None:
    one, two = AgencyFactory(parent=top, code="P-01"), AgencyFactory(parent=top, code="P-02")
    entry(one, "admin", person(one, "admin"))
    rows = [row(1, unit="P-01", role=""), row(2, unit="P-02", role=""), row(3, unit="P-01", role="Quản trị")]
    _, plan = plan_for(fresh(admin), sheets(people=rows))
    assert [(fault.cell, fault.code) for fault in plan.faults] == [("G2", "role_needed")]
    assert [step.facts["role"] for step in plan.of("posts", "add")] == ["official", "admin"]
    assert two.code == "P-02"


@pytest.mark.parametrize("email", ["a..b@x.vn", ".a@x.vn", "a@x", "a b@x.vn", "a@-x.vn", "á@x.vn"])
def test_addresses_the_forms_refuse_are_refused_here_too(top: Agency, admin: User, email: str) -> None:
    assert codes(admin, sheets(people=[row(1, unit="UBND-X", email=email)])) == [("C2", "bad_email")]
