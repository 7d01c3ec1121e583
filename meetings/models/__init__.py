"""Meetings: agenda, papers, participants, votes and ballots, conclusions, minutes."""

from meetings.models.agenda import AgendaItem, Paper
from meetings.models.meeting import Meeting
from meetings.models.outcome import Conclusion, Outcome
from meetings.models.participant import Participant
from meetings.models.vote import Ballot, RollEntry, Vote

__all__ = [
    "AgendaItem",
    "Ballot",
    "Conclusion",
    "Meeting",
    "Outcome",
    "Paper",
    "Participant",
    "RollEntry",
    "Vote",
]
