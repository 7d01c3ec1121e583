"""The application every ASGI server runs: pages over HTTP, rooms over WebSocket."""

import os
from collections.abc import Awaitable, Callable
from typing import Any

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")

from django.core.asgi import get_asgi_application

django_application = get_asgi_application()  # sets Django up; the imports below need it

from channels.auth import AuthMiddlewareStack
from channels.routing import ProtocolTypeRouter, URLRouter
from django.urls import re_path

from config.threads import Threads, on_kept_threads

Receive = Callable[[], Awaitable[dict[str, Any]]]
Send = Callable[[dict[str, Any]], Awaitable[None]]
NOT_HERE = 4404


async def no_such_socket(scope: dict[str, Any], receive: Receive, send: Send) -> None:
    """Close a socket at an address nobody answers."""
    await receive()
    await send({"type": "websocket.close", "code": NOT_HERE})


def websocket_urlpatterns() -> list[Any]:
    """Return the sockets of the packages."""
    from meetings.routing import websocket_urlpatterns as rooms
    from screens.routing import websocket_urlpatterns as screens

    return [*rooms, *screens]


http = on_kept_threads(django_application, Threads())
nowhere: Any = no_such_socket
sockets = URLRouter([*websocket_urlpatterns(), re_path(r"", nowhere)])
application = ProtocolTypeRouter({"http": http, "websocket": AuthMiddlewareStack(sockets)})
