"""The addresses of sessions: a WebSocket each, and what stands in for it over HTTP."""

from django.urls import path

from live.lines.door import by_line
from meetings import leading, shown, taken  # noqa: F401  (register what their passing frames do)
from meetings.consumers import RoomConsumer, SupportConsumer
from meetings.session import RoomSession, SupportSession

websocket_urlpatterns = [
    path("ws/meetings/<uuid:public_id>/", RoomConsumer.as_asgi()),
    path("ws/meetings/<uuid:public_id>/support/", SupportConsumer.as_asgi()),
]
line_urlpatterns = [
    path("live/meetings/<uuid:public_id>/<slug:way>/", by_line(RoomSession)),
    path("live/meetings/<uuid:public_id>/support/<slug:way>/", by_line(SupportSession)),
]
