"""The card "answer the invitation": what one participant has said, and what they may say now."""

from dataclasses import dataclass
from typing import Any

from ledger.verdict import Verdict
from meetings.labels import REPLIES
from meetings.models import Meeting, Participant
from meetings.rules.replies import absence_verb, is_not_here, may_delegate
from meetings.seating import standing_in
from meetings.workflow import MEETING, REPLY


@dataclass(frozen=True)
class Answer:
    """One participant's answer: its words, and which steps are open."""

    place: Participant
    label: Any
    open: bool
    may_accept: bool
    may_decline: bool
    may_delegate: bool
    asks: bool
    substitute: Participant | None
    here: Verdict


def answer_card(meeting: Meeting, place: Participant | None) -> Answer | None:
    """Return the card for somebody who takes part in a published meeting; nothing for everybody else."""
    if place is None or meeting.state not in ("published", "open"):
        return None
    place.meeting = meeting
    asks = absence_verb(place) == "ask"
    opened = MEETING.move(meeting.state, "reply") is not None

    def may(*verbs: str) -> bool:
        return opened and any(REPLY.move(place.reply, verb) is not None for verb in verbs)

    return Answer(
        place=place,
        label=REPLIES[place.reply],
        open=opened,
        may_accept=may("accept", "withdraw"),
        may_decline=may("ask" if asks else "stay_away"),
        may_delegate=may("delegate") and bool(may_delegate(place)),
        asks=asks,
        here=is_not_here(place, "ask"),
        substitute=standing_in(place) if place.reply == "delegated" else None,
    )
