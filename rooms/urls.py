"""The addresses of rooms."""

from django.urls import path, re_path

from rooms.views import bookings, catalogue, plans

app_name = "rooms"
ONE = "rooms/<uuid:public_id>/"
PLAN = f"{ONE}plans/<uuid:plan_id>/"
UUID = r"(?P<public_id>[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12})"
PLAN_UUID = UUID.replace("public_id", "plan_id")

urlpatterns = [
    path("rooms/", catalogue.listing, name="list"),
    path("rooms/new/", catalogue.add, name="add"),
    path("rooms/calendar/", bookings.calendar, name="calendar"),
    path("rooms/free/", bookings.finder, name="free"),
    path("rooms/bookings/<uuid:public_id>/give-back/", bookings.give_back, name="give_back"),
    path(ONE, catalogue.detail, name="detail"),
    path(f"{ONE}edit/", catalogue.edit, name="edit"),
    path(f"{ONE}close/", catalogue.close, name="close"),
    path(f"{ONE}reopen/", catalogue.reopen, name="reopen"),
    path(f"{ONE}book/", bookings.reserve, name="reserve"),
    path(f"{ONE}block/", bookings.block, name="block"),
    path(f"{ONE}plans/", plans.add, name="add_plan"),
    path(f"{ONE}plan-tool/", plans.tool, name="plan_tool"),
    path(PLAN, plans.show, name="plan"),
    path(f"{PLAN}save/", plans.save, name="save_plan"),
    path(f"{PLAN}redraw/", plans.redraw, name="redraw_plan"),
    re_path(rf"^rooms/{UUID}/plans/{PLAN_UUID}/(?P<verb>main|remove)/$", plans.step, name="plan_step"),
]
