"""Talks to a signer process: starts it, asks, ends it."""

import base64
import json
import os
import subprocess
import sys
import threading
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from types import TracebackType
from typing import Any, Self

ROOT = Path(__file__).resolve().parent.parent
LIMIT_SECONDS = 60.0
PASSED_ON = ("PATH", "LANG", "LC_ALL", "SIGNING_KEK", "VIRTUAL_ENV")


class SignerError(Exception):
    """The signer process failed; `code` is `wrong_pin`, `key_damaged`, `bad_request` or `no_answer`."""

    def __init__(self, code: str, detail: str = "") -> None:
        super().__init__(f"{code} {detail}".strip())
        self.code = code


@dataclass(frozen=True, slots=True)
class IssuedCertificate:
    """A new demonstration certificate (PEM) and its sealed key (JSON)."""

    certificate_pem: str
    sealed: str


class SignerProcess:
    """One signer process, used as a context manager; several requests may follow each other."""

    def __init__(self, keys_dir: Path) -> None:
        self.keys_dir = keys_dir
        self._process: subprocess.Popen[str] | None = None

    def __enter__(self) -> Self:
        self._process = subprocess.Popen(
            [sys.executable, "-m", "signing.signer_process"],
            cwd=ROOT,
            env={name: os.environ[name] for name in PASSED_ON if name in os.environ},
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            text=True,
            encoding="utf-8",
            start_new_session=True,
        )
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        process, self._process = self._process, None
        if process is None:
            return
        with suppress(OSError):
            process.communicate(timeout=5)
        process.kill()
        process.wait()

    @property
    def pid(self) -> int:
        """The process id, for tests that look at its arguments."""
        return self._running().pid

    def ask(self, operation: str, **request: Any) -> dict[str, Any]:
        """Send one request and wait for its answer, at most a minute."""
        process = self._running()
        line = json.dumps({"do": operation, "keys_dir": str(self.keys_dir), **request})
        watchdog = threading.Timer(LIMIT_SECONDS, process.kill)
        watchdog.start()
        try:
            answer = _exchange(process, line)
        finally:
            watchdog.cancel()
        if "error" in answer:
            raise SignerError(answer["error"], answer.get("detail", ""))
        return answer

    def sign(self, sealed: str, items: Sequence[bytes], *, pin: str) -> list[bytes]:
        """Sign each item with the sealed key."""
        answer = self.ask("sign", sealed=sealed, pin=pin, items=[_b64(item) for item in items])
        return [base64.b64decode(value) for value in answer["values"]]

    def change_pin(self, sealed: str, *, pin: str, new_pin: str) -> str:
        """Return the key sealed under another PIN."""
        return str(self.ask("change_pin", sealed=sealed, pin=pin, new_pin=new_pin)["sealed"])

    def build_pki(self, folder: Path, *, at: datetime) -> None:
        """Make the demonstration PKI where it is missing, and renew its lists."""
        self.ask("build_pki", folder=str(folder), at=at.isoformat())

    def issue(
        self, folder: Path, *, common_name: str, organization: str, title: str = "", pin: str, at: datetime
    ) -> IssuedCertificate:
        """Issue a demonstration certificate."""
        answer = self.ask(
            "issue",
            folder=str(folder),
            common_name=common_name,
            organization=organization,
            title=title,
            pin=pin,
            at=at.isoformat(),
        )
        return IssuedCertificate(answer["certificate"], answer["sealed"])

    def revoke(self, folder: Path, serials: Sequence[int], *, at: datetime) -> None:
        """Revoke demonstration certificates."""
        self.ask("revoke", folder=str(folder), serials=[f"{serial:x}" for serial in serials], at=at.isoformat())

    def timestamp(self, folder: Path, query: bytes, *, at: datetime) -> bytes:
        """Have the demonstration unit answer a TimeStampReq."""
        answer = self.ask("timestamp", folder=str(folder), query=_b64(query), at=at.isoformat())
        return base64.b64decode(answer["answer"])

    def _running(self) -> subprocess.Popen[str]:
        if self._process is None:
            raise SignerError("no_answer", "the signer process is not running")
        return self._process


def _exchange(process: subprocess.Popen[str], line: str) -> dict[str, Any]:
    if process.stdin is None or process.stdout is None:
        raise SignerError("no_answer")
    try:
        process.stdin.write(line + "\n")
        process.stdin.flush()
        return dict(json.loads(process.stdout.readline()))
    except (OSError, ValueError) as error:
        raise SignerError("no_answer", "the signer process ended") from error


def _b64(data: bytes) -> str:
    return base64.b64encode(data).decode("ascii")
