"""The addresses the ui tests need: ui itself and the sign-in pages."""

from django.urls import include, path

urlpatterns = [path("", include("ui.urls")), path("accounts/", include("allauth.urls"))]
