"""What django-allauth asks us: nobody signs up by themselves."""

from allauth.account.adapter import DefaultAccountAdapter
from django.http import HttpRequest


class AccountAdapter(DefaultAccountAdapter):  # type: ignore[misc]
    """Accounts are made by an administrator of the agency."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """There is no public sign-up."""
        return False
