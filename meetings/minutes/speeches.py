"""Who spoke on each item and how long, for the minutes: a line and a row of the table per turn."""

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from meetings.floor import clock
from meetings.labels import lane_names
from meetings.minutes.body import Block, free, linked
from meetings.minutes.words import named
from meetings.models import AgendaItem, Meeting, Turn
from meetings.outline import labels
from meetings.queries.speaking import TurnLine, turn_lines


def speech_blocks(meeting: Meeting, items: list[AgendaItem]) -> list[Block]:
    """Return a block for each item somebody spoke on; where nobody did, no section."""
    lanes = lane_names(meeting)
    lines = turn_lines(meeting.speeches.filter(item__in=items))
    found = []
    for number, item in zip(labels([item.depth for item in items]), items, strict=True):
        rows = [row_of(line, lanes) for line in lines if line.speech.item_id == item.pk]
        text = "\n".join(f"- {who}: {what}; {_('turn')} {nth}; {time}" for who, what, nth, time in rows)
        heading = f"{number}. {item.title}"
        key = f"speeches.{item.public_id}"
        found += [linked(key, text, label=heading, heading=True, table=rows)] if rows else []
    return [*found, free("speeches.free")] if found else []


def table_head() -> list[str]:
    """Return the heads of the table: who, what, which turn, how long."""
    return [pgettext("minutes", "Speaker"), pgettext("minutes", "Matter"), pgettext("speech", "Turn"), _("Time used")]


def row_of(line: TurnLine, lanes: dict[str, str]) -> list[str]:
    """Return one turn as a row."""
    turn = line.turn
    return [named(turn.participant), what_of(line, lanes), str(line.nth), clock(turn.used_ms)]


def what_of(line: TurnLine, lanes: dict[str, str]) -> str:
    """Return in which lane and about what somebody spoke, whom they asked or answered."""
    speech = line.speech
    if line.turn.phase == Turn.Phase.ANSWER:
        return _("Answers %(name)s") % {"name": speech.participant.user.full_name}
    lane = lanes.get(speech.lane, speech.lane)
    asked = _("to %(name)s") % {"name": speech.asked.user.full_name} if speech.asked else ""
    return ": ".join(filter(None, [" ".join(filter(None, [lane, asked])), speech.subject]))
