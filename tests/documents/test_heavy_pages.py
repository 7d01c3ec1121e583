"""A page that would take for ever costs the others nothing, and what is too heavy is called so."""

import io
import json
import os
import queue
import signal
import sys
import time
from pathlib import Path

import pytest
from pikepdf import Array, Dictionary, Name, Pdf, Stream

from documents import renditions
from documents.ingest import preview_worker
from documents.ingest.confine import WorkerFailed, run_confined
from documents.ingest.gate import inspect
from documents.ingest.inspection import ProblemCode
from documents.ingest.limits import LIMITS, Limits
from documents.renditions import previews


def endless_page(pdf: Pdf) -> None:
    """Paint the first page with a pattern painted with itself, in steps of a millionth."""
    said = {"Type": Name.Pattern, "PatternType": 1, "PaintType": 1, "TilingType": 1}
    steps = {"BBox": Array([0, 0, 1, 1]), "XStep": 0.000001, "YStep": 0.000001}
    one = pdf.make_indirect(Stream(pdf, b"/Pattern cs /P scn 0 0 1 1 re f", **said, **steps))
    one.Resources = Dictionary(Pattern=Dictionary(P=one))
    page = pdf.pages[0].obj
    page.Contents = pdf.make_indirect(Stream(pdf, b"/Pattern cs /P scn 0 0 595 842 re f"))
    page.Resources = Dictionary(Pattern=Dictionary(P=one))


def blank(pages: int) -> Pdf:
    pdf = Pdf.new()
    for _ in range(pages):
        pdf.add_blank_page(page_size=(595, 842))
    return pdf


def test_a_page_without_end_is_given_up_and_the_next_ones_are_drawn(tmp_path: Path):
    pdf = blank(3)
    endless_page(pdf)
    pdf.save(tmp_path / "paper.pdf")
    (tmp_path / "pictures").mkdir()
    limits = Limits(page_seconds=1.5)
    found = list(previews(tmp_path / "paper.pdf", folder=tmp_path / "pictures", workers=1, limits=limits))
    assert [(page.page, bool(page.pictures)) for page in found] == [(1, False), (2, True), (3, True)]


def test_a_page_that_is_done_as_its_time_is_up_is_told_once(capfd: pytest.CaptureFixture[str]):
    for _ in range(30):
        child = os.fork()
        if not child:
            with pytest.MonkeyPatch.context() as patched:
                patched.setattr(os, "execv", lambda *_: os._exit(0))
                with preview_worker._patience(0.01, 7, 1, marked=False):
                    time.sleep(0.0099)
                preview_worker._tell(7, [], marked=False)
                os._exit(0)
        os.waitpid(child, 0)
    assert capfd.readouterr().out.splitlines() == [json.dumps({"page": 7, "pictures": [], "marked": False})] * 30


def test_a_page_told_twice_is_taken_once(tmp_path: Path):
    (tmp_path / "00001.txt").write_text("một")
    (tmp_path / "00002.txt").write_text("hai")
    told: queue.Queue[str | WorkerFailed | None] = queue.Queue()
    for page in (1, 1, 2, 1):
        told.put(json.dumps({"page": page, "pictures": [], "marked": False}))
    told.put(None)
    found = list(renditions._collected(told, 1, tmp_path, LIMITS))
    assert [(page.page, page.text) for page in found] == [(1, "một"), (2, "hai")]


def test_a_page_with_too_many_annotations_is_refused_at_once(tmp_path: Path):
    pdf, made = blank(1), io.BytesIO()
    note = pdf.make_indirect(Dictionary(Type=Name.Annot, Subtype=Name.Text, Rect=Array([0, 0, 9, 9])))
    pdf.pages[0].obj.Annots = Array([note] * 60_000)
    pdf.save(made)
    (tmp_path / "upload").write_bytes(made.getvalue())
    answer = inspect(tmp_path / "upload", file_name="paper.pdf", folder=tmp_path)
    assert answer.problem is ProblemCode.TOO_HEAVY


def test_a_program_that_ends_for_want_of_memory_was_too_heavy(tmp_path: Path):
    command = [sys.executable, "-c", "import os; os.abort()"]
    with pytest.raises(WorkerFailed) as failed:
        run_confined(command, folder=tmp_path, allowance=LIMITS.inspection)
    assert failed.value.too_heavy
    assert str(-signal.SIGABRT) in str(failed.value)
