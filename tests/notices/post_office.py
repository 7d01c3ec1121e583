"""A real SMTP server on a port of its own: keeps the mails, refuses or fails when told to."""

import email.policy
from email.message import EmailMessage
from email.parser import BytesParser
from typing import Any

from aiosmtpd.controller import Controller

from tests.servers.redis import free_port


class PostOffice:
    """Mails in the order they came; `answers` holds what to say instead of taking the next ones."""

    def __init__(self) -> None:
        self.port = free_port()
        self.mails: list[EmailMessage] = []
        self.receivers: list[str] = []
        self.unknown: set[str] = set()
        self.answers: list[str] = []
        self.controller: Controller | None = None

    def __enter__(self) -> "PostOffice":
        self.open()
        return self

    def __exit__(self, *error: object) -> None:
        self.close()

    def open(self) -> None:
        """Take mail."""
        self.controller = Controller(self, hostname="127.0.0.1", port=self.port, ready_timeout=30)
        self.controller.start()

    def close(self) -> None:
        """Take no more mail."""
        if self.controller:
            self.controller.stop()
        self.controller = None

    async def handle_RCPT(self, server: Any, session: Any, envelope: Any, address: str, options: Any) -> str:  # noqa: N802
        """Know most people."""
        if address in self.unknown:
            return "550 5.1.1 no such mailbox"
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:  # noqa: N802
        """Take a mail, or say what was prepared."""
        if self.answers:
            return self.answers.pop(0)
        self.mails.append(BytesParser(_class=EmailMessage, policy=email.policy.default).parsebytes(envelope.content))
        self.receivers += envelope.rcpt_tos
        return "250 OK"
