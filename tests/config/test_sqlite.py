"""Writers of one process queue for SQLite's lock; whatever happens to one of them, the next gets its turn."""

import threading
import time
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection, transaction

from config.management.commands.work import PATIENCE, wait_patiently
from config.sqlite3.base import DatabaseWrapper
from people.models import User

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(connection.vendor != "sqlite", reason="about SQLite"),
]
WRITERS = 60


def write(number: int) -> None:
    try:
        with transaction.atomic():
            User.objects.create(username=f"nguoi{number}", full_name="Người")
            time.sleep(0.002)
    finally:
        connection.close()


def test_everybody_gets_a_turn_even_with_no_patience() -> None:
    connection.close()
    with ThreadPoolExecutor(WRITERS) as pool:
        list(pool.map(write, range(WRITERS)))
    assert User.objects.count() == WRITERS


def elsewhere(number: int) -> bool:
    """Write from another thread; does it get its turn at once?"""
    worker = threading.Thread(target=write, args=(number,))
    worker.start()
    worker.join(timeout=5)
    return not worker.is_alive() and User.objects.filter(username=f"nguoi{number}").exists()


def test_the_turn_is_given_back_after_a_failure() -> None:
    def fail() -> None:
        with transaction.atomic():
            User.objects.create(username="ai.do", full_name="Người")
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        fail()
    assert elsewhere(1)


def test_the_turn_is_given_back_when_a_connection_is_dropped() -> None:
    def drop() -> None:
        connection.set_autocommit(False)
        with transaction.atomic():
            User.objects.create(username="bo.do", full_name="Người")
        connection.close()

    worker = threading.Thread(target=drop)
    worker.start()
    worker.join()
    assert elsewhere(2)


def test_savepoints_keep_the_turn() -> None:
    with transaction.atomic():
        with transaction.atomic():
            User.objects.create(username="trong", full_name="Người")
        wrapper = connection.cursor().db
        assert isinstance(wrapper, DatabaseWrapper)
        assert wrapper._turn is not None
    assert elsewhere(3)


def test_a_worker_is_more_patient_than_a_page(monkeypatch: pytest.MonkeyPatch) -> None:
    options = connection.settings_dict["OPTIONS"]
    monkeypatch.setitem(options, "timeout", options["timeout"])  # put back afterwards
    wait_patiently()
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA busy_timeout")
        assert cursor.fetchone() == (PATIENCE * 1000,)
    connection.close()
