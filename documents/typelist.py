"""Reading the catalogue of document types: the law's rows, an agency's own, what is offered there."""

from datetime import date

from django.db.models import Exists, OuterRef, Q, QuerySet

from documents.models import DocumentType, UnusedType
from documents.numbering import symbol
from search.fold import fold


def law_types() -> QuerySet[DocumentType]:
    """Return the rows of the law, past ones too."""
    return DocumentType.objects.filter(agency__isnull=True)


def own_types(agency_id: int) -> QuerySet[DocumentType]:
    """Return an agency's own rows, past and coming ones too."""
    return DocumentType.objects.filter(agency_id=agency_id)


def in_force(day: date, agency_id: int | None = None) -> QuerySet[DocumentType]:
    """Return the types in force on a day: of one code the agency's own row before the law's, then the newest."""
    lasting = Q(effective_to__isnull=True) | Q(effective_to__gt=day)
    known = Q(agency__isnull=True) if agency_id is None else Q(agency__isnull=True) | Q(agency=agency_id)
    rows = DocumentType.objects.filter(known & lasting, effective_from__lte=day)
    newer = Q(effective_from__gt=OuterRef("effective_from"), agency__isnull=True)
    legal = rows.filter(agency__isnull=True).exclude(Exists(rows.filter(newer, code=OuterRef("code"))))
    if agency_id is None:
        return legal.order_by("pk")
    own = rows.filter(agency=agency_id)
    return (legal.exclude(Exists(own.filter(code=OuterRef("code")))) | own).order_by("pk")


def past_and_coming(day: date, agency_id: int) -> QuerySet[DocumentType]:
    """Return the rows no longer or not yet in force, the latest first."""
    now = in_force(day, agency_id).values("pk")
    rows = DocumentType.objects.filter(Q(agency__isnull=True) | Q(agency=agency_id)).exclude(pk__in=now)
    return rows.order_by("-effective_from", "code")


def unused_codes(agency_id: int) -> set[str]:
    """Return the codes of the types the agency does not use."""
    return set(UnusedType.objects.filter(agency_id=agency_id).values_list("code", flat=True))


def example(kind: DocumentType, body: str, year: int) -> str:
    """Return what number and symbol of the first document of the year would look like."""
    return symbol(kind.number_pattern, number=1, year=year, type_abbreviation=kind.abbreviation, body=body, unit="VP")


def new_code(name: str, agency_id: int) -> str:
    """Return a code for a new type: the first letters of its words, with a number where they are taken."""
    letters = "".join(word[0] for word in fold(name).split() if word[0].isalnum()).upper()[:15] or "VB"
    rows = law_types() | own_types(agency_id)
    taken = set(rows.values_list("code", flat=True))
    return next(one for one in (letters, *(f"{letters}{n}" for n in range(2, 1000))) if one not in taken)
