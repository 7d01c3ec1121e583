"""Meetings: agenda, papers, participants, duties, votes, speaking, sites, calls from seats, conclusions, minutes."""

from meetings.models.agenda import AgendaItem, Paper
from meetings.models.duty import Duty
from meetings.models.kind import AgencyKind
from meetings.models.meeting import Meeting, Series
from meetings.models.outcome import Conclusion, Minutes, MinutesComment, Outcome, RecordExport
from meetings.models.own import CalendarFeed, NotebookEntry, Nudge, Opinion
from meetings.models.participant import Group, InviteeList, Participant, UnitInvitation
from meetings.models.seat_request import SeatRequest
from meetings.models.seating import Seating
from meetings.models.site import Site
from meetings.models.speaking import Speech, Turn
from meetings.models.vote import Ballot, EnteredBallot, RollEntry, Vote

__all__ = [
    "AgencyKind",
    "AgendaItem",
    "Ballot",
    "CalendarFeed",
    "Conclusion",
    "Duty",
    "EnteredBallot",
    "Group",
    "InviteeList",
    "Meeting",
    "Minutes",
    "MinutesComment",
    "NotebookEntry",
    "Nudge",
    "Opinion",
    "Outcome",
    "Paper",
    "Participant",
    "RecordExport",
    "RollEntry",
    "SeatRequest",
    "Seating",
    "Series",
    "Site",
    "Speech",
    "Turn",
    "UnitInvitation",
    "Vote",
]
