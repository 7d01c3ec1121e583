"""Agenda, participants, papers, the room and its consumers, voting, minutes, conclusions."""
