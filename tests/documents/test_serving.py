"""Stored bytes over HTTP: whole, in part, unchanged, and without holding a file in memory."""

import hashlib
import os
import tracemalloc
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any, cast

import pytest
from django.http import HttpResponseBase, StreamingHttpResponse
from django.test import AsyncRequestFactory
from pytest_django import Settings

from documents.blobs.protocol import BlobMissing
from documents.blobs.store import blob_store
from documents.serving import disposition, serve_blob
from tests.servers.seaweed import S3Server

CONTENT = os.urandom(700_001)
PDF = "application/pdf"
SHA = hashlib.sha256(CONTENT).hexdigest()


@pytest.fixture(params=["local", pytest.param("s3", marks=pytest.mark.s3)])
def stored(request: pytest.FixtureRequest, settings: Settings, tmp_path: Path) -> str:
    """Some bytes in each kind of store."""
    settings.DATA_DIR = tmp_path / "data"
    if request.param == "s3":
        server: S3Server = request.getfixturevalue("s3")
        for name, value in server.settings("serving").items():
            setattr(settings, name, value)
    source = tmp_path / "source"
    source.write_bytes(CONTENT)
    blob_store().put(source, SHA, len(CONTENT))
    return SHA


async def ask(
    method: str = "GET", *, name: str = "Tờ trình.pdf", media_type: str = "application/pdf", **headers: str
) -> HttpResponseBase:
    """Send a request for the stored bytes."""
    request = AsyncRequestFactory().generic(method, "/x", headers=cast("dict[str, Any]", headers))
    return await serve_blob(request, sha256=SHA, size=len(CONTENT), media_type=media_type, file_name=name)


async def body(response: HttpResponseBase) -> bytes:
    """Return all bytes of an answer."""
    if isinstance(response, StreamingHttpResponse):
        return b"".join([chunk async for chunk in cast("AsyncIterator[bytes]", response.streaming_content)])
    return cast("Any", response).content


async def test_the_whole_file(stored: str) -> None:
    response = await ask()
    assert response.status_code == 200
    assert await body(response) == CONTENT
    assert response["Content-Length"] == str(len(CONTENT))
    assert response["Content-Type"] == "application/pdf"
    assert response["ETag"] == f'"{stored}"'
    assert response["Accept-Ranges"] == "bytes"
    assert response["Cache-Control"] == "private, no-cache"
    assert response["X-Content-Type-Options"] == "nosniff"
    assert "sandbox" in response["Content-Security-Policy"]
    assert response["Content-Disposition"].startswith('inline; filename="To trinh.pdf"; filename*=UTF-8')


@pytest.mark.parametrize(
    ("asked", "start", "end"),
    [
        ("bytes=0-0", 0, 1),
        ("bytes=65536-131071", 65536, 131072),
        ("bytes=700000-", 700000, 700001),
        ("bytes=-5", 699996, 700001),
    ],
)
async def test_a_part(stored: str, asked: str, start: int, end: int) -> None:
    response = await ask(Range=asked)
    assert response.status_code == 206
    assert response["Content-Range"] == f"bytes {start}-{end - 1}/{len(CONTENT)}"
    assert response["Content-Length"] == str(end - start)
    assert await body(response) == CONTENT[start:end]


@pytest.mark.usefixtures("stored")
async def test_several_parts_are_answered_with_the_whole() -> None:
    response = await ask(Range="bytes=0-1,5-6")
    assert response.status_code == 200
    assert await body(response) == CONTENT


@pytest.mark.usefixtures("stored")
async def test_a_part_beyond_the_end() -> None:
    response = await ask(Range="bytes=700001-")
    assert response.status_code == 416
    assert response["Content-Range"] == f"bytes */{len(CONTENT)}"


@pytest.mark.usefixtures("stored")
async def test_if_range() -> None:
    assert (await ask(Range="bytes=0-9", **{"If-Range": f'"{SHA}"'})).status_code == 206
    for other in ('"other"', "Sat, 21 Nov 2026 00:00:00 GMT", f'W/"{SHA}"'):
        assert (await ask(Range="bytes=0-9", **{"If-Range": other})).status_code == 200


@pytest.mark.usefixtures("stored")
async def test_what_the_browser_holds_is_not_sent_again() -> None:
    response = await ask(**{"If-None-Match": f'"x", W/"{SHA}"'})
    assert response.status_code == 304
    assert await body(response) == b""
    assert response["ETag"] == f'"{SHA}"'


@pytest.mark.usefixtures("stored")
async def test_head_tells_and_sends_nothing() -> None:
    response = await ask("HEAD", Range="bytes=0-9")
    assert response.status_code == 200
    assert response["Content-Length"] == str(len(CONTENT))
    assert await body(response) == b""


@pytest.mark.usefixtures("stored")
async def test_other_methods_are_refused() -> None:
    assert (await ask("POST")).status_code == 405


@pytest.mark.usefixtures("stored")
async def test_only_pdf_and_images_open_in_the_browser() -> None:
    assert (await ask(media_type="text/html"))["Content-Disposition"].startswith("attachment")
    assert (await ask(media_type="image/webp"))["Content-Disposition"].startswith("inline")


async def test_lost_bytes_are_told_before_anything_is_sent(settings: Settings, tmp_path: Path) -> None:
    settings.DATA_DIR = tmp_path
    with pytest.raises(BlobMissing):
        await ask()


@pytest.mark.usefixtures("stored")
async def test_a_browser_that_leaves_frees_the_store() -> None:
    response = await ask()
    chunks = cast("AsyncIterator[bytes]", response.streaming_content)  # type: ignore[attr-defined]
    assert await anext(chunks)
    await chunks.aclose()  # type: ignore[attr-defined]


async def test_a_large_file_is_never_in_memory(settings: Settings, tmp_path: Path) -> None:
    settings.DATA_DIR = tmp_path / "data"
    source = tmp_path / "source"
    with source.open("wb") as file:
        file.truncate(60_000_000)
    sha256 = hashlib.sha256(source.read_bytes()).hexdigest()
    blob_store().put(source, sha256, 60_000_000)
    request = AsyncRequestFactory().get("/x")
    tracemalloc.start()
    response = await serve_blob(request, sha256=sha256, size=60_000_000, media_type=PDF, file_name="a.pdf")
    total = 0
    async for chunk in cast("AsyncIterator[bytes]", response.streaming_content):  # type: ignore[attr-defined]
        total += len(chunk)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert total == 60_000_000
    assert peak < 4_000_000


def test_names_in_the_header_are_safe() -> None:
    header = disposition("attachment", 'Đề án "số 1"\\ ỷ.pdf')
    assert header == (
        'attachment; filename="De an _so 1__ y.pdf"; '
        "filename*=UTF-8''%C4%90%E1%BB%81%20%C3%A1n%20%22s%E1%BB%91%201%22%5C%20%E1%BB%B7.pdf"
    )
    assert "\n" not in disposition("inline", "a\r\nX-Evil: 1.pdf")
