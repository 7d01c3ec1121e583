"""Software keys: the value is made by the signer process while we wait, so a ticket is ready as soon as it exists."""

from secrets import token_hex

from signing.drivers.protocol import DriverRefused, Progress, Ticket
from signing.signer_client import SignerError, SignerProcess

REFUSALS = {"wrong_pin": "pin_wrong"}


class SoftwareDriver:
    """Signs with one sealed key; the PIN is passed on and never kept."""

    name = "software"

    def __init__(self, signer: SignerProcess, sealed_key: str, pin: str) -> None:
        self._signer = signer
        self._sealed_key = sealed_key
        self._pin = pin
        self._values: dict[str, bytes] = {}

    def begin(self, to_be_signed: bytes) -> Ticket:
        """Sign now."""
        ticket = Ticket(self.name, token_hex(8))
        try:
            (self._values[ticket.reference],) = self._signer.sign(self._sealed_key, [to_be_signed], pin=self._pin)
        except SignerError as error:
            raise DriverRefused(REFUSALS.get(error.code, "key_unavailable")) from error
        return ticket

    def poll(self, ticket: Ticket) -> Progress:
        """Ready if it was begun here."""
        return Progress.READY if ticket.reference in self._values else Progress.FAILED

    def finish(self, ticket: Ticket) -> bytes:
        """Return the value, once."""
        try:
            return self._values.pop(ticket.reference)
        except KeyError:
            raise DriverRefused("key_unavailable") from None
