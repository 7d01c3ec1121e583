"""Named votes: the question, the frozen roll, one ballot per person."""

from uuid import uuid4

from django.db import models
from django.db.models import Q

from meetings.models.agenda import AgendaItem
from meetings.models.meeting import Meeting
from meetings.models.participant import Participant


class Vote(models.Model):
    """One question put to the vote; its rule (labels, base, threshold, basis) is copied in when it is prepared."""

    public_id = models.UUIDField(default=uuid4, unique=True, editable=False)
    meeting = models.ForeignKey(Meeting, on_delete=models.PROTECT, related_name="votes")
    item = models.ForeignKey(AgendaItem, on_delete=models.PROTECT, related_name="votes")
    position = models.PositiveIntegerField(default=0, help_text="Their order under the item.")
    question = models.CharField(max_length=500)
    options = models.JSONField(help_text='[{"code": "yes", "label": "Tán thành"}, …]')
    rule = models.JSONField(help_text="Base, threshold, carrying option, legal basis; see meetings/counting.py.")
    state = models.CharField(max_length=20, default="prepared", help_text="See meetings/workflow.py.")
    opened_at = models.DateTimeField(null=True)
    closed_at = models.DateTimeField(null=True)
    result = models.JSONField(default=dict, help_text="Counts and outcome, fixed at closing.")
    revision = models.PositiveIntegerField(default=1, help_text="Two people editing: the second one is told.")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["meeting"], condition=Q(state="open"), name="one_open_vote_per_meeting")
        ]

    def __str__(self) -> str:
        return self.question


class RollEntry(models.Model):
    """A person entitled in this vote; the roll is frozen when the vote opens."""

    vote = models.ForeignKey(Vote, on_delete=models.CASCADE, related_name="roll")
    participant = models.ForeignKey(Participant, on_delete=models.PROTECT, related_name="+")
    present = models.BooleanField(help_text="Checked in when the vote opened.")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["vote", "participant"], name="roll_once_per_person")]

    def __str__(self) -> str:
        return f"{self.vote_id}:{self.participant_id}"


class Ballot(models.Model):
    """One person's named choice in one vote."""

    vote = models.ForeignKey(Vote, on_delete=models.PROTECT, related_name="ballots")
    participant = models.ForeignKey(Participant, on_delete=models.PROTECT, related_name="+")
    choice = models.CharField(max_length=30)
    remark = models.CharField(max_length=1000, blank=True, help_text="The words of an ý kiến khác.")
    cast_at = models.DateTimeField(help_text="Server receipt.")
    client_id = models.UUIDField(null=True, help_text="The device's command: the same tap again is the same ballot.")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["vote", "participant"], name="ballot_once_per_person")]

    def __str__(self) -> str:
        return f"{self.vote_id}:{self.participant_id}"
