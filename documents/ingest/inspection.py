"""What the gate found out about one upload."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path


class ProblemCode(StrEnum):
    """Why a file is refused; `documents/reasons/files.py` has the sentence for each."""

    EMPTY = "file_empty"
    TOO_LARGE = "file_too_large"
    UNKNOWN_TYPE = "file_type_unknown"
    BROKEN = "file_broken"
    ENCRYPTED = "file_encrypted"
    NO_PAGES = "file_without_pages"
    TOO_MANY_PAGES = "file_too_many_pages"
    TOO_HEAVY = "file_too_heavy"
    IMAGE_TOO_LARGE = "image_too_large"
    MACROS = "file_with_macros"
    SECRECY_MARK = "secrecy_mark"
    SECRECY_MARK_IN_NAME = "secrecy_mark_in_name"
    NO_CONVERTER = "converter_missing"
    CONVERSION_FAILED = "conversion_failed"


class NoteCode(StrEnum):
    """What was taken out or noticed in a file that is let in; sentences in `documents/reasons/files.py`."""

    RENAMED = "note_renamed"
    REPAIRED = "note_repaired"
    SCRIPTS_REMOVED = "note_scripts_removed"
    ATTACHMENTS_REMOVED = "note_attachments_removed"
    FORM_REMOVED = "note_form_removed"
    ACTIVE_CONTENT_KEPT = "note_active_content_kept"
    SIGNED = "note_signed"
    PASSWORD_LIFTED = "note_password_lifted"
    NO_TEXT = "note_no_text"


@dataclass(frozen=True, slots=True)
class Note:
    """One thing worth telling whoever uploaded the file; `detail` names what it is about."""

    code: NoteCode
    detail: str = ""


@dataclass(frozen=True, slots=True)
class Inspection:
    """The whole answer of the gate: either a `problem`, or a rendition with its pages and text.

    `rendition` is the normalised PDF, or the original itself when that is a PDF with digital signatures
    (`rendition == original`), which nobody may rewrite.
    """

    file_name: str
    media_type: str
    size: int
    sha256: str
    original: Path
    rendition: Path | None = None
    rendition_sha256: str = ""
    rendition_size: int = 0
    page_sizes: tuple[tuple[float, float], ...] = ()
    text_pages: tuple[str, ...] = ()
    signed: bool = False
    pdfa: bool = False
    notes: tuple[Note, ...] = ()
    problem: ProblemCode | None = None
    details: Mapping[str, str] = field(default_factory=dict)

    @property
    def pages(self) -> int:
        """How many pages the rendition has."""
        return len(self.page_sizes)

    @property
    def note_codes(self) -> list[str]:
        """The codes alone, as a version keeps them."""
        return [note.code.value for note in self.notes]


class Refusal(Exception):
    """Ends an inspection with a problem."""

    def __init__(self, problem: ProblemCode, **details: str) -> None:
        super().__init__(problem.value)
        self.problem = problem
        self.details = details
