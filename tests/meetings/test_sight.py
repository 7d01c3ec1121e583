"""What those see who only answer for a unit; who reads why others are absent; drafts nobody keeps are named nowhere."""

import pytest
from django.urls import reverse

from meetings.actions import meetings as acts
from meetings.actions import papers, replies, room, units, votes
from meetings.actions.ballots import Cast, cast_together
from meetings.archive.contents import tables
from meetings.archive.names import Paths
from meetings.archive.record import record_of
from meetings.archive.tables import roll_rows
from meetings.minutes.facts import drafted
from meetings.queries.own import listed_meetings, prepared_by_units
from meetings.snapshot.views import page_view
from tests.meetings.factories import now, received, running_vote, world
from tests.meetings.test_duties import ask, unit_of
from tests.meetings.test_units import invited, signed_in
from tests.people.factories import fresh, person

pytestmark = pytest.mark.django_db


def voted():
    """An open meeting with a vote that is over, a paper not for guests, and a unit that has named a guest."""
    made, unit, desk, people = invited("published", role="guest")
    units.name_person(unit, user=people[0], by=desk["clerk"], at=now())
    papers.lay(made.items[0], received(), title="KHÔNG CHO KHÁCH", guests_may_read=False, by=made.clerk, at=now())
    room.open_room(made.meeting, by=made.chair, at=now())
    made.reread()
    vote = running_vote(made)
    ballot = Cast(fresh(made.members[0]), vote.options[0]["code"], now(), remark="LỜI RIÊNG")
    cast_together(vote, casts=[ballot], by=made.members[0], at=now())
    votes.close_vote(vote, by=made.chair, at=now())
    votes.declare(vote, by=made.chair, at=now())
    return made, desk["clerk"], people[0]


def test_a_units_office_sees_in_the_api_what_an_invited_guest_sees():
    made, desk, named = voted()
    at = f"/api/v1/meetings/{made.meeting.public_id}"
    for part in ("votes", "papers", "items", "conclusions", "participants"):
        answers = [signed_in(fresh(user)).get(f"{at}/{part}") for user in (desk, named)]
        assert [answer.status_code for answer in answers] == [200, 200]
        assert answers[0].json() == answers[1].json(), part
    assert "choices" not in signed_in(fresh(desk)).get(f"{at}/votes").json()[0]
    assert "KHÔNG CHO KHÁCH" not in signed_in(fresh(desk)).get(f"{at}/papers").content.decode()
    assert signed_in(fresh(desk)).get(f"{at}/room").status_code == 403
    own = signed_in(fresh(made.clerk)).get(f"{at}/votes").json()[0]
    assert own["choices"]
    assert own["remarks"]
    assert page_view(fresh(made.clerk), made.meeting) == ""


def test_a_units_office_sees_on_the_pages_what_an_invited_guest_sees():
    made, desk, named = voted()
    room.close_room(made.meeting, by=made.chair, at=now())
    for name in ("detail", "people", "roll", "archive"):
        page = reverse(f"meetings:{name}", args=[made.meeting.public_id])
        seen = [signed_in(fresh(user)).get(page) for user in (desk, named)]
        assert seen[0].status_code == seen[1].status_code == 200, name
        for answer in seen:
            assert "LỜI RIÊNG" not in answer.content.decode()
            assert "KHÔNG CHO KHÁCH" not in answer.content.decode()
    record = record_of(fresh(desk), made.meeting)
    assert (record.ballots, record.is_guest, record.sees_reasons) == ({}, True, False)


def test_reasons_of_absence_are_for_those_who_keep_conduct_or_approve_the_meeting():
    made = world("published")
    away, excused = made.members[:2]
    for user, words in ((away, "LÝ DO RIÊNG một"), (excused, "LÝ DO ĐƯỢC PHÉP")):
        replies.stay_away(made.place(user), reason=words, by=user, at=now())
    replies.decide(made.place(excused), excused=True, by=made.chair, at=now())
    room.open_room(made.meeting, by=made.chair, at=now())
    room.close_room(made.meeting, by=made.chair, at=now())
    made.reread()
    for name in ("clerk", "leader", "chair", "secretary", "member", "guest"):
        user = fresh(made.members[2]) if name == "member" else made.user(name)
        wanted = name not in ("member", "guest")
        record = record_of(user, made.meeting)
        assert record.sees_reasons is wanted, name
        assert ("LÝ DO RIÊNG" in str(roll_rows(record.people, reasons=record.sees_reasons))) is wanted
        for page in ("roll", "archive"):
            text = signed_in(user).get(reverse(f"meetings:{page}", args=[made.meeting.public_id])).content.decode()
            assert ("LÝ DO RIÊNG" in text) is wanted, (name, page)
    words = str(drafted(made.meeting))
    assert "LÝ DO RIÊNG" not in words
    assert "LÝ DO ĐƯỢC PHÉP" in words


def test_the_zip_of_a_member_holds_no_reason():
    made = world("published")
    replies.stay_away(made.place(made.members[0]), reason="LÝ DO RIÊNG một", by=made.members[0], at=now())
    room.open_room(made.meeting, by=made.chair, at=now())
    room.close_room(made.meeting, by=made.chair, at=now())

    made.reread()
    for user, wanted in ((made.secretary, True), (made.members[1], False)):
        files = b"".join(entry.data or b"" for entry in tables(record_of(fresh(user), made.meeting), Paths()))
        assert ("LÝ DO RIÊNG".encode() in files) is wanted


def test_a_discarded_draft_is_named_to_no_unit():
    made, unit = world("draft"), unit_of()
    desk = person(unit, "clerk")
    duty = ask(made, unit)
    assert prepared_by_units(fresh(desk)).exists()
    acts.discard(made.meeting, by=made.clerk, at=now())
    assert not prepared_by_units(fresh(desk)).exists()
    assert not listed_meetings(fresh(desk)).exists()
    client = signed_in(fresh(desk))
    for page in ("/meetings/?tab=prepares", "/meetings/duties/"):
        assert made.meeting.title not in client.get(page).content.decode()
    assert client.get(f"/meetings/{made.meeting.public_id}/unit/").status_code == 404
    assert client.get(reverse("meetings:duty", args=[duty.public_id])).status_code == 404
