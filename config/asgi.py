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
LINES = "/live/"


async def no_such_socket(scope: dict[str, Any], receive: Receive, send: Send) -> None:
    """Close a socket at an address nobody answers."""
    await receive()
    await send({"type": "websocket.close", "code": NOT_HERE})


def websocket_urlpatterns() -> list[Any]:
    """Return the sockets of the packages."""
    from annotations.routing import websocket_urlpatterns as reading
    from meetings.routing import websocket_urlpatterns as rooms
    from screens.routing import websocket_urlpatterns as screens

    return [*rooms, *screens, *reading]


def line_urlpatterns() -> list[Any]:
    """Return what stands in for the sockets over HTTP."""
    from annotations.routing import line_urlpatterns as reading
    from meetings.routing import line_urlpatterns as rooms
    from screens.routing import line_urlpatterns as screens

    return [*rooms, *screens, *reading]


async def no_such_line(scope: dict[str, Any], receive: Receive, send: Send) -> None:
    """Leave every other address to the pages, which know how to say that nothing is there."""
    await pages(scope, receive, send)


async def http(scope: dict[str, Any], receive: Receive, send: Send) -> None:
    """Answer on the event loop what carries a room's frames, and on threads everything else."""
    await (lines if scope["path"].startswith(LINES) else pages)(scope, receive, send)


pages = on_kept_threads(django_application, Threads())
elsewhere: Any = no_such_line
lines = URLRouter([*line_urlpatterns(), re_path(r"", elsewhere)])
nowhere: Any = no_such_socket
sockets = URLRouter([*websocket_urlpatterns(), re_path(r"", nowhere)])
application = ProtocolTypeRouter({"http": http, "websocket": AuthMiddlewareStack(sockets)})
