"""Registers the package with Django."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class UiConfig(AppConfig):
    name = "ui"

    def ready(self) -> None:
        """Put the home page first in the rail."""
        from ui.nav import NavItem, register

        register(NavItem("home", _("Home"), "home", "house", order=0, shortcut="h"))
