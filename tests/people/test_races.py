"""At the same moment, on PostgreSQL: no deadlock of locks and records, no tree without an administrator."""

import threading
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection, transaction
from django.test import Client

from config import retries
from ledger import door
from ledger.verdict import Refused
from people.actions import imports, posts, rights, sign_ins, slips, users
from people.drafts import drafted
from people.locks import locked, locked_tree
from people.models import Agency, Post, PostRight, User
from people.queries import current_posts, today
from people.sheets.world import plan_for
from tests.people.factories import AgencyFactory, fresh, now, person
from tests.people.workbooks import sheets

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif("connection.vendor != 'postgresql'", reason="SQLite has one writer at a time"),
]
ROUNDS = 25


def at_once(*works: Callable[[], Any]) -> list[BaseException | None]:
    """Start the works together, each on a connection of its own; return what each of them raised."""
    start = threading.Barrier(len(works))
    wrong: list[BaseException | None] = [None] * len(works)

    def run(place: int) -> None:
        start.wait()
        try:
            works[place]()
        except BaseException as error:
            wrong[place] = error
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=(place,)) for place in range(len(works))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return wrong


def refer_to(table: str, key: int) -> None:
    """Take the lock a foreign key takes on the row it names, without waiting for anybody."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(f"SELECT 1 FROM {table} WHERE id = %s FOR KEY SHARE NOWAIT", [key])


def test_a_held_row_can_be_named_by_records() -> None:
    agency = AgencyFactory()
    user = person(agency)
    with transaction.atomic():
        locked(user)
        locked_tree()
        assert at_once(lambda: refer_to(User._meta.db_table, user.pk)) == [None]
        assert at_once(lambda: refer_to(Agency._meta.db_table, agency.pk)) == [None]


def test_own_data_are_changed_while_the_same_person_signs_in() -> None:
    user = person(AgencyFactory())

    def changes() -> None:
        for step in range(ROUNDS):
            facts = {"email": f"{step}@a.vn", "phone": "", "language": "vi"}
            users.update_own(user, **facts, by=fresh(user), at=now())

    def signs_in() -> None:
        came = {"outcome": "signed_in", "name": user.username, "address": "10.0.0.1", "agent": "x"}
        for _ in range(ROUNDS):
            sign_ins.note(fresh(user), **came, at=now())

    assert at_once(changes, signs_in, signs_in) == [None, None, None]


@pytest.mark.parametrize("how", ["post ended", "account closed"])
def test_two_administrators_cannot_remove_each_other(how: str) -> None:
    unit = AgencyFactory(parent=AgencyFactory())
    day = today() + timedelta(days=1)

    def removal(of: User, by: User) -> Callable[[], Any]:
        if how == "post ended":
            return lambda: posts.end(Post.objects.get(user=of), on_day=day, by=fresh(by), at=now())
        return lambda: users.deactivate(of, reason="", by=fresh(by), at=now())

    for _ in range(3):
        Post.objects.all().delete()
        one, two = person(unit, "admin"), person(unit, "admin")
        wrong = at_once(removal(one, two), removal(two, one))
        assert len([error for error in wrong if error is None]) == 1
        assert all(isinstance(error, Refused) for error in wrong if error)
        assert Post.objects.filter(user__is_active=True, valid_to__isnull=True).count() == 1


def test_one_sign_in_name_asked_for_twice_at_once() -> None:
    agency = AgencyFactory()
    admin = person(agency, "admin")
    account = {
        "full_name": "Người Mới",
        "agency": agency,
        "role": "official",
        "title": "Công chức",
        "from_day": today(),
    }
    for step in range(3):
        work = lambda: users.create(username=f"trung.{step}", **account, by=fresh(admin), at=now())  # noqa: B023, E731
        wrong = [error for error in at_once(work, work, work) if error]
        assert [getattr(error, "code", error) for error in wrong] == ["username_taken"] * 2


@pytest.mark.parametrize(("committed", "status"), [(False, 302), (True, 500)])
def test_a_page_that_lost_a_deadlock_is_done_again(
    committed: bool, status: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The other side holds the ledger's head, then wants the person whom the page already holds."""
    agency = AgencyFactory()
    admin, user = person(agency, "admin"), person(agency)
    refused = {"outcome": "refused", "name": user.username, "address": None, "agent": ""}
    sign_ins.note(user, **refused, at=now())  # the chain has a head now
    client = Client(raise_request_exception=False)
    client.force_login(admin, backend="allauth.account.auth_backends.AuthenticationBackend")
    holds, answers = threading.Event(), []
    if committed:
        monkeypatch.setattr(retries, "count_commits", lambda: door._commits.set([door.Writ()]))

    def other_side() -> None:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("SET LOCAL deadlock_timeout = '60s'")  # so that the page is the one undone
            cursor.execute("SELECT 1 FROM ledger_chain FOR UPDATE")
            holds.set()
            wait_for_the_page()
            cursor.execute("SELECT 1 FROM people_user WHERE id = %s FOR UPDATE", [user.pk])

    def page() -> None:
        holds.wait()
        answers.append(client.post(f"/people/{user.public_id}/close/", {"reason": "x"}).status_code)

    assert at_once(other_side, page) == [None, None]
    assert answers == [status]
    assert fresh(user).is_active == committed


def wait_for_the_page() -> None:
    """Return when another connection waits for a lock."""
    with connection.cursor() as cursor:
        for _ in range(500):
            cursor.execute("SELECT count(*) FROM pg_locks WHERE NOT granted")
            if cursor.fetchone()[0]:
                return
            cursor.execute("SELECT pg_sleep(0.01)")
    raise AssertionError("nobody waits")


def test_two_administrators_import_one_file_at_the_same_moment() -> None:
    top = AgencyFactory(code="UBND-X")
    admins = [person(top, "admin"), person(top, "admin")]
    rows = [[f"Nguyễn Văn {n}", f"can.bo{n:03d}", "", "", "P-01", "Chuyên viên", "", ""] for n in range(40)]
    read = sheets([["P-01", "Phòng Một", "UBND-X", "", "", ""]], rows)
    kept = [imports.read_in(top, sheets=read, file_name="x.xlsx", sha256="", by=admin, at=now()) for admin in admins]
    seen = plan_for(admins[0], read)[1].fingerprint()

    def takes(place: int) -> Callable[[], Any]:
        by = fresh(admins[place])
        return lambda: imports.take_over(kept[place], fingerprint=seen, leave_out=False, by=by, at=now())

    wrong = at_once(takes(0), takes(1))
    assert sorted(str(error) for error in wrong) == ["None", "changed_meanwhile"]
    assert Post.objects.filter(agency__code="P-01").count() == 40
    assert Agency.objects.filter(code="P-01").count() == 1


def test_one_file_is_taken_over_once_however_often_the_button_is_pressed() -> None:
    top = AgencyFactory(code="UBND-X")
    admin = person(top, "admin")
    read = sheets(people=[["Lê Hoa", "le.hoa", "", "", "UBND-X", "CV", "", ""]])
    kept = imports.read_in(top, sheets=read, file_name="x.xlsx", sha256="", by=admin, at=now())
    seen = plan_for(admin, read)[1].fingerprint()
    by = fresh(admin)
    press = lambda: imports.take_over(kept, fingerprint=seen, leave_out=False, by=by, at=now())  # noqa: E731
    assert at_once(press, press, press) == [None, None, None]
    assert User.objects.filter(username="le.hoa").count() == 1


def test_an_account_edited_by_two_at_the_same_moment_keeps_the_first() -> None:
    top = AgencyFactory()
    user, admins = person(top), [person(top, "admin"), person(top, "admin")]

    def edits(place: int) -> Callable[[], Any]:
        by = fresh(admins[place])
        return lambda: users.update(user, revision=0, full_name=f"Tên {place}", email="", phone="", by=by, at=now())

    wrong = at_once(edits(0), edits(1))
    assert sorted(str(error) for error in wrong) == ["None", "changed_meanwhile"]
    assert fresh(user).revision == 1


def test_a_right_given_twice_at_the_same_moment_is_one() -> None:
    top = AgencyFactory()
    post, admins = current_posts(person(top)).get(), [person(top, "admin"), person(top, "admin")]
    one, two = (fresh(admin) for admin in admins)
    wrong = at_once(
        lambda: rights.give(post, code="meetings.prepare", by=one, at=now()),
        lambda: rights.give(post, code="meetings.prepare", by=two, at=now()),
    )
    assert wrong == [None, None]
    assert PostRight.objects.count() == 1


def test_slips_made_at_the_same_moment_are_one_each() -> None:
    top = AgencyFactory()
    people, admins = [person(top), person(top)], [person(top, "admin"), person(top, "admin")]
    sheets_made = [drafted(people), drafted(people)]
    printed: list[Any] = []

    def hands(place: int) -> Callable[[], Any]:
        by = fresh(admins[place])
        return lambda: printed.extend(slips.hand_out(sheets_made[place], by=by, at=now()))

    assert at_once(hands(0), hands(1)) == [None, None]
    assert len(printed) == 2
    assert all(fresh(slip.user).check_password(slip.password) for slip in printed)
