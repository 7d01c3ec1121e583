"""What the door leaves behind can be vouched for, and an attack on the stored rows shows."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command
from django.db import connection, transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ledger.anchors import Witness, anchor_heads, export_folder, exported, stored
from ledger.guards import lift_guards
from ledger.keys import replace_key
from ledger.models import Anchor, AuditEntry, Chain
from ledger.verify import verify
from people.models import User
from tests.ledger.things import later, move, note, person, thing

pytestmark = pytest.mark.django_db
ATTACKS = ("data", "by_id", "verb", "transition", "remove", "swap", "cut")


@pytest.fixture(autouse=True)
def own_folder(settings: Any, tmp_path: Path) -> None:
    """Keys and exports in a folder of the test."""
    settings.DATA_DIR, settings.KEYS_DIR = tmp_path, tmp_path / "keys"


@pytest.fixture
def user() -> User:
    """Somebody who acts."""
    return person()


@contextmanager
def undone() -> Iterator[None]:
    """Undo what the block writes, as if the keeper of the database had put an old copy back."""
    point = transaction.savepoint()
    yield
    transaction.savepoint_rollback(point)


def history(user: User, length: int, chain: str = "agency:1") -> None:
    """Write some entries, with and without a change of state."""
    one = thing()
    for place in range(length):
        if chain == "agency:1" and place % 2:
            move(one, "new", "start", by=user, at=later(place), hands=["trái"], weight=1.5)
        else:
            note(one, by=user, at=later(place), chain=chain, text=f"Ý kiến số {place}")


def attack(kind: str, seq: int) -> None:
    """Do to the rows what only the keeper of the database could."""
    lift_guards(connection)
    rows = AuditEntry.objects.filter(chain__key="agency:1")
    row = rows.get(seq=seq)
    if kind == "data":
        rows.filter(seq=seq).update(data={"text": "Ý kiến khác"})
    elif kind == "by_id":
        rows.filter(seq=seq).update(by=person("binh"))
    elif kind == "verb":
        rows.filter(seq=seq).update(verb="approve")
    elif kind == "transition" and row.transition:
        type(row.transition).objects.filter(pk=row.transition.pk).update(target="done")
    elif kind == "remove":
        row.delete()
    elif kind == "cut":
        rows.filter(seq__gte=seq).delete()
    else:
        swap(row, rows.exclude(seq=seq).order_by("?")[0])


def swap(one: AuditEntry, other: AuditEntry) -> None:
    """Let two rows change places."""
    rows = AuditEntry.objects.all()
    rows.filter(pk=one.pk).update(seq=1_000_000)
    rows.filter(pk=other.pk).update(seq=one.seq)
    rows.filter(pk=one.pk).update(seq=other.seq)


def test_what_was_written_is_vouched_for(user: User) -> None:
    history(user, 7)
    history(user, 5, chain="meeting:3")
    report = verify()
    assert (report.broken, report.chains, report.entries, report.unanchored) == (None, 2, 12, 12)
    anchor_heads(at=later(60))
    note(thing(), by=user, at=later(61))
    report = verify(exported(export_folder().glob("*.jsonl")))
    assert (report.broken, report.anchors, report.unanchored, report.last_anchor) == (None, 2, 1, later(60))


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(length=st.integers(2, 8), place=st.data(), kind=st.sampled_from(ATTACKS))
def test_every_attack_shows_at_any_place(user: User, length: int, place: st.DataObject, kind: str) -> None:
    seq = place.draw(st.integers(1, length))
    with undone():
        history(user, length)
        assert verify().broken is None
        attack(kind, seq)
        broken = verify().broken
    assert broken is not None
    assert broken.chain == "agency:1"
    assert broken.seq <= seq


def test_a_rewritten_chain_shows_by_the_exported_anchor(user: User, tmp_path: Path) -> None:
    with undone():
        history(user, 4)
        anchor_heads(at=later(60))
    history(user, 5)
    assert verify().broken is None
    broken = verify(exported(export_folder().glob("*.jsonl"))).broken
    assert broken is not None
    assert broken.fault == "anchor"


def test_a_chain_that_is_gone_shows_by_the_exported_anchor(user: User) -> None:
    with undone():
        history(user, 2, chain="meeting:9")
        anchor_heads(at=later(60))
    broken = verify(exported(export_folder().glob("*.jsonl"))).broken
    assert broken is not None
    assert (broken.chain, broken.fault) == ("meeting:9", "unknown_chain")


def test_a_row_beyond_the_head_shows(user: User) -> None:
    history(user, 3)
    head = Chain.objects.get(key="agency:1")
    entry = AuditEntry.objects.get(chain=head, seq=2)
    Chain.objects.filter(pk=head.pk).update(last=2, head=entry.hash)
    broken = verify().broken
    assert broken is not None
    assert (broken.seq, broken.fault) == (3, "head")


def test_an_anchor_of_a_foreign_key_shows(user: User) -> None:
    history(user, 3)
    anchor_heads(at=later(60))
    real = next(stored())
    forged = Witness(real.chain, 2, "0" * 64, real.at, real.key_id, real.signature)
    broken = verify([forged]).broken
    assert broken is not None
    assert broken.fault == "forged_anchor"


def test_old_anchors_hold_after_the_key_was_replaced(user: User, settings: Any) -> None:
    history(user, 2)
    anchor_heads(at=later(60))
    replace_key()
    history(user, 2)
    anchor_heads(at=later(120))
    assert verify().broken is None
    assert Anchor.objects.values("key_id").distinct().count() == 2
    private = settings.KEYS_DIR / "installation" / "private.pem"
    assert private.stat().st_mode & 0o777 == 0o600


def test_only_heads_that_moved_are_anchored(user: User) -> None:
    history(user, 2)
    history(user, 2, chain="meeting:1")
    assert anchor_heads(at=later(60)) == 2
    assert anchor_heads(at=later(120)) == 0
    note(thing(), by=user, at=later(121))
    assert anchor_heads(at=later(180)) == 1


def test_the_command_tells_counts_and_the_last_anchor(user: User, capsys: pytest.CaptureFixture[str]) -> None:
    history(user, 3)
    call_command("verify_audit")
    assert "3" in capsys.readouterr().out
    anchor_heads(at=later(60))
    call_command("verify_audit")
    assert "2026-11-21T13:00:00+07:00" in capsys.readouterr().out


def test_the_command_fails_at_the_first_broken_entry(user: User, capsys: pytest.CaptureFixture[str]) -> None:
    history(user, 3)
    attack("data", 2)
    with pytest.raises(SystemExit) as stop:
        call_command("verify_audit")
    assert stop.value.code == 1
    assert "agency:1" in capsys.readouterr().err


def test_floats_and_marks_read_back_as_they_were_hashed(user: User) -> None:
    one = thing()
    for weight in (1.0, 0.1, 1e22, 1e-7, 123456789.123):
        move(one, "new", "start", by=user, at=later(1), hands=["ệ", "e\u0323\u0302", '"'], weight=weight)
    assert verify().broken is None
