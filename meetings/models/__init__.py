"""Meetings: agenda, papers, participants, duties, votes and ballots, conclusions, minutes."""

from meetings.models.agenda import AgendaItem, Paper
from meetings.models.duty import Duty
from meetings.models.kind import AgencyKind
from meetings.models.meeting import Meeting, Series
from meetings.models.outcome import Conclusion, Minutes, MinutesComment, Outcome, RecordExport
from meetings.models.own import CalendarFeed, NotebookEntry, Nudge, Opinion
from meetings.models.participant import Group, InviteeList, Participant, UnitInvitation
from meetings.models.seating import Seating
from meetings.models.vote import Ballot, RollEntry, Vote

__all__ = [
    "AgencyKind",
    "AgendaItem",
    "Ballot",
    "CalendarFeed",
    "Conclusion",
    "Duty",
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
    "Seating",
    "Series",
    "UnitInvitation",
    "Vote",
]
