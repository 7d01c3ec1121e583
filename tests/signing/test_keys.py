"""Sealed keys: both the PIN and the installation are needed, and nothing may be swapped or changed."""

import os
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from signing import keys
from signing.keys import KeyDamaged, SealedKey, WrongPin, installation_kek, seal, unseal

KEK, OTHER_KEK = bytes(range(32)), bytes(32)


@settings(max_examples=8, deadline=None)
@given(
    plain=st.binary(min_size=1, max_size=2000), pin=st.text(min_size=1, max_size=20).filter(lambda t: t.isprintable())
)
def test_what_was_sealed_comes_back_only_with_pin_and_installation_key(plain: bytes, pin: str) -> None:
    sealed = SealedKey.from_json(seal(plain, kek=KEK, pin=pin, label="7f").to_json())
    assert unseal(sealed, kek=KEK, pin=pin) == plain
    assert plain not in sealed.to_json().encode() or len(plain) < 8
    with pytest.raises(WrongPin):
        unseal(sealed, kek=KEK, pin=pin + "x")
    with pytest.raises(WrongPin):
        unseal(sealed, kek=KEK, pin=None)
    with pytest.raises(KeyDamaged):
        unseal(sealed, kek=OTHER_KEK, pin=pin)


@given(where=st.integers(0, 10_000), part=st.sampled_from(["nonce", "ciphertext", "wrapped"]))
def test_a_changed_byte_never_opens(where: int, part: str) -> None:
    sealed = seal(b"private" * 20, kek=KEK, pin=None, label="7f")
    data = bytearray(getattr(sealed, part))
    data[where % len(data)] ^= 1
    with pytest.raises(KeyDamaged):
        unseal(replace(sealed, **{part: bytes(data)}), kek=KEK, pin=None)


def test_a_label_cannot_be_swapped() -> None:
    sealed = seal(b"private", kek=KEK, pin=None, label="7f")
    with pytest.raises(KeyDamaged):
        unseal(replace(sealed, label="80"), kek=KEK, pin=None)


def test_the_installation_key_is_made_once_and_private(tmp_path: Path) -> None:
    first = installation_kek(tmp_path)
    assert installation_kek(tmp_path) == first
    assert len(first) == 32
    assert (tmp_path / keys.KEK_FILE).stat().st_mode & 0o777 == 0o600


def test_the_installation_key_is_whole_from_the_moment_it_has_its_name(tmp_path: Path, monkeypatch) -> None:
    flushed: list[int] = []
    link, fsync, seen = os.link, os.fsync, []

    def flushing(handle: int) -> None:
        flushed.append(os.fstat(handle).st_size)
        fsync(handle)

    monkeypatch.setattr(os, "fsync", flushing)

    def linking(draft: Path, path: Path) -> None:
        """Another process is a moment faster."""
        seen.append((path.exists(), draft.stat().st_size, list(flushed)))
        path.write_bytes(b"f" * 32)
        link(draft, path)

    monkeypatch.setattr(os, "link", linking)
    assert installation_kek(tmp_path) == b"f" * 32
    assert seen == [(False, 32, [32])]
    assert [path.name for path in tmp_path.iterdir()] == [keys.KEK_FILE]


def test_half_a_key_is_not_taken_for_one(tmp_path: Path) -> None:
    (tmp_path / keys.KEK_FILE).write_bytes(b"half")
    with pytest.raises(KeyDamaged):
        installation_kek(tmp_path)


@given(text=st.text(max_size=200))
def test_unreadable_records_are_said_to_be_damaged(text: str) -> None:
    with pytest.raises(KeyDamaged):
        SealedKey.from_json(text)
