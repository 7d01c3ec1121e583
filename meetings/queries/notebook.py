"""One's own notes and opinions: every query begins with whose they are."""

from uuid import UUID

from django.db.models import QuerySet

from ledger.verdict import Unseen
from meetings.models import Meeting, NotebookEntry, Opinion
from meetings.queries.visible import visible_meetings
from people.models import User
from search.fold import fold, words

PLACED = ("user", "item", "paper__document", "version")


def own_notes(user: User, meeting: Meeting | None = None) -> QuerySet[NotebookEntry]:
    """Return the person's notes, of one meeting or of all, latest first; those thrown away are left out."""
    notes = NotebookEntry.objects.filter(user=user, deleted_at__isnull=True)
    notes = notes if meeting is None else notes.filter(meeting=meeting)
    return notes.select_related("meeting").order_by("-changed_at", "-pk")


def found_notes(user: User, text: str, meeting: Meeting | None = None) -> QuerySet[NotebookEntry]:
    """Return the person's notes that hold every word, marks and case aside."""
    notes = own_notes(user, meeting)
    for word in words(fold(text)):
        notes = notes.filter(text_folded__contains=word)
    return notes


def get_own_note(user: User, public_id: UUID) -> NotebookEntry:
    """Return one note of the person's own, thrown away or not, or raise Unseen."""
    note = NotebookEntry.objects.filter(user=user, public_id=public_id).select_related("meeting__agency").first()
    if note is None:
        raise Unseen
    return note


def own_opinions(user: User, meeting: Meeting) -> dict[int, Opinion]:
    """Return the person's opinions on items as such, by item."""
    return {one.item_id: one for one in Opinion.objects.filter(item__meeting=meeting, user=user, note__isnull=True)}


def own_remarks(user: User, meeting: Meeting) -> QuerySet[Opinion]:
    """Return the person's remarks on papers, those taken back too, in the order of the pages."""
    found = Opinion.objects.filter(item__meeting=meeting, user=user, note__isnull=False)
    return found.select_related(*PLACED).order_by("item__position", "paper__position", "page", "created_at", "pk")


def get_own_remark(user: User, meeting: Meeting, public_id: UUID) -> Opinion:
    """Return one remark of the person's own in this meeting, or raise Unseen."""
    remark = own_remarks(user, meeting).filter(public_id=public_id).first()
    if remark is None:
        raise Unseen
    return remark


def handed_in(meeting: Meeting) -> QuerySet[Opinion]:
    """Return the opinions the chair has got, in agenda order, authors fetched along; whether one may ask is a rule."""
    found = Opinion.objects.filter(item__meeting=meeting, handed_in_at__isnull=False)
    return found.select_related(*PLACED).order_by("item__position", "handed_in_at", "pk")


def meetings_with_notes(user: User) -> QuerySet[Meeting]:
    """Return the meetings one has notes of."""
    return visible_meetings(user).filter(pk__in=own_notes(user).order_by().values("meeting"))
