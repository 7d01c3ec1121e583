"""The address of the reading line: a WebSocket, and what stands in for it over HTTP."""

from django.urls import path

from annotations.consumers import ReadingConsumer
from annotations.live_reading import ReadingSession
from live.lines.door import by_line

websocket_urlpatterns = [path("ws/reading/", ReadingConsumer.as_asgi())]
line_urlpatterns = [path("live/reading/<slug:way>/", by_line(ReadingSession))]
