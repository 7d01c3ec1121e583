"""The addresses of tablets."""

from django.urls import path

from tablets.views import desk, device, keeping

app_name = "tablets"
ONE = "tablets/<uuid:public_id>/"
MEETING = "meetings/<uuid:public_id>/tablets/"

urlpatterns = [
    path("tablet/", device.home, name="home"),
    path("tablet/set-up/", device.set_up, name="set_up"),
    path("tablet/take/", device.take, name="take"),
    path("tablet/card/<str:token>/", device.card, name="card"),
    path("tablet/return/", device.hand_back, name="hand_back"),
    path("tablet/receipt/<uuid:public_id>/", device.receipt, name="receipt"),
    path("tablets/", keeping.listed, name="list"),
    path("tablets/new/", keeping.add, name="add"),
    path(ONE, keeping.one, name="tablet"),
    path(f"{ONE}code/", keeping.renew_code, name="renew_code"),
    path(f"{ONE}rename/", keeping.rename, name="rename"),
    path(f"{ONE}retire/", keeping.retire, name="retire"),
    path(MEETING, desk.desk, name="desk"),
    path(f"{MEETING}cards/", desk.make_cards, name="cards"),
    path(f"{MEETING}call-in/", desk.call_in, name="call_in"),
    path(f"{MEETING}<uuid:place_id>/revoke/", desk.revoke, name="revoke"),
]
