"""The first administrator: once, with a fit password, then never again."""

import pytest
from django.core.exceptions import ValidationError

from ledger.verdict import Refused
from people import setup
from people.actions.setup import first_administrator
from people.models import Agency
from people.queries import administered_ids
from tests.people.factories import now

pytestmark = pytest.mark.django_db
FACTS = {
    "agency_code": "UBND-P1", "agency_name": "Ủy ban nhân dân phường Một", "abbreviation": "UBND", "place": "Một",
    "username": "quan.tri", "full_name": "Đỗ Minh Quân", "title": "Quản trị hệ thống",
}  # fmt: skip


def test_the_first_administrator_runs_the_top_agency() -> None:
    assert setup.is_needed()
    admin = first_administrator(**FACTS, password="câu dài dễ nhớ 2026", at=now())
    assert not setup.is_needed()
    assert administered_ids(admin) == {Agency.objects.get().pk}
    assert admin.slip_valid_until is None
    with pytest.raises(Refused):
        first_administrator(**{**FACTS, "username": "ke.hai"}, password="câu dài dễ nhớ 2026", at=now())


def test_a_weak_password_changes_nothing() -> None:
    with pytest.raises(ValidationError):
        first_administrator(**FACTS, password="123456", at=now())
    assert setup.is_needed()
    assert not Agency.objects.exists()
