"""My notices, my preferences and devices, the state of the outbox."""

from django.urls import path

from notices.views import choosing, delivery, lists

app_name = "notices"
urlpatterns = [
    path("notices/", lists.listing, name="list"),
    path("notices/count/", lists.number, name="count"),
    path("notices/read/", lists.read_all, name="read_all"),
    path("notices/settings/", choosing.settings_page, name="settings"),
    path("notices/settings/test/", choosing.try_it, name="try"),
    path("notices/devices/", choosing.subscribe, name="subscribe"),
    path("notices/devices/<uuid:public_id>/remove/", choosing.unsubscribe, name="unsubscribe"),
    path("notices/delivery/", delivery.status, name="delivery"),
    path("notices/delivery/test/", delivery.send_test, name="send_test"),
    path("notices/<uuid:public_id>/", lists.open_one, name="open"),
    path("notices/<uuid:public_id>/read/", lists.read_one, name="read"),
]
