"""The socket's address."""

from django.urls import path

from screens.consumers import ScreenConsumer

websocket_urlpatterns = [path("ws/screen/", ScreenConsumer.as_asgi())]
