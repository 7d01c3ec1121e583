"""A command sent twice is done once, also when both copies arrive together."""

from datetime import timedelta
from threading import Thread
from typing import Any
from uuid import uuid4

import pytest
from django.db import connection

from ledger.commands import forget_commands, once
from ledger.door import Unrecorded, action
from ledger.models import AuditEntry, Command
from ledger.verdict import Refused, no
from live.publish import publish
from people.models import User
from tests.ledger.things import NOON, later, note, person, thing


def said(user: User, text: str = "Đồng ý") -> dict[str, Any]:
    """Say something on a stream."""
    note(thing(), by=user, at=NOON, text=text)
    publish("meeting:1", "said", {"text": text}, by=user, at=NOON)
    return {"text": text}


@pytest.mark.django_db
def test_the_second_copy_gets_the_outcome_of_the_first() -> None:
    user, client_id = person(), uuid4()
    first = once(user, client_id, NOON, lambda: said(user))
    second = once(user, client_id, later(1), lambda: said(user, "Không đồng ý"))
    assert first == second == {"text": "Đồng ý", "seqs": {"meeting:1": 1}}
    assert AuditEntry.objects.count() == 1


@pytest.mark.django_db
def test_something_else_under_the_same_id_is_refused() -> None:
    user, client_id = person(), uuid4()
    first = once(user, client_id, NOON, lambda: said(user), asked={"do": "say", "text": "Đồng ý"})
    assert once(user, client_id, NOON, lambda: said(user), asked={"text": "Đồng ý", "do": "say"}) == first
    with pytest.raises(Refused) as refused:
        once(user, client_id, NOON, lambda: said(user), asked={"do": "say", "text": "Không"})
    assert refused.value.code == "id_taken"
    assert AuditEntry.objects.count() == 1


@pytest.mark.django_db
def test_another_person_may_use_the_same_id() -> None:
    client_id = uuid4()
    for user in (person(), person()):
        once(user, client_id, NOON, lambda user=user: said(user))  # type: ignore[misc]
    assert AuditEntry.objects.count() == 2


@pytest.mark.django_db
def test_a_refused_command_may_be_sent_again() -> None:
    user, client_id = person(), uuid4()
    with pytest.raises(Refused):
        once(user, client_id, NOON, lambda: no("not_yours").require())
    assert once(user, client_id, NOON, lambda: said(user))["text"] == "Đồng ý"


@pytest.mark.django_db(transaction=True)
def test_two_copies_at_once_are_done_once() -> None:
    user, client_id, outcomes = person(), uuid4(), []

    def send() -> None:
        outcomes.append(once(user, client_id, NOON, lambda: said(user)))
        connection.close()

    threads = [Thread(target=send) for _ in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert outcomes == [{"text": "Đồng ý", "seqs": {"meeting:1": 1}}] * 6
    assert AuditEntry.objects.count() == 1


@pytest.mark.django_db
def test_commands_are_forgotten_after_thirty_days() -> None:
    user = person()
    once(user, uuid4(), NOON, lambda: said(user))
    assert forget_commands(at=NOON + timedelta(days=29)) == 0
    assert forget_commands(at=NOON + timedelta(days=31)) == 1
    assert not Command.objects.exists()


@pytest.mark.django_db
def test_an_action_that_leaves_no_trace_is_undone() -> None:
    @action
    def careless(*, by: User) -> None:
        by.phone = "0900"
        by.save()

    user = person()
    with pytest.raises(Unrecorded):
        careless(by=user)
    user.refresh_from_db()
    assert user.phone == ""
