"""The demo's issued document: really signed and sealed, once, however often it is built."""

import pytest
from django.utils import timezone

from documents import demo as documents_demo
from documents.models import DocumentType, IncomingDocument, OutgoingDocument
from documents.types import load_types
from people import demo as people_demo
from signing import demo

pytestmark = pytest.mark.django_db


def test_one_document_is_issued_once(tmp_path, settings):
    settings.DATA_DIR, settings.KEYS_DIR, settings.DEMO = tmp_path, tmp_path / "keys", True
    people_demo.build(timezone.now())
    load_types(DocumentType.objects)
    for _ in range(2):
        documents_demo.build(timezone.now())
        demo.build(timezone.now())
        row = OutgoingDocument.objects.get(state="issued")
        assert row.number.number == 1
        assert set(row.version.signatures.values_list("verdict", flat=True)) == {"valid"}
    assert sorted(IncomingDocument.objects.values_list("state", flat=True)) == ["arrived", "received"]
