"""The address of a screen's WebSocket, and what stands in for it over HTTP."""

from django.urls import path

from live.lines.door import by_line
from screens.consumers import ScreenConsumer
from screens.session import ScreenSession

websocket_urlpatterns = [path("ws/screen/", ScreenConsumer.as_asgi())]
line_urlpatterns = [path("live/screen/<slug:way>/", by_line(ScreenSession))]
