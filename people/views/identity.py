"""The way to the identity provider (OpenID Connect) and back."""

import logging
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import wraps
from typing import Any

from allauth.account.internal.decorators import login_not_required
from allauth.account.utils import get_next_redirect_url
from allauth.socialaccount.adapter import get_adapter
from allauth.socialaccount.models import SocialLogin, SocialToken
from allauth.socialaccount.providers.base.constants import AuthProcess
from allauth.socialaccount.providers.oauth2.views import OAuth2CallbackView
from allauth.socialaccount.providers.openid_connect.views import OpenIDConnectOAuth2Adapter
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from ledger.verdict import Refused

View = Callable[..., HttpResponse]
UNREADABLE = (OSError, LookupError, TypeError, ValueError)  # no answer, or not the answer the standard asks for
logger = logging.getLogger(__name__)


@contextmanager
def listening() -> Iterator[None]:
    """Turn an answer of the provider that cannot be understood, or none at all, into a refusal with its sentence."""
    try:
        yield
    except UNREADABLE as error:
        logger.warning("the identity provider cannot be understood", exc_info=True)
        raise Refused("identity_silent", provider=settings.OIDC_NAME) from error


class SuspiciousClient(OpenIDConnectOAuth2Adapter):
    """allauth's client, believing nothing unread: the ID token's signature is checked wherever it came from."""

    @property
    def openid_config(self) -> Any:
        """What the provider says about itself."""
        with listening():
            return super().openid_config

    def get_access_token_data(self, *args: Any, **kwargs: Any) -> Any:
        """Exchange the code."""
        with listening():
            return super().get_access_token_data(*args, **kwargs)

    def complete_login(self, request: HttpRequest, app: Any, token: SocialToken, **kwargs: Any) -> SocialLogin:
        """Return who came, with every claim checked."""
        self.did_fetch_access_token = False
        with listening():
            return super().complete_login(request, app, token, **kwargs)


def explained(view: View) -> View:
    """Answer a refusal with a page that says why and leads back."""

    @wraps(view)
    def guarded(request: HttpRequest, provider_id: str) -> HttpResponse:
        try:
            return view(request, provider_id)
        except Refused as refused:
            status = 503 if refused.code == "identity_silent" else 403
            return render(request, "people/identity_refused.html", {"text": refused.text}, status=status)

    return guarded


@login_not_required
@never_cache
@require_safe
@explained
def leave(request: HttpRequest, provider_id: str) -> HttpResponse:
    """Send the person to the identity provider."""
    provider = get_adapter().get_provider(request, provider_id)
    with listening():
        answer: HttpResponse = provider.redirect(
            request, process=AuthProcess.LOGIN, next_url=get_next_redirect_url(request)
        )
    return answer


@login_not_required
@never_cache
@require_safe
@explained
def come_back(request: HttpRequest, provider_id: str) -> HttpResponse:
    """Receive the person from the identity provider."""
    answer: HttpResponse = OAuth2CallbackView.adapter_view(SuspiciousClient(request, provider_id))(request)
    return answer
