"""Whatever the bytes are, the inspection answers; nothing raises."""

import io
import tempfile
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PIL import Image

from documents.ingest.gate import inspect
from documents.ingest.inspect_worker import Report, inspect_file
from documents.ingest.inspection import ProblemCode
from documents.ingest.limits import LIMITS
from documents.ingest.names import clean_name
from tests.documents import papers

_PDF = papers.hostile()
_DOCX = papers.docx("Kính gửi")
_buffer = io.BytesIO()
Image.new("L", (60, 80), 200).save(_buffer, "TIFF")
_SEEDS = [_PDF, papers.paper(2), _DOCX, _buffer.getvalue()]
_SLOW = [HealthCheck.too_slow, HealthCheck.data_too_large]


def _answer(content: bytes) -> Report:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        (folder / "upload").write_bytes(content)
        return inspect_file(folder / "upload", folder, LIMITS)


@st.composite
def damaged(draw: st.DrawFn) -> bytes:
    """A good file with bytes changed, cut out or repeated."""
    content = bytearray(draw(st.sampled_from(_SEEDS)))
    for _ in range(draw(st.integers(1, 12))):
        place = draw(st.integers(0, len(content) - 1))
        end = min(len(content), place + draw(st.integers(0, 40)))
        content[place:end] = draw(st.binary(max_size=40))
        content = content or bytearray(b"%PDF-1.4")
    return bytes(content)


@given(st.binary(max_size=2000) | st.binary(max_size=300).map(lambda tail: b"%PDF-1.7\n" + tail))
@settings(max_examples=60, deadline=None, suppress_health_check=_SLOW)
def test_random_bytes_have_an_answer(content: bytes) -> None:
    report = _answer(content)
    assert report.media_type == "application/rtf" or report.problem in {code.value for code in ProblemCode}


@given(damaged())
@settings(max_examples=150, deadline=None, suppress_health_check=_SLOW)
def test_damaged_files_have_an_answer(content: bytes) -> None:
    report = _answer(content)
    assert report.problem or report.media_type
    if not report.problem and report.text_pages:
        assert len(report.text_pages) == len(report.page_sizes)


@given(st.text(max_size=300))
def test_any_name_becomes_a_name(name: str) -> None:
    cleaned = clean_name(name)
    assert cleaned
    assert len(cleaned) <= 200
    assert cleaned == clean_name(cleaned)
    assert not set(cleaned) & set('/\\\n\r\t\0<>"')


_LOOP = (
    b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n"
    b"2 0 obj<</Type/Pages/Count COUNT/Kids[2 0 R 2 0 R]>>endobj\ntrailer<</Root 1 0 R>>"
)


@pytest.mark.parametrize("count", [b"9", b"2000000000", b"-1"])
def test_a_page_tree_that_contains_itself_has_an_answer(tmp_path: Path, count: bytes) -> None:
    (tmp_path / "upload").write_bytes(_LOOP.replace(b"COUNT", count))
    answer = inspect(tmp_path / "upload", file_name="a.pdf", folder=tmp_path)
    assert answer.problem in {ProblemCode.BROKEN, ProblemCode.NO_PAGES, ProblemCode.TOO_HEAVY}
