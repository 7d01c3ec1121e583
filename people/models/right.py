"""Extra rights: what a post may do beyond what its role brings."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from people.models.post import Post


class PostRight(models.Model):
    """One extra right of one post, given by an administrator; it ends with the post or when it is taken back."""

    post = models.ForeignKey(Post, on_delete=models.CASCADE, related_name="extra_rights")
    code = models.CharField(max_length=60, help_text="See people/rights.py.")
    given_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    given_at = models.DateTimeField()
    taken_back_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["post", "code"], condition=Q(taken_back_at__isnull=True), name="extra_right_once_per_post"
            )
        ]

    def __str__(self) -> str:
        return f"{self.code}@{self.post_id}"
