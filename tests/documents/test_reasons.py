"""Every answer of the gate has a sentence, in Vietnamese and in English."""

from pathlib import Path

import pytest
from babel.messages.pofile import read_po
from django.utils import translation

from documents.ingest.inspection import Note, NoteCode, ProblemCode
from documents.reasons.files import NOTES, PROBLEMS, note_sentence

CATALOGUE = Path(__file__).resolve().parents[2] / "documents" / "locale" / "vi" / "LC_MESSAGES" / "django.po"


def test_no_code_is_without_a_sentence() -> None:
    assert set(PROBLEMS) == set(ProblemCode)
    assert set(NOTES) == set(NoteCode)
    assert "phụ lục.xls" in note_sentence(Note(NoteCode.ATTACHMENTS_REMOVED, "phụ lục.xls"))


@pytest.mark.parametrize("code", [*PROBLEMS, *NOTES])
def test_every_sentence_is_in_the_vietnamese_catalogue(code: ProblemCode | NoteCode) -> None:
    with CATALOGUE.open("rb") as file:
        catalogue = read_po(file)
    text = PROBLEMS[code] if isinstance(code, ProblemCode) else NOTES[code]
    with translation.override("en"):
        source = str(text)
    message = catalogue.get(source)
    assert message is not None, source
    assert message.string
    assert not list(message.check(catalogue))
