"""The addresses of meetings."""

from django.urls import path, re_path

from meetings.views import agenda, lists, papers, people, preparing, room, votes

app_name = "meetings"
ONE = "meetings/<uuid:public_id>/"
ITEM = f"{ONE}items/<uuid:item_id>/"
PAPER = f"{ONE}papers/<uuid:paper_id>/"
PLACE = f"{ONE}people/<uuid:place_id>/"
UUID = r"(?P<public_id>[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12})"

urlpatterns = [
    path("meetings/", lists.index, name="list"),
    path("meetings/new/", preparing.create, name="create"),
    path(ONE, preparing.detail, name="detail"),
    path(f"{ONE}edit/", preparing.edit, name="edit"),
    re_path(rf"^meetings/{UUID}/(?P<verb>submit|take_back|approve|give_back|cancel)/$", preparing.step, name="step"),
    path(f"{ONE}agenda/", agenda.agenda_part, name="agenda"),
    path(f"{ONE}items/", agenda.add_item, name="add_item"),
    path(f"{ITEM}edit/", agenda.edit_item, name="edit_item"),
    path(f"{ITEM}place/", agenda.place_item, name="place_item"),
    path(f"{ITEM}remove/", agenda.remove_item, name="remove_item"),
    path(f"{ITEM}papers/", papers.lay_paper, name="lay_paper"),
    path(f"{ITEM}votes/", votes.prepare_vote, name="prepare_vote"),
    path(f"{ONE}votes/<uuid:vote_id>/drop/", votes.drop_vote, name="drop_vote"),
    path(f"{PAPER}replace/", papers.replace_paper, name="replace_paper"),
    path(f"{PAPER}withdraw/", papers.withdraw_paper, name="withdraw_paper"),
    path(f"{PAPER}guests/", papers.paper_for_guests, name="paper_for_guests"),
    path(f"{ONE}people/", people.invite, name="invite"),
    path(f"{ONE}people/find/", people.find_people, name="find_people"),
    path(f"{PLACE}change/", people.change_place, name="change_place"),
    path(f"{PLACE}remove/", people.remove_place, name="remove_place"),
    path(f"{ONE}room/", room.room, name="room"),
    path(f"{ONE}conclusions/", room.conclude, name="conclude"),
    path(f"{ONE}minutes/", room.minutes, name="minutes"),
    path(f"{ONE}notice/", room.notice, name="notice"),
]
