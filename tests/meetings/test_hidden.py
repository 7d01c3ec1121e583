"""Hidden items, the outline through its actions, and what two people do to one agenda."""

import json
from functools import partial

import pytest
from django.urls import reverse

from ledger.verdict import Refused, Unseen
from live.models import Event
from meetings.actions import agenda, package, papers, room, votes
from meetings.details import Asked, Matter, Spot
from meetings.models import AgendaItem
from meetings.outline import is_outline
from meetings.patches import personal_stream
from meetings.queries.visible import get_visible_item, get_visible_paper, get_visible_vote
from meetings.snapshot.own import personal_snapshot
from meetings.snapshot.room import room_snapshot
from meetings.snapshot.views import VIEWS
from notices.models import Notice
from people.queries import audiences_of
from search.models import Entry
from tests.live.sync_proof import assert_synced
from tests.meetings.factories import now, received, world
from tests.meetings.test_pages import htmx, page, signed_in

pytestmark = pytest.mark.django_db


def proved(made, act):
    meeting = made.meeting
    streams = {meeting.stream: {view: partial(room_snapshot, meeting, view) for view in VIEWS}}
    for user in [*made.everyone(), made.guest]:
        streams[personal_stream(meeting, user.pk)] = {"": partial(personal_snapshot, meeting, user)}
    return assert_synced(streams, act)


def tree(made):
    return [(item.title, item.depth) for item in made.meeting.items.all()]


def test_every_change_of_the_outline_is_told_completely():
    made = world("published", items=3)
    first, second, third = made.items
    meeting, clerk = made.meeting, made.clerk
    proved(made, lambda: agenda.step_item(second, step="in", by=clerk, at=now()))
    proved(made, lambda: agenda.step_item(third, step="up", by=clerk, at=now()))
    proved(made, lambda: agenda.hide_item(first, hidden=True, by=clerk, at=now()))
    proved(made, lambda: agenda.place_item(third, spot=Spot(first.public_id, 1), by=clerk, at=now()))
    assert AgendaItem.objects.get(pk=third.pk).hidden
    proved(made, lambda: agenda.hide_item(first, hidden=False, by=clerk, at=now()))
    lines = [(0, Matter("A", minutes=5)), (1, Matter("A1")), (0, Matter("B"))]
    spot = Spot(second.public_id, 1)
    new = proved(made, lambda: agenda.add_items(meeting, lines=lines, spot=spot, by=clerk, at=now()))
    gone = proved(made, lambda: agenda.remove_item(new[0], by=clerk, at=now()))
    assert [matter.title for _, matter in gone.lines] == ["A", "A1"]
    before = tree(made)
    proved(made, lambda: agenda.add_items(meeting, lines=gone.lines, spot=gone.spot, by=clerk, at=now()))
    assert [line for line in tree(made) if line not in before] == [("A", 1), ("A1", 2)]
    assert is_outline([depth for _, depth in tree(made)])


def test_a_hidden_item_exists_for_those_who_prepare_and_conduct_only():
    made = world("published", items=2)
    item, paper = made.items[0], made.papers[0]
    agenda.hide_item(item, hidden=True, by=made.clerk, at=now())
    for name in ("member", "guest"):
        user = made.user(name)
        with pytest.raises(Unseen):
            get_visible_item(user, made.meeting, item.public_id)
        with pytest.raises(Unseen):
            get_visible_paper(user, made.meeting, paper.public_id)
        with pytest.raises(Unseen):
            get_visible_vote(user, made.meeting, made.votes[0].public_id)
        client = signed_in(user)
        for address in (page(made), page(made, "print_agenda"), f"/api/v1/meetings/{made.meeting.public_id}/items"):
            answer = client.get(address)
            assert answer.status_code == 200
            assert "Nội dung 1" not in answer.content.decode()
        keys = set(paper.document.audiences.values_list("key", flat=True))
        assert not keys & set(audiences_of(user))
    for view in ("", "guest"):
        state = room_snapshot(made.meeting, view)
        assert [line["label"] for line in state["items"].values()] == ["1"]
        assert str(item.public_id) not in json.dumps(state)
        assert str(paper.public_id) not in json.dumps(state)
    for name in ("clerk", "secretary", "chair", "leader"):
        assert get_visible_item(made.user(name), made.meeting, item.public_id)
        assert "Nội dung 1" in signed_in(made.user(name)).get(page(made)).content.decode()
    assert not Entry.objects.filter(object_id=made.meeting.public_id, pages__text__icontains="nội dung 1").exists()


def test_members_hear_nothing_of_what_is_hidden():
    made = world("published", items=1)
    lines = [(0, Matter("Nhân sự kín", hidden=True))]
    last = Event.objects.order_by("-pk").values_list("pk", flat=True).first()
    (item,) = agenda.add_items(made.meeting, lines=lines, by=made.clerk, at=now())
    agenda.edit_item(item, matter=Matter("Nhân sự rất kín"), revision=1, by=made.clerk, at=now())
    vote = votes.prepare(item, asked=Asked("Hỏi kín?"), by=made.clerk, at=now())
    votes.drop(vote, by=made.clerk, at=now())
    AgendaItem.objects.filter(pk=item.pk).update(position=9)
    bodies = [frame.bodies for frame in Event.objects.filter(pk__gt=last)]
    for body in bodies:
        told = json.dumps({view: text for view, text in body.items() if view != "chair"}, ensure_ascii=False)
        assert "kín" not in told
    assert not Notice.objects.filter(kind="meetings.agenda_changed").exists()


def test_the_room_does_not_go_to_hidden_items():
    made = world("published", items=2)
    agenda.hide_item(made.items[0], hidden=True, by=made.clerk, at=now())
    room.open_room(made.meeting, by=made.chair, at=now())
    assert made.reread().current_item_id == made.items[1].pk
    with pytest.raises(Refused, match="item_hidden"):
        room.move_to(made.items[0], by=made.chair, at=now())
    with pytest.raises(Refused, match="item_discussed"):
        agenda.hide_item(made.items[1], hidden=True, by=made.chair, at=now())


def test_a_child_is_shown_with_its_parent_only():
    made = world("draft", items=2)
    parent, child = made.items
    agenda.step_item(child, step="in", by=made.clerk, at=now())
    agenda.hide_item(parent, hidden=True, by=made.clerk, at=now())
    assert AgendaItem.objects.get(pk=child.pk).hidden
    with pytest.raises(Refused, match="item_under_hidden"):
        agenda.hide_item(child, hidden=False, by=made.clerk, at=now())
    with pytest.raises(Refused, match="agenda_empty"):
        package.submit(made.meeting, by=made.clerk, at=now())


def test_a_paper_laid_under_a_hidden_item_is_for_the_keepers():
    made = world("published", items=1)
    agenda.hide_item(made.items[0], hidden=True, by=made.clerk, at=now())
    item = AgendaItem.objects.select_related("meeting__agency").get(pk=made.items[0].pk)
    paper = papers.lay(item, received("Kín.pdf"), by=made.clerk, at=now())
    assert not set(paper.document.audiences.values_list("key", flat=True)) & set(audiences_of(made.user("member")))
    agenda.hide_item(item, hidden=False, by=made.clerk, at=now())
    assert set(paper.document.audiences.values_list("key", flat=True)) & set(audiences_of(made.user("member")))


def test_an_add_beside_something_removed_is_not_lost():
    made = world("draft", items=2, with_papers=False)
    second = made.items[1]
    agenda.remove_item(second, by=made.clerk, at=now())
    agenda.add_item(made.meeting, matter=Matter("Mới"), spot=Spot(second.public_id, 0), by=made.clerk, at=now())
    assert tree(made) == [("Nội dung 1", 0), ("Mới", 0)]
    with pytest.raises(Refused, match="item_unknown"):
        agenda.place_item(made.items[0], spot=Spot(second.public_id), by=made.clerk, at=now())


def test_those_invited_are_told_once_an_hour_that_the_agenda_changed():
    made = world("published", items=2)
    at = now()
    for title in ("Một", "Hai"):
        agenda.add_item(made.meeting, matter=Matter(title), by=made.clerk, at=at)
    told = Notice.objects.filter(kind="meetings.agenda_changed", user=made.members[0])
    assert told.count() == 1


def test_steps_on_the_page_and_putting_back():
    made = world("draft", items=2, with_papers=False)
    made.meeting.votes.all().delete()
    client = signed_in(made.clerk)
    second = made.items[1].public_id
    assert htmx(client, page(made, "step_item", second), step="in").status_code == 200
    assert tree(made)[1][1] == 1
    assert htmx(client, page(made, "step_item", second), step="nowhere").status_code == 403
    answer = htmx(client, page(made, "remove_item", made.items[0].public_id))
    assert reverse("meetings:put_back", args=[made.meeting.public_id]) in answer.content.decode()
    assert tree(made) == []
    htmx(client, page(made, "put_back"))
    assert tree(made) == [("Nội dung 1", 0), ("Nội dung 2", 1)]
    assert htmx(client, page(made, "put_back")).status_code == 403
    assert htmx(client, page(made, "hide_item", made.meeting.items.first().public_id), hidden="yes").status_code == 200
    assert made.meeting.items.filter(hidden=True).count() == 2


def test_the_page_asks_cheaply_whether_something_changed():
    made = world("draft", items=1)
    client = signed_in(made.clerk)
    seen = client.get(page(made)).context["seen"]
    address = page(made, "agenda")
    assert client.get(address, {"only": "news", "seen": seen}).status_code == 204
    agenda.add_item(made.meeting, matter=Matter("Của người khác"), by=made.clerk, at=now())
    assert client.get(address, {"only": "news", "seen": seen}).content == b"changed"
    assert "Của người khác" in client.get(address, headers={"HX-Request": "true"}).content.decode()


def test_a_pasted_agenda_is_looked_over_and_added_at_once():
    made = world("draft", items=1)
    client = signed_in(made.clerk)
    address = page(made, "paste_agenda")
    assert client.get(address).status_code == 200
    shown = client.post(address, {"text": "1. Báo cáo (20 phút)\n1.1. Quý III\n2. Thảo luận"})
    assert [item.title for _, item in shown.context["lines"]] == ["Báo cáo", "Quý III", "Thảo luận"]
    form = {"title": ["Báo cáo", "Quý III", "Thảo luận"], "depth": ["0", "1", "0"], "presenter": ["", "Ông A", ""],
            "unit": [made.agency.name, "Sở Không Có", ""], "minutes": ["20", "", ""], "take": ["0", "1"]}  # fmt: skip
    assert client.post(address, form).status_code == 302
    assert tree(made) == [("Nội dung 1", 0), ("Báo cáo", 0), ("Quý III", 1)]
    added = made.meeting.items.last()
    assert added.presenter == "Sở Không Có, Ông A"
    assert made.meeting.items.get(title="Báo cáo").owner_unit == made.agency
    assert client.post(address, {**form, "take": []}).status_code == 403
    assert client.post(address, {**form, "minutes": ["x", "", ""]}).status_code == 403
    assert client.post(address, {"text": "\0\0", "html": "<!--"}).status_code == 422
    assert signed_in(made.stranger).get(address).status_code == 404
    assert signed_in(made.leader).get(address).status_code == 403


def test_questions_change_and_move_on_the_page():
    made = world("draft", items=1)
    client = signed_in(made.clerk)
    votes.prepare(made.items[0], asked=Asked("Thứ hai?"), by=made.clerk, at=now())
    second = made.meeting.votes.get(question="Thứ hai?")
    proved(made, lambda: votes.place(second, position=1, by=made.clerk, at=now()))
    assert made.meeting.votes.order_by("position").first().question == "Thứ hai?"
    form = {"question": "Đổi?", "rule": "ordinary", "revision": "1"}
    assert htmx(client, page(made, "edit_vote", second.public_id), **form).status_code == 200
    address, late = page(made, "edit_vote", second.public_id), form | {"question": "Chữ của người sau?"}
    for answer in (htmx(client, address, **late), client.post(address, late)):
        assert answer.status_code == 422
        assert all(words in answer.content.decode() for words in ("Chữ của người sau?", "Đổi?", 'value="2"'))
    assert htmx(client, page(made, "place_vote", second.public_id), position="x").status_code == 403


def test_whoever_did_not_prepare_arranges_nothing():
    made = world("published", items=2)
    for name in ("member", "guest", "leader"):
        for act in (
            lambda user: agenda.step_item(made.items[1], step="in", by=user, at=now()),
            lambda user: agenda.hide_item(made.items[1], hidden=True, by=user, at=now()),
            lambda user: agenda.add_items(made.meeting, lines=[(0, Matter("x"))], by=user, at=now()),
            lambda user: votes.place(made.vote(), position=2, by=user, at=now()),
        ):
            with pytest.raises(Refused):
                act(made.user(name))
