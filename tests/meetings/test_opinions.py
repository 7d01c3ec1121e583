"""Opinions: mine alone until handed in, then the chair's too; told to nobody else, never in the record."""

from uuid import uuid4

import pytest

from ledger.models import AuditEntry
from ledger.verdict import Refused, Unseen
from live.models import Event
from meetings.actions import agenda, opinions, room
from meetings.commands.obeying import obey
from meetings.commands.orders import Order
from meetings.details import Matter
from meetings.models import Meeting, NotebookEntry, Opinion
from meetings.queries.visible import get_visible_item
from meetings.snapshot.own import personal_snapshot
from meetings.snapshot.room import room_snapshot
from meetings.snapshot.views import VIEWS
from tests.meetings.factories import now, world
from tests.meetings.test_pages import signed_in
from tests.meetings.test_sync import proved
from tests.people.factories import fresh

pytestmark = pytest.mark.django_db
WORDS = "Đề nghị bổ sung phương án tái định cư zxqv"


def save(made, user, text=WORDS, revision=0, item=0):
    return opinions.save(made.items[item], text=text, revision=revision, by=user, at=now())


def hand_in(made, user):
    save(made, user)
    return opinions.hand_in(made.items[0], by=user, at=now())


def everything_published() -> str:
    return str(list(AuditEntry.objects.values())) + str([str(row) for row in Event.objects.values()])


def test_until_handed_in_it_is_nobodys_business():
    made = world("published")
    member = made.members[0]
    before = AuditEntry.objects.count(), Event.objects.count()
    save(made, member)
    assert (AuditEntry.objects.count(), Event.objects.count()) == before
    assert "zxqv" not in str([room_snapshot(made.meeting, view) for view in VIEWS])
    assert "zxqv" not in str(personal_snapshot(made.meeting, member))
    address = f"/meetings/{made.meeting.public_id}/opinions/"
    assert "zxqv" in signed_in(made.user("member")).get(address).content.decode()
    for name in ("chair", "secretary", "clerk", "leader", "guest"):
        client = signed_in(made.user(name))
        assert "zxqv" not in client.get(address).content.decode()


def test_handed_in_it_is_told_to_chair_and_author_and_kept_out_of_the_record():
    made = world("published")
    member = made.members[0]
    save(made, member)
    handed = proved(made, lambda: opinions.hand_in(made.items[0], by=member, at=now()))
    assert "zxqv" in str(room_snapshot(made.meeting, "chair"))
    assert "zxqv" in str(personal_snapshot(made.meeting, member))
    assert "zxqv" not in str(room_snapshot(made.meeting, "")) + str(room_snapshot(made.meeting, "guest"))
    assert "zxqv" not in str(list(AuditEntry.objects.values()))
    event = Event.objects.get(kind="opinion.handed_in", stream__key=made.meeting.stream)
    assert event.bodies[""] is None
    assert event.bodies["guest"] is None
    proved(made, lambda: opinions.take_back(made.items[0], by=member, at=now()))
    assert "zxqv" not in str(room_snapshot(made.meeting, "chair")) + str(personal_snapshot(made.meeting, member))
    assert Opinion.objects.get(pk=handed.pk).text == WORDS


def test_chair_and_secretary_read_and_export_what_was_handed_in():
    made = world("published")
    hand_in(made, made.members[0])
    address = f"/meetings/{made.meeting.public_id}/opinions"
    for name, status in (("chair", 200), ("secretary", 200), ("clerk", 403), ("leader", 403), ("guest", 403)):
        client = signed_in(made.user(name))
        assert ("zxqv" in client.get(f"{address}/").content.decode()) is (status == 200), name
        answer = client.get(f"{address}.csv")
        assert answer.status_code == status, name
        if status == 200:
            assert "zxqv" in answer.content.decode("utf-8-sig")
    other = signed_in(made.members[1])
    assert "zxqv" not in other.get(f"{address}/").content.decode()


@pytest.mark.parametrize("state", ["draft", "submitted", "returned", "published", "open", "closed", "cancelled"])
def test_who_may_prepare_an_opinion_and_when(state):
    made = world(state)
    allowed = {"chair", "secretary", "member"} if state in ("published", "open") else set()
    for name in ("clerk", "leader", "chair", "secretary", "member", "guest", "stranger"):
        user = made.user(name)
        item = made.items[1]  # an open room stands at the first item
        if name in allowed:
            opinions.save(item, text=WORDS, revision=0, by=user, at=now())
            opinions.hand_in(item, by=user, at=now())
            opinions.take_back(item, by=user, at=now())
            continue
        for act in (
            lambda item=item, user=user: opinions.save(item, text=WORDS, revision=0, by=user, at=now()),
            lambda item=item, user=user: opinions.hand_in(item, by=user, at=now()),
            lambda item=item, user=user: opinions.take_back(item, by=user, at=now()),
        ):
            with pytest.raises(Refused):
                act()


def test_once_the_meeting_is_at_the_item_nothing_changes_any_more():
    made = world("published")
    member = made.members[0]
    hand_in(made, member)
    save(made, made.members[1])
    room.open_room(made.meeting, by=made.chair, at=now())
    Meeting.objects.filter(pk=made.meeting.pk).update(current_item=made.items[0])
    made.items[0].refresh_from_db()
    for act in (
        lambda: opinions.take_back(made.items[0], by=member, at=now()),
        lambda: opinions.hand_in(made.items[0], by=made.members[1], at=now()),
        lambda: save(made, made.members[1], "Khác", 1),
    ):
        with pytest.raises(Refused, match="item_reached"):
            act()
    save(made, member, item=1)


def test_two_devices_lose_nothing_and_what_was_handed_in_stands():
    made = world("published")
    member = made.user("member")
    save(made, member)
    save(made, member, "hai", 1)
    with pytest.raises(Refused, match="changed_meanwhile"):
        save(made, member, "ba", 1)
    address = f"/meetings/{made.meeting.public_id}/items/{made.items[0].public_id}/opinion/"
    client = signed_in(member)
    late = client.post(address, {"text": "ba", "revision": "1"}, headers={"Accept": "application/json"})
    assert (late.status_code, late.json()["text"]) == (409, "hai")
    page = client.post(f"{address}hand-in/", {"text": "ba", "revision": "1"})
    assert page.status_code == 409
    assert "hai" in page.content.decode()
    assert not Opinion.objects.filter(handed_in_at__isnull=False).exists()
    assert client.post(f"{address}hand-in/", {"text": "ba", "revision": "2"}).status_code == 302
    assert Opinion.objects.get().text == "ba"
    with pytest.raises(Refused, match="opinion_handed_in"):
        save(made, member, "bốn", 4)


def with_an_item_more():
    made = world("draft", with_papers=False)
    item = agenda.add_item(made.meeting, matter=Matter("Thêm"), by=made.clerk, at=now())
    Meeting.objects.filter(pk=made.meeting.pk).update(state="published", published_at=now())
    return made, item, made.members[0]


def test_without_words_there_is_no_opinion():
    _made, item, member = with_an_item_more()
    opinions.save(item, text="a", revision=0, by=member, at=now())
    assert opinions.save(item, text=" ", revision=1, by=member, at=now()) is None


def test_an_unsent_opinion_betrays_itself_to_nobody_and_is_not_lost_with_its_item():
    made, item, member = with_an_item_more()
    opinions.save(item, text="Chưa đồng ý mức thu.", revision=0, by=member, at=now())
    agenda.remove_item(item, by=made.clerk, at=now())
    kept = NotebookEntry.objects.get(user=member)
    assert kept.text == "Thêm\n\nChưa đồng ý mức thu."
    assert kept.text_folded


def test_an_item_with_an_opinion_handed_in_stays():
    made, item, member = with_an_item_more()
    opinions.save(item, text="a", revision=0, by=member, at=now())
    opinions.hand_in(item, by=member, at=now())
    with pytest.raises(Refused, match="item_in_use"):
        agenda.remove_item(item, by=made.clerk, at=now())


def test_an_item_of_another_meeting_is_not_there():
    made, other = world("published"), world("published")
    member = made.user("member")
    with pytest.raises(Unseen):
        get_visible_item(member, made.meeting, other.items[0].public_id)
    address = f"/meetings/{made.meeting.public_id}/items/{other.items[0].public_id}/opinion/"
    assert signed_in(member).post(address, {"text": "x"}).status_code == 404
    with pytest.raises(Refused):
        opinions.save(other.items[0], text="x", revision=0, by=member, at=now())


@pytest.mark.parametrize("text", ["a\0b", "a" * 20_001])
def test_bad_words_are_refused_with_a_sentence(text):
    made = world("published")
    address = f"/meetings/{made.meeting.public_id}/items/{made.items[0].public_id}/opinion/"
    answer = signed_in(made.user("member")).post(address, {"text": text}, headers={"Accept": "application/json"})
    assert answer.status_code == 403
    assert len(answer.json()["detail"]) > 20


def test_the_room_shows_ones_own_words_and_hands_them_in():
    made = world("published")
    author, other = made.members[:2]
    opinions.save(made.items[1], text="Đề nghị xem lại số liệu.", revision=0, by=author, at=now())
    key = str(made.items[1].public_id)
    address = f"/meetings/{made.meeting.public_id}/room/"
    assert signed_in(author).get(address).context["bootstrap"]["drafts"] == {key: "Đề nghị xem lại số liệu."}
    assert signed_in(other).get(address).context["bootstrap"]["drafts"] == {}
    assert signed_in(made.chair).get(address).context["bootstrap"]["drafts"] == {}
    order = Order("hand_in_opinion", {"item": key}, uuid4(), fresh(author), now())
    assert obey(made.meeting, order) == obey(made.meeting, order)
    assert Opinion.objects.get(user=author).handed_in_at
    assert signed_in(author).get(address).context["bootstrap"]["drafts"] == {}
    with pytest.raises(Refused, match="text_missing"):
        obey(made.meeting, Order("hand_in_opinion", {"item": key}, uuid4(), fresh(other), now()))


def test_a_page_left_open_keeps_nothing_as_who_signed_in_since():
    made = world("published")
    before, since = made.members[:2]
    meeting, item = made.meeting.public_id, made.items[0].public_id
    client = signed_in(since)
    address = f"/meetings/{meeting}/items/{item}/opinion/"
    sent = {"text": WORDS, "revision": "0", "as": str(before.public_id)}
    for path in (address, f"{address}hand-in/", f"/meetings/{meeting}/notebook/{uuid4()}/"):
        answer = client.post(path, sent, headers={"Accept": "application/json"})
        assert answer.status_code == 403
        assert "người khác đã đăng nhập" in answer.content.decode()
    assert not Opinion.objects.exists()
    assert not NotebookEntry.objects.exists()
    assert client.post(address, {**sent, "as": str(since.public_id)}).status_code == 302
    assert f'name="as" value="{since.public_id}"' in client.get(f"/meetings/{meeting}/opinions/").content.decode()
