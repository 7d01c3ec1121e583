"""Notes leaving the house for one person: their own, or with those shared with them, and never anything more. Slow."""

import json
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime

from django.utils.translation import gettext as _

from annotations.exports import jsonld, xfdf
from annotations.exports.marks import Mark, marks_from_wire
from annotations.exports.pdf_copy import CopyFailed, Label, spaces_in, with_notes
from annotations.queries import shared_part, visible_annotations
from documents.copies import in_turn
from documents.marking import MarkingFailed
from documents.models import Version
from documents.protection import is_marked, marked_for
from documents.queries import read_version
from documents.rules import may_take_bytes
from ledger.verdict import YES, Refused, first_no, no
from people.models import User

MINE, ALL, NONE = "mine", "all", "none"
WHICH = (MINE, ALL)


@dataclass(frozen=True)
class Leaving:
    """The notes of one version on their way out, with what names the file they are on."""

    version: Version
    marks: list[Mark]
    reader: User
    address: str
    at: datetime


@dataclass(frozen=True)
class Exported:
    """One file for the person who asked."""

    data: bytes
    media_type: str
    suffix: str


def marks_for(user: User, version: Version, which: str) -> list[Mark]:
    """Return the notes on the version that the person takes along."""
    if which == NONE:
        return []
    notes = visible_annotations(user, version.document).filter(version=version)
    return marks_from_wire(shared_part(notes.filter(user=user) if which == MINE else notes))


def others_words(user: User, marks: Iterable[Mark]) -> list[str]:
    """Return a line for what each of these notes holds of others: the note as it was last changed, every answer."""
    found: list[str] = []
    for mark in marks:
        if mark.owner != str(user.public_id):
            found.append(f"{mark.key} {mark.changed_at.astimezone(UTC).isoformat()}")
        found += [f"{mark.key} {answer.key}" for answer in mark.answers]
    return found


def export(user: User, version: Version, *, form: str, which: str, address: str, at: datetime) -> Exported:
    """Return the notes in one of the forms; without the right to the file's bytes, or without notes, it is refused.

    The PDF may be had with none, to be printed.
    """
    marks = marks_for(user, version, which)
    gone = no("purged") if version.rendition.purged_at else YES
    enough = YES if marks or (which == NONE and form == "pdf") else no("nothing_noted")
    first_no(may_take_bytes(version.document), gone, enough).require()
    try:
        with in_turn():
            return FORMS[form](Leaving(version, marks, user, address, at))
    except (CopyFailed, MarkingFailed) as failed:
        raise Refused("notes_not_copied") from failed


def as_pdf(leaving: Leaving) -> Exported:
    """Return a copy of the PDF with the notes in it; the stored file stays as it is."""
    data = readers_copy(leaving)
    if leaving.marks:
        data = with_notes(data, leaving.marks, label(leaving.version, leaving.reader))
    return Exported(data, "application/pdf", ".pdf")


def readers_copy(leaving: Leaving) -> bytes:
    """Return the file the notes lie on; a marked document's carries its reader and the moment, as on the screen."""
    data = read_version(leaving.version)
    return marked_for(leaving.reader, data, leaving.at) if is_marked(leaving.version.document) else data


def label(version: Version, reader: User) -> Label:
    """Return what a copy with notes says of itself."""
    title = _("%(title)s (copy with notes)") % {"title": version.document.title}
    subject = _("Copy with notes made for %(name)s; it does not take the place of the original.")
    return Label(title, subject % {"name": reader.full_name})


def as_jsonld(leaving: Leaving) -> Exported:
    """Return W3C Web Annotations."""
    spaces = spaces_in(read_version(leaving.version), [mark.page for mark in leaving.marks])
    source = jsonld.Source(leaving.address, leaving.version.document.title, spaces)
    made = jsonld.as_jsonld(leaving.marks, source, at=leaving.at)
    return Exported(json.dumps(made, ensure_ascii=False, indent=1).encode(), jsonld.MEDIA_TYPE, ".jsonld")


def as_xfdf(leaving: Leaving) -> Exported:
    """Return XFDF beside the PDF of the same name."""
    spaces = spaces_in(read_version(leaving.version), [mark.page for mark in leaving.marks])
    data = xfdf.as_xfdf(leaving.marks, spaces, href=leaving.version.file_name)
    return Exported(data, xfdf.MEDIA_TYPE, ".xfdf")


FORMS: Mapping[str, Callable[[Leaving], Exported]] = {"pdf": as_pdf, "jsonld": as_jsonld, "xfdf": as_xfdf}
