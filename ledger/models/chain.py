"""Hash-chained audit entries: one chain per agency and one per meeting, heads anchored by the installation key."""

from django.conf import settings
from django.db import models


class Chain(models.Model):
    """The head of one chain; `key` is opaque here (`agency:12`, `meeting:34`)."""

    key = models.CharField(max_length=80, unique=True)
    last = models.PositiveBigIntegerField(default=0)
    head = models.CharField(max_length=64, default="")
    anchored = models.PositiveBigIntegerField(default=0, help_text="The place of the newest anchor.")

    def __str__(self) -> str:
        return self.key


class AuditEntry(models.Model):
    """One act: who did what to which object when, chained by SHA-256 to the entry before it.

    An act that moved its object names its transition, whose content the hash covers too.
    """

    chain = models.ForeignKey(Chain, on_delete=models.PROTECT, related_name="entries", db_index=False)
    seq = models.PositiveBigIntegerField()
    at = models.DateTimeField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    post_id = models.BigIntegerField(null=True, help_text="The post the person acted in.")
    verb = models.CharField(max_length=60)
    object_type = models.CharField(max_length=60)
    object_id = models.UUIDField()
    data = models.JSONField(default=dict)
    transition = models.OneToOneField("ledger.Transition", null=True, on_delete=models.PROTECT, related_name="entry")
    previous = models.CharField(max_length=64)
    hash = models.CharField(max_length=64)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["chain", "seq"], name="audit_entry_once_per_place")]
        indexes = [models.Index(fields=["object_type", "object_id"], name="audit_by_object")]

    def __str__(self) -> str:
        return f"{self.chain_id}#{self.seq} {self.verb}"


class Anchor(models.Model):
    """A chain's head as it stood at `at`, signed with the installation key (Ed25519, kept outside the database)."""

    chain = models.ForeignKey(Chain, on_delete=models.PROTECT, related_name="anchors", db_index=False)
    seq = models.PositiveBigIntegerField()
    head = models.CharField(max_length=64)
    at = models.DateTimeField()
    key_id = models.CharField(max_length=16)
    signature = models.CharField(max_length=128)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["chain", "seq"], name="anchor_once_per_place")]

    def __str__(self) -> str:
        return f"{self.chain_id}#{self.seq}"
