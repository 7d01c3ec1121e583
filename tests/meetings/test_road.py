"""The road of a meeting through its actions: prepare, approve, meet, vote, conclude."""

import pytest

from ledger.models import AuditEntry, Fact
from ledger.verdict import Refused, Unseen
from meetings.actions import agenda, conclusions, package, papers, participants, presence, room, votes
from meetings.actions import meetings as acts
from meetings.details import Asked, Matter, Seat, Spot
from meetings.models import AgendaItem, Participant
from meetings.queries.room import quorum_of
from meetings.queries.visible import audiences, get_visible_meeting, get_visible_paper, visible_meetings
from tests.meetings.factories import check_in, details, now, received, running_vote, world

pytestmark = pytest.mark.django_db


def refusal(call):
    with pytest.raises(Refused) as caught:
        call()
    return caught.value.code


def test_invited_people_see_the_meeting_once_it_is_published():
    made = world("submitted")
    assert made.meeting not in visible_meetings(made.user("member"))
    assert made.meeting in visible_meetings(made.user("secretary"))
    package.approve(made.meeting, by=made.leader, at=now())
    for name in ("member", "guest", "chair", "clerk", "leader"):
        assert get_visible_meeting(made.user(name), made.meeting.public_id) == made.meeting
    with pytest.raises(Unseen):
        get_visible_meeting(made.user("stranger"), made.meeting.public_id)


def test_an_empty_package_is_not_submitted():
    made = world("draft", items=0)
    assert refusal(lambda: package.submit(made.meeting, by=made.clerk, at=now())) == "agenda_empty"


def test_a_package_without_a_chair_is_not_submitted():
    made = world("draft")
    participants.remove(made.place(made.chair), by=made.clerk, at=now())
    assert refusal(lambda: package.submit(made.meeting, by=made.clerk, at=now())) == "chair_missing"


def test_a_returned_package_says_why_and_is_submitted_again():
    made = world("returned")
    assert made.meeting.return_reason == "Thiếu tài liệu mục 2"
    package.submit(made.meeting, by=made.clerk, at=now())
    assert made.reread().state == "submitted"
    assert made.meeting.return_reason == ""


def test_a_short_reason_is_refused():
    made = world("submitted")
    assert (
        refusal(lambda: package.give_back(made.meeting, reason="Thiếu", by=made.leader, at=now())) == "reason_too_short"
    )


def test_the_second_of_two_editors_is_told():
    made = world("draft")
    acts.edit(made.meeting, details=details(title="Bản A"), revision=1, by=made.clerk, at=now())
    late = lambda: acts.edit(made.meeting, details=details(title="Bản B"), revision=1, by=made.clerk, at=now())  # noqa: E731
    assert refusal(late) == "changed_meanwhile"
    assert made.reread().title == "Bản A"


def test_two_clerks_on_one_agenda_lose_nothing():
    made = world("draft", items=2)
    first, second = made.items
    agenda.add_item(made.meeting, matter=Matter("Của văn thư A"), by=made.clerk, at=now())
    agenda.add_item(made.meeting, matter=Matter("Của văn thư B"), spot=Spot(), by=made.clerk, at=now())
    agenda.place_item(second, spot=Spot(), by=made.clerk, at=now())
    titles = list(made.meeting.items.values_list("position", "title"))
    assert titles == [(1, "Nội dung 2"), (2, "Của văn thư B"), (3, "Nội dung 1"), (4, "Của văn thư A")]
    agenda.edit_item(first, matter=Matter("Sửa A"), revision=1, by=made.clerk, at=now())
    late = lambda: agenda.edit_item(first, matter=Matter("Sửa B"), revision=1, by=made.clerk, at=now())  # noqa: E731
    assert refusal(late) == "changed_meanwhile"


def test_an_item_with_papers_stays():
    made = world("draft")
    assert refusal(lambda: agenda.remove_item(made.items[0], by=made.clerk, at=now())) == "item_in_use"
    item = agenda.add_item(made.meeting, matter=Matter("Thừa"), spot=Spot(), by=made.clerk, at=now())
    agenda.remove_item(item, by=made.clerk, at=now())
    assert list(made.meeting.items.values_list("position", flat=True)) == [1, 2]
    assert refusal(lambda: agenda.remove_item(item, by=made.clerk, at=now())) == "item_unknown"


def test_papers_are_read_by_the_meeting_and_guests_read_what_is_open_to_them():
    made = world("published")
    papers.open_to(made.papers[0], guests_may_read=False, by=made.clerk, at=now())
    with pytest.raises(Unseen):
        get_visible_paper(made.user("guest"), made.meeting, made.papers[0].public_id)
    assert get_visible_paper(made.user("guest"), made.meeting, made.papers[1].public_id)
    assert get_visible_paper(made.user("member"), made.meeting, made.papers[0].public_id)
    keys = set(made.papers[0].document.audiences.values_list("key", flat=True))
    assert f"meeting:{made.meeting.pk}" in keys
    assert f"meeting:{made.meeting.pk}:guests" not in keys


def test_another_meetings_paper_is_not_found():
    made, other = world("published"), world("published")
    with pytest.raises(Unseen):
        get_visible_paper(made.user("member"), made.meeting, other.papers[0].public_id)
    with pytest.raises(Unseen):
        get_visible_paper(made.user("member"), other.meeting, other.papers[0].public_id)


def test_a_withdrawn_paper_is_gone_for_the_meeting_and_stays_with_the_agency():
    made = world("published")
    paper = made.papers[0]
    papers.withdraw(paper, reason="Đơn vị xin rút", by=made.secretary, at=now())
    with pytest.raises(Unseen):
        get_visible_paper(made.user("member"), made.meeting, paper.public_id)
    keys = set(paper.document.audiences.values_list("key", flat=True))
    assert keys == {f"agency:{made.agency.pk}:{end}" for end in ("clerk", "leader", f"user:{made.clerk.pk}")}


def test_a_replaced_paper_has_a_second_version():
    made = world("published")
    papers.replace(
        made.papers[0], received("Bản mới.pdf", pages=5), change_note="Sửa số liệu", by=made.secretary, at=now()
    )
    assert list(made.papers[0].document.versions.values_list("number", "pages")) == [(1, 3), (2, 5)]


def test_a_removed_participant_has_no_rights_left():
    made = world("open")
    member = made.members[0]
    assert f"meeting:{made.meeting.pk}" in audiences(member)
    participants.remove(made.place(member), by=made.secretary, at=now())
    assert audiences(member) == []
    with pytest.raises(Unseen):
        get_visible_meeting(member, made.meeting.public_id)
    assert refusal(lambda: presence.check_in(made.place(member), by=member, at=now())) == "not_a_participant"


def test_a_removed_participant_can_come_back():
    made = world("published")
    member = made.members[0]
    participants.remove(made.place(member), by=made.clerk, at=now())
    participants.invite(made.meeting, user=member, seat=Seat("member", votes=True), by=made.clerk, at=now())
    assert Participant.objects.filter(meeting=made.meeting, user=member).count() == 1
    assert get_visible_meeting(member, made.meeting.public_id)


def test_seats_that_cannot_be():
    made = world("draft")
    give = lambda user, seat: participants.invite(made.meeting, user=user, seat=seat, by=made.clerk, at=now())  # noqa: E731
    assert refusal(lambda: give(made.stranger, Seat("chair"))) == "chair_taken"
    assert refusal(lambda: give(made.stranger, Seat("guest", votes=True))) == "guest_cannot_vote"
    assert refusal(lambda: give(made.stranger, Seat("king"))) == "person_unknown"
    assert refusal(lambda: give(made.members[0], Seat("member"))) == "already_invited"


def test_checking_in_counts_for_the_quorum_once():
    made = world("open", members=5)
    check_in(made, made.chair, made.members[0], made.members[0])
    found = quorum_of(made.meeting)
    assert (found.members, found.present, found.needed, found.met) == (6, 2, 4, False)
    place = made.place(made.members[1])
    presence.check_in(place, by=made.secretary, at=now())
    assert refusal(lambda: presence.check_in(made.place(made.members[2]), by=made.members[3], at=now())) == "not_yours"
    presence.leave(made.place(made.chair), by=made.chair, at=now())
    assert quorum_of(made.meeting).present == 2
    assert refusal(lambda: presence.leave(made.place(made.chair), by=made.chair, at=now())) == "not_checked_in"
    first = made.place(made.chair).checked_in_at
    presence.check_in(made.place(made.chair), by=made.chair, at=now())
    assert made.place(made.chair).checked_in_at == first


def test_a_vote_needs_the_quorum_and_stands_alone():
    made = world("open")
    open_it = lambda vote: votes.open_vote(vote, by=made.chair, at=now())  # noqa: E731
    assert refusal(lambda: open_it(made.vote())) == "quorum_missing"
    running_vote(made)
    second = votes.prepare(made.items[1], asked=Asked("Thông qua nội dung 2?"), by=made.secretary, at=now())
    assert refusal(lambda: open_it(second)) == "another_vote_open"
    assert refusal(lambda: room.close_room(made.meeting, by=made.chair, at=now())) == "vote_still_open"


def test_a_prepared_vote_can_be_changed_and_dropped_but_not_once_open():
    made = world("open")
    changed = votes.edit(made.vote(), asked=Asked("Câu hỏi khác?"), by=made.secretary, at=now())
    assert changed.question == "Câu hỏi khác?"
    running_vote(made)
    assert refusal(lambda: votes.drop(made.vote(), by=made.secretary, at=now())) == "wrong_state"
    other = votes.prepare(made.items[1], asked=Asked("Bỏ?"), by=made.secretary, at=now())
    votes.drop(other, by=made.secretary, at=now())
    assert (
        refusal(lambda: votes.prepare(made.items[1], asked=Asked("x", rule="no"), by=made.chair, at=now()))
        == "rule_unknown"
    )


def test_the_room_moves_and_closes_with_frozen_numbers():
    made = world("open")
    check_in(made)
    room.move_to(made.items[1], by=made.chair, at=now())
    assert made.reread().current_item == AgendaItem.objects.get(pk=made.items[1].pk)
    room.move_to(made.items[1], by=made.chair, at=now())
    room.close_room(made.meeting, by=made.chair, at=now())
    fact = Fact.objects.get(name="meeting.held")
    assert fact.agency_id == made.agency.pk
    assert fact.attributes == {
        "kind": "ubnd_session",
        "paperless": True,
        "papers": 2,
        "members": 4,
        "people": 6,
        "present": 5,
    }


def test_another_meetings_item_is_refused():
    made, other = world("open"), world("open")
    assert refusal(lambda: room.move_to(other.items[0], by=made.chair, at=now())) == "not_yours"
    say = lambda: conclusions.conclude(made.meeting, text="Có", item=other.items[0], by=made.chair, at=now())  # noqa: E731
    assert refusal(say) == "item_unknown"


def test_conclusions_are_written_changed_and_removed():
    made = world("open")
    line = conclusions.conclude(made.meeting, text=" Giao Sở Nội vụ. ", item=made.items[0], by=made.chair, at=now())
    conclusions.edit(line, text="Giao Sở Tài chính.", seen="Giao Sở Nội vụ.", by=made.secretary, at=now())
    late = lambda: conclusions.edit(line, text="Khác", seen="Giao Sở Nội vụ.", by=made.chair, at=now())  # noqa: E731
    assert refusal(late) == "changed_meanwhile"
    conclusions.remove(line, by=made.chair, at=now())
    assert refusal(lambda: conclusions.remove(line, by=made.chair, at=now())) == "changed_meanwhile"
    assert refusal(lambda: conclusions.conclude(made.meeting, text="  ", by=made.chair, at=now())) == "text_missing"


def test_every_act_of_the_room_is_in_the_meetings_chain():
    made = world("open")
    running_vote(made)
    participants.invite(made.meeting, user=made.stranger, seat=Seat("guest"), by=made.clerk, at=now())
    verbs = list(AuditEntry.objects.filter(chain__key=made.meeting.stream).values_list("verb", flat=True))
    assert verbs[0] == "create"
    assert verbs.count("check_in") == 5
    assert {"submit", "approve", "open", "open_vote", "lay", "invite_many", "invite", "add_item"} <= set(verbs)
