"""Speaking: who asked for the floor, in which lane, and every time somebody held it."""

from uuid import uuid4

from django.db import models
from django.db.models import Q

from meetings.models.agenda import AgendaItem
from meetings.models.meeting import Meeting
from meetings.models.participant import Participant

STANDING = ("waiting", "called", "speaking", "paused")


class Speech(models.Model):
    """One request to speak on an item, from asking to the end; see meetings/workflow.py."""

    class Lane(models.TextChoices):
        """Phát biểu, tranh luận (a lane of its own), chất vấn (somebody is asked and answers)."""

        SPEECH = "speech"
        DEBATE = "debate"
        QUESTION = "question"

    public_id = models.UUIDField(default=uuid4, unique=True, editable=False)
    meeting = models.ForeignKey(Meeting, on_delete=models.CASCADE, related_name="speeches")
    item = models.ForeignKey(AgendaItem, on_delete=models.PROTECT, related_name="speeches")
    participant = models.ForeignKey(Participant, on_delete=models.PROTECT, related_name="speeches")
    lane = models.CharField(max_length=10, choices=Lane)
    subject = models.CharField(max_length=500, blank=True, help_text="What about; in chất vấn the question.")
    asked = models.ForeignKey(
        Participant, null=True, on_delete=models.PROTECT, related_name="+", help_text="Who is to answer a chất vấn."
    )
    paper = models.ForeignKey(
        "meetings.Paper", null=True, on_delete=models.SET_NULL, related_name="+", help_text="The paper it is about."
    )
    page = models.PositiveIntegerField(null=True, help_text="Its page, counted from 1.")
    position = models.PositiveIntegerField(default=0, help_text="Place in the manual order of its lane.")
    state = models.CharField(max_length=12, default="waiting", help_text="See meetings/workflow.py.")
    refusal = models.CharField(
        max_length=500, blank=True, default="", db_default="", help_text="Why the floor was not given; for who asked."
    )
    asked_at = models.DateTimeField()
    called_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["item", "participant", "lane"],
                condition=Q(state__in=STANDING) & ~Q(lane="question"),
                name="one_standing_request_per_lane",
            ),
            models.UniqueConstraint(
                fields=["item", "participant", "asked"],
                condition=Q(state__in=STANDING, lane="question"),
                name="one_standing_question_per_person_asked",
            ),
            models.UniqueConstraint(fields=["meeting"], condition=Q(state="speaking"), name="one_speaker_at_a_time"),
            models.UniqueConstraint(fields=["meeting"], condition=Q(state="called"), name="one_called_at_a_time"),
        ]

    def __str__(self) -> str:
        return f"{self.participant_id} {self.lane} {self.state}"


class Turn(models.Model):
    """One holding of the floor: whose, how long it may last, how long it has lasted. Times in milliseconds."""

    class Phase(models.TextChoices):
        """Speaking, or in a chất vấn asking and answering, each with its own time."""

        SPEAK = "speak"
        ASK = "ask"
        ANSWER = "answer"

    speech = models.ForeignKey(Speech, on_delete=models.CASCADE, related_name="turns")
    participant = models.ForeignKey(Participant, on_delete=models.PROTECT, related_name="turns")
    phase = models.CharField(max_length=10, choices=Phase)
    limit_seconds = models.PositiveIntegerField(default=0, help_text="0: no limit.")
    used_ms = models.PositiveIntegerField(default=0, help_text="Before `running_since`.")
    running_since = models.DateTimeField(null=True, help_text="None while paused or over.")
    started_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["started_at", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["speech"], condition=Q(ended_at__isnull=True), name="one_turn_at_a_time_per_speech"
            )
        ]

    def __str__(self) -> str:
        return f"{self.speech_id} {self.phase}"
