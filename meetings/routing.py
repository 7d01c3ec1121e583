"""The socket's address."""

from django.urls import path

from meetings import leading  # noqa: F401  (registers what its passing frames do)
from meetings.consumers import RoomConsumer

websocket_urlpatterns = [path("ws/meetings/<uuid:public_id>/", RoomConsumer.as_asgi())]
