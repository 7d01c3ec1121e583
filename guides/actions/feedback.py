"""Feedback: said, answered, closed."""

from collections.abc import Iterable
from datetime import datetime

from django.urls import reverse

from guides import rules
from guides.models import Feedback
from guides.notices import ANSWERED, NEW_FEEDBACK
from guides.rights import READ_FEEDBACK
from guides.workflow import FEEDBACK
from ledger.door import action
from ledger.record import record
from ledger.verdict import YES, first_no, no
from notices.actions.telling import tell
from people.locks import locked
from people.models import User
from people.queries import home_agency_id, ids_above, people_with_right
from search.fold import composed


@action
def say(*, kind: str, text: str, page: str, device: str, by: User, at: datetime) -> Feedback:
    """Send feedback to those who answer it in the person's agency and above."""
    text = composed(text).strip()
    first_no(rules.may_say(by), YES if text else no("feedback_empty")).require()
    agency_id = home_agency_id(by)
    feedback = Feedback.objects.create(
        agency_id=agency_id, user=by, kind=kind, text=text, page=page[:300], device=device[:200], created_at=at
    )
    record(feedback, "say", by=by, at=at, agency_id=agency_id, data={"kind": kind}, moved=("", FEEDBACK.initial))
    readers = people_with_right(ids_above(agency_id), READ_FEEDBACK).exclude(pk=by.pk)
    _tell(readers, NEW_FEEDBACK, feedback, by=by, at=at)
    return feedback


@action
def answer(feedback: Feedback, *, text: str, by: User, at: datetime) -> Feedback:
    """Answer; the person who wrote is told."""
    feedback = locked(feedback)
    text = composed(text).strip()
    first_no(rules.may_with_feedback(by, feedback, "answer"), YES if text else no("answer_empty")).require()
    before, feedback.state = feedback.state, "answered"
    feedback.answer, feedback.answered_by, feedback.answered_at = text, by, at
    feedback.save(update_fields=["state", "answer", "answered_by", "answered_at"])
    record(feedback, "answer", by=by, at=at, agency_id=feedback.agency_id, moved=(before, feedback.state))
    _tell([feedback.user], ANSWERED, feedback, by=by, at=at)
    return feedback


@action
def move(feedback: Feedback, *, verb: str, by: User, at: datetime) -> Feedback:
    """Close it, or open it again."""
    feedback = locked(feedback)
    rules.may_with_feedback(by, feedback, verb).require()
    row = FEEDBACK.move(feedback.state, verb)
    assert row is not None
    before, feedback.state = feedback.state, row.target
    feedback.save(update_fields=["state"])
    record(feedback, verb, by=by, at=at, agency_id=feedback.agency_id, moved=(before, feedback.state))
    return feedback


def _tell(users: Iterable[User], kind: str, feedback: Feedback, *, by: User, at: datetime) -> None:
    url = reverse("guides:feedback_one", args=[feedback.public_id])
    tell(users, kind, {"name": by.full_name}, url=url, agency_id=feedback.agency_id, at=at)
