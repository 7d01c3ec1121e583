"""What this package hangs into the shell: its browser libraries."""

from django.conf import settings

from ui import importmap


def hang() -> None:
    """Register everything; called once from `AppConfig.ready`."""
    importmap.register("perfect-freehand", f"{settings.FREEHAND}/index.mjs")
    importmap.register("idb", f"{settings.IDB}/index.js")
