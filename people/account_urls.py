"""The pages of django-allauth this program uses; sign-up and mail addresses are closed: agencies give accounts."""

from typing import NoReturn

from allauth.account import views
from django.conf import settings
from django.http import Http404, HttpRequest
from django.urls import URLPattern, URLResolver, include, path
from django.views.generic import RedirectView

from people.views import identity


def closed(request: HttpRequest, **kwargs: str) -> NoReturn:
    """Answer like any address that does not exist; allauth still wants the names."""
    raise Http404


urlpatterns: list[URLPattern | URLResolver] = [
    path("", RedirectView.as_view(pattern_name="people:profile"), name="account"),
    path("login/", views.login, name="account_login"),
    path("logout/", views.logout, name="account_logout"),
    path("inactive/", views.account_inactive, name="account_inactive"),
    path("reauthenticate/", views.reauthenticate, name="account_reauthenticate"),
    path("password/change/", views.password_change, name="account_change_password"),
    path("password/set/", views.password_set, name="account_set_password"),
    path("signup/", closed, name="account_signup"),
    path("email/", closed, name="account_email"),
    path("confirm-email/", closed, name="account_email_verification_sent"),
    path("confirm-email/<str:key>/", closed, name="account_confirm_email"),
    path("password/reset/", closed, name="account_reset_password"),
    path("password/reset/done/", closed, name="account_reset_password_done"),
    path("login/code/confirm/", closed, name="account_confirm_login_code"),
    path("2fa/", include("allauth.mfa.urls")),
    path("sessions/", include("allauth.usersessions.urls")),
]


def provider_addresses(issuer: str) -> list[URLPattern]:
    """Return where people leave for the identity provider and come back; allauth asks for them by the issuer."""
    named = {"provider_id": issuer}
    return [
        path("oidc/", identity.leave, named, name="openid_connect_login"),
        path("oidc/callback/", identity.come_back, named, name="openid_connect_callback"),
    ]


if settings.OIDC_ISSUER:
    urlpatterns += provider_addresses(settings.OIDC_ISSUER)
