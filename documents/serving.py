"""Answers with stored bytes, whole or in part, without ever holding a file in memory.

Whether the person may have the bytes is the caller's question, asked before: a hash is never a capability.
"""

import asyncio
import unicodedata
from collections.abc import AsyncIterator, Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import TypeVar
from urllib.parse import quote

from django.http import HttpRequest, HttpResponse, HttpResponseBase, StreamingHttpResponse
from django.utils.cache import patch_vary_headers

from documents.blobs.store import blob_store
from documents.byteranges import ByteRange, Unsatisfiable, asked_range

# Reading has threads of its own: a slow store must not hold up the rest of the server.
_READERS = ThreadPoolExecutor(max_workers=16, thread_name_prefix="blobs")
_POLICY = "default-src 'none'; img-src 'self' data:; style-src 'unsafe-inline'; frame-ancestors 'none'"
_SANDBOX = f"sandbox; {_POLICY}"
Made = TypeVar("Made")
Shown = TypeVar("Shown", bound=HttpResponseBase)
_SHOWN = {"application/pdf", "image/jpeg", "image/png", "image/webp"}


async def serve_blob(
    request: HttpRequest, *, sha256: str, size: int, media_type: str, file_name: str, download: bool = False
) -> HttpResponseBase:
    """Answer GET or HEAD with the bytes of one blob; the caller has checked the right to read.

    `sha256`, `size` and `media_type` are those of the `Blob` row. Only PDF and images are shown in the browser,
    everything else is a download whatever was asked. Raises `BlobMissing` when the store has lost the bytes and
    `BlobStoreUnavailable` when it does not answer, before anything was sent.
    """
    if request.method not in {"GET", "HEAD"}:
        return HttpResponse(status=405, headers={"Allow": "GET, HEAD"})
    response = await _answer(request, sha256, size, media_type)
    shown = media_type in _SHOWN and not download
    return _with_headers(response, sha256, disposition("inline" if shown else "attachment", file_name))


async def _answer(request: HttpRequest, sha256: str, size: int, media_type: str) -> HttpResponseBase:
    if _is_known(request, sha256):
        return HttpResponse(status=304, content_type=media_type)
    part = _wanted(request, sha256, size)
    if isinstance(part, Unsatisfiable):
        return HttpResponse(status=416, content_type=media_type, headers={"Content-Range": f"bytes */{size}"})
    content = part or ByteRange(0, size)
    response = await _body(request, sha256, content, media_type)
    response["Content-Length"] = str(content.length)
    if part:
        response.status_code = 206
        response["Content-Range"] = part.content_range(size)
    return response


def _is_known(request: HttpRequest, sha256: str) -> bool:
    """Does the browser hold these very bytes (If-None-Match)?"""
    tags = {tag.strip().removeprefix("W/") for tag in request.headers.get("If-None-Match", "").split(",")}
    return _etag(sha256) in tags or "*" in tags


def _wanted(request: HttpRequest, sha256: str, size: int) -> ByteRange | Unsatisfiable | None:
    """Return the part asked for; the whole when If-Range names other bytes."""
    condition = request.headers.get("If-Range", "").strip()
    if request.method != "GET" or (condition and condition != _etag(sha256)):
        return None
    return asked_range(request.headers.get("Range", ""), size)


async def _body(request: HttpRequest, sha256: str, part: ByteRange, media_type: str) -> HttpResponseBase:
    if request.method == "HEAD" or not part.length:
        return HttpResponse(content_type=media_type)
    reader = blob_store().open_range(sha256, part.start, part.length)
    first = await _in_thread(reader)
    if first is not None and len(first) == part.length:  # a picture of a page: nothing is left to stream
        _leave(reader)
        return HttpResponse(first, content_type=media_type)
    return StreamingHttpResponse(_chunks(reader, first), content_type=media_type)


async def _chunks(reader: Iterator[bytes], first: bytes | None) -> AsyncIterator[bytes]:
    """Yield chunk by chunk, each read in a thread; when the browser leaves, the store's handle is closed."""
    chunk = first
    try:
        while chunk:
            yield chunk
            chunk = await _in_thread(reader)
    finally:
        _leave(reader)


def _leave(reader: Iterator[bytes]) -> None:
    """Give the store's handle back."""
    close = getattr(reader, "close", None)
    if close:
        _READERS.submit(close)


async def in_thread(work: Callable[..., Made], *arguments: object) -> Made:
    """Do slow work on stored bytes in one of the readers' threads."""
    return await asyncio.get_running_loop().run_in_executor(_READERS, lambda: work(*arguments))


_FOR_ONE = {
    "Cache-Control": "private, no-store",
    "Content-Security-Policy": _SANDBOX,
    "Cross-Origin-Resource-Policy": "same-origin",
    "X-Content-Type-Options": "nosniff",
}


def picture_response(data: bytes) -> HttpResponse:
    """Answer with a picture made for one reader; nothing on the way keeps it."""
    return HttpResponse(data, content_type="image/webp", headers=_FOR_ONE)


def copy_response(
    data: bytes, file_name: str, *, media_type: str = "application/pdf", shown: bool = False
) -> HttpResponse:
    """Answer with a file made for one reader, to be saved or `shown`; nothing on the way keeps it."""
    headers = {**_FOR_ONE, "Content-Disposition": disposition("inline" if shown else "attachment", file_name)}
    response = HttpResponse(data, content_type=media_type, headers=headers)
    return to_print(response) if shown else response


def to_print(response: Shown) -> Shown:
    """Let the browser's own program show a PDF: in a sandbox, Safari leaves the pages of some empty."""
    response["Content-Security-Policy"] = _POLICY
    return response


async def _in_thread(reader: Iterator[bytes]) -> bytes | None:
    return await asyncio.get_running_loop().run_in_executor(_READERS, next, reader, None)


def _with_headers(response: HttpResponseBase, sha256: str, shown_as: str) -> HttpResponseBase:
    response["ETag"] = _etag(sha256)
    response["Accept-Ranges"] = "bytes"
    response["Cache-Control"] = "private, no-cache"
    response["Content-Disposition"] = shown_as
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Security-Policy"] = _SANDBOX
    response["Cross-Origin-Resource-Policy"] = "same-origin"
    patch_vary_headers(response, ["Cookie", "Authorization"])
    return response


def _etag(sha256: str) -> str:
    return f'"{sha256}"'


def disposition(kind: str, file_name: str) -> str:
    """Return a Content-Disposition header (RFC 6266): letters every program knows, and the true name beside them."""
    plain = _ascii(file_name)
    return f"{kind}; filename=\"{plain}\"; filename*=UTF-8''{quote(file_name, safe='')}"


def _ascii(name: str) -> str:
    decomposed = unicodedata.normalize("NFD", name).replace("đ", "d").replace("Đ", "D")
    letters = (char for char in decomposed if not unicodedata.combining(char))
    return "".join(char if " " <= char <= "~" and char not in '"\\%' else "_" for char in letters)
