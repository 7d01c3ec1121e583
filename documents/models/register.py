"""Document types as dated data, register books and their gap-explaining numbers."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q


class DocumentType(models.Model):
    """A type of document, its abbreviation and number pattern, in force from a date on a legal basis.

    Rows without an agency are the law's; an agency's own row of the same code stands before them there.
    """

    agency = models.ForeignKey("people.Agency", null=True, on_delete=models.PROTECT, related_name="+")
    code = models.CharField(max_length=20)
    name = models.CharField(max_length=80)
    abbreviation = models.CharField(max_length=10, blank=True, help_text="Empty for công văn and thư công.")
    number_pattern = models.CharField(max_length=60, default="{number}/{type}-{body}")
    basis = models.CharField(max_length=120)
    effective_from = models.DateField()
    effective_to = models.DateField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["code", "effective_from"], condition=Q(agency__isnull=True), name="legal_type_once_per_start"
            ),
            models.UniqueConstraint(fields=["agency", "code", "effective_from"], name="agency_type_once_per_start"),
            models.CheckConstraint(
                condition=Q(effective_to__isnull=True) | Q(effective_to__gt=F("effective_from")),
                name="document_type_ends_after_start",
            ),
        ]

    def __str__(self) -> str:
        return self.name


class UnusedType(models.Model):
    """A type of document an agency has no use for: not offered there when a document is drafted."""

    agency = models.ForeignKey("people.Agency", on_delete=models.PROTECT, related_name="+")
    code = models.CharField(max_length=20)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["agency", "code"], name="unused_type_once")]

    def __str__(self) -> str:
        return f"{self.agency_id} {self.code}"


class Book(models.Model):
    """A register (sổ): one counter per body, kind and year, starting at 01 on 1 January (NĐ 30/2020 Art. 15)."""

    class Direction(models.TextChoices):
        """Which way the documents of a book go."""

        OUTGOING = "outgoing"
        INCOMING = "incoming"

    agency = models.ForeignKey("people.Agency", on_delete=models.PROTECT, related_name="books")
    direction = models.CharField(max_length=10, choices=Direction)
    series = models.CharField(max_length=40, default="general", help_text="general, copies, or an advisory body.")
    year = models.PositiveSmallIntegerField()
    last = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["agency", "direction", "series", "year"], name="book_once_per_year")
        ]
        permissions = [("keep_book", "Read an entrusted register")]

    def __str__(self) -> str:
        return f"{self.agency_id} {self.direction} {self.year}"


class BookNumber(models.Model):
    """One number of a book: used by a document, or voided with a reason, never silently missing."""

    book = models.ForeignKey(Book, on_delete=models.PROTECT, related_name="numbers")
    number = models.PositiveIntegerField()
    day = models.DateField(help_text="Legal day it was given.")
    document = models.ForeignKey("documents.Document", null=True, on_delete=models.PROTECT, related_name="numbers")
    void_reason = models.CharField(max_length=300, blank=True)
    given_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    given_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["book", "number"], name="number_once_per_book"),
            models.CheckConstraint(
                condition=Q(document__isnull=False) | ~Q(void_reason=""), name="number_without_document_is_explained"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.book_id}/{self.number:02d}"


class PaperRange(models.Model):
    """Numbers of a book given on paper, outside the system: from a first to a last, known together."""

    book = models.ForeignKey(Book, on_delete=models.PROTECT, related_name="paper_ranges")
    first = models.PositiveIntegerField()
    last = models.PositiveIntegerField()
    reason = models.CharField(max_length=300, blank=True)
    set_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    set_at = models.DateTimeField()

    class Meta:
        ordering = ["first"]
        constraints = [
            models.UniqueConstraint(fields=["book", "first"], name="paper_range_once_per_start"),
            models.CheckConstraint(condition=Q(first__gte=1, last__gte=F("first")), name="paper_range_in_order"),
        ]

    def __str__(self) -> str:
        return f"{self.first}–{self.last}"
