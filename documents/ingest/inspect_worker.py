"""The confined half of the gate: opens the hostile file, writes `report.json` and `rendition.pdf` beside it.

Run as `python -m documents.ingest.inspect_worker SOURCE LIMITS` in a folder of its own; LIMITS is JSON.
"""

import json
import sys
from dataclasses import asdict, dataclass, field
from pathlib import Path

from documents.ingest.images import image_to_pdf
from documents.ingest.inspection import Note, NoteCode, ProblemCode, Refusal
from documents.ingest.limits import Limits
from documents.ingest.pdf import normalise
from documents.ingest.secrecy import find_mark
from documents.ingest.sniff import PDF, FileType, sniff
from documents.ingest.text import read_pages

REPORT = "report.json"
RENDITION = "rendition.pdf"


@dataclass
class Report:
    """What the worker tells the gate."""

    media_type: str = ""
    rewritten: bool = False
    signed: bool = False
    page_sizes: list[tuple[float, float]] = field(default_factory=list)
    text_pages: list[str] = field(default_factory=list)
    notes: list[Note] = field(default_factory=list)
    problem: str = ""
    details: dict[str, str] = field(default_factory=dict)


def inspect_file(source: Path, folder: Path, limits: Limits) -> Report:
    """Look at one file; an office file is only named, its conversion is another program's work."""
    report = Report()
    try:
        kind = sniff(source, limits)
        report.media_type = kind.media_type
        if not kind.export:
            _inspect_pages(_as_pdf(source, folder, kind, limits), folder, report, limits)
    except Refusal as refusal:
        report.problem, report.details = refusal.problem.value, dict(refusal.details)
    except MemoryError:
        report.problem = ProblemCode.TOO_HEAVY.value
    return report


def _as_pdf(source: Path, folder: Path, kind: FileType, limits: Limits) -> Path:
    if kind.media_type == PDF:
        return source
    image_to_pdf(source, folder / "image.pdf", kind, limits)
    return folder / "image.pdf"


def _inspect_pages(pdf: Path, folder: Path, report: Report, limits: Limits) -> None:
    normalised = normalise(pdf, folder / RENDITION, limits)
    mark = find_mark(normalised.spoken)
    if mark:
        raise Refusal(ProblemCode.SECRECY_MARK, mark=mark.value, page="1")
    pages = read_pages(folder / RENDITION if normalised.rewritten else pdf, limits)
    report.rewritten, report.signed = normalised.rewritten, normalised.signed
    report.page_sizes, report.text_pages = pages.sizes, pages.texts
    report.notes = normalised.notes + _silent_pages(pages.texts)


def _silent_pages(texts: list[str]) -> list[Note]:
    """Note how many pages have no text: nobody could look for a secrecy mark there, or search them."""
    silent = sum(not text for text in texts)
    return [Note(NoteCode.NO_TEXT, str(silent))] if silent else []


def main(source: str, limits: str) -> None:
    """Inspect and write the report."""
    report = inspect_file(Path(source), Path.cwd(), Limits(**json.loads(limits)))
    Path(REPORT).write_text(json.dumps(asdict(report), ensure_ascii=False), encoding="utf-8")


if __name__ == "__main__":
    main(*sys.argv[1:3])
