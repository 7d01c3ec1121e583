"""Who takes part, as what, and whether they are in the room."""

from uuid import uuid4

from django.conf import settings
from django.db import models
from django.db.models import Q

from meetings.models.meeting import Meeting


class UnitInvitation(models.Model):
    """A unit invited as such; it names its people, each of whom becomes a participant."""

    public_id = models.UUIDField(default=uuid4, unique=True, editable=False)
    meeting = models.ForeignKey(Meeting, on_delete=models.CASCADE, related_name="units")
    agency = models.ForeignKey("people.Agency", on_delete=models.PROTECT, related_name="+")
    role = models.CharField(max_length=10, default="member", help_text="What its people are: member or guest.")
    seats = models.PositiveSmallIntegerField(default=1, help_text="How many people it may name.")
    remark = models.CharField(max_length=300, blank=True, help_text="Whom to send: lãnh đạo đơn vị.")
    declined_at = models.DateTimeField(null=True)
    decline_reason = models.CharField(max_length=500, blank=True)
    invited_at = models.DateTimeField(null=True)
    revision = models.PositiveIntegerField(default=1, help_text="Two people editing: the second one is told.")
    removed_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["meeting", "agency"], name="unit_once_per_meeting")]

    def __str__(self) -> str:
        return f"{self.agency_id}@{self.meeting_id}"


class Participant(models.Model):
    """One person in one meeting; `votes` is separate from the role (a UBND chair votes, a guest never)."""

    class Reply(models.TextChoices):
        """What the person answered; `excused` is an absence the chair approved, where the kind asks for that."""

        NONE = "none"
        ACCEPTED = "accepted"
        ABSENT = "absent"
        ASKED = "asked"
        EXCUSED = "excused"
        REFUSED = "refused"
        DELEGATED = "delegated"

    class Role(models.TextChoices):
        """What the person is in this meeting."""

        CHAIR = "chair"
        SECRETARY = "secretary"
        MEMBER = "member"
        GUEST = "guest"

    class Attends(models.TextChoices):
        """Where somebody takes part: in the room, at another site of the meeting, or online."""

        ROOM = "room"
        SITE = "site"
        ONLINE = "online"

    class ArrivalBy(models.TextChoices):
        """How a check-in came about: oneself, the code of the room's screen, the secretary, or from the connection."""

        SELF = "self"
        CODE = "code"
        SECRETARY = "secretary"
        CONNECTION = "connection"

    public_id = models.UUIDField(default=uuid4, unique=True, editable=False)
    meeting = models.ForeignKey(Meeting, on_delete=models.CASCADE, related_name="participants")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="participations")
    role = models.CharField(max_length=10, choices=Role)
    votes = models.BooleanField(default=False)
    title = models.CharField(max_length=120, blank=True, help_text="Post as printed in roll and minutes.")
    seat = models.CharField(max_length=10, blank=True)
    position = models.PositiveSmallIntegerField(default=0, help_text="Place in the list of the role; 0: by name.")
    revision = models.PositiveIntegerField(default=1, help_text="Two people editing: the second one is told.")
    unit = models.ForeignKey(UnitInvitation, null=True, blank=True, on_delete=models.PROTECT, related_name="people")
    stands_in_for = models.ForeignKey(
        "self",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="substitutes",
        help_text="Ủy quyền dự.",
    )
    lent_vote = models.BooleanField(
        default=False,
        db_default=False,
        help_text="Came with the vote of whom they stand in for; while that one is here it is there.",
    )
    reply = models.CharField(max_length=10, choices=Reply, default=Reply.NONE, help_text="See meetings/workflow.py.")
    reply_reason = models.CharField(max_length=500, blank=True, help_text="Why absent, or the basis of the delegation.")
    decision_words = models.CharField(max_length=500, blank=True, help_text="What the chair said to the absence.")
    replied_at = models.DateTimeField(null=True)
    attends = models.CharField(
        max_length=10, choices=Attends, default=Attends.ROOM, db_default=Attends.ROOM, help_text="Where they are."
    )
    site = models.ForeignKey(
        "meetings.Site", null=True, blank=True, on_delete=models.PROTECT, related_name="people", help_text="Điểm cầu."
    )
    checked_in_by = models.CharField(
        max_length=10,
        choices=ArrivalBy,
        blank=True,
        default="",
        db_default="",
        help_text="How the check-in came about.",
    )
    checked_in_at = models.DateTimeField(null=True)
    left_at = models.DateTimeField(null=True)
    told_from = models.PositiveBigIntegerField(
        default=0,
        help_text="Earlier events are not replayed: before invitation, publication, change of view.",
    )
    removed_at = models.DateTimeField(null=True, help_text="A removed participant stays in the record, without rights.")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["meeting", "user"], name="participant_once_per_meeting"),
            models.UniqueConstraint(
                fields=["meeting"], condition=Q(role="chair", removed_at__isnull=True), name="one_chair_per_meeting"
            ),
            models.CheckConstraint(condition=~Q(role="guest", votes=True), name="guest_never_votes"),
            models.UniqueConstraint(
                fields=["stands_in_for"], condition=Q(removed_at__isnull=True), name="one_substitute_per_person"
            ),
            models.UniqueConstraint(
                fields=["meeting", "seat"], condition=~Q(seat="") & Q(removed_at__isnull=True), name="seat_taken_once"
            ),
            models.CheckConstraint(
                condition=(Q(attends="site") & Q(site__isnull=False)) | (~Q(attends="site") & Q(site__isnull=True)),
                name="site_named_where_attended",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user_id}@{self.meeting_id} {self.role}"


class Group(models.Model):
    """Some of a meeting's participants, named: papers may be laid for one group only."""

    public_id = models.UUIDField(default=uuid4, unique=True, editable=False)
    meeting = models.ForeignKey(Meeting, on_delete=models.CASCADE, related_name="groups")
    name = models.CharField(max_length=120)
    people = models.ManyToManyField(Participant, related_name="groups", blank=True)
    papers = models.ManyToManyField("meetings.Paper", related_name="groups", blank=True)

    class Meta:
        ordering = ["name"]
        constraints = [models.UniqueConstraint(fields=["meeting", "name"], name="group_name_once_per_meeting")]

    def __str__(self) -> str:
        return self.name


class InviteeList(models.Model):
    """People and units an agency invites together again and again."""

    public_id = models.UUIDField(default=uuid4, unique=True, editable=False)
    agency = models.ForeignKey("people.Agency", on_delete=models.PROTECT, related_name="invitee_lists")
    name = models.CharField(max_length=120)
    users = models.ManyToManyField(settings.AUTH_USER_MODEL, related_name="+", blank=True)
    units = models.ManyToManyField("people.Agency", related_name="+", blank=True)

    class Meta:
        ordering = ["name"]
        constraints = [models.UniqueConstraint(fields=["agency", "name"], name="invitee_list_name_once")]

    def __str__(self) -> str:
        return self.name
