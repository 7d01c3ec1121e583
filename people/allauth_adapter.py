"""What django-allauth asks us: nobody signs up by themselves; slips are replaced; one transaction per sign-in."""

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.core import context
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from allauth.socialaccount.models import SocialLogin
from allauth.usersessions.adapter import DefaultUserSessionsAdapter
from allauth.usersessions.models import UserSession
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from ledger.door import writing
from people.actions.users import change_password, end_other_sessions
from people.addresses import client_address
from people.identity import came_by_provider, failed, who
from people.models import User


class AccountAdapter(DefaultAccountAdapter):
    """Accounts are made by an administrator of the agency."""

    error_messages = {
        **DefaultAccountAdapter.error_messages,
        "username_password_mismatch": _("The sign-in name or the password is wrong. Check both and try again."),
        "account_inactive": _("This account is closed. Ask your administrator if you still need it."),
        "slip_expired": _("The password on the slip is no longer valid. Ask your administrator for a new slip."),
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """There is no public sign-up."""
        return False

    def pre_authenticate(self, request: HttpRequest, **credentials: Any) -> None:
        """One lock-out library counts wrong passwords: axes (people/lockout.py)."""

    def authenticate(self, request: HttpRequest, **credentials: Any) -> User | None:
        """Let in whoever has the right password, unless it came on a slip that is no longer valid."""
        user: User | None = super().authenticate(request, **credentials)
        if user and not user.is_active:
            raise self.validation_error("account_inactive")
        if user and user.slip_valid_until and user.slip_valid_until <= timezone.now():
            raise self.validation_error("slip_expired")
        return user

    def login(self, request: HttpRequest, user: User) -> None:
        """Session, last sign-in and log line in one transaction: a full room signs in at once."""
        with writing():
            super().login(request, user)

    def logout(self, request: HttpRequest) -> None:
        """The session is gone in the same transaction that tells the sockets to look."""
        with writing():
            super().logout(request)

    def post_login(self, request: HttpRequest, user: User, **kwargs: Any) -> HttpResponse:
        """Lead whoever came with a slip to the page where it is replaced."""
        response: HttpResponse = super().post_login(request, user, **kwargs)
        if user.slip_valid_until and not came_by_provider(request, user):
            response["Location"] = reverse("account_change_password")
        return response

    def set_password(self, user: User, password: str) -> None:
        """Change the password through the door for writes."""
        keep = context.request.session.session_key or ""
        changed = change_password(user, password=password, keep_session=keep, by=user, at=timezone.now())
        user.password, user.slip_valid_until = changed.password, None

    def get_client_ip(self, request: HttpRequest) -> str:
        """Return the address behind the known proxies."""
        address = client_address(request)
        if address is None:
            raise PermissionDenied
        return address

    def add_message(self, *args: Any, **kwargs: Any) -> None:
        """Say nothing where the next page says it already."""
        if kwargs.get("message_template", args[2] if len(args) > 2 else None) != "account/messages/logged_in.txt":
            super().add_message(*args, **kwargs)


class SessionsAdapter(DefaultUserSessionsAdapter):
    """The list of sessions: what is ended there ends its sockets too."""

    def end_sessions(self, sessions: list[UserSession]) -> None:
        """End the person's sessions but the one asking, through the door for writes."""
        request = context.request
        current = request.session.session_key or ""
        end_other_sessions(request.user, current=current, by=request.user, at=timezone.now())


class SocialAccountAdapter(DefaultSocialAccountAdapter):
    """The identity provider says who somebody is; whether they may come in is decided here."""

    def is_open_for_signup(self, request: HttpRequest, sociallogin: SocialLogin) -> bool:
        """Nobody gets an account by signing in somewhere else."""
        return False

    def populate_user(self, request: HttpRequest, sociallogin: SocialLogin, data: Any) -> Any:
        """Take nothing over: the account is found, never made."""
        return sociallogin.user

    def pre_social_login(self, request: HttpRequest, sociallogin: SocialLogin) -> None:
        """Let in whose account this identity is, or `Refused`."""
        sociallogin.user = User.objects.get(pk=who(request, sociallogin.account).pk)  # kept in the session as it is

    def on_authentication_error(self, *args: Any, error: Any = None, exception: Any = None, **kwargs: Any) -> None:
        """Explain in our words what allauth has no Vietnamese for."""
        raise failed(error, exception)
