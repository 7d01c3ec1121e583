"""Who opened which version: the access log for those who keep it, and the answers to questions of upper packages.

A line of the log stands for ten minutes of reading; of a protected document every opening has its own.
"""

from collections.abc import Callable, Iterable
from datetime import datetime, timedelta

from django.db.models import QuerySet

from documents.actions import openings
from documents.models import Access, Document, Opening, Version
from documents.protection import is_marked
from people.models import User

AGAIN_AFTER = timedelta(minutes=10)
AT_ONCE = timedelta(seconds=10)  # a page and the frame it asks for at once are one opening
Question = Callable[[User, Document], bool]
_questions: list[Question] = []


def register_question(question: Question) -> None:
    """Have openings noted where `question(user, document)` says so; called from an upper `AppConfig.ready`."""
    if question not in _questions:
        _questions.append(question)


def note_opening(version: Version, user: User, at: datetime) -> None:
    """Note that the person has the version before them."""
    marked = is_marked(version.document)
    if log_reading(version, user, at, AT_ONCE if marked else AGAIN_AFTER) or marked:
        _answer_questions(version, user, at)


def log_reading(version: Version, user: User, at: datetime, again_after: timedelta = AGAIN_AFTER) -> bool:
    """Add a line to the access log, unless there was one so shortly before; one's own file is nobody's business."""
    if version.document.owner_id == user.pk:
        return False
    if Access.objects.filter(version=version, user=user, at__gt=at - again_after).exists():
        return False
    openings.log(version, by=user, at=at)
    return True


def _answer_questions(version: Version, user: User, at: datetime) -> None:
    """Note the opening where somebody has a question about it; seldom writes."""
    last = Opening.objects.filter(version=version, user=user).values_list("last_at", flat=True).first()
    if last is not None and at - last < AGAIN_AFTER:
        return
    if last is not None or any(question(user, version.document) for question in _questions):
        openings.note(version, by=user, at=at)


def newest_opened(documents: Iterable[int]) -> dict[tuple[int, int], int]:
    """Return, by document and person, the newest version number the person has opened."""
    rows = Opening.objects.filter(version__document__in=list(documents)).order_by("version__number")
    return {
        (document, user): number
        for document, user, number in rows.values_list("version__document", "user", "version__number")
    }


def accesses_of(document: Document) -> "QuerySet[Access]":
    """Return the access log of a document, the newest line first."""
    return Access.objects.filter(version__document=document).select_related("user", "version").order_by("-at", "-pk")
