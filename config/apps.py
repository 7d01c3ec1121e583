"""Registers the package with Django."""

from django.apps import AppConfig


class ConfigConfig(AppConfig):
    name = "config"
    label = "config"

    def ready(self) -> None:
        from config.checks import register_checks

        register_checks()
