"""Check-in: from two hours before the start, by whoever it is; who has come no longer answers that they stay away."""

from datetime import timedelta

import pytest
from django.urls import reverse

from ledger.models import AuditEntry
from ledger.verdict import Refused
from meetings.actions import participants, presence, replies, room
from meetings.details import Seat
from meetings.rules.people import CHECK_IN_BEFORE
from tests.meetings.factories import check_in, now, world
from tests.meetings.test_replies import BASIS, REASON, colleague, signed_in

pytestmark = pytest.mark.django_db


def page(made, name, *rest):
    return reverse(f"meetings:{name}", args=[made.meeting.public_id, *rest])


def far(days=10):
    start = now() + timedelta(days=days)
    return world("published", starts_at=start, ends_at=start + timedelta(hours=2))


def test_nobody_is_checked_in_days_before():
    made = far()
    member, left = made.members[0], AuditEntry.objects.count()
    begins = made.meeting.starts_at - CHECK_IN_BEFORE
    for by in (member, made.secretary, made.chair):
        with pytest.raises(Refused, match="check_in_too_early") as caught:
            presence.check_in(made.place(member), by=by, at=begins - timedelta(seconds=1))
        assert "trước giờ họp 2 giờ" in caught.value.text
    assert AuditEntry.objects.count() == left
    assert presence.check_in(made.place(member), by=member, at=begins).checked_in_at == begins
    assert presence.check_in(made.place(made.members[1]), by=made.secretary, at=begins).checked_in_at == begins


def test_a_meeting_opened_early_takes_people_in():
    made = far()
    room.open_room(made.meeting, by=made.chair, at=now())
    assert presence.check_in(made.place(made.members[0]), by=made.members[0], at=now()).checked_in_at


def test_the_button_is_grey_and_says_from_when():
    made = far()
    shown = signed_in(made.members[0]).get(page(made, "detail")).content.decode()
    assert shown.count("Điểm danh được mở từ") == 2, "the button's title and the line under it"
    assert 'value="check_in"' in shown
    people = signed_in(made.secretary).get(page(made, "people")).content.decode()
    assert people.count('value="check_in" disabled title="Điểm danh được mở từ') == len(made.everyone()) + 1


def test_checking_in_is_confirmed_once_and_closes_absence():
    made = world("published")
    member = made.members[0]
    client, address = signed_in(member), page(made, "detail")
    shown = client.get(address).content.decode()
    assert shown.count('value="check_in"') == 1
    assert "Điểm danh được mở từ" not in shown
    assert f'href="{page(made, "reply")}#absence"' in shown
    place = made.place(member)
    came = client.post(page(made, "presence", place.public_id), {"do": "check_in", "next": "detail"}, follow=True)
    after = came.content.decode()
    assert "Đã điểm danh. Chúc cuộc họp thành công." in after
    assert 'value="check_in"' not in after
    assert f'href="{page(made, "reply")}#absence"' not in after
    assert after.count('disabled title="Đã điểm danh; đề nghị thư ký hủy điểm danh trước') == 2
    assert 'name="reason"' not in client.get(page(made, "reply")).content.decode()


def test_who_has_come_neither_stays_away_nor_sends_somebody():
    made = world("published")
    member, to = made.members[0], colleague(made)
    check_in(made, member)
    for act in (
        lambda: replies.stay_away(made.place(member), reason=REASON, by=member, at=now()),
        lambda: replies.delegate(made.place(member), to=to, basis=BASIS, by=member, at=now()),
    ):
        with pytest.raises(Refused, match="reply_checked_in"):
            act()
    assert replies.accept(made.place(member), by=member, at=now()).reply == "accepted"
    presence.undo_check_in(made.place(member), by=made.secretary, at=now())
    assert replies.stay_away(made.place(member), reason=REASON, by=member, at=now()).reply in ("absent", "asked")


def test_a_draft_without_a_chair_leads_to_the_people():
    made = world("draft")
    submit = f'action="{page(made, "step", "submit")}"'
    clerk = signed_in(made.clerk)
    assert submit in clerk.get(page(made, "detail")).content.decode()
    participants.remove(made.place(made.chair), by=made.clerk, at=now())
    shown = clerk.get(page(made, "detail")).content.decode()
    assert submit not in shown
    assert "Mời người chủ trì" in shown
    place = made.place(made.members[0])
    seat = {"role": "chair", "seat": "", "title": "", "votes": "on", "revision": place.revision}
    fragment = clerk.post(page(made, "change_place", place.public_id), seat, headers={"HX-Request": "true"})
    assert submit in fragment.content.decode(), "the step in the header comes along"
    assert made.place(made.members[0]).role == Seat("chair").role


def test_a_refused_step_goes_back_to_the_meeting_with_the_reason():
    made = world("draft", items=0)
    sent = {"Accept": "text/html", "Referer": f"http://testserver{page(made, 'detail')}"}
    clerk = signed_in(made.clerk)
    answer = clerk.post(page(made, "step", "submit"), headers=sent)
    assert (answer.status_code, answer["Location"]) == (303, page(made, "detail"))
    assert "Chương trình họp chưa có nội dung nào" in clerk.get(page(made, "detail")).content.decode()
    assert clerk.post(page(made, "step", "submit")).status_code == 403
