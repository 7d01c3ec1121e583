"""Serves the test room: `python -m tests.live.serve daphne 8001`."""

import os
import sys
from importlib import import_module
from typing import Any


def with_daphne(application: Any, port: int) -> None:
    """Serve on Daphne."""
    from live.daphne_wire import WiredServer

    WiredServer(application, endpoints=[f"tcp:port={port}:interface=127.0.0.1"], signal_handlers=True).run()


def with_uvicorn(application: Any, port: int) -> None:
    """Serve on uvicorn."""
    import uvicorn

    from live.uvicorn_wire import WiredProtocol

    uvicorn.run(
        application,
        host="127.0.0.1",
        port=port,
        lifespan="off",
        log_level="warning",
        ws=WiredProtocol,
        ws_per_message_deflate=False,
    )


def main(server: str, port: int) -> None:
    """Set Django up and serve until killed."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tests.settings")
    import django
    from django.conf import settings

    django.setup()
    if "ROOM_REDIS" in os.environ:
        layer = {"BACKEND": "channels_redis.pubsub.RedisPubSubChannelLayer"}
        settings.CHANNEL_LAYERS = {"default": {**layer, "CONFIG": {"hosts": [os.environ["ROOM_REDIS"]]}}}
    outlet: Any = import_module("live.outlet")
    outlet.STUCK_SECONDS = float(os.environ.get("STUCK_SECONDS", outlet.STUCK_SECONDS))
    application = import_module("tests.live.room_app").application
    {"daphne": with_daphne, "uvicorn": with_uvicorn}[server](application, port)


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]))
