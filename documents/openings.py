"""Who opened which version: the access log for those who keep it, and the answers to questions of upper packages.

A line of the log stands for ten minutes of reading; of a protected document every opening has its own.
"""

from collections.abc import Callable, Iterable
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils.dateparse import parse_datetime

from documents.actions import openings
from documents.models import Access, Document, Opening, Version
from documents.protection import is_marked
from documents.queries import visible_documents
from people.models import User

AGAIN_AFTER = timedelta(minutes=10)
AT_ONCE = timedelta(seconds=10)  # a page and the frame it asks for at once are one opening
DEVICE_REMEMBERS = timedelta(days=60)
MOST_TOLD = 500
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


def note_on_device(user: User, told: Iterable[Any], at: datetime) -> int:
    """Note what a device says was read on it without a network, each at its own time; return how many were new.

    Said again, it is noted once. A version is known if the person may read it now or has opened it before.
    """
    read = [found for one in list(told)[:MOST_TOLD] if (found := moment_of(one, at)) is not None]
    before = Access.objects.filter(version=OuterRef("pk"), user=user)
    known = Version.objects.filter(public_id__in={key for key, _ in read}).select_related("document")
    versions = known.filter(Q(document__in=visible_documents(user).order_by()) | Exists(before))
    by_id = {version.public_id: version for version in versions if version.document.owner_id != user.pk}
    lines = [(by_id[key], max(when, by_id[key].created_at)) for key, when in read if key in by_id]
    if not lines:
        return 0
    opened = set(Opening.objects.filter(user=user, version__in=by_id.values()).values_list("version", flat=True))
    asked = {version.pk for version in by_id.values() if version.pk not in opened and _is_asked(version, user)}
    return openings.log_from_device(lines, apart=AGAIN_AFTER, asked=asked, by=user, at=at)


def moment_of(told: Any, now: datetime) -> tuple[UUID, datetime] | None:
    """Return which version was read and when, as far as it can be: not in the future, not long ago."""
    try:
        key, when = UUID(told["version"]), parse_datetime(told["at"])
    except (ValueError, TypeError, KeyError, AttributeError):
        return None
    if when is None or when.tzinfo is None or when < now - DEVICE_REMEMBERS:
        return None
    return key, min(when, now)


def _is_asked(version: Version, user: User) -> bool:
    """Has somebody a question about whether the person opened this?"""
    return any(question(user, version.document) for question in _questions)


def _answer_questions(version: Version, user: User, at: datetime) -> None:
    """Note the opening where somebody has a question about it; seldom writes."""
    last = Opening.objects.filter(version=version, user=user).values_list("last_at", flat=True).first()
    if last is not None and at - last < AGAIN_AFTER:
        return
    if last is not None or _is_asked(version, user):
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
