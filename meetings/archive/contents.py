"""The files of the ZIP, in order: what is made of rows now, and which stored bytes go in as they are."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _

from documents.models import Document, Version
from documents.protection import is_marked
from documents.queries import latest_version
from documents.rules import may_take_bytes
from meetings import drafting
from meetings.archive.names import Paths, suffix_of
from meetings.archive.record import Chapter, Record
from meetings.archive.tables import as_json, as_table, ballot_rows, roll_rows, total_rows, votes_data
from meetings.minutes.words import clock_time
from meetings.models import Conclusion
from meetings.opinion_sheet import as_text
from meetings.speech_sheet import head as speech_head


@dataclass(frozen=True)
class Entry:
    """One file: bytes made here, or a stored blob by hash; `lost` tells why there is none."""

    path: str
    title: str
    kind: str
    item: str = ""
    data: bytes | None = None
    sha256: str = ""
    lost: str = ""
    marked: bool = False  # goes in as a copy with its reader over every page


def entries(record: Record, *, at: datetime) -> Iterator[Entry]:
    """Yield every file in the order of the index."""
    paths = Paths()
    yield from minutes_files(record, paths, at)
    yield from notice_files(record, paths)
    for chapter in record.chapters:
        yield from chapter_files(chapter, paths)
    for line in record.general:
        yield from attached(line, paths, _("Conclusions"))
    yield from tables(record, paths)


def minutes_files(record: Record, paths: Paths, at: datetime) -> Iterator[Entry]:
    """Yield the approved minutes; before that the draft, for whoever reads it."""
    if record.minutes_document:
        yield from versions_of(record.minutes_document, paths, _("Minutes"), "minutes", "")
    elif record.minutes and record.minutes.state != "approved":
        name = _("Minutes (draft)")
        data = drafting.typeset(record.minutes, at=at, draft=True)
        yield Entry(paths.path(_("Minutes"), name=name, suffix=".pdf"), name, "minutes", data=data)


def notice_files(record: Record, paths: Paths) -> Iterator[Entry]:
    """Yield the conclusion notice as far as it is a document."""
    if record.notice and record.notice.version:
        document = record.notice.document
        yield from files(record.notice.version, document.title, paths, (_("Conclusion notice"),), "notice", "")


def chapter_files(chapter: Chapter, paths: Paths) -> Iterator[Entry]:
    """Yield papers, opinions and attached files of one item."""
    folder = f"{chapter.number}. {chapter.item.title}"
    for number, paper in enumerate(chapter.papers, start=1):
        version = list(paper.document.versions.all())[-1]
        title = paper.document.title
        yield from files(version, title, paths, (_("Agenda"), folder), "paper", folder, number=number)
    for opinion in chapter.opinions:
        name = _("Opinion of %(name)s") % {"name": opinion.user.full_name}
        path = paths.path(_("Agenda"), folder, _("Opinions"), name=name, suffix=".txt")
        yield Entry(path, name, "opinion", folder, data=as_text(opinion).encode())
    for line in chapter.conclusions:
        yield from attached(line, paths, _("Agenda"), folder)


def attached(line: Conclusion, paths: Paths, *folders: str) -> Iterator[Entry]:
    """Yield the files attached to a conclusion."""
    for document in line.files.all():
        version = list(document.versions.all())[-1]
        item = line.item.title if line.item else ""
        yield from files(version, document.title, paths, (*folders, _("Attached to conclusions")), "attachment", item)


def versions_of(document: Document, paths: Paths, folder: str, kind: str, item: str) -> Iterator[Entry]:
    """Yield the newest version of a document."""
    version = latest_version(document)
    if version:
        yield from files(version, document.title, paths, (folder,), kind, item)


def files(
    version: Version, title: str, paths: Paths, folders: tuple[str, ...], kind: str, item: str, *, number: int = 0
) -> Iterator[Entry]:
    """Yield the file as it came, and the PDF that was shown where that is another one; marked where protected."""
    stem = f"{number:02d}. {title}" if number else title
    suffix = suffix_of(version.file_name) or ".pdf"
    if is_marked(version.document):
        path = paths.path(*folders, name=f"{stem} ({_('copy with its reader')})", suffix=".pdf")
        yield Entry(path, title, kind, item, sha256=version.rendition.sha256, lost=_lost(version), marked=True)
        return
    same = version.original_id == version.rendition_id
    shown = [(version.original, suffix)] if same else [(version.original, suffix), (version.rendition, ".pdf")]
    for blob, ending in shown:
        path = paths.path(*folders, name=stem, suffix=ending)
        lost = _("destroyed by decision") if blob.purged_at else ""
        yield Entry(path, title, kind, item, sha256=blob.sha256, lost=lost)


def _lost(version: Version) -> str:
    """Return why a protected paper's file is not there, if it is not."""
    if version.rendition.purged_at:
        return _("destroyed by decision")
    return "" if may_take_bytes(version.document) else _("to be read on the screen only")


def tables(record: Record, paths: Paths) -> Iterator[Entry]:
    """Yield roll, votes, conclusions, course and speakers."""
    made = {
        _("Roll"): (".csv", "roll", as_table(roll_rows(record.people, reasons=record.sees_reasons))),
        _("Vote results"): (".csv", "votes", as_table(total_rows(record.votes))),
        _("Votes"): (".json", "votes", as_json(votes_data(record.votes, record.ballots))),
        _("Conclusions"): (".txt", "conclusions", conclusions_text(record).encode()),
        _("Course of the meeting"): (".txt", "course", course_text(record).encode()),
    }
    if record.speeches:
        made[_("List of speakers")] = (".csv", "speeches", as_table([speech_head(), *record.speeches]))
    if record.ballots:
        made[_("Votes by name")] = (".csv", "votes", as_table(ballot_rows(record.votes, record.ballots)))
    for name, (suffix, kind, data) in made.items():
        yield Entry(paths.path(_("Tables"), name=name, suffix=suffix), name, kind, data=data)


def conclusions_text(record: Record) -> str:
    """Return the conclusions by item."""
    parts = []
    for chapter in record.chapters:
        if chapter.conclusions:
            lines = [f"- {line.text}" for line in chapter.conclusions]
            parts.append("\n".join([f"{chapter.number}. {chapter.item.title}", *lines]))
    parts += [f"- {line.text}" for line in record.general]
    return "\n\n".join(parts) + "\n"


def course_text(record: Record) -> str:
    """Return the course, a line a step."""
    return "".join(f"{clock_time(step.at)}: {step.text}\n" for step in record.course)
