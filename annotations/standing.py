"""Who writes where, found once for seconds: asking all rows again for every stroke is most of what a stroke costs.

Whatever takes a right away says so on the control stream, in its own transaction: nothing found before that is used.
What time alone ends (a post, a delegation) is asked for again after seconds. Only good news are kept: who could not
write a moment ago, and can now, is not kept waiting.
"""

from dataclasses import dataclass
from time import monotonic
from uuid import UUID

from annotations.circles import circles_of
from documents.models import Document
from documents.queries import get_visible_document
from live.control import CONTROL
from live.log import Position, position
from people.models import User

GOOD_FOR = 3.0  # seconds
MOST_KEPT = 4_096


@dataclass(frozen=True)
class Standing:
    """A document somebody may read, and the audiences they share with there, by the names of the circles."""

    document: Document
    keys: dict[str, str]


_kept: dict[tuple[UUID, UUID], tuple[Position, float, Standing]] = {}


def standing_of(user: User, public_id: UUID, *, anew: bool = False) -> Standing:
    """Return where a person stands with a document, or raise `Unseen`; called where operations are about to be done."""
    place, controls = (user.public_id, public_id), position(CONTROL)
    known = None if anew else _kept.get(place)
    if known is not None and known[0] == controls and monotonic() < known[1]:
        return known[2]
    document = get_visible_document(user, public_id)
    found = Standing(document, {circle.name: circle.key for circle in circles_of(user, document)})
    if len(_kept) >= MOST_KEPT:
        _kept.clear()
    _kept[place] = controls, monotonic() + GOOD_FOR, found
    return found
