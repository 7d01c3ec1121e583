"""Reading notes: one's own, and those shared with a circle one is in or with oneself by name; nobody else's."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.db.models import Exists, OuterRef, Prefetch, Q, QuerySet

from annotations.circles import Circle, circles_of, own_key
from annotations.models import Annotation, AnnotationAudience, Reply
from annotations.wire import for_others, for_owner, note_of
from documents.models import Document
from documents.queries import visible_documents
from people.models import User
from people.queries import active_people

UNDONE_WITHIN = timedelta(days=1)
Snapshot = dict[str, Any]


def notes_on(document: Document) -> QuerySet[Annotation]:
    """Return every note on what is still there of a document, for this package alone: whose they are comes after."""
    notes = Annotation.objects.filter(document=document, version__rendition__purged_at__isnull=True)
    return notes.select_related("version", "user", "origin").order_by("order")


def heard_by(notes: QuerySet[Annotation], keys: Iterable[str]) -> QuerySet[Annotation]:
    """Return those notes that are shared with one of these audiences."""
    audiences = AnnotationAudience.objects.filter(annotation=OuterRef("pk"), key__in=list(keys))
    return notes.filter(Exists(audiences), erased_at__isnull=True)


def with_replies(notes: QuerySet[Annotation]) -> QuerySet[Annotation]:
    """Have the answers fetched along, as `answers`."""
    replies = Reply.objects.filter(erased_at__isnull=True).select_related("user")
    return notes.prefetch_related(Prefetch("replies", queryset=replies, to_attr="answers"))


def visible_annotations(
    user: User, document: Document, circles: Iterable[Circle] | None = None
) -> QuerySet[Annotation]:
    """Return what the person sees on a document they may read: own notes and shared ones, in the server's order."""
    known = circles_of(user, document) if circles is None else circles
    keys = [own_key(user.pk), *(circle.key for circle in known)]
    shared = AnnotationAudience.objects.filter(document=document, key__in=keys).values("annotation")
    readable = visible_documents(user).filter(pk=document.pk)
    notes = notes_on(document).filter(Q(user=user) | Q(pk__in=shared), document__in=readable, erased_at__isnull=True)
    return with_replies(notes)


def personal_snapshot(user: User, document: Document, at: datetime) -> Snapshot:
    """Return the state of a person's own stream: own notes, erased ones for a day, and those shared by name."""
    fresh = Q(erased_at__isnull=True) | Q(erased_at__gt=at - UNDONE_WITHIN)
    own = with_replies(notes_on(document).filter(fresh, user=user))
    named = AnnotationAudience.objects.filter(document=document, key=own_key(user.pk)).values("annotation")
    others = with_replies(notes_on(document).filter(pk__in=named, erased_at__isnull=True).exclude(user=user))
    return {"notes": shared_part(others) | dict(lines(own, for_owner))}


def circle_snapshot(document: Document, key: str) -> Snapshot:
    """Return the state of a circle's stream: the same for everybody in it."""
    shared = AnnotationAudience.objects.filter(document=document, key=key).values("annotation")
    return {"notes": shared_part(with_replies(notes_on(document).filter(pk__in=shared, erased_at__isnull=True)))}


def seen_snapshot(user: User, document: Document, circles: Iterable[Circle] | None = None) -> Snapshot:
    """Return everything the person sees on a document at once, for pages without a line and for taking along."""
    return {"notes": shared_part(visible_annotations(user, document, circles))}


def shared_part(notes: QuerySet[Annotation]) -> Snapshot:
    """Return notes as everybody sees them who sees them at all."""
    return dict(lines(notes, for_others))


def lines(notes: QuerySet[Annotation], shape: Any) -> Iterable[tuple[str, Any]]:
    """Return notes by id, as the wire has them."""
    for row in notes:
        note = shape(note_of(row, row.answers))  # type: ignore[attr-defined]
        if note is not None:
            yield str(row.public_id), note


def named_readers(document: Document, public_ids: Iterable[UUID | str]) -> list[User] | None:
    """Return the people of these ids, if every one of them may read the document: one can share with them by name."""
    wanted = list(public_ids)
    people = list(active_people().filter(public_id__in=wanted))
    reading = [user for user in people if visible_documents(user).filter(pk=document.pk).exists()]
    return people if len(reading) == len(people) == len(wanted) else None


def purged_versions(document: Document) -> int:
    """Return how many versions of a document were destroyed: what was noted on them is shown no more."""
    return document.versions.filter(rendition__purged_at__isnull=False).count()


def own_annotations(user: User) -> QuerySet[Annotation]:
    """Return the person's own notes that are not erased, on what is still there: for packages above."""
    own = Annotation.objects.filter(user=user, erased_at__isnull=True, version__rendition__purged_at__isnull=True)
    return own.select_related("document", "version", "user", "origin")
