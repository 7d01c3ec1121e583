"""Why documents are refused and what was noticed in them: codes and their sentences."""

from collections.abc import Iterable, Sequence

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from documents.ingest.inspection import Inspection, Note, NoteCode, ProblemCode
from ledger.verdict import YES, Verdict, no, sentence

PROBLEMS: dict[ProblemCode, Promise] = {
    ProblemCode.EMPTY: _("The file is empty. Check it on your device and upload it again."),
    ProblemCode.TOO_LARGE: _(
        "The file is larger than %(limit)s MB. Split it or reduce its images, then upload it again."
    ),
    ProblemCode.UNKNOWN_TYPE: _(
        "The content of the file is none of the kinds accepted here (%(accepted)s), whatever its name says. "
        "Save it as PDF and upload it again."
    ),
    ProblemCode.BROKEN: _(
        "The file is damaged and cannot be read. Open it on your device, save it again and upload that."
    ),
    ProblemCode.ENCRYPTED: _("The file is protected by a password. Remove the password and upload it again."),
    ProblemCode.NO_PAGES: _("The file has no pages. Check that you chose the right file."),
    ProblemCode.TOO_MANY_PAGES: _(
        "The file has %(pages)s pages; at most %(limit)s are accepted. Split it into several files."
    ),
    ProblemCode.TOO_HEAVY: _(
        "Reading the file takes too much time or memory. Save it again as an ordinary PDF, or split it."
    ),
    ProblemCode.IMAGE_TOO_LARGE: _("The image has too many pixels. Scan it at 200 to 300 dpi and upload it again."),
    ProblemCode.MACROS: _("The file contains macros. Save it without macros (docx, xlsx, pptx) or as PDF."),
    ProblemCode.SECRECY_MARK: _(
        "Page %(page)s carries the state-secret mark “%(mark)s”. This system must not hold state secrets: nothing was "
        "stored. Handle the document by the rules on protecting state secrets."
    ),
    ProblemCode.SECRECY_MARK_IN_NAME: _(
        "The file name carries the state-secret mark “%(mark)s”. This system must not hold state secrets: nothing was "
        "stored. Handle the document by the rules on protecting state secrets."
    ),
    ProblemCode.NO_CONVERTER: _(
        "This server cannot convert office files because LibreOffice is not installed. "
        "Save the file as PDF and upload that."
    ),
    ProblemCode.CONVERSION_FAILED: _(
        "The file could not be converted to PDF. Open it in your office program, save it as PDF and upload that."
    ),
}

NOTES: dict[NoteCode, Promise] = {
    NoteCode.RENAMED: _("The name of the file said another type than its content; it was renamed."),
    NoteCode.REPAIRED: _(
        "The file was slightly damaged and has been repaired for reading. Check that no page is missing."
    ),
    NoteCode.SCRIPTS_REMOVED: _("Scripts and automatic actions were taken out of the version shown here."),
    NoteCode.ATTACHMENTS_REMOVED: _(
        "Files attached inside the PDF are not shown here: %(detail)s. "
        "Upload them separately if people should read them."
    ),
    NoteCode.FORM_REMOVED: _("The interactive (XFA) form was taken out of the version shown here."),
    NoteCode.ACTIVE_CONTENT_KEPT: _(
        "The signed file contains scripts, attachments or restrictions. It was left unchanged to keep the signature; "
        "be careful when you download it."
    ),
    NoteCode.SIGNED: _("The file carries a digital signature and is shown unchanged."),
    NoteCode.PASSWORD_LIFTED: _("The restrictions on printing or copying do not apply to the version shown here."),
    NoteCode.NO_TEXT: _(
        "%(detail)s pages have no text (scans): they cannot be searched, and no secrecy mark could be looked for on "
        "them. Make sure yourself that there is none."
    ),
}

REASONS: dict[str, Promise] = {
    **{code.value: text for code, text in PROBLEMS.items()},
    **{code.value: text for code, text in NOTES.items()},
}


def may_be_stored(inspection: Inspection) -> Verdict:
    """May this upload enter the store?"""
    return no(inspection.problem.value, **inspection.details) if inspection.problem else YES


def note_sentence(note: Note) -> str:
    """Return what was noticed, in the active language."""
    return sentence(note.code.value, {"detail": note.detail})


def sentences_of(notes: Iterable[Sequence[str]]) -> list[str]:
    """Return a sentence for each (code, detail) a version keeps, in the active language."""
    return [sentence(code, {"detail": detail}) for code, detail in notes]
