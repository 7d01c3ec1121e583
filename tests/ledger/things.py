"""Something with states, for tests of the ledger: a table of moves, two fact rules and an action."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from uuid import UUID, uuid4

from django.db import models

from ledger.door import action
from ledger.facts import FactDraft, fact_rule
from ledger.models import Transition
from ledger.record import record
from ledger.workflow import Move, Workflow
from people.models import User

NOON = datetime(2026, 11, 21, 5, 0, tzinfo=UTC)
FLOW = Workflow(
    "thing",
    "new",
    [
        Move("new", "start", "running", "owner"),
        Move("running", "pause", "new", "owner"),
        Move("running", "finish", "done", "owner"),
        Move("done", "reopen", "running", "owner"),
    ],
)


class Thing(models.Model):
    """An object without a table: only its id and its kind matter to the ledger."""

    public_id = models.UUIDField(default=uuid4)

    class Meta:
        app_label = "tests"
        managed = False


@fact_rule("tests.thing", "running")
def started(transition: Transition) -> Iterator[FactDraft]:
    """Every hand that was there at the start counts."""
    for hand in transition.attributes.get("hands", []):
        yield FactDraft("thing.started", subject=hand, attributes={"weight": transition.attributes.get("weight", 0)})


@fact_rule("tests.thing", "done")
def finished(transition: Transition) -> Iterator[FactDraft]:
    """A thing is finished once, however often it is reopened."""
    yield FactDraft("thing.finished", attributes={"verb": transition.verb})


def person(name: str = "an") -> User:
    """Return a saved user."""
    return User.objects.create_user(f"{name}-{uuid4().hex[:8]}", full_name="Nguyễn Văn An")


def thing(public_id: UUID | None = None) -> Thing:
    """Return an unsaved thing."""
    return Thing(public_id=public_id or uuid4())


@action
def note(obj: Thing, *, by: User, at: datetime, agency_id: int = 1, chain: str = "", text: str = "") -> None:
    """Record that something was said about a thing."""
    record(obj, "note", by=by, at=at, agency_id=agency_id, chain=chain, data={"text": text})


@action
def move(obj: Thing, source: str, verb: str, *, by: User, at: datetime, hands: list[str], weight: float) -> None:
    """Move a thing along its table."""
    target = FLOW.move(source, verb)
    assert target is not None
    record(
        obj,
        verb,
        by=by,
        at=at,
        agency_id=1,
        moved=(source, target.target),
        attributes={"hands": hands, "weight": weight},
    )


def later(minutes: int) -> datetime:
    """Return a moment after noon."""
    return NOON + timedelta(minutes=minutes)
