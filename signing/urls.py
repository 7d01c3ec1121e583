"""Addresses of signing."""

from django.urls import path

from signing import views

app_name = "signing"

urlpatterns = [
    path("check/", views.check, name="check"),
    path("signing/<uuid:public_id>/sign/", views.sign, name="sign"),
    path("signing/<uuid:public_id>/seal/", views.seal, name="seal"),
]
