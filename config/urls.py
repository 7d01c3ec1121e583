"""The addresses of the server: each package brings its own."""

from importlib.util import find_spec

from django.urls import URLPattern, URLResolver, include, path

from config import health, setup, trust
from config.api import api

PACKAGES = [
    "ui",
    "people",
    "notices",
    "guides",
    "rooms",
    "documents",
    "annotations",
    "signing",
    "meetings",
    "tablets",
    "screens",
    "metrics",
]

handler400 = "config.errors.bad_request"
handler403 = "config.errors.permission_denied"
handler404 = "config.errors.not_found"
handler500 = "config.errors.server_error"

urlpatterns: list[URLPattern | URLResolver] = [
    path("healthz", health.healthz, name="healthz"),
    path("readyz", health.readyz, name="readyz"),
    path("setup/", setup.page, name="setup"),
    path("trust/", trust.page, name="trust"),
    path("trust/nghi-su-ca.crt", trust.certificate, name="trust_certificate"),
    path("api/v1/", api.urls),
    path("accounts/", include("people.account_urls")),
    *[path("", include(f"{package}.urls")) for package in PACKAGES if find_spec(f"{package}.urls")],
]
