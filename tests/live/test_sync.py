"""The sync proof on the test room, and that it finds what is wrong."""

from functools import partial
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ledger.models import AuditEntry
from live.models import Event
from tests.ledger.things import NOON, person
from tests.live import board
from tests.live.sync_proof import assert_sync, assert_synced

pytestmark = pytest.mark.django_db
VIEWS = {view: partial(board.snapshot, view) for view in ("chair", "", "guest")}


@settings(max_examples=20, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.tuples(st.text(max_size=5), st.booleans(), st.booleans()), min_size=1, max_size=8))
def test_events_lead_from_snapshot_to_snapshot(db: Any, acts: list[tuple[str, bool, bool]]) -> None:
    user = person()
    streams = {board.STREAM: VIEWS, board.personal(user.pk): {"": partial(board.my_snapshot, user.pk)}}
    for text, private, back in acts:
        assert_synced(streams, partial(board.say, by=user, at=NOON, text=text, private=private))
        if back:
            last = AuditEntry.objects.filter(verb="say", by=user).order_by("-seq")[0].object_id
            assert_synced(streams, partial(board.take_back, last, by=user, at=NOON))
            assert_synced(streams, partial(board.count, by=user, at=NOON))


def test_a_patch_that_says_too_little_is_found(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(board, "boss_view", lambda note, text: {})
    with pytest.raises(AssertionError, match="view 'chair': at /length"):
        assert_sync(board.STREAM, VIEWS, lambda: board.say(by=person(), at=NOON, text="x"))


def test_a_snapshot_with_null_is_found() -> None:
    with pytest.raises(AssertionError, match="no nulls"):
        assert_sync(board.STREAM, {"": lambda: {"a": {"b": None}}}, lambda: None)


def test_numbers_have_no_gap_and_bytes_are_fixed() -> None:
    user = person()
    for number in range(5):
        board.say(by=user, at=NOON, text=str(number), private=number == 2)
    events = list(Event.objects.filter(stream__key=board.STREAM).order_by("seq"))
    assert [event.seq for event in events] == [1, 2, 3, 4, 5]
    assert events[2].bodies["guest"] is None
    assert isinstance(events[2].bodies[""], str)
