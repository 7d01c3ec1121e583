"""Registers the package with Django."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class MetricsConfig(AppConfig):
    """Hangs the figures into the navigation."""

    name = "metrics"

    def ready(self) -> None:
        """Register with the packages below."""
        from metrics import rights
        from ui.nav import NavItem, register

        rights.register()
        register(NavItem("figures", _("Figures"), "metrics:dashboard", "chart-column", order=60, shortcut="f"))
