"""The signer process: the only place with plain keys, and it gives none of them away."""

import json
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from signing.signer_client import SignerError, SignerProcess
from signing.signer_process import respond
from tests.signing.desk import LEADER_PIN, Desk


def test_a_wrong_pin_is_an_answer(desk: Desk) -> None:
    with SignerProcess(desk.keys_dir) as signer:
        with pytest.raises(SignerError) as caught:
            signer.sign(desk.leader.sealed, [b"text"], pin="000000")
        assert caught.value.code == "wrong_pin"
        assert len(signer.sign(desk.leader.sealed, [b"text"], pin=LEADER_PIN)[0]) == 256


def test_nothing_secret_is_in_arguments_or_environment(desk: Desk) -> None:
    with SignerProcess(desk.keys_dir) as signer:
        signer.sign(desk.leader.sealed, [b"text"], pin=LEADER_PIN)
        seen = Path(f"/proc/{signer.pid}/cmdline").read_bytes() + Path(f"/proc/{signer.pid}/environ").read_bytes()
    assert LEADER_PIN.encode() not in seen
    assert str(desk.keys_dir).encode() not in seen


@pytest.mark.parametrize(("control", "keys_found"), [(False, False), (True, True)])
def test_the_plain_key_never_reaches_the_asking_process(desk: Desk, control: bool, keys_found: bool) -> None:
    """Its own memory is searched after a signature; the control proves that the search would find one."""
    request = {"keys_dir": str(desk.keys_dir), "sealed": desk.leader.sealed, "pin": LEADER_PIN, "control": control}
    said = subprocess.run(
        [sys.executable, "-m", "tests.signing.memory_probe"],
        input=json.dumps(request) + "\n",
        capture_output=True,
        text=True,
        check=True,
        cwd=Path(__file__).resolve().parents[2],
    ).stdout
    assert (int(said) > 0) is keys_found


def test_a_new_pin_replaces_the_old(desk: Desk) -> None:
    with SignerProcess(desk.keys_dir) as signer:
        again = signer.change_pin(desk.leader.sealed, pin=LEADER_PIN, new_pin="111222")
        assert signer.sign(again, [b"x"], pin="111222")
        with pytest.raises(SignerError):
            signer.sign(again, [b"x"], pin=LEADER_PIN)


@settings(max_examples=50, deadline=None)
@given(line=st.one_of(st.text(), st.dictionaries(st.text(), st.text() | st.integers()).map(json.dumps)))
def test_any_line_gets_an_answer(line: str) -> None:
    assert "error" in respond(line)


@pytest.mark.parametrize("operation", ["sign", "timestamp", "issue", "revoke", "change_pin", "build_pki"])
def test_incomplete_requests_are_refused(operation: str, desk: Desk) -> None:
    with SignerProcess(desk.keys_dir) as signer, pytest.raises(SignerError) as caught:
        signer.ask(operation)
    assert caught.value.code == "bad_request"
