"""Conclusions: in order, with files, removed and put back, told to those who took part."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from documents.queries import get_visible_document
from ledger.verdict import Refused, Unseen
from meetings import drafting
from meetings.actions import agenda, conclusions, outcome, room
from meetings.actions import minutes as acts
from meetings.minutes.notice import conclusions_in_order, notice_content
from meetings.models import AgendaItem, Conclusion, Minutes
from meetings.queries.visible import get_visible_conclusion
from notices.models import Notice
from people.queries import audiences_of
from search.queries import find
from tests.meetings.factories import check_in, now, received, world
from tests.meetings.test_outcome import held
from tests.meetings.test_pages import pdf, signed_in

pytestmark = pytest.mark.django_db


def three():
    made = world("open")
    check_in(made)
    for text in ("Một", "Hai", "Ba"):
        conclusions.conclude(made.meeting, text=text, by=made.chair, at=now())
    return made


def order(made):
    return list(made.meeting.conclusions.values_list("text", flat=True))


def page(made, name="conclusions", *args):
    return reverse(f"meetings:{name}", args=[made.meeting.public_id, *args])


def test_their_order_is_the_order_of_notice_and_minutes():
    made = three()
    conclusions.place(made.meeting.conclusions.get(text="Ba"), position=1, by=made.secretary, at=now())
    assert order(made) == ["Ba", "Một", "Hai"]
    conclusions.conclude(made.meeting, text="Mục 1", item=made.items[0], by=made.chair, at=now())
    assert [line.text for line in conclusions_in_order(made.meeting)] == ["Mục 1", "Ba", "Một", "Hai"]


def test_what_was_removed_comes_back_as_it_stood():
    made = three()
    line = made.meeting.conclusions.get(text="Hai")
    document = conclusions.attach(line, received(), by=made.secretary, at=now())
    conclusions.remove(line, by=made.chair, at=now())
    assert order(made) == ["Một", "Ba"]
    back = conclusions.put_back(made.meeting, removed=line.public_id, by=made.secretary, at=now())
    assert order(made) == ["Một", "Hai", "Ba"]
    assert (back.files.get(), back.created_by) == (document, made.chair)
    for unknown in (line.public_id, made.meeting.public_id):
        with pytest.raises(Refused, match="conclusion_back"):
            conclusions.put_back(made.meeting, removed=unknown, by=made.chair, at=now())


def test_attached_files_are_read_by_those_who_read_the_minutes():
    made = held()
    line = made.meeting.conclusions.get()
    document = conclusions.attach(line, received(), title="Phụ lục", by=made.secretary, at=now())
    assert get_visible_document(made.user("member"), document.public_id)
    for name in ("guest", "stranger"):
        with pytest.raises(Unseen):
            get_visible_document(made.user(name), document.public_id)
    conclusions.detach(line, document, by=made.chair, at=now())
    with pytest.raises(Unseen):
        get_visible_document(made.user("member"), document.public_id)


VERBS = ("conclude", "edit", "remove", "place", "attach", "put_back", "publish")


def act(made, verb, user):
    line = made.meeting.conclusions.first()
    return {
        "conclude": lambda: conclusions.conclude(made.meeting, text="Mới", by=user, at=now()),
        "edit": lambda: conclusions.edit(line, text="Sửa", seen=line.text, by=user, at=now()),
        "remove": lambda: conclusions.remove(line, by=user, at=now()),
        "place": lambda: conclusions.place(line, position=2, by=user, at=now()),
        "attach": lambda: conclusions.attach(line, received(), by=user, at=now()),
        "put_back": lambda: conclusions.put_back(made.meeting, removed=made.gone, by=user, at=now()),
        "publish": lambda: outcome.publish_conclusions(made.reread(), by=user, at=now()),
    }[verb]


@pytest.mark.parametrize("state", ["open", "closed"])
@pytest.mark.parametrize("verb", VERBS)
def test_chair_and_secretary_conclude_nobody_else(state, verb):
    made = three()
    line = made.meeting.conclusions.last()
    conclusions.remove(line, by=made.chair, at=now())
    made.gone = line.public_id
    if state == "closed":
        room.close_room(made.meeting, by=made.chair, at=now())
    for name in ("clerk", "leader", "member", "guest", "stranger"):
        with pytest.raises(Refused):
            act(made, verb, made.user(name))()
    if verb == "publish" and state == "open":
        with pytest.raises(Refused, match="wrong_state"):
            act(made, verb, made.user("chair"))()
    else:
        act(made, verb, made.user("secretary"))()


def test_those_who_took_part_are_told():
    made = held()
    outcome.publish_conclusions(made.meeting, by=made.chair, at=now())
    told = set(Notice.objects.filter(kind="meetings.conclusions_published").values_list("user", flat=True))
    assert told == {user.pk for user in [made.secretary, made.guest, *made.members]}


def test_the_list_page_writes_changes_and_shows_both_texts_when_two_change_one():
    made = held()
    line = made.meeting.conclusions.get()
    client = signed_in(made.secretary)
    client.post(page(made), {"text": "Giao Sở Nội vụ.", "item": str(made.items[1].public_id)})
    assert "Giao Sở Nội vụ." in client.get(page(made)).content.decode()
    client.post(page(made, "edit_conclusion", line.public_id), {"text": "Của thư ký", "seen": line.text})
    answer = client.post(page(made, "edit_conclusion", line.public_id), {"text": "Của chủ tọa", "seen": line.text})
    assert answer.status_code == 409
    assert "Của thư ký" in answer.content.decode()
    assert "Của chủ tọa" in answer.content.decode()
    assert Conclusion.objects.get(pk=line.pk).text == "Của thư ký"


def test_after_the_notice_a_change_says_so():
    made = held()
    drafting.draft_notice(made.meeting, by=made.secretary, at=now())
    line = made.meeting.conclusions.get()
    client = signed_in(made.secretary)
    data = {"text": "Đổi.", "seen": line.text}
    answer = client.post(page(made, "edit_conclusion", line.public_id), data, follow=True)
    assert "Thông báo kết luận đã được soạn trước thay đổi này" in answer.content.decode()


def test_undo_files_and_order_on_the_page():
    made = held()
    line = made.meeting.conclusions.get()
    client = signed_in(made.chair)
    file = SimpleUploadedFile("Phụ lục.pdf", pdf(), "application/pdf")
    client.post(page(made, "attach_to_conclusion", line.public_id), {"file": file})
    assert "Phụ lục" in client.get(page(made)).content.decode()
    document = line.files.get()
    assert client.post(page(made, "detach_from_conclusion", line.public_id, document.public_id)).status_code == 302
    assert client.post(page(made, "place_conclusion", line.public_id), {"position": "x"}).status_code == 403
    answer = client.post(page(made, "remove_conclusion", line.public_id), follow=True)
    assert "put_back" in answer.content.decode()
    client.post(page(made, "put_back_conclusion", line.public_id))
    assert made.meeting.conclusions.get().public_id == line.public_id


def test_the_page_costs_the_same_for_three_as_for_one(django_assert_max_num_queries):
    made = held()
    client = signed_in(made.secretary)
    client.get(page(made))
    with django_assert_max_num_queries(60) as one:
        client.get(page(made))
    for number in range(3):
        conclusions.conclude(made.meeting, text=f"Thêm {number}", item=made.items[0], by=made.chair, at=now())
    with django_assert_max_num_queries(len(one.captured_queries)):
        client.get(page(made))


def test_guests_and_strangers():
    made = held()
    assert signed_in(made.guest).get(page(made)).status_code == 200
    assert signed_in(made.stranger).get(page(made)).status_code == 404
    assert signed_in(made.guest).post(page(made), {"text": "Tôi kết luận."}).status_code == 403


def test_nothing_comes_back_onto_a_hidden_item_or_one_that_is_gone():
    made = world("open", with_papers=False)
    item = made.items[1]
    line = conclusions.conclude(made.meeting, text="Kết luận kín", item=item, by=made.chair, at=now())
    conclusions.remove(line, by=made.chair, at=now())
    agenda.hide_item(item, hidden=True, by=made.clerk, at=now())
    with pytest.raises(Refused, match="item_hidden"):
        conclusions.put_back(made.meeting, removed=line.public_id, by=made.chair, at=now())
    agenda.remove_item(AgendaItem.objects.get(pk=item.pk), by=made.clerk, at=now())
    with pytest.raises(Refused, match="item_unknown"):
        conclusions.put_back(made.meeting, removed=line.public_id, by=made.chair, at=now())


def test_a_conclusion_on_a_hidden_item_is_the_keepers_alone_at_every_door():
    made = held()
    line = conclusions.conclude(made.meeting, text="Kết luận kín", item=made.items[1], by=made.chair, at=now())
    made.meeting.items.filter(pk=made.items[1].pk).update(hidden=True)
    assert "Kết luận kín" not in str(notice_content(made.meeting))
    for name, sees in (("clerk", True), ("chair", True), ("member", False), ("guest", False)):
        client = signed_in(made.user(name))
        for address in ("detail", "conclusions"):
            assert ("Kết luận kín" in client.get(page(made, address)).content.decode()) == sees, (name, address)
        if sees:
            assert get_visible_conclusion(made.user(name), made.meeting, line.public_id) == line
        else:
            with pytest.raises(Unseen):
                get_visible_conclusion(made.user(name), made.meeting, line.public_id)


def test_files_of_a_removed_conclusion_close_with_it_and_open_again_with_it():
    made = held()
    line, member = made.meeting.conclusions.get(), made.user("member")
    document = conclusions.attach(line, received(), title="Phụ lục kết luận", by=made.secretary, at=now())
    titles = lambda: [hit.title for hit in find(audiences_of(member), "phu luc ket luan")]  # noqa: E731
    assert titles() == [document.title]
    conclusions.remove(line, by=made.chair, at=now())
    assert titles() == []
    with pytest.raises(Unseen):
        get_visible_document(member, document.public_id)
    conclusions.put_back(made.meeting, removed=line.public_id, by=made.chair, at=now())
    assert titles() == [document.title]
    assert get_visible_document(member, document.public_id) == document


CHANGES = ("conclude", "edit", "remove", "place")


@pytest.mark.parametrize("verb", CHANGES)
def test_minutes_drafted_before_a_conclusion_changed_are_not_approved(verb):
    made = held()
    conclusions.conclude(made.meeting, text="Giao Sở Nội vụ.", item=made.items[0], by=made.chair, at=now())
    minutes = drafting.draft_minutes(made.meeting, by=made.secretary, at=now())
    act(made, verb, made.secretary)()
    with pytest.raises(Refused, match="changed_meanwhile"):
        acts.approve(minutes, received(), title="Biên bản", revision=minutes.revision, by=made.chair, at=now())
    newer = Minutes.objects.get(meeting=made.meeting)
    assert newer.revision > minutes.revision
    with pytest.raises(Refused, match="minutes_outdated"):
        acts.approve(newer, received(), title="Biên bản", revision=newer.revision, by=made.chair, at=now())
    assert 'id="outdated"' in signed_in(made.chair).get(page(made, "minutes")).content.decode()
    again = drafting.draft_minutes(made.meeting, by=made.secretary, at=now())
    assert 'id="outdated"' not in signed_in(made.chair).get(page(made, "minutes")).content.decode()
    assert drafting.approve_minutes(again, revision=again.revision, by=made.chair, at=now())
