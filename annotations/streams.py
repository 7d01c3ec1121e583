"""Streams of notes: their keys, their names on the wire, and how a page that comes back proves where it stood."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.core.signing import BadSignature, TimestampSigner

from annotations.circles import own_key
from documents.models import Document
from live.control import untouched_since
from live.follower import Since
from people.models import User

BACK_WITHIN = 24 * 3600
PARTED = "|"


def stream_of(document_id: int, audience: str) -> str:
    """Return the stream of one audience of a document's notes."""
    return f"notes:{document_id}:{audience}"


def personal_stream(document_id: int, user_id: int) -> str:
    """Return the stream of a person's own notes on a document, and of those shared with them by name."""
    return stream_of(document_id, own_key(user_id))


def label_of(document: Document, circle: str = "") -> str:
    """Return what a stream is called on the wire: without a circle the person's own."""
    return f"notes:{document.public_id}" + (f":{circle}" if circle else "")


@dataclass(frozen=True)
class Seal:
    """The epoch as hello names it on a stream of notes: with the number from which this person may be told events.

    Older events may show what was erased or taken back before the person came: without a good seal a page gets the
    state as it is now, and no history. It holds until somebody touches the person's rights to what the stream `heeds`:
    who was away meanwhile is not told what they were not to hear. `controls`: how far the control stream is known.
    """

    user: User
    stream: str
    heeds: tuple[str, ...] = ()
    controls: int = 0

    def closed(self, epoch: str, floor: int) -> str:
        """Return the epoch to give out."""
        return self._signer().sign(PARTED.join((epoch, str(floor), str(self.controls))))

    def opened(self, seq: object, given: object) -> tuple[Since | None, int]:
        """Return where a page says it stands and from where it may be told, as far as it can prove that."""
        try:
            epoch, floor, controls = self._signer().unsign(str(given), max_age=BACK_WITHIN).split(PARTED)
        except (BadSignature, ValueError):
            return None, 0
        usable = isinstance(seq, int) and not isinstance(seq, bool) and seq >= int(floor)
        if not usable or not untouched_since(int(controls), self.user.pk, (self.stream, *self.heeds)):
            return None, 0
        return Since(int(str(seq)), epoch), int(floor)

    def _signer(self) -> TimestampSigner:
        return TimestampSigner(salt=f"annotations.streams {self.user.pk} {self.stream}", sep="~")


Places = Mapping[str, Mapping[str, object]]
