"""Reading the catalogue of issuing bodies, and the list one pastes."""

import re
from dataclasses import dataclass
from uuid import UUID

from django.db.models import Q, QuerySet

from documents.models import IncomingDocument, Issuer
from documents.rights import CATALOGUES
from people.models import User
from people.names import normalised
from people.queries import agencies_with_right, only
from search.fold import fold, words

ORGAN_ID = re.compile(r"[A-Z0-9]{1,5}(\.[A-Z0-9]{1,5}){0,6}")
MOST_ID = 35


@dataclass(frozen=True)
class Line:
    """One pasted body."""

    name: str
    abbreviation: str = ""
    organ_id: str = ""


@dataclass(frozen=True)
class Wrong:
    """One pasted line that cannot be taken, with its number."""

    number: int
    text: str


def key_of(name: str) -> str:
    """Return what two spellings of one name have in common."""
    return " ".join(words(fold(normalised(name))))


def is_organ_id(text: str) -> bool:
    """Is it an identifier after QĐ 20/2020/QĐ-TTg: digits, capital letters and dots, at most 35?"""
    return len(text) <= MOST_ID and bool(ORGAN_ID.fullmatch(text))


def pasted(text: str) -> tuple[list[Line], list[Wrong]]:
    """Return the lines "name; abbreviation; identifier" of a list, and those that are wrong."""
    good: list[Line] = []
    wrong: list[Wrong] = []
    for number, line in enumerate(text.replace("\x00", "").splitlines(), start=1):
        if not line.strip():
            continue
        parts = [normalised(part) for part in re.split(r"[;\t]", line)]
        name, short, organ = (*parts, "", "")[:3]
        organ = organ.upper()
        fits = len(parts) <= 3 and key_of(name) and len(name) <= 200 and len(short) <= 40
        if fits and (not organ or is_organ_id(organ)):
            good.append(Line(name, short, organ))
        else:
            wrong.append(Wrong(number, line.strip()[:120]))
    return good, wrong


def kept_issuers(user: User, text: str = "", *, retired: bool = False) -> QuerySet[Issuer]:
    """Return the bodies in the catalogues the person keeps, those whose name or abbreviation holds every word."""
    rows = Issuer.objects.filter(agency__in=agencies_with_right(user, CATALOGUES), retired_on__isnull=not retired)
    for word in words(fold(text)):
        rows = rows.filter(Q(key__contains=word) | Q(abbreviation__icontains=word) | Q(organ_id__icontains=word))
    return rows.select_related("agency").order_by("key", "pk")


def get_kept_issuer(user: User, public_id: UUID) -> Issuer:
    """Return one body of a catalogue the person keeps, or `Unseen`."""
    rows = Issuer.objects.filter(agency__in=agencies_with_right(user, CATALOGUES))
    return only(rows.select_related("agency").filter(public_id=public_id))


def senders_not_listed(agency_id: int) -> list[str]:
    """Return who has sent documents to the agency and stands in its catalogue under no such name."""
    known = set(Issuer.objects.filter(agency_id=agency_id).values_list("key", flat=True))
    sent = IncomingDocument.objects.filter(agency_id=agency_id).order_by("author").values_list("author", flat=True)
    return [name for name in sent.distinct()[:500] if key_of(name) not in known][:20]
