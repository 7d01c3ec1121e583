"""The gate: takes the bytes of an upload, has a confined worker look at them, and says what they are."""

import json
import tempfile
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import fields, replace
from pathlib import Path
from typing import Any

from documents.blobs.protocol import file_sha256
from documents.ingest.confine import WorkerFailed, python_worker, run_confined
from documents.ingest.inspect_worker import RENDITION, REPORT
from documents.ingest.inspection import Inspection, Note, NoteCode, ProblemCode, Refusal
from documents.ingest.limits import LIMITS, MIB, Limits
from documents.ingest.names import clean_name, disagrees, named_as
from documents.ingest.office import office_to_pdf
from documents.ingest.secrecy import find_mark_in_name
from documents.ingest.sniff import ACCEPTED, BY_MEDIA_TYPE

_LONGEST_REPORT = 256 * MIB
_BOUNDS = [one.name for one in fields(Limits) if one.name.startswith("max_")]


@contextmanager
def inspected(chunks: Iterable[bytes], *, file_name: str, limits: Limits = LIMITS) -> Iterator[Inspection]:
    """Inspect an upload; its original and its rendition are files that exist as long as the block lasts."""
    with tempfile.TemporaryDirectory(prefix="nghisu-upload-", ignore_cleanup_errors=True) as name:
        folder = Path(name)
        upload = folder / "upload"
        if _received(chunks, upload, limits):
            yield inspect(upload, file_name=file_name, folder=folder, limits=limits)
        else:
            yield _refused(_empty_answer(upload, file_name), _too_large(limits))


def inspect(source: Path, *, file_name: str, folder: Path, limits: Limits = LIMITS) -> Inspection:
    """Inspect a file; `folder` is an empty or own folder for the rendition, which the caller removes.

    Never raises for what is in the file: whatever is wrong is the `problem` of the answer.
    """
    answer = _empty_answer(source, file_name)
    try:
        _check_outside(answer, limits)
        answer = replace(answer, sha256=file_sha256(source))
        return _inspect(answer, folder, limits)
    except Refusal as refusal:
        return _refused(answer, refusal)


def _received(chunks: Iterable[bytes], target: Path, limits: Limits) -> bool:
    """Write the upload to a file; stop and forget it when it is larger than anything may be."""
    size = 0
    with target.open("wb") as file:
        for chunk in chunks:
            size += len(chunk)
            if size > limits.max_bytes:
                file.truncate(0)
                return False
            file.write(chunk)
    return True


def _empty_answer(source: Path, file_name: str) -> Inspection:
    return Inspection(
        file_name=clean_name(file_name),
        media_type="",
        size=source.stat().st_size,
        sha256="",
        original=source,
    )


def _refused(answer: Inspection, refusal: Refusal) -> Inspection:
    details = dict(refusal.details)
    if refusal.problem is ProblemCode.UNKNOWN_TYPE:
        details["accepted"] = ", ".join(ACCEPTED)
    return replace(answer, problem=refusal.problem, details=details, rendition=None)


def _too_large(limits: Limits) -> Refusal:
    return Refusal(ProblemCode.TOO_LARGE, limit=str(limits.max_bytes // MIB))


def _check_outside(answer: Inspection, limits: Limits) -> None:
    """Refuse what needs no look inside."""
    if not answer.size:
        raise Refusal(ProblemCode.EMPTY)
    if answer.size > limits.max_bytes:
        raise _too_large(limits)
    mark = find_mark_in_name(answer.file_name)
    if mark:
        raise Refusal(ProblemCode.SECRECY_MARK_IN_NAME, mark=mark.value)


def _inspect(answer: Inspection, folder: Path, limits: Limits) -> Inspection:
    report = _look(answer.original, folder, limits)
    kind = BY_MEDIA_TYPE[report["media_type"]]
    notes = [Note(NoteCode.RENAMED, answer.file_name)] if disagrees(answer.file_name, kind) else []
    answer = replace(answer, media_type=kind.media_type, file_name=named_as(answer.file_name, kind))
    original = answer.original
    if kind.export:
        original = office_to_pdf(original, kind, folder, limits)
        report = _look(original, folder, limits)
    rendition = folder / RENDITION if report["rewritten"] else original
    if rendition.is_symlink() or not rendition.is_file():
        raise Refusal(ProblemCode.BROKEN)
    return replace(
        answer,
        rendition=rendition,
        rendition_sha256=file_sha256(rendition),
        rendition_size=rendition.stat().st_size,
        page_sizes=tuple((float(width), float(height)) for width, height in report["page_sizes"]),
        text_pages=tuple(map(str, report["text_pages"])),
        signed=bool(report["signed"]),
        pdfa=bool(kind.export),
        notes=(*notes, *(Note(NoteCode(note["code"]), str(note["detail"])) for note in report["notes"])),
    )


def _look(source: Path, folder: Path, limits: Limits) -> dict[str, Any]:
    """Have the worker inspect the file; raises its refusal, or the one its death stands for."""
    bounds = {name: getattr(limits, name) for name in _BOUNDS}
    command = python_worker("documents.ingest.inspect_worker", str(source), json.dumps(bounds))
    try:
        run_confined(command, folder=folder, allowance=limits.inspection, reads=[source])
        report = _report(folder / REPORT)
    except WorkerFailed as error:
        raise Refusal(ProblemCode.TOO_HEAVY if error.too_heavy else ProblemCode.BROKEN) from error
    if report["problem"]:
        raise Refusal(ProblemCode(report["problem"]), **report["details"])
    return report


def _report(path: Path) -> dict[str, Any]:
    """Read what the worker wrote; it has seen a hostile file, so it is not believed blindly either."""
    if path.is_symlink() or not path.is_file() or path.stat().st_size > _LONGEST_REPORT:
        raise Refusal(ProblemCode.BROKEN)
    report: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    path.unlink()
    return report
