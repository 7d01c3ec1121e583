"""What the pages below people learn from it: the language of an account, an installation still to be opened."""

import pytest
from django.test import Client

from people.actions.setup import first_administrator
from people.models import User
from tests.people.factories import now
from tests.people.test_setup import FACTS

pytestmark = pytest.mark.django_db


def opened() -> User:
    return first_administrator(**FACTS, password="câu dài dễ nhớ 2026", at=now())


def test_the_chosen_language_is_kept_on_the_account(client: Client) -> None:
    user = opened()
    client.force_login(user)
    client.post("/i18n/setlang/", {"language": "en", "next": "/"})
    client.post("/i18n/setlang/", {"language": "xx", "next": "/"})
    user.refresh_from_db()
    assert (user.language, client.cookies["django_language"].value) == ("en", "en")


def test_sign_in_points_to_the_setup_page_until_somebody_has_an_account(client: Client) -> None:
    assert "/setup/" in client.get("/accounts/login/").content.decode()
    opened()
    assert "/setup/" not in client.get("/accounts/login/").content.decode()


@pytest.mark.parametrize("address", ["/nothing/", "/check/"])
def test_errors_and_checks_keep_the_navigation_of_who_is_signed_in(client: Client, address: str) -> None:
    assert "shell-main" not in client.get(address).content.decode()
    client.force_login(opened())
    assert "shell-main" in client.get(address).content.decode()
