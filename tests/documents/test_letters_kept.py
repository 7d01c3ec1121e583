"""Letters that were read are kept for minutes, and never more of them than was said."""

import pytest

from documents import letters, letters_kept
from documents.letters import LettersUnread, letters_of
from documents.letters_kept import FAILED_FOR, GOOD_FOR, Found, LettersKept


def test_letters_are_kept_for_minutes_and_failures_for_one(monkeypatch):
    at = [100.0]
    monkeypatch.setattr(letters_kept, "monotonic", lambda: at[0])
    kept = LettersKept()
    assert kept.put("a", ["Ủy ban", ""]) == kept.get("a") == Found(["Ủy ban", ""])
    assert kept.put("b", None) == kept.get("b") == Found(None)
    at[0] += FAILED_FOR
    assert kept.get("b") is None
    at[0] += GOOD_FOR - FAILED_FOR
    assert kept.get("a") is None


def test_what_was_asked_for_least_lately_gives_way():
    kept = LettersKept(most_kept=2)
    for key in "ab":
        kept.put(key, [key])
    kept.get("a")
    kept.put("c", ["c"])
    assert [kept.get(key) is None for key in "abc"] == [False, True, False]
    kept = LettersKept(most_bytes=10)
    assert kept.put("a", ["dài hơn mười byte"]) == Found(["dài hơn mười byte"])
    assert kept.get("a") is None


def test_a_file_that_is_gone_is_said_to_be_unread(monkeypatch):
    monkeypatch.setattr(letters, "_kept", LettersKept())
    with pytest.raises(LettersUnread):
        letters_of("0" * 64)
    assert letters._kept.get("0" * 64) == Found(None)
    assert not letters._turn.locked()


def test_who_waits_too_long_is_told(monkeypatch):
    monkeypatch.setattr(letters, "PATIENCE", 0.01)
    with letters._turn, pytest.raises(LettersUnread):
        letters_of("1" * 64)
