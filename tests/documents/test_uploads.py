"""An upload of 200 MB leaves no 200 MB behind, and is refused with a sentence."""

import io
from typing import Any, cast

from django.core.files.uploadedfile import UploadedFile
from django.core.files.uploadhandler import MemoryFileUploadHandler
from django.test import RequestFactory

from documents.ingest.gate import inspected
from documents.ingest.inspection import ProblemCode
from documents.ingest.limits import LIMITS, MIB
from documents.uploads import CappedUploadHandler
from tests.documents import papers


class _Sparse(io.RawIOBase):
    """A multipart body with one large file, made while it is read."""

    def __init__(self, size: int) -> None:
        head = b'--x\r\nContent-Disposition: form-data; name="file"; filename="a.pdf"\r\n'
        head += b"Content-Type: application/pdf\r\n\r\n"
        tail = b"\r\n--x--\r\n"
        self.length = len(head) + size + len(tail)
        self._parts = iter([head, *papers.endless(size), tail])
        self._rest = b""

    def read(self, size: int = -1) -> bytes:
        while len(self._rest) < size and (part := next(self._parts, b"")):
            self._rest += part
        taken, self._rest = self._rest[:size], self._rest[size:]
        return taken


def _posted(size: int) -> "UploadedFile[Any]":
    body = _Sparse(size)
    environment = {"REQUEST_METHOD": "POST", "CONTENT_TYPE": "multipart/form-data; boundary=x", "wsgi.input": body}
    request = RequestFactory().request(**cast("Any", environment), CONTENT_LENGTH=str(body.length))
    request.upload_handlers = [MemoryFileUploadHandler(request), CappedUploadHandler(request)]
    return cast("UploadedFile[Any]", request.FILES["file"])


def test_a_file_in_bounds_is_whole() -> None:
    for size in (10, 3 * MIB):
        upload = _posted(size)
        assert upload.size == size
        assert sum(len(chunk) for chunk in upload.chunks()) == size


def test_two_hundred_megabytes_are_not_kept() -> None:
    upload = _posted(200 * MIB)
    assert LIMITS.max_bytes < (upload.size or 0) <= LIMITS.max_bytes + MIB
    with inspected(upload.chunks(), file_name=upload.name or "") as inspection:
        assert inspection.problem is ProblemCode.TOO_LARGE
