"""Who opened which version: only where an upper package has a question about it, and only it gets an answer."""

from collections.abc import Callable, Iterable
from datetime import datetime, timedelta

from documents.actions import openings
from documents.models import Document, Opening, Version
from people.models import User

AGAIN_AFTER = timedelta(minutes=10)
Question = Callable[[User, Document], bool]
_questions: list[Question] = []


def register_question(question: Question) -> None:
    """Have openings noted where `question(user, document)` says so; called from an upper `AppConfig.ready`."""
    if question not in _questions:
        _questions.append(question)


def note_opening(version: Version, user: User, at: datetime) -> None:
    """Note that the person has the version before them, where somebody has a question about it; seldom writes."""
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
