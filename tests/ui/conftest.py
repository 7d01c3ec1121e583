"""The ui is tested alone: its own addresses, a person who only needs a name."""

import pytest
from django.test import Client

from people.models import User


@pytest.fixture(autouse=True)
def own_addresses(settings):
    settings.ROOT_URLCONF = "tests.ui.urls"


@pytest.fixture
def person(db):
    return User.objects.create_user("anh.nguyen", "mat-khau-thu-123", full_name="Nguyễn Thị Ngọc Ánh")


@pytest.fixture
def signed_in(person):
    client = Client()
    client.force_login(person, backend="allauth.account.auth_backends.AuthenticationBackend")
    return client
