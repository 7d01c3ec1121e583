"""The addresses of screens."""

from django.urls import path

from screens.views import keeping, wall

app_name = "screens"
PAGE = "screen/pages/<uuid:document>/<int:number>/<int:page>.webp"
ONE = "meetings/<uuid:public_id>/screens/"

urlpatterns = [
    path("screen/", wall.home, name="home"),
    path("screen/code/", wall.code, name="code"),
    path("screen/door/", wall.door, name="door"),
    path(PAGE, wall.picture, name="picture"),
    path(ONE, keeping.index, name="list"),
    path(f"{ONE}<uuid:screen_id>/change/", keeping.change, name="change"),
    path(f"{ONE}<uuid:screen_id>/unpair/", keeping.unpair, name="unpair"),
]
