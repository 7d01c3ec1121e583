"""Named votes: the question, the frozen roll, one ballot per person, ballots entered by name."""

from uuid import uuid4

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from meetings.models.agenda import AgendaItem
from meetings.models.meeting import Meeting
from meetings.models.participant import Participant


class Vote(models.Model):
    """One question put to the vote; its rule (labels, base, threshold, basis) is copied in when it is prepared."""

    class Form(models.TextChoices):
        """What is asked: for or against, one of several, several of several."""

        APPROVE = "approve"
        ONE = "one"
        SEVERAL = "several"

    class Manner(models.TextChoices):
        """Where it is held: on the tablets (with hands and paper entered by name), or outside the program."""

        ROOM = "room"
        OUTSIDE = "outside"

    public_id = models.UUIDField(default=uuid4, unique=True, editable=False)
    meeting = models.ForeignKey(Meeting, on_delete=models.PROTECT, related_name="votes")
    item = models.ForeignKey(AgendaItem, on_delete=models.PROTECT, related_name="votes")
    position = models.PositiveIntegerField(default=0, help_text="Their order under the item.")
    question = models.CharField(max_length=500)
    form = models.CharField(max_length=10, choices=Form, default=Form.APPROVE, db_default=Form.APPROVE)
    manner = models.CharField(max_length=10, choices=Manner, default=Manner.ROOM, db_default=Manner.ROOM)
    options = models.JSONField(help_text='[{"code": "yes", "label": "Tán thành"}, …]')
    rule = models.JSONField(help_text="Base, threshold, carrying option, legal basis; see meetings/counting.py.")
    state = models.CharField(max_length=20, default="prepared", help_text="See meetings/workflow.py.")
    seconds = models.PositiveIntegerField(null=True, help_text="Countdown; none: until the chair closes.")
    opened_at = models.DateTimeField(null=True)
    closes_at = models.DateTimeField(null=True, help_text="End of the countdown: later ballots are not in time.")
    closed_at = models.DateTimeField(null=True)
    declared_at = models.DateTimeField(null=True, help_text="From here on everybody sees the result.")
    annulled_at = models.DateTimeField(null=True)
    annul_reason = models.CharField(max_length=500, blank=True, default="", db_default="")
    replaces = models.ForeignKey(
        "self", null=True, on_delete=models.PROTECT, related_name="repeats", help_text="The annulled vote held again."
    )
    result = models.JSONField(default=dict, help_text="Counts and outcome, fixed at closing.")
    digest = models.CharField(
        max_length=64, blank=True, default="", db_default="", help_text="SHA-256 of the result as shown."
    )
    outside = models.JSONField(default=dict, db_default={}, help_text="How and where a vote outside was held.")
    revision = models.PositiveIntegerField(default=1, help_text="Two people editing: the second one is told.")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["meeting"], condition=Q(state="open"), name="one_open_vote_per_meeting"),
            models.UniqueConstraint(
                fields=["replaces"], condition=~Q(state="dropped"), name="annulled_vote_held_again_once"
            ),
            models.CheckConstraint(
                condition=~Q(state="annulled") | (Q(annulled_at__isnull=False) & ~Q(annul_reason="")),
                name="vote_annulled_with_reason",
            ),
            models.CheckConstraint(
                condition=~Q(state="declared") | Q(declared_at__isnull=False), name="declared_vote_says_when"
            ),
        ]

    def __str__(self) -> str:
        return self.question

    @property
    def was_declared(self) -> bool:
        """Was the result made known to everybody? One annulled before that stays with chair and secretary."""
        return self.declared_at is not None


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

    class Manner(models.TextChoices):
        """How it was given: on one's tablet, or by hand or on paper and entered by name."""

        DEVICE = "device"
        HANDS = "hands"
        PAPER = "paper"

    vote = models.ForeignKey(Vote, on_delete=models.PROTECT, related_name="ballots")
    participant = models.ForeignKey(Participant, on_delete=models.PROTECT, related_name="+")
    choice = models.CharField(max_length=30, blank=True, help_text="Empty where several are chosen.")
    choices = models.JSONField(default=list, db_default=[], help_text="Codes, in a vote where several are chosen.")
    remark = models.CharField(max_length=1000, blank=True, help_text="The words of an ý kiến khác.")
    manner = models.CharField(max_length=10, choices=Manner, default=Manner.DEVICE, db_default=Manner.DEVICE)
    revision = models.PositiveIntegerField(
        default=1, db_default=1, help_text="Counts changes, where the rule allows any."
    )
    cast_at = models.DateTimeField(help_text="Server receipt.")
    client_id = models.UUIDField(null=True, help_text="The device's command: the same tap again is the same ballot.")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["vote", "participant"], name="ballot_once_per_person")]

    def __str__(self) -> str:
        return f"{self.vote_id}:{self.participant_id}"

    @property
    def chosen(self) -> tuple[str, ...]:
        """The codes chosen: one, or several where the vote lets choose several."""
        return (self.choice,) if self.choice else tuple(self.choices)


class EnteredBallot(models.Model):
    """A raised hand or a paper ballot entered by name; it counts once a second person has confirmed it."""

    class State(models.TextChoices):
        """Where it stands."""

        ENTERED = "entered"
        CONFIRMED = "confirmed"
        TAKEN_BACK = "taken_back"

    public_id = models.UUIDField(default=uuid4, unique=True, editable=False)
    vote = models.ForeignKey(Vote, on_delete=models.PROTECT, related_name="entries")
    participant = models.ForeignKey(Participant, on_delete=models.PROTECT, related_name="+")
    manner = models.CharField(max_length=10, choices=Ballot.Manner)
    choice = models.CharField(max_length=30, blank=True)
    choices = models.JSONField(default=list)
    remark = models.CharField(max_length=1000, blank=True)
    state = models.CharField(max_length=12, choices=State, default=State.ENTERED)
    entered_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    entered_at = models.DateTimeField()
    confirmed_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    confirmed_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["vote", "participant"], condition=~Q(state="taken_back"), name="entered_once_per_person"
            ),
            models.CheckConstraint(
                condition=Q(confirmed_by__isnull=True) | ~Q(confirmed_by=F("entered_by")),
                name="entered_ballot_confirmed_by_another",
            ),
            models.CheckConstraint(
                condition=~Q(state="confirmed") | Q(confirmed_by__isnull=False), name="confirmed_ballot_says_by_whom"
            ),
            models.CheckConstraint(condition=~Q(manner="device"), name="entered_ballot_is_by_hand_or_paper"),
        ]

    def __str__(self) -> str:
        return f"{self.vote_id}:{self.participant_id} {self.state}"
