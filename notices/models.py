"""What was told to whom, how it is carried to them, on which devices, and what each person wants of it."""

from datetime import time
from uuid import uuid4

from django.conf import settings
from django.db import models
from django.db.models import Q


class Notice(models.Model):
    """One thing told to one person; `kind` and `values` become a sentence in the reader's language when shown."""

    public_id = models.UUIDField(default=uuid4, unique=True, editable=False)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="notices")
    kind = models.CharField(max_length=60, help_text="See notices/kinds.py.")
    values = models.JSONField(default=dict)
    url = models.CharField(max_length=300, blank=True)
    about = models.CharField(max_length=80, blank=True, help_text="What it is about: meeting:<pk>; opaque here.")
    key = models.CharField(max_length=120, blank=True, help_text="A reminder's own: told once only.")
    agency = models.ForeignKey("people.Agency", on_delete=models.PROTECT, related_name="+")
    ics = models.TextField(blank=True, help_text="A calendar file (RFC 5545) that goes along in mail.")
    created_at = models.DateTimeField()
    read_at = models.DateTimeField(null=True)
    taken_back_at = models.DateTimeField(null=True, help_text="No longer true, and gone from the list.")

    class Meta:
        ordering = ["-created_at", "-id"]
        constraints = [
            models.UniqueConstraint(fields=["user", "key"], condition=~Q(key=""), name="notice_once_per_key")
        ]
        indexes = [
            models.Index(fields=["user", "-created_at"], name="notices_of_a_person"),
            models.Index(
                fields=["user"], condition=Q(read_at__isnull=True, taken_back_at__isnull=True), name="notices_unread"
            ),
            models.Index(fields=["about"], name="notices_about"),
            models.Index(fields=["read_at"], name="notices_by_reading"),
        ]

    def __str__(self) -> str:
        return f"{self.kind}>{self.user_id}"


class Delivery(models.Model):
    """A notice on its way through one channel; `claim` names the worker that has it in hand until `next_try_at`."""

    class Channel(models.TextChoices):
        MAIL = "mail"
        PUSH = "push"

    class State(models.TextChoices):
        QUEUED = "queued"
        SENDING = "sending"
        SENT = "sent"
        FAILED = "failed"
        SKIPPED = "skipped"

    notice = models.ForeignKey(Notice, on_delete=models.CASCADE, related_name="deliveries")
    channel = models.CharField(max_length=4, choices=Channel.choices)
    state = models.CharField(max_length=8, choices=State.choices, default=State.QUEUED)
    attempts = models.PositiveSmallIntegerField(default=0)
    next_try_at = models.DateTimeField()
    claim = models.UUIDField(null=True)
    reason = models.CharField(max_length=200, blank=True, help_text="Why it was skipped, or what failed last.")
    done_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["notice", "channel"], name="delivery_once_per_channel")]
        indexes = [
            models.Index(
                fields=["next_try_at"], condition=Q(state__in=["queued", "sending"]), name="deliveries_to_carry"
            ),
            models.Index(fields=["channel", "-done_at"], name="deliveries_done"),
            models.Index(fields=["claim"], condition=Q(claim__isnull=False), name="deliveries_in_hand"),
        ]

    def __str__(self) -> str:
        return f"{self.channel} {self.state}"


class Device(models.Model):
    """A browser that asked for push; it counts only while the session it asked in is alive."""

    public_id = models.UUIDField(default=uuid4, unique=True, editable=False)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    session_key = models.CharField(max_length=40, db_index=True)
    endpoint = models.CharField(max_length=800)
    p256dh = models.CharField(max_length=100)
    auth = models.CharField(max_length=40)
    agent = models.CharField(max_length=200, blank=True)
    created_at = models.DateTimeField()
    reached_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["-created_at"]
        constraints = [models.UniqueConstraint(fields=["endpoint"], name="device_once_per_endpoint")]

    def __str__(self) -> str:
        return self.agent


def weekend() -> list[int]:
    """Return the days most offices are closed."""
    return [5, 6]


class Preference(models.Model):
    """What a person has chosen; without a row the defaults hold."""

    user = models.OneToOneField(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    off = models.JSONField(default=list, help_text='What is switched off: "mail:meetings".')
    quiet = models.BooleanField(default=True)
    quiet_from = models.TimeField(default=time(21, 0))
    quiet_until = models.TimeField(default=time(6, 30))
    days_off = models.JSONField(default=weekend, help_text="As `date.weekday` counts them.")

    def __str__(self) -> str:
        return f"{self.user_id}"
