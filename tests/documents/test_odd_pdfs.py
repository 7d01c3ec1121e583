"""A large set of odd and broken PDFs is uploaded without one error page, and no worker passes its limits."""

import resource
import tempfile
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from documents.ingest.inspect_worker import inspect_file
from documents.ingest.inspection import ProblemCode
from documents.ingest.limits import LIMITS
from documents.models import Document
from tests.documents.factories import Office
from tests.documents.odd_pdfs import odd_pdfs
from tests.documents.test_pages import browser, get

MANY, THROUGH_THE_GATE = 154, 22


def test_whatever_is_in_them_the_inspection_answers():
    answers = {}
    with tempfile.TemporaryDirectory() as name:
        for title, data in odd_pdfs(MANY):
            folder = Path(name, title)
            folder.mkdir()
            (folder / "upload").write_bytes(data)
            report = inspect_file(folder / "upload", folder, LIMITS)
            answers[title] = report.problem or "read"
            assert report.problem or report.page_sizes, title
    assert set(answers.values()) <= {"read", *(code.value for code in ProblemCode)}
    assert 20 < sum(answer == "read" for answer in answers.values()) < MANY - 20


@pytest.mark.django_db
def test_uploads_of_them_are_answered_with_a_page_or_a_sentence():
    office = Office()
    client = browser(office.official)
    for title, data in odd_pdfs(THROUGH_THE_GATE, seed=2):
        upload = SimpleUploadedFile(f"{title}.pdf", data, "application/pdf")
        answer = client.post(reverse("documents:upload"), {"file": upload}, headers={"accept": "application/json"})
        assert answer.status_code in (201, 403), (title, answer.status_code)
        assert answer.json().get("url") or answer.json()["detail"], title
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    assert used.ru_maxrss * 1024 < LIMITS.inspection.memory_bytes
    for document in Document.objects.all():
        assert get(office.official, "document", document.public_id).status_code == 200
