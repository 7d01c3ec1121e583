"""The list of questions of a meeting: prepared there or on the agenda, results as each person may see them."""

from uuid import uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from ledger.models import AuditEntry
from meetings.actions import agenda, votes
from meetings.details import Asked
from meetings.models import Vote
from tests.meetings.factories import check_in, now, world
from tests.meetings.test_pages import signed_in

pytestmark = pytest.mark.django_db


def address(made, name="votes", *args):
    return reverse(f"meetings:{name}", args=[made.meeting.public_id, *args])


def page(made, user, **headers):
    return signed_in(made.user(user)).get(address(made), headers=headers)


def said(**changes):
    return {"question": "Thông qua kế hoạch?", "form": "approve", "rule": "ordinary", "page": "votes", **changes}


def test_the_clerk_prepares_a_choice_of_several_with_a_countdown():
    made = world("draft")
    client = signed_in(made.clerk)
    several = said(
        item=str(made.items[1].public_id),
        question="Chọn hai?",
        form="several",
        options="Một\r\n\r\n Hai \r\nBa",
        most="2",
        seconds="45",
    )
    answer = client.post(address(made, "add_vote"), several)
    vote = Vote.objects.get(question="Chọn hai?")
    assert (answer.status_code, answer["Location"]) == (302, f"{address(made)}#vote-{vote.public_id}")
    assert [option["label"] for option in vote.options] == ["Một", "Hai", "Ba", "Không biểu quyết"]
    assert (vote.item, vote.rule["min"], vote.rule["max"], vote.seconds) == (made.items[1], 1, 2, 45)
    text = client.get(address(made)).content.decode()
    assert "Chọn hai?" in text
    assert "<li>Hai</li>" in text


@pytest.mark.parametrize(
    "wrong",
    [
        {"question": ""},
        {"question": "Hỏi\0?"},
        {"question": "x" * 501},
        {"form": "secret"},
        {"rule": "nothing"},
        {"form": "one", "options": "Một"},
        {"form": "several", "options": "Một\nHai", "most": "3"},
        {"seconds": "5"},
        {"seconds": "abc"},
        {"least": "99"},
        {"item": "not-a-uuid"},
        {"item": ""},
    ],
)
def test_what_cannot_be_asked_comes_back_with_what_was_written(wrong):
    made = world("draft")
    sent = {"item": str(made.items[0].public_id)} | said(question="Giữ lại câu này?") | wrong
    answer = signed_in(made.clerk).post(address(made, "add_vote"), sent)
    assert answer.status_code == 422
    if "question" not in wrong:
        assert "Giữ lại câu này?" in answer.content.decode()
    assert Vote.objects.count() == 1


def test_an_item_of_another_meeting_is_unseen():
    made, other = world("draft"), world("draft")
    sent = said(item=str(other.items[0].public_id))
    assert signed_in(made.clerk).post(address(made, "add_vote"), sent).status_code == 404
    assert signed_in(made.clerk).post(address(made, "add_vote"), said(item=str(uuid4()))).status_code == 404


def test_questions_are_changed_moved_and_dropped_from_the_list():
    made = world("draft")
    second = votes.prepare(made.items[0], asked=Asked("Thứ hai?"), by=made.clerk, at=now())
    client = signed_in(made.clerk)
    assert (
        client.post(address(made, "place_vote", second.public_id), {"position": "1", "page": "votes"}).status_code
        == 302
    )
    assert made.items[0].votes.order_by("position").first() == second
    changed = said(question="Thứ hai, sửa?", revision="1", seconds="30")
    answer = client.post(address(made, "edit_vote", second.public_id), changed)
    assert answer["Location"].startswith(address(made))
    second.refresh_from_db()
    assert (second.question, second.seconds) == ("Thứ hai, sửa?", 30)
    stale = client.post(address(made, "edit_vote", second.public_id), changed | {"question": "Bản của tôi?"})
    assert stale.status_code == 422
    assert "Bản của tôi?" in stale.content.decode()
    assert "Thứ hai, sửa?" in stale.content.decode()
    part = client.post(address(made, "drop_vote", second.public_id), {"page": "votes"}, headers={"HX-Request": "true"})
    assert part.content.decode().lstrip().startswith("<div")
    assert "Thứ hai" not in part.content.decode()


def test_the_agendas_short_form_leaves_options_and_countdown_alone():
    made = world("draft")
    asked = Asked("Chọn?", form="several", options=("A", "B", "C"), least=1, most=2, seconds=60)
    vote = votes.prepare(made.items[0], asked=asked, by=made.clerk, at=now())
    short = {"question": "Chọn hai?", "rule": "ordinary", "revision": "1"}
    assert signed_in(made.clerk).post(address(made, "edit_vote", vote.public_id), short).status_code == 302
    vote.refresh_from_db()
    assert (vote.question, vote.form, vote.rule["max"], vote.seconds) == ("Chọn hai?", "several", 2, 60)
    assert len(vote.options) == 4


def test_a_result_is_shown_to_each_when_they_may_see_it():
    made = world("open")
    check_in(made)
    votes.open_vote(made.vote(), by=made.chair, at=now())
    votes.close_vote(made.vote(), by=made.chair, at=now())
    assert "Không thông qua" in page(made, "chair").content.decode()
    for name in ("member", "guest", "clerk"):
        assert "Không thông qua" not in page(made, name).content.decode()
        assert "Không thông qua" not in signed_in(made.user(name)).get(address(made, "detail")).content.decode()
    votes.declare(made.vote(), by=made.chair, at=now())
    for name in ("member", "guest", "clerk"):
        assert "Không thông qua" in page(made, name).content.decode()


def test_hidden_items_and_other_peoples_meetings_stay_closed():
    made = world("published")
    agenda.hide_item(made.items[0], hidden=True, by=made.secretary, at=now())
    assert made.votes[0].question not in page(made, "member").content.decode()
    assert made.votes[0].question in page(made, "secretary").content.decode()
    assert page(made, "stranger").status_code == 404
    assert signed_in(made.stranger).post(address(made, "add_vote"), said()).status_code == 404
    sent = said(item=str(made.items[1].public_id))
    assert signed_in(made.user("member")).post(address(made, "add_vote"), sent).status_code == 422
    assert not AuditEntry.objects.filter(verb="prepare_vote", by=made.members[0]).exists()


def test_who_asks_what_is_new_gets_nothing_when_nothing_is():
    made = world("published")
    client = signed_in(made.secretary)
    seen = client.get(address(made)).context["seen"]
    assert client.get(address(made), {"seen": seen}).status_code == 204
    votes.prepare(made.items[0], asked=Asked("Mới?"), by=made.clerk, at=now())
    assert "Mới?" in client.get(address(made), {"seen": seen}).content.decode()


def test_a_meeting_without_questions_says_what_to_do():
    made = world("draft")
    votes.drop(made.vote(), by=made.clerk, at=now())
    text = page(made, "clerk").content.decode()
    assert "Chưa có nội dung biểu quyết" in text
    assert 'name="question"' in text


def test_three_questions_cost_as_many_queries_as_one():
    made = world("draft")
    client = signed_in(made.clerk)
    client.get(address(made))
    costs = []
    for _ in range(2):
        with CaptureQueriesContext(connection) as asked:
            assert client.get(address(made)).status_code == 200
        costs.append(len(asked))
        for number in range(2):
            votes.prepare(made.items[number], asked=Asked(f"Thêm {number}?"), by=made.clerk, at=now())
    assert costs[0] == costs[1]
