"""One batch of operations on one document: its rows, what becomes of them, what is written and what is told."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import Max, Q

from annotations.circles import own_key
from annotations.merging import applied, stamp_of
from annotations.models import Annotation, AnnotationAudience, Reply
from annotations.operations import Operation
from annotations.queries import named_readers
from annotations.standing import Standing, standing_of
from annotations.streams import personal_stream, stream_of
from annotations.wire import author, for_others, for_owner, moment, note_of
from annotations.written import notes_text, patch_text
from documents.models import Version
from ledger.insert import insert
from ledger.written import Written
from live.publish import publish
from people.models import User

Note = dict[str, Any]
FIXED = ("page", "kind", "shape", "quote")
NEVER_CHANGED = ("public_id", "document_id", "version_id", "user_id", "order", "created_at", *FIXED)
REGISTERS = ("style", "body", "to", "stamps", "changed_at", "erased_at")
MADE = (*NEVER_CHANGED, *REGISTERS)


class Entry:
    """One note in a batch: as it was before and as it is now."""

    def __init__(self, row: Annotation | None, note: Note | None, keys: Iterable[str] = ()) -> None:
        self.row, self.note = row, note
        self.pk, self.shape_text = row.pk if row else 0, ""
        self.before, self.keys_before = note, frozenset(keys)
        self.keys = self.keys_before
        self.owner_id = row.user_id if row else 0
        self.replies = {UUID(key): line for key, line in (note or {}).get("replies", {}).items()}

    @property
    def changed(self) -> bool:
        """Is anything to be written?"""
        return self.note is not self.before


class Batch:
    """The rows operations may touch, read once; operations are done in memory and written together."""

    def __init__(self, standing: Standing, operations: Iterable[Operation], by: User, at: datetime) -> None:
        self.document, self.by, self.at = standing.document, by, at
        self.author = author(by, at)
        asked = list(operations)
        self.versions = self._versions(asked)
        self.entries = self._entries({one.note for one in asked})
        self.replies = self._replies(asked)
        self.own_count = self._own_count(asked)
        self._targets: dict[str, frozenset[str] | None] = {}
        self._standing = standing
        self._asked_anew = False
        self.made_replies: list[tuple[Entry, UUID, Mapping[str, Any]]] = []
        self.gone_replies: list[UUID] = []

    # --- reading

    def _versions(self, asked: list[Operation]) -> dict[str, Version]:
        if not any(one.do == "put" for one in asked):
            return {}
        rows = self.document.versions.select_related("rendition")
        return {str(row.public_id): row for row in rows}

    def _entries(self, ids: set[UUID]) -> dict[UUID, Entry]:
        """Read the notes; one of another document is there too, so that its id is not taken twice."""
        rows = Annotation.objects.filter(public_id__in=ids).select_related("version__rendition", "user", "origin")
        found = list(rows.prefetch_related("audiences", "replies__user"))
        return {row.public_id: self._entry(row) for row in found}

    def _entry(self, row: Annotation) -> Entry:
        return Entry(row, note_of(row, row.replies.all()), [audience.key for audience in row.audiences.all()])

    def _replies(self, asked: list[Operation]) -> dict[UUID, int]:
        """Return whose the named answers are that exist already."""
        ids = [UUID(one.data["reply"]) for one in asked if "reply" in one.data]
        if not ids:
            return {}
        return dict(Reply.objects.filter(public_id__in=ids).values_list("public_id", "user_id"))

    def _own_count(self, asked: list[Operation]) -> int:
        if not any(one.do == "put" for one in asked):
            return 0
        own = Annotation.objects.filter(document=self.document, user=self.by, erased_at__isnull=True)
        return own.count()

    # --- asking

    def entry(self, note: UUID) -> Entry | None:
        """Return the note of this document, if there is one that is still shown."""
        entry = self.entries.get(note)
        if entry is None or entry.note is None:
            return None
        row = entry.row
        there = row is None or (row.document_id == self.document.pk and row.version.rendition.purged_at is None)
        return entry if there else None

    def is_own(self, entry: Entry) -> bool:
        """Is it the note of who asks?"""
        return entry.owner_id == self.by.pk

    def sees(self, entry: Entry) -> bool:
        """Does who asks see the note?"""
        if self.is_own(entry):
            return True
        if (entry.note or {}).get("erased"):
            return False
        return any(entry.keys & {own_key(self.by.pk), *known.values()} for known in self._circles())

    def _circles(self) -> Iterator[Mapping[str, str]]:
        """Give the keys of the circles who asks is in, by name; whoever finds too few is given them anew, once."""
        yield self._standing.keys
        if not self._asked_anew:
            self._asked_anew, self._standing = True, standing_of(self.by, self.document.public_id, anew=True)
            yield self._standing.keys

    def keys_of(self, to: Mapping[str, Any] | None) -> frozenset[str] | None:
        """Return the audiences a note goes to; None where one cannot share with them."""
        if to is None:
            return frozenset()
        name = repr(to)
        if name not in self._targets:
            self._targets[name] = self._named(to["people"]) if "people" in to else self._circle(to["circle"])
        return self._targets[name]

    def _circle(self, name: str) -> frozenset[str] | None:
        return next((frozenset({known[name]}) for known in self._circles() if name in known), None)

    def _named(self, public_ids: list[str]) -> frozenset[str] | None:
        """Return the keys of these people, if every one of them may read the document."""
        people = named_readers(self.document, public_ids)
        return None if people is None else frozenset(own_key(user.pk) for user in people)

    # --- doing

    def do(self, operation: Operation) -> None:
        """Do one operation that was allowed."""
        entry = self.entries.get(operation.note)
        if entry is None:
            entry = self.entries[operation.note] = Entry(None, None)
            entry.owner_id, entry.shape_text = self.by.pk, operation.shape_text
            self.own_count += 1
        entry.note = applied(entry.note, operation.data, self.author)
        if entry.note["stamps"]["to"] == stamp_of(operation.data):
            entry.keys = self.keys_of(operation.to) or frozenset()
        self._remember_reply(entry, operation)

    def _remember_reply(self, entry: Entry, operation: Operation) -> None:
        if operation.do == "reply":
            key = UUID(operation.data["reply"])
            self.replies[key] = self.by.pk
            self.made_replies.append((entry, key, operation.data))
        elif operation.do == "erase_reply":
            self.gone_replies.append(UUID(operation.data["reply"]))

    # --- writing

    def write(self) -> None:
        """Write what has changed, in a number of statements that does not grow with the batch."""
        changed = {key: entry for key, entry in self.entries.items() if entry.changed}
        self._create({key: entry for key, entry in changed.items() if entry.row is None})
        self._update([entry for entry in changed.values() if entry.before is not None])
        self._write_audiences(list(changed.values()))
        self._write_replies()
        self._tell(changed)

    def _create(self, made: dict[UUID, Entry]) -> None:
        if not made:
            return
        last = Annotation.objects.filter(document=self.document).aggregate(last=Max("order"))["last"]
        rows = [self._new_row(key, entry, order) for order, (key, entry) in enumerate(made.items(), (last or 0) + 1)]
        insert(Annotation, MADE, rows)
        for key, pk in Annotation.objects.filter(public_id__in=made).values_list("public_id", "pk"):
            made[key].pk = pk

    def _new_row(self, key: UUID, entry: Entry, order: int) -> Sequence[Any]:
        """Return the values of a note's row; the note learns its place."""
        note = entry.note or {}
        version = self.versions[note["version"]]
        note |= {"order": order, "number": version.number}
        once = (key, self.document.pk, version.pk, self.by.pk, order, self.at)
        what = {**note, "shape": Written(entry.shape_text)}
        changing = registers(note, self.at)
        return (*once, *(what[name] for name in FIXED), *(changing[name] for name in REGISTERS))

    def _update(self, entries: list[Entry]) -> None:
        rows = []
        for entry in entries:
            if entry.row is not None and entry.note is not None and is_edited(entry):
                fields = registers(entry.note, max(self.at, entry.row.changed_at), entry.row.erased_at)
                for name, value in fields.items():
                    setattr(entry.row, name, value)
                entry.note["changed_at"] = moment(entry.row.changed_at)
                rows.append(entry.row)
        Annotation.objects.bulk_update(rows, REGISTERS, batch_size=100)

    def _write_audiences(self, entries: list[Entry]) -> None:
        lost, won = Q(pk__in=[]), list[Sequence[Any]]()
        for entry in entries:
            if entry.keys_before - entry.keys:
                lost |= Q(annotation=entry.pk, key__in=entry.keys_before - entry.keys)
            won += [(entry.pk, self.document.pk, key) for key in sorted(entry.keys - entry.keys_before)]
        if lost != Q(pk__in=[]):
            AnnotationAudience.objects.filter(lost).delete()
        insert(AnnotationAudience, ("annotation_id", "document_id", "key"), won)

    def _write_replies(self) -> None:
        Reply.objects.bulk_create(
            Reply(
                public_id=key,
                annotation_id=entry.pk,
                user=self.by,
                body=data["body"],
                stamp=[data["stamp"], data["id"]],
                created_at=self.at,
            )
            for entry, key, data in self.made_replies
        )
        if self.gone_replies:
            Reply.objects.filter(public_id__in=self.gone_replies).update(body="", erased_at=self.at)

    # --- telling

    def _tell(self, changed: dict[UUID, Entry]) -> None:
        """Publish one event on each stream whose state is another one now."""
        told: dict[str, dict[str, str]] = defaultdict(dict)
        for key, entry in changed.items():
            for stream, patch in self._patches(entry):
                told[stream][str(key)] = patch
        for stream in sorted(told):
            publish(stream, "notes.changed", notes_text(told[stream]), by=self.by, at=self.at)

    def _patches(self, entry: Entry) -> Iterable[tuple[str, str]]:
        """Return what each stream is told of one note; the same is written down once."""
        before = self._seen(entry.before, entry.keys_before, entry.owner_id)
        after = self._seen(entry.note, entry.keys, entry.owner_id)
        made: dict[tuple[int, int], str] = {}
        for stream in before.keys() | after.keys():
            old, new = before.get(stream), after.get(stream)
            pair = (id(old), id(new))
            if pair not in made:
                made[pair] = patch_text(old, new, entry.shape_text)
            if made[pair]:
                yield stream, made[pair]

    def _seen(self, note: Note | None, keys: frozenset[str], owner_id: int) -> dict[str, Note | None]:
        """Return the note as each stream shows it: its owner's, and those of its audiences."""
        if note is None:
            return {}
        shared = for_others(note)
        others = {stream_of(self.document.pk, key): shared for key in keys} if shared is not None else {}
        return {**others, personal_stream(self.document.pk, owner_id): shared or for_owner(note)}


def is_edited(entry: Entry) -> bool:
    """Is the note itself another one, not only what was answered?"""
    before, now = entry.before or {}, entry.note or {}
    return any(before.get(name) != now.get(name) for name in ("stamps", "changed_at"))


def registers(note: Mapping[str, Any], at: datetime, erased_at: datetime | None = None) -> Note:
    """Return the fields of a row that may change."""
    erased = (erased_at or at) if note.get("erased") else None
    names = ("style", "body", "to", "stamps")
    return {**{name: note[name] for name in names}, "changed_at": at, "erased_at": erased}
