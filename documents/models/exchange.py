"""From issue to arrival: one delivery per recipient, one incoming document per arrival."""

from uuid import uuid4

from django.db import models

from documents.models.document import Document
from documents.models.outgoing import OutgoingDocument
from documents.models.register import BookNumber


class Delivery(models.Model):
    """One sending of an outgoing document to one agency (status codes of the exchange: 01 arrived, 03 received…)."""

    outgoing = models.ForeignKey(OutgoingDocument, on_delete=models.PROTECT, related_name="deliveries")
    agency = models.ForeignKey("people.Agency", on_delete=models.PROTECT, related_name="+")
    state = models.CharField(max_length=20, default="planned", help_text="planned, arrived, received, refused.")
    sent_at = models.DateTimeField(null=True)
    received_at = models.DateTimeField(null=True)
    refuse_reason = models.CharField(max_length=500, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["outgoing", "agency"], name="delivery_once_per_agency")]

    def __str__(self) -> str:
        return f"{self.outgoing_id} → {self.agency_id} {self.state}"


class IncomingDocument(models.Model):
    """A document that came to an agency; numbered (số đến) when the clerk receives it (NĐ 30/2020 Art. 22)."""

    public_id = models.UUIDField(default=uuid4, unique=True, editable=False)
    agency = models.ForeignKey("people.Agency", on_delete=models.PROTECT, related_name="incoming_documents")
    document = models.ForeignKey(Document, on_delete=models.PROTECT, related_name="arrivals")
    delivery = models.OneToOneField(Delivery, null=True, on_delete=models.PROTECT, related_name="arrival")
    author = models.CharField(max_length=200, help_text="Issuing agency.")
    symbol = models.CharField(max_length=60)
    issued_on = models.DateField()
    subject = models.CharField(max_length=500)
    state = models.CharField(max_length=20, default="arrived", help_text="See documents/workflow.py.")
    number = models.OneToOneField(BookNumber, null=True, on_delete=models.PROTECT, related_name="incoming")
    arrived_at = models.DateTimeField()
    received_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["agency", "document"], name="arrival_once_per_agency")]

    def __str__(self) -> str:
        return self.symbol
