"""What every face does with operations that come in: one door, tried once more where two came at one moment."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import IntegrityError, OperationalError

from annotations.actions.annotating import apply_operations
from annotations.standing import standing_of
from people.models import User


def take(user: User, public_id: UUID, operations: Sequence[Any], at: datetime) -> list[dict[str, Any]]:
    """Do operations on a document's notes; return an answer for each, in the active language."""
    document = standing_of(user, public_id).document
    try:
        answers = apply_operations(document, operations=operations, by=user, at=at)
    except (OperationalError, IntegrityError):  # an id that somebody took at this very moment is there the second time
        answers = apply_operations(document, operations=operations, by=user, at=at)
    return [answer.as_data() for answer in answers]
