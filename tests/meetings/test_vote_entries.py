"""Raised hands and paper entered by name, confirmed by a second person; votes held outside the program."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction

from ledger.models import AuditEntry
from ledger.verdict import Refused
from live.models import Event
from meetings import countdown
from meetings.actions import entries, outside, presence, room, votes
from meetings.actions.ballots import Cast, cast_together
from meetings.details import Asked, Chosen, Counted
from meetings.models import Ballot, EnteredBallot
from meetings.patches import personal_stream
from meetings.queries.room import quorum_for, quorum_of
from meetings.snapshot.own import personal_snapshot
from meetings.snapshot.room import room_snapshot
from tests.meetings.factories import check_in, now, overdue, running_vote, world

pytestmark = pytest.mark.django_db


def refusal(act) -> str:
    with pytest.raises(Refused) as refused:
        act()
    return refused.value.code


def voting(**changes):
    made = world("open", members=4, **changes)
    running_vote(made)
    return made


def enter(made, user, choice="yes", manner="hands", by=None, **said):
    place = made.place(user)
    chosen = Chosen(choice, **said)
    return entries.enter(made.vote(), place=place, manner=manner, chosen=chosen, by=by or made.secretary, at=now())


def desk(made):
    return room_snapshot(made.meeting, "chair")["votes"][str(made.vote().public_id)]


class TestEntering:
    def test_it_counts_once_a_second_person_has_confirmed_it(self):
        made = voting()
        user = made.members[0]
        entry = enter(made, user, "no", "paper")
        assert (made.vote().ballots.count(), desk(made)["cast"]) == (0, 0)
        line = desk(made)["entries"][str(entry.public_id)]
        assert line == {
            "person": str(made.place(user).public_id),
            "manner": "paper",
            "choice": "no",
            "state": "entered",
            "by": str(made.place(made.secretary).public_id),
        }
        assert refusal(lambda: entries.confirm(entry, by=made.secretary, at=now())) == "confirm_by_another"
        ballot = entries.confirm(entry, by=made.chair, at=now())
        assert (ballot.participant.user, ballot.choice, ballot.manner) == (user, "no", "paper")
        line = desk(made)["entries"][str(entry.public_id)]
        assert (line["state"], line["confirmed_by"]) == ("confirmed", str(made.place(made.chair).public_id))
        assert personal_snapshot(made.meeting, user)["ballots"][str(made.vote().public_id)]["manner"] == "paper"
        told = Event.objects.get(stream__key=personal_stream(made.meeting, user.pk), kind="ballot.counted")
        assert '"choice":"no"' in told.bodies[""]
        closed = votes.close_vote(made.vote(), by=made.chair, at=now())
        assert closed.result["counts"] == {"yes": 0, "no": 1, "abstain": 0}

    def test_the_record_says_who_entered_and_who_confirmed(self):
        made = voting()
        entries.confirm(enter(made, made.members[0]), by=made.chair, at=now())
        entered, confirmed = (AuditEntry.objects.get(verb=verb) for verb in ("enter_ballot", "confirm_ballot"))
        assert (entered.by, confirmed.by) == (made.secretary, made.chair)
        assert entered.data["entry"] == confirmed.data["entry"]
        assert (confirmed.data["choice"], confirmed.data["entered_by"]) == ("yes", made.secretary.pk)

    def test_the_record_says_who_came_after_the_opening(self):
        made = world("open", members=4)
        late = made.members[3]
        check_in(made)
        presence.leave(made.place(late), by=late, at=now())
        votes.open_vote(made.vote(), by=made.chair, at=now())
        presence.check_in(made.place(late), by=late, at=now())
        for user in (made.members[0], late):
            entries.confirm(enter(made, user), by=made.chair, at=now())
        confirmed = AuditEntry.objects.filter(verb="confirm_ballot").order_by("pk")
        assert ["late" in entry.data for entry in confirmed] == [False, True]

    def test_a_countdown_is_looked_at_again_only_once_it_is_over(self, monkeypatch, django_capture_on_commit_callbacks):
        made = voting()
        votes.extend(made.vote(), seconds=60, by=made.chair, at=now())
        started = []
        monkeypatch.setattr(countdown, "start_timer", lambda vote, due: started.append(vote))
        with django_capture_on_commit_callbacks(execute=True):
            first, second = [enter(made, user) for user in made.members[:2]]
            entries.confirm(first, by=made.chair, at=now())
        assert started == []
        with django_capture_on_commit_callbacks(execute=True):
            entries.confirm(second, by=made.chair, at=now() + timedelta(seconds=90))
        assert started == [made.vote().pk]

    def test_members_and_guests_are_told_nothing_of_what_waits(self):
        made = voting()
        entry = enter(made, made.members[0])
        body = Event.objects.get(kind="ballot.entered").bodies
        assert str(entry.public_id) not in body[""] + body["guest"]
        assert str(entry.public_id) in body["chair"]

    def test_only_one_way_of_voting_counts(self):
        made = voting()
        first, second = made.members[:2]
        entry = enter(made, first)
        assert refusal(lambda: enter(made, first, "no")) == "entered_already"
        cast_together(made.vote(), casts=[Cast(first, "no", now())], by=first, at=now())
        assert refusal(lambda: entries.confirm(entry, by=made.chair, at=now())) == "voted_meanwhile"
        entries.withdraw(entry, by=made.chair, at=now())
        assert refusal(lambda: enter(made, first)) == "has_voted"
        entries.confirm(enter(made, second), by=made.chair, at=now())
        (answer,) = cast_together(made.vote(), casts=[Cast(second, "no", now())], by=second, at=now())
        assert answer.code == "already_voted"
        assert made.vote().ballots.count() == 2

    def test_what_was_wrong_is_withdrawn_and_entered_anew(self):
        made = voting()
        entry = enter(made, made.members[0], "no")
        entries.withdraw(entry, by=made.secretary, at=now())
        assert desk(made)["entries"] == {}
        assert refusal(lambda: entries.confirm(entry, by=made.chair, at=now())) == "entry_settled"
        again = enter(made, made.members[0], "yes")
        entries.confirm(again, by=made.chair, at=now())
        assert refusal(lambda: entries.withdraw(again, by=made.chair, at=now())) == "entry_settled"

    def test_who_cannot_vote_cannot_be_entered(self):
        made = voting()
        presence.leave(made.place(made.members[0]), by=made.members[0], at=now())
        assert refusal(lambda: enter(made, made.members[0])) == "person_not_here"
        assert refusal(lambda: enter(made, made.guest)) == "person_not_on_roll"
        assert refusal(lambda: enter(made, made.secretary)) == "person_not_on_roll"
        assert refusal(lambda: enter(made, made.members[1], "perhaps")) == "no_such_option"
        assert refusal(lambda: enter(made, made.members[1], manner="device")) == "manner_unknown"

    def test_a_hand_raised_counts_though_the_person_left_before_it_was_confirmed(self):
        made = voting()
        entry = enter(made, made.members[0])
        presence.leave(made.place(made.members[0]), by=made.members[0], at=now())
        assert entries.confirm(entry, by=made.chair, at=now()).choice == "yes"

    def test_who_was_not_here_after_all_raised_no_hand(self):
        made = voting()
        entry = enter(made, made.members[0])
        presence.undo_check_in(made.place(made.members[0]), by=made.secretary, at=now())
        assert refusal(lambda: entries.confirm(entry, by=made.chair, at=now())) == "person_not_here"
        entries.withdraw(entry, by=made.chair, at=now())
        assert votes.close_vote(made.vote(), by=made.chair, at=now()).result["cast"] == 0

    def test_another_opinion_keeps_its_words(self):
        made = voting(kind="department_meeting")
        entry = enter(made, made.members[0], "other", "paper", remark=" Đề nghị bổ sung phụ lục 2 ")
        entries.confirm(entry, by=made.chair, at=now())
        assert made.vote().ballots.get().remark == "Đề nghị bổ sung phụ lục 2"
        votes.close_vote(made.vote(), by=made.chair, at=now())
        place = str(made.place(made.members[0]).public_id)
        assert desk(made)["remarks"][place] == "Đề nghị bổ sung phụ lục 2"

    def test_a_vote_does_not_close_over_what_waits(self):
        made = voting()
        entry = enter(made, made.members[0])
        with pytest.raises(Refused) as refused:
            votes.close_vote(made.vote(), by=made.chair, at=now())
        assert (refused.value.code, refused.value.params) == ("entries_unconfirmed", {"count": 1})
        entries.confirm(entry, by=made.chair, at=now())
        assert votes.close_vote(made.vote(), by=made.chair, at=now()).result["cast"] == 1

    def test_nor_does_its_countdown(self):
        made = voting()
        vote = votes.extend(made.vote(), seconds=30, by=made.chair, at=now())
        entry, over = enter(made, made.members[0]), overdue(vote)
        countdown.close_overdue(at=over)
        assert made.vote().state == "open"
        late = Chosen("yes")
        place = made.place(made.members[1])
        act = lambda: entries.enter(vote, place=place, manner="hands", chosen=late, by=made.chair, at=over)  # noqa: E731
        assert refusal(act) == "not_in_time"
        entries.confirm(entry, by=made.chair, at=over)
        countdown.close_overdue(at=over + timedelta(seconds=10))
        assert (made.vote().state, made.vote().result["cast"]) == ("closed", 1)

    def test_the_database_keeps_the_second_person_apart(self):
        made = voting()
        entry = enter(made, made.members[0])
        for wrong in (
            {"state": "confirmed"},
            {"state": "confirmed", "confirmed_by": made.secretary},
            {"manner": "device"},
        ):
            with pytest.raises(IntegrityError), transaction.atomic():
                EnteredBallot.objects.filter(pk=entry.pk).update(**wrong)
        kept = {"vote": made.vote(), "participant": entry.participant, "entered_by": made.chair}
        with pytest.raises(IntegrityError), transaction.atomic():
            EnteredBallot.objects.create(manner="paper", choice="no", entered_at=now(), **kept)


class TestOutside:
    def recorded(self, made, counts, present, note="Giơ tay tại hội trường, mạng mất kết nối", **said):
        counted = Counted(counts, present, note, **said)
        return outside.record(made.vote(), counted=counted, by=made.secretary, at=now())

    def there(self, **changes):
        made = world("open", members=8, **changes)
        check_in(made)
        return made

    def test_its_counts_are_recorded_and_it_is_marked_so(self):
        made = self.there()
        vote = self.recorded(made, {"yes": 6, "no": 1}, 8)
        found = vote.result
        assert (vote.state, vote.manner, found["carried"]) == ("closed", "outside", True)
        assert (found["members"], found["present"], found["cast"], found["unanswered"]) == (9, 8, 7, 1)
        assert not Ballot.objects.exists()
        votes.declare(vote, by=made.chair, at=now())
        seen = room_snapshot(made.meeting, "")["votes"][str(vote.public_id)]
        assert seen["outside"] == {"note": "Giơ tay tại hội trường, mạng mất kết nối"}
        assert (seen["result"]["counts"]["abstain"], seen["choices"]) == (0, {})
        assert AuditEntry.objects.get(verb="record_outside").data["note"].startswith("Giơ tay")

    @pytest.mark.parametrize(
        ("counts", "present", "said", "code"),
        [
            ({"yes": 6, "maybe": 1}, 8, {}, "no_such_option"),
            ({"yes": -1}, 8, {}, "counts_negative"),
            ({"yes": 6}, 10, {}, "counts_present"),
            ({"yes": 6, "no": 3}, 8, {}, "counts_cast"),
            ({"yes": 6, "no": 1}, 8, {"cast": 6}, "counts_sum"),
            ({"yes": 6}, 8, {"note": "  "}, "outside_note_missing"),
            ({"yes": 5}, 5, {}, "outside_no_quorum"),
        ],
    )
    def test_numbers_that_cannot_be_are_refused(self, counts, present, said, code):
        made = self.there()
        assert refusal(lambda: self.recorded(made, counts, present, **said)) == code
        assert made.vote().state == "prepared"

    def test_where_several_may_be_chosen_there_are_more_votes_than_ballots(self):
        made = self.there(kind="hdnd_session")
        asked = Asked("Chọn hai?", form="several", options=("A", "B", "C"), least=1, most=2)
        made.votes.insert(0, votes.prepare(made.items[0], asked=asked, by=made.secretary, at=now()))
        assert refusal(lambda: self.recorded(made, {"o1": 8, "o2": 8, "o3": 2}, 8)) == "counts_sum"
        vote = self.recorded(made, {"o1": 7, "o2": 5, "o3": 2}, 8)
        assert (vote.result["cast"], vote.result["chosen"]) == (8, ["o1", "o2"])

    def test_quorum_is_of_those_the_rule_lets_vote(self):
        made = self.there()
        vote = made.vote()
        vote.rule = {**vote.rule, "who": "members"}
        vote.save(update_fields=["rule"])
        assert quorum_for(vote).members == 8 == quorum_of(made.meeting).members - 1
        assert refusal(lambda: self.recorded(made, {"yes": 5}, 5)) == "outside_no_quorum"
        found = self.recorded(made, {"yes": 6}, 6).result
        assert (found["members"], found["present"], found["base"]) == (8, 6, 8)

    def test_one_that_was_opened_is_not_recorded_from_outside(self):
        made = self.there()
        votes.open_vote(made.vote(), by=made.chair, at=now())
        assert refusal(lambda: self.recorded(made, {"yes": 6}, 8)) == "wrong_state"

    def test_the_record_of_the_meeting_tells_it(self):
        from meetings.archive.record import record_of
        from meetings.archive.tables import ballot_rows, total_rows, votes_data
        from meetings.minutes.facts import drafted

        made = self.there()
        votes.declare(self.recorded(made, {"yes": 6, "no": 1}, 8), by=made.chair, at=now())
        made.votes.insert(0, votes.prepare(made.items[1], asked=Asked("Bằng tay?"), by=made.chair, at=now()))
        votes.open_vote(made.vote(), by=made.chair, at=now())
        entries.confirm(enter(made, made.members[0]), by=made.chair, at=now())
        votes.declare(votes.close_vote(made.vote(), by=made.chair, at=now()), by=made.chair, at=now())
        made.votes.insert(0, votes.annul(made.vote(), reason="Đếm nhầm số tay giơ", by=made.chair, at=now()))
        room.close_room(made.meeting, by=made.chair, at=now())
        body = drafted(made.reread())
        blocks = next(part["blocks"] for part in body["sections"] if part["key"] == "votes")
        told, annulled = (block["text"] for block in blocks[:2])
        assert "Biểu quyết ngoài hệ thống: Giơ tay tại hội trường" in told
        assert "cần ít nhất 5 trên 9" in told
        assert "1 lượt giơ tay" in annulled
        assert "Lượt biểu quyết này đã bị hủy: Đếm nhầm số tay giơ." in annulled
        assert blocks[1]["row"] is None
        course = "\n".join(block["text"] for part in body["sections"] for block in part["blocks"])
        assert "được tổ chức ngoài hệ thống: Giơ tay" in course
        assert "“Bằng tay?”: Đếm nhầm số tay giơ" in course
        record = record_of(made.user("member"), made.meeting)
        assert [row[4] for row in ballot_rows(record.votes, record.ballots)][1:] == ["giơ tay"]
        assert {row[4] for row in total_rows(record.votes)[1:]} == {"Thông qua", "Đã hủy"}
        states = {line["state"]: line for line in votes_data(record.votes, record.ballots)}
        assert states["declared"]["outside"]["note"].startswith("Giơ tay")
        assert states["annulled"]["annul_reason"] == "Đếm nhầm số tay giơ"
