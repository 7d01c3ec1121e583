"""One batch of operations on one document: its rows, what becomes of them, what is written and what is told."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import Max, Q

from annotations.circles import circles_of, own_key
from annotations.merging import applied, difference, stamp_of
from annotations.models import Annotation, AnnotationAudience, Reply
from annotations.operations import Operation
from annotations.streams import personal_stream, stream_of
from annotations.wire import author, for_others, for_owner, moment, note_of
from documents.models import Document, Version
from documents.queries import visible_documents
from live.publish import publish
from people.models import User
from people.queries import active_people

Note = dict[str, Any]


class Entry:
    """One note in a batch: as it was before and as it is now."""

    def __init__(self, row: Annotation | None, note: Note | None, keys: Iterable[str] = ()) -> None:
        self.row, self.note = row, note
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

    def __init__(self, document: Document, operations: Iterable[Operation], by: User, at: datetime) -> None:
        self.document, self.by, self.at = document, by, at
        self.author = author(by, at)
        asked = list(operations)
        self.versions = self._versions(asked)
        self.entries = self._entries({one.note for one in asked})
        self.replies = self._replies(asked)
        self.own_count = self._own_count(asked)
        self._targets: dict[str, frozenset[str] | None] = {}
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
        return bool(entry.keys & self.own_keys) and not (entry.note or {}).get("erased")

    @property
    def own_keys(self) -> frozenset[str]:
        """Return the audiences who asks belongs to, read when first needed."""
        if not hasattr(self, "_own_keys"):
            self._circles = {circle.name: circle for circle in circles_of(self.by, self.document)}
            self._own_keys = frozenset({own_key(self.by.pk), *(one.key for one in self._circles.values())})
        return self._own_keys

    def keys_of(self, to: Mapping[str, Any] | None) -> frozenset[str] | None:
        """Return the audiences a note goes to; None where one cannot share with them."""
        if to is None:
            return frozenset()
        name = repr(to)
        if name not in self._targets:
            self._targets[name] = self._named(to["people"]) if "people" in to else self._circle(to["circle"])
        return self._targets[name]

    def _circle(self, name: str) -> frozenset[str] | None:
        _ = self.own_keys
        circle = self._circles.get(name)
        return frozenset({circle.key}) if circle else None

    def _named(self, public_ids: list[str]) -> frozenset[str] | None:
        """Return the keys of these people, if every one of them may read the document."""
        people = list(active_people().filter(public_id__in=public_ids))
        if len(people) != len(public_ids):
            return None
        readers = [user for user in people if visible_documents(user).filter(pk=self.document.pk).exists()]
        return frozenset(own_key(user.pk) for user in people) if len(readers) == len(people) else None

    # --- doing

    def do(self, operation: Operation) -> None:
        """Do one operation that was allowed."""
        entry = self.entries.get(operation.note)
        if entry is None:
            entry = self.entries[operation.note] = Entry(None, None)
            entry.owner_id = self.by.pk
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
        last = Annotation.objects.filter(document=self.document).aggregate(last=Max("order"))["last"] if made else 0
        for order, (key, entry) in enumerate(made.items(), start=(last or 0) + 1):
            note = entry.note or {}
            version = self.versions[note["version"]]
            note |= {"order": order, "number": version.number}
            entry.row = Annotation(
                public_id=key,
                document=self.document,
                version=version,
                user=self.by,
                order=order,
                created_at=self.at,
                **{name: note[name] for name in ("page", "kind", "shape", "quote")},
                **registers(note, self.at),
            )
        Annotation.objects.bulk_create([entry.row for entry in made.values() if entry.row])

    def _update(self, entries: list[Entry]) -> None:
        rows = []
        for entry in entries:
            if entry.row is not None and entry.note is not None and is_edited(entry):
                fields = registers(entry.note, max(self.at, entry.row.changed_at), entry.row.erased_at)
                for name, value in fields.items():
                    setattr(entry.row, name, value)
                entry.note["changed_at"] = moment(entry.row.changed_at)
                rows.append(entry.row)
        names = ["body", "style", "to", "stamps", "changed_at", "erased_at"]
        Annotation.objects.bulk_update(rows, names, batch_size=100)

    def _write_audiences(self, entries: list[Entry]) -> None:
        lost, won = Q(pk__in=[]), []
        for entry in entries:
            assert entry.row is not None
            if entry.keys_before - entry.keys:
                lost |= Q(annotation=entry.row, key__in=entry.keys_before - entry.keys)
            won += [
                AnnotationAudience(annotation=entry.row, document=self.document, key=key)
                for key in sorted(entry.keys - entry.keys_before)
            ]
        if lost != Q(pk__in=[]):
            AnnotationAudience.objects.filter(lost).delete()
        AnnotationAudience.objects.bulk_create(won)

    def _write_replies(self) -> None:
        Reply.objects.bulk_create(
            Reply(
                public_id=key,
                annotation=entry.row,
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
        before: dict[str, Note] = defaultdict(dict)
        after: dict[str, Note] = defaultdict(dict)
        for key, entry in changed.items():
            self._show(before, str(key), entry.before, entry.keys_before, entry.owner_id)
            self._show(after, str(key), entry.note, entry.keys, entry.owner_id)
        for stream in sorted(before.keys() | after.keys()):
            patch = difference(before[stream], after[stream])
            if patch:
                publish(stream, "notes.changed", {"notes": patch}, by=self.by, at=self.at)

    def _show(self, streams: dict[str, Note], key: str, note: Note | None, keys: frozenset[str], owner_id: int) -> None:
        """Put a note where it is seen: its owner's stream, and those of its audiences."""
        if note is None:
            return
        shared = for_others(note)
        if shared is not None:
            for audience in keys:
                streams[stream_of(self.document.pk, audience)][key] = shared
        streams[personal_stream(self.document.pk, owner_id)][key] = for_owner(note)


def is_edited(entry: Entry) -> bool:
    """Is the note itself another one, not only what was answered?"""
    before, now = entry.before or {}, entry.note or {}
    return any(before.get(name) != now.get(name) for name in ("stamps", "changed_at"))


def registers(note: Mapping[str, Any], at: datetime, erased_at: datetime | None = None) -> Note:
    """Return the fields of a row that may change."""
    erased = (erased_at or at) if note.get("erased") else None
    names = ("style", "body", "to", "stamps")
    return {**{name: note[name] for name in names}, "changed_at": at, "erased_at": erased}
