"""Operations and notes to test with, on the papers of a meeting."""

from itertools import count
from typing import Any
from uuid import uuid4

from annotations.actions.annotating import Answer, apply_operations
from annotations.models import Annotation
from documents.models import Document
from people.models import User
from tests.meetings.factories import World, now
from tests.people.factories import fresh

COUNTER = count(1)
STYLE = {"colour": "#c62828", "width": 2, "opacity": 1}
INK = {"points": [10, 20, 0.5, 11.25, 21.5, 0.62]}


def op(do: str, note: str | None = None, **said: Any) -> dict[str, Any]:
    return {"id": str(uuid4()), "stamp": next(COUNTER), "do": do, "note": note or str(uuid4()), **said}


def put(document: Document, note: str | None = None, **said: Any) -> dict[str, Any]:
    version = document.versions.order_by("-number").first()
    assert version is not None
    made = {"version": str(version.public_id), "page": 1, "kind": "ink", "shape": INK, "style": STYLE, "body": ""}
    return op("put", note, **made | said)


def do(document: Document, user: User, *operations: Any) -> list[Answer]:
    return apply_operations(document, operations=list(operations), by=fresh(user), at=now())


def codes(answers: list[Answer]) -> list[str]:
    return [answer.verdict.code for answer in answers]


def noted(document: Document, user: User, **said: Any) -> Annotation:
    asked = put(document, **said)
    assert codes(do(document, user, asked)) == [""]
    return Annotation.objects.get(public_id=asked["note"])


def meeting_circle(world: World) -> dict[str, str]:
    return {"circle": f"meeting:{world.meeting.public_id}"}


def delegation(world: World) -> dict[str, str]:
    return {"circle": f"delegation:{world.meeting.public_id}"}


def named(*people: User) -> dict[str, list[str]]:
    return {"people": [str(user.public_id) for user in people]}
