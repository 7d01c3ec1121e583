"""Posts join a person to an agency for a time; rights come from current posts only."""

from uuid import uuid4

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import pgettext_lazy

from people.models.agency import Agency
from search.fields import FoldedField


class Role(models.TextChoices):
    """What a post may do by default."""

    ADMIN = "admin", pgettext_lazy("role", "Administrator")
    CLERK = "clerk", pgettext_lazy("role", "Clerk")
    LEADER = "leader", pgettext_lazy("role", "Leader")
    OFFICIAL = "official", pgettext_lazy("role", "Official")


class Post(models.Model):
    """One person's post in one agency; `role` brings the rights, `title` is what documents print."""

    Role = Role

    public_id = models.UUIDField(default=uuid4, unique=True, editable=False)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="posts")
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="posts")
    role = models.CharField(max_length=12, choices=Role)
    title_folded = FoldedField(source="title")
    title = models.CharField(max_length=120, help_text="Chủ tịch, Chánh Văn phòng, Văn thư…")
    position = models.ForeignKey(
        "people.Position",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="posts",
        help_text="The title's entry in the catalogue, which puts lists into order.",
    )
    valid_from = models.DateField()
    valid_to = models.DateField(null=True, blank=True, help_text="First day the post is no longer held.")

    class Meta:
        ordering = ["valid_from", "id"]
        constraints = [
            models.UniqueConstraint(fields=["user", "agency", "role", "valid_from"], name="post_once_per_start"),
            models.CheckConstraint(
                condition=Q(valid_to__isnull=True) | Q(valid_to__gt=F("valid_from")), name="post_ends_later"
            ),
        ]

    def __str__(self) -> str:
        return self.title


class Delegation(models.Model):
    """For a time, `to` may act for the holder of `post` (NĐ 30/2020 Art. 13: in writing, limited, not passed on)."""

    public_id = models.UUIDField(default=uuid4, unique=True, editable=False)
    post = models.ForeignKey(Post, on_delete=models.PROTECT, related_name="delegations")
    to = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="delegated_posts")
    basis = models.CharField(max_length=200, help_text="The written authorisation.")
    valid_from = models.DateField()
    valid_to = models.DateField()
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [models.CheckConstraint(condition=Q(valid_to__gt=F("valid_from")), name="delegation_ends_later")]

    def __str__(self) -> str:
        return self.basis
