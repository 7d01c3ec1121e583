"""The demo's documents are there once, however often it is built."""

import pytest
from django.core.exceptions import ImproperlyConfigured

from documents import demo
from documents.models import DocumentType, OutgoingDocument
from documents.papers import typeset
from documents.types import load_types
from people import demo as people_demo
from tests.documents.factories import AT

pytestmark = pytest.mark.django_db


def test_built_once(tmp_path, settings):
    settings.DATA_DIR = tmp_path
    settings.DEMO = True
    people_demo.build(AT)
    load_types(DocumentType.objects)  # a transactional test may have emptied the table
    demo.build(AT)
    demo.build(AT)
    rows = OutgoingDocument.objects.filter(source_key="demo")
    assert sorted(rows.values_list("state", flat=True)) == ["approved", "approved", "draft", "submitted"]
    for row in rows:
        assert {"leader", "agency", "number", "date"} <= set(typeset(row, at=AT).boxes)


def test_refused_in_production(settings):
    settings.PRODUCTION = True
    with pytest.raises(ImproperlyConfigured):
        demo.build(AT)
