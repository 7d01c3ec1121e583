"""Registers the package with Django."""

from django.apps import AppConfig


class LiveConfig(AppConfig):
    name = "live"
