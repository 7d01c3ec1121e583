"""The course of a meeting: each thing under the item it happened at, and under the number members saw."""

import pytest

from ledger.models import AuditEntry
from ledger.queries import told_of
from meetings.actions import agenda, room, votes
from meetings.archive.contents import course_text
from meetings.archive.record import record_of
from meetings.course import as_shown, steps
from meetings.details import Asked, Spot
from meetings.minutes.body import find
from meetings.minutes.facts import drafted
from meetings.models import AgendaItem
from tests.meetings.factories import bring, check_in, now, world

pytestmark = pytest.mark.django_db


def again(item):
    return AgendaItem.objects.select_related("meeting__agency").get(pk=item.pk)


def voted(made, vote):
    check_in(made)
    votes.open_vote(vote, by=made.chair, at=now())
    votes.close_vote(vote.__class__.objects.get(pk=vote.pk), by=made.chair, at=now())
    votes.declare(vote.__class__.objects.get(pk=vote.pk), by=made.chair, at=now())


def closed(made):
    room.close_room(made.meeting, by=made.chair, at=now())
    return drafted(made.reread())


def course(made, name):
    return [step.text for step in record_of(made.user(name), made.meeting).course]


def test_a_vote_stands_under_its_item_where_the_first_one_is_hidden():
    made = world("draft")
    agenda.hide_item(made.items[0], hidden=True, by=made.clerk, at=now())
    vote = votes.prepare(again(made.items[1]), asked=Asked("Thông qua nội dung 2?"), by=made.clerk, at=now())
    bring(made, "open")
    voted(made, vote)
    body = closed(made)
    assert "Thông qua nội dung 2?" in find(body, f"course.{made.items[1].public_id}")["text"]
    assert any("Thông qua nội dung 2?" in line for line in course(made, "member"))


def test_a_vote_stays_under_its_item_when_another_one_is_moved_to_the_front():
    made = world("open")
    agenda.place_item(again(made.items[1]), spot=Spot(None, 0), by=made.secretary, at=now())
    voted(made, made.vote())
    body = closed(made)
    assert "Thông qua nội dung 1?" in find(body, f"course.{made.items[0].public_id}")["text"]
    assert "Thông qua" not in find(body, f"course.{made.items[1].public_id}")["text"]


@pytest.mark.parametrize("older", [False, True])
def test_an_item_hidden_after_it_was_first_leaves_no_title_to_members_and_guests(older):
    made = world("open", with_papers=False)
    made.votes[0].delete()
    check_in(made, made.chair, made.members[0])
    room.move_to(again(made.items[1]), by=made.chair, at=now())
    agenda.place_item(again(made.items[1]), spot=Spot(None, 0), by=made.secretary, at=now())
    agenda.hide_item(again(made.items[0]), hidden=True, by=made.secretary, at=now())
    body = closed(made)
    acts = without_ids(made) if older else list(told_of(made.meeting.stream))
    titles = made.meeting.items.values_list("public_id", "title")
    shown = list(as_shown(steps(acts, titles=titles), {made.items[1].public_id}))
    assert "Nội dung 1" not in str(shown)
    assert made.members[0].full_name in str(shown)  # who came in meanwhile did come in
    assert "Nội dung 1" not in str(body)
    for name in ("member", "guest"):
        assert "Nội dung 1" not in course_text(record_of(made.user(name), made.meeting))
    assert any("Nội dung 1" in line for line in course(made, "clerk"))


def without_ids(made):
    """The acts as they were recorded before the opening named its item."""
    for at, verb, about, data in told_of(made.meeting.stream):
        item = {"position": 1, "title": data["item"]["title"]} if verb == "open" else None
        yield at, verb, about, {**data, "item": item} if item else data


def test_older_acts_lead_to_their_item_by_its_title():
    made = world("open")
    voted(made, made.vote())
    acts, titles = list(without_ids(made)), made.meeting.items.values_list("public_id", "title")
    found = {step.verb: step.item for step in steps(acts, titles=titles)}
    assert found["open_vote"] == found["move_item"] == made.items[0].public_id
    unknown = [step for step in steps(acts) if step.verb in ("open_vote", "move_item")]
    assert [(step.verb, step.item) for step in unknown] == [("open_vote", None)]


def test_the_course_counts_as_members_count():
    made = world("draft", items=4)
    agenda.hide_item(made.items[0], hidden=True, by=made.clerk, at=now())
    agenda.step_item(again(made.items[2]), step="in", by=made.clerk, at=now())
    bring(made, "open")
    for item in made.items[2:]:
        room.move_to(again(item), by=made.chair, at=now())
    closed(made)
    heads = [line.split(": ")[0].split()[-1] for line in course(made, "member") if "Nội dung" in line]
    assert heads == ["1", "1.1", "2"]
    moved = AuditEntry.objects.filter(verb="move_item").order_by("seq").values_list("data", flat=True)
    assert [(data["position"], data["label"]) for data in moved] == [(2, "1.1"), (3, "2")]
