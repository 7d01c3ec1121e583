"""Doing a command once; importing the modules of verbs registers them."""

from ledger.commands import once
from ledger.door import retrying
from ledger.verdict import Refused
from meetings.ballot_box import ballot_box
from meetings.commands import calls, conclusions, leading, meeting, opinions, presence, speaking, votes
from meetings.commands.orders import COMMANDS, Order, Outcome, understood
from meetings.models import Meeting

VERBS = (calls, conclusions, leading, meeting, opinions, presence, speaking, votes)

# What ends a vote first lets the ballots count that the server had received by then.
ENDING_VOTES = ("close_vote", "close_meeting")


def obey(room: Meeting, order: Order) -> Outcome:
    """Do a command once; a repeated one gets the outcome of the first time."""
    if order.do not in COMMANDS:
        raise Refused("unknown_command")
    schema, work = COMMANDS[order.do]
    data = understood(schema, order.data)
    if order.do in ENDING_VOTES:
        ballot_box.drain()
    asked = {"meeting": room.pk, "do": order.do, "data": data.model_dump(mode="json")}
    return retrying(lambda: once(order.by, order.client_id, order.at, lambda: work(room, order, data), asked=asked))
