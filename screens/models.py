"""Screens: waiting with a code, or paired with one meeting; and who typed wrong codes."""

from uuid import uuid4

from django.conf import settings
from django.db import models
from django.db.models import Q


class Screen(models.Model):
    """One browser on a wall. It knows itself by a cookie of which only the hash is kept; one pairing, one row."""

    class Theme(models.TextChoices):
        """Light letters on dark for a dim hall, dark on light for a bright one."""

        DARK = "dark"
        LIGHT = "light"

    public_id = models.UUIDField(default=uuid4, unique=True, editable=False)
    token_hash = models.CharField(max_length=64, blank=True, help_text="Of the cookie; empty: it opens nothing.")
    code_hash = models.CharField(max_length=64, blank=True, help_text="Of the six digits shown while it waits.")
    code_until = models.DateTimeField(null=True)
    address = models.GenericIPAddressField(null=True, help_text="From where it asked for a code.")
    meeting = models.ForeignKey("meetings.Meeting", null=True, on_delete=models.CASCADE, related_name="screens")
    site = models.ForeignKey("meetings.Site", null=True, on_delete=models.SET_NULL, related_name="screens")
    label = models.CharField(max_length=60, blank=True, help_text="Where it hangs: Hội trường, bên trái.")
    theme = models.CharField(max_length=10, choices=Theme, default=Theme.DARK)
    paired_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    paired_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)
    seen_at = models.DateTimeField(null=True)
    revision = models.PositiveIntegerField(default=1, help_text="Two people editing: the second one is told.")
    created_at = models.DateTimeField()

    class Meta:
        ordering = ["label", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["token_hash"], condition=~Q(token_hash=""), name="screen_token_once"),
            models.UniqueConstraint(fields=["code_hash"], condition=~Q(code_hash=""), name="screen_code_once"),
            models.UniqueConstraint(
                fields=["meeting", "label"], condition=Q(ended_at__isnull=True), name="screen_label_once_per_meeting"
            ),
            models.CheckConstraint(
                condition=Q(meeting__isnull=True) | Q(code_hash="", paired_at__isnull=False),
                name="paired_screen_has_no_code",
            ),
            models.CheckConstraint(
                condition=Q(ended_at__isnull=True) | Q(token_hash=""), name="ended_screen_has_no_token"
            ),
        ]
        indexes = [models.Index(fields=["created_at"], condition=Q(meeting__isnull=True), name="screens_waiting")]

    def __str__(self) -> str:
        return self.label


class WrongCodes(models.Model):
    """How many wrong codes a person has typed lately: guessing six digits ends after five."""

    user = models.OneToOneField(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    count = models.PositiveSmallIntegerField(default=0)
    since = models.DateTimeField(help_text="When the count began.")

    def __str__(self) -> str:
        return f"{self.user_id}: {self.count}"
