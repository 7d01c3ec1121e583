"""Office files become PDF/A, without macros, passwords, network or a way to hang."""

from contextlib import AbstractContextManager
from dataclasses import replace
from pathlib import Path

import pikepdf
import pytest

from documents.ingest import office
from documents.ingest.gate import inspected
from documents.ingest.inspection import Inspection, NoteCode, ProblemCode
from documents.ingest.limits import LIMITS, MIB, Limits
from tests.documents import papers

DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
needs_office = pytest.mark.skipif(office.converter() is None, reason="LibreOffice is not installed")


def gate(content: bytes, name: str = "Tờ trình.docx", limits: Limits = LIMITS) -> AbstractContextManager[Inspection]:
    """Pass a file through the gate."""
    return inspected([content], file_name=name, limits=limits)


@needs_office
def test_a_word_file_becomes_pdfa() -> None:
    with gate(papers.docx("Kính gửi: Ủy ban nhân dân tỉnh", "Nội dung tờ trình")) as inspection:
        assert inspection.problem is None
        assert inspection.media_type == DOCX
        assert inspection.pdfa
        assert "Kính gửi: Ủy ban nhân dân tỉnh" in inspection.text_pages[0]
        assert inspection.rendition is not None
        with pikepdf.open(inspection.rendition) as pdf, pdf.open_metadata() as metadata:
            assert metadata.pdfa_status == "2B"


@needs_office
def test_a_renamed_word_file_is_recognised() -> None:
    with gate(papers.docx("Nội dung"), "Tờ trình.pdf") as inspection:
        assert inspection.file_name == "Tờ trình.docx"
        assert inspection.note_codes == [NoteCode.RENAMED]


@needs_office
def test_a_mark_inside_a_word_file_is_found() -> None:
    with gate(papers.docx("UBND TỈNH", "TỐI MẬT", "Kính gửi")) as inspection:
        assert inspection.problem is ProblemCode.SECRECY_MARK


@needs_office
def test_a_broken_word_file_has_a_sentence() -> None:
    broken = papers.archive({"[Content_Types].xml": b"<Types", "word/document.xml": b"<<<<"})
    with gate(broken) as inspection:
        assert inspection.problem is ProblemCode.CONVERSION_FAILED


@needs_office
def test_a_conversion_that_hangs_is_stopped() -> None:
    hurried = replace(LIMITS, conversion=replace(LIMITS.conversion, wall_seconds=0.2))
    with gate(papers.docx("Nội dung"), limits=hurried) as inspection:
        assert inspection.problem is ProblemCode.TOO_HEAVY


def test_without_libreoffice_there_is_a_sentence(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    with gate(papers.docx("Nội dung")) as inspection:
        assert inspection.problem is ProblemCode.NO_CONVERTER


@pytest.mark.parametrize(
    ("extra", "problem"),
    [
        ({"word/vbaProject.bin": b"x"}, ProblemCode.MACROS),
        ({f"word/{number}.xml": b"" for number in range(10_001)}, ProblemCode.TOO_HEAVY),
    ],
)
def test_bad_packages_are_refused(extra: dict[str, bytes], problem: ProblemCode) -> None:
    with gate(papers.docx("Nội dung", extra=extra)) as inspection:
        assert inspection.problem is problem


def test_an_archive_bomb_is_refused() -> None:
    with gate(papers.docx("Nội dung", extra={"word/media/1.bmp": bytes(1 << 30)})) as inspection:
        assert inspection.size < 2 * MIB
        assert inspection.problem is ProblemCode.TOO_HEAVY


def test_a_locked_opendocument_is_refused() -> None:
    locked = papers.archive(
        {
            "mimetype": b"application/vnd.oasis.opendocument.text",
            "META-INF/manifest.xml": b"<manifest:manifest><manifest:encryption-data/></manifest:manifest>",
        }
    )
    with gate(locked, "a.odt") as inspection:
        assert inspection.problem is ProblemCode.ENCRYPTED


def test_a_locked_word_file_is_refused() -> None:
    compound = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600 + "EncryptedPackage".encode("utf-16-le") + b"\0" * 64
    with gate(compound) as inspection:
        assert inspection.problem is ProblemCode.ENCRYPTED


def test_any_other_archive_is_refused() -> None:
    with gate(papers.archive({"a.exe": b"MZ"}), "a.zip") as inspection:
        assert inspection.problem is ProblemCode.UNKNOWN_TYPE
