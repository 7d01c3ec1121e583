"""Doing operations on the notes of a document: each judged for itself, all in one transaction, one event per stream."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from hashlib import sha256
from typing import Any

from annotations.batch import Batch
from annotations.operations import MOST_AT_ONCE, Bad, Operation, id_of, operation
from annotations.rules import may_do
from annotations.standing import Standing, standing_of
from annotations.written import with_shape
from documents.models import Document
from ledger.commands import Asked, claimed_together, give_back, those_known
from ledger.door import action, private
from ledger.hashing import CANONICAL
from ledger.verdict import Refused, Verdict, no
from people.locks import locked
from people.models import User

# Whatever order a batch comes in: notes begin before they are changed, answers before they are erased.
TURNS = {"put": 0, "reply": 1}


@dataclass(frozen=True)
class Answer:
    """What became of one operation: done, or why not."""

    id: str
    verdict: Verdict = field(default_factory=Verdict)

    def as_data(self) -> dict[str, Any]:
        """Return the answer as it goes over the wire, its sentence in the active language."""
        if self.verdict:
            return {"id": self.id, "ok": True}
        return {"id": self.id, "code": self.verdict.code, "text": self.verdict.text}


@action
def apply_operations(document: Document, *, operations: Sequence[Any], by: User, at: datetime) -> list[Answer]:
    """Do each operation once, whoever sends it again; answer each for itself, in the order they were given.

    Notes are their owners' concern and of whom they share them with: the ledger holds nothing of them.
    """
    document = locked(document)
    standing = replace(standing_of(by, document.public_id), document=document)
    if len(operations) > MOST_AT_ONCE:
        raise Refused("too_many_operations", limit=MOST_AT_ONCE)
    private()
    read = [_read(raw) for raw in operations]
    done = _judged([one for one in read if isinstance(one, Operation)], standing, by, at)
    return [Answer(str(one.id), done[id(one)]) if isinstance(one, Operation) else one for one in read]


def _read(raw: Any) -> Operation | Answer:
    try:
        return operation(raw)
    except Bad as bad:
        return Answer(id_of(raw), no(bad.code))


def _judged(asked: list[Operation], standing: Standing, by: User, at: datetime) -> dict[int, Verdict]:
    """Do what is new and allowed; return what became of each."""
    commands = {id(one): Asked(by.pk, one.id, at, _digest(standing.document, one)) for one in asked}
    claimed = claimed_together(list(commands.values()))
    first: dict[Any, Operation] = {}
    for one in asked:
        if (by.pk, one.id) in claimed:
            first.setdefault(one.id, one)
    verdicts = {one.id: verdict for one, verdict in _done(list(first.values()), standing, by, at)}
    give_back([claimed[by.pk, key] for key, verdict in verdicts.items() if not verdict])
    known = those_known([commands[id(one)] for one in asked if first.get(one.id) is not one])
    return {
        id(one): verdicts[one.id] if first.get(one.id) is one else _again(commands[id(one)], known, verdicts)
        for one in asked
    }


def _again(command: Asked, known: set[tuple[int, Any]], verdicts: dict[Any, Verdict]) -> Verdict:
    """Return the answer to a copy: as the first time, unless it says something else."""
    refused = verdicts.get(command.client_id)
    if refused is not None and not refused:
        return refused
    return Verdict() if command.key in known else no("id_taken")


def _done(asked: list[Operation], standing: Standing, by: User, at: datetime) -> list[tuple[Operation, Verdict]]:
    batch = Batch(standing, asked, by, at)
    answers = []
    for one in sorted(asked, key=lambda one: TURNS.get(one.do, 2)):
        verdict = may_do(batch, one)
        if verdict:
            batch.do(one)
        answers.append((one, verdict))
    batch.write()
    return answers


def _digest(document: Document, asked: Operation) -> str:
    """Return what an operation says, in short; its numbers have one spelling already."""
    said = {"document": document.pk, **asked.data}
    text = with_shape(said, asked.shape_text, CANONICAL.encode) if asked.shape_text else CANONICAL.encode(said)
    return sha256(text.encode()).hexdigest()
