"""Outgoing documents: draft → review → leader signs → number and seal → issue."""

from uuid import uuid4

from django.conf import settings
from django.db import models
from django.db.models import Q

from documents.models.document import Document, Version
from documents.models.register import BookNumber, DocumentType


class OutgoingDocument(models.Model):
    """One document on its way out; `content` is what typst lays out, frozen once a version is prepared to sign."""

    public_id = models.UUIDField(default=uuid4, unique=True, editable=False)
    document = models.OneToOneField(Document, on_delete=models.PROTECT, related_name="outgoing")
    agency = models.ForeignKey("people.Agency", on_delete=models.PROTECT, related_name="outgoing_documents")
    type = models.ForeignKey(DocumentType, on_delete=models.PROTECT, related_name="+")
    subject = models.CharField(max_length=500, help_text="Trích yếu.")
    content = models.JSONField(default=dict, help_text="Paragraphs, places to send to, signature block.")
    boxes = models.JSONField(default=dict, help_text="Places of the fields in `version`: name → page and corners.")
    state = models.CharField(max_length=20, default="draft", help_text="See documents/workflow.py.")
    signer_post = models.ForeignKey("people.Post", on_delete=models.PROTECT, related_name="+")
    version = models.ForeignKey(
        Version, null=True, on_delete=models.PROTECT, related_name="+", help_text="What is signed next, or was issued."
    )
    number = models.OneToOneField(BookNumber, null=True, on_delete=models.PROTECT, related_name="outgoing")
    symbol = models.CharField(max_length=60, blank=True, help_text="01/TB-UBND, fixed when the number is given.")
    issued_on = models.DateField(null=True, help_text="Legal day on the document.")
    return_reason = models.CharField(max_length=500, blank=True)
    source_key = models.CharField(max_length=80, blank=True, db_index=True, help_text="What it was drafted from.")
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    created_at = models.DateTimeField()
    revision = models.PositiveIntegerField(default=1, help_text="Two people editing: the second one is told.")

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(number__isnull=True, symbol="") | (Q(number__isnull=False) & ~Q(symbol="")),
                name="numbered_document_has_symbol",
            )
        ]

    def __str__(self) -> str:
        return self.symbol or self.subject
