"""The pages of django-allauth this program uses; sign-up and mail addresses are closed: agencies give accounts."""

from typing import NoReturn

from allauth import app_settings
from allauth.account import views
from django.http import Http404, HttpRequest
from django.urls import URLPattern, URLResolver, include, path


def closed(request: HttpRequest, **kwargs: str) -> NoReturn:
    """Answer like any address that does not exist; allauth still wants the names."""
    raise Http404


urlpatterns: list[URLPattern | URLResolver] = [
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
if app_settings.SOCIALACCOUNT_ENABLED:  # sign-in through the province's identity provider is configuration
    urlpatterns += [path("3rdparty/", include("allauth.socialaccount.urls"))]
