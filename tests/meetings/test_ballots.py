"""Ballots: counted once, late ones too, never doubled, never lost, one bad one alone."""

import asyncio
import threading
from datetime import timedelta
from uuid import uuid4

import pytest

from ledger.models import AuditEntry
from ledger.verdict import Refused, Unseen
from live.models import Event
from meetings.actions import participants, presence, votes
from meetings.actions.ballots import Cast, cast_together
from meetings.ballot_box import BallotBox, ballot_box
from meetings.commands.obeying import obey
from meetings.commands.orders import Order
from meetings.details import Asked, Seat
from meetings.models import Ballot
from meetings.patches import personal_stream
from tests.meetings.factories import check_in, now, running_vote, world
from tests.meetings.test_sync import proved


def cast(made, user, choice="yes", client_id=None, **changes):
    return Cast(made.user(user) if isinstance(user, str) else user, choice, now(), client_id=client_id, **changes)


def give(made, *casts):
    return cast_together(made.vote(), casts=casts, by=None, at=now())


@pytest.mark.django_db
class TestCasting:
    def test_another_opinion_has_words(self):
        made = world("open", kind="department_meeting")
        running_vote(made)
        for empty in ("", "  \n"):
            assert give(made, cast(made, made.members[0], "other", remark=empty))[0].code == "remark_missing"
        assert not Ballot.objects.exists()
        assert give(made, cast(made, made.members[0], "other", remark="Bổ sung phụ lục"))[0]

    def test_a_ballot_is_counted_and_recorded_for_its_voter(self):
        made = world("open")
        vote = running_vote(made)
        assert give(made, cast(made, made.members[0], "no"))[0]
        ballot = Ballot.objects.get(vote=vote)
        assert (ballot.participant.user, ballot.choice) == (made.members[0], "no")
        entry = AuditEntry.objects.get(verb="cast")
        assert (entry.by, entry.data["choice"]) == (made.members[0], "no")
        mine = Event.objects.get(stream__key=personal_stream(made.meeting, made.members[0].pk), kind="ballot.counted")
        assert '"choice":"no"' in mine.bodies[""]

    def test_a_double_tap_is_one_ballot(self):
        made = world("open")
        vote = running_vote(made)
        tap = uuid4()
        twice = [cast(made, made.chair, "yes", tap), cast(made, made.chair, "yes", tap)]
        assert all(give(made, *twice))
        assert give(made, cast(made, made.chair, "yes", tap))[0]
        assert vote.ballots.count() == 1
        assert AuditEntry.objects.filter(verb="cast").count() == 1

    def test_a_second_choice_is_refused(self):
        made = world("open")
        running_vote(made)
        give(made, cast(made, made.chair, "yes"))
        assert give(made, cast(made, made.chair, "no"))[0].code == "already_voted"
        both = give(made, cast(made, made.members[0], "yes"), cast(made, made.members[0], "no"))
        assert [answer.code for answer in both] == ["", "already_voted"]

    def test_a_choice_made_before_the_question_was_changed_is_not_one_in_the_new_question(self):
        made = world("open")
        vote = running_vote(made)
        read = vote.revision
        votes.take_back(made.vote(), by=made.chair, at=now())
        votes.edit(made.vote(), asked=Asked(question="Bác dự thảo Nghị quyết?"), by=made.chair, at=now())
        votes.open_vote(made.vote(), by=made.chair, at=now())
        assert give(made, cast(made, made.chair, revision=read))[0].code == "question_changed"
        assert give(made, cast(made, made.chair, revision=made.vote().revision))[0]
        assert vote.ballots.count() == 1

    def test_one_bad_ballot_never_fails_the_others(self):
        made = world("open")
        vote = running_vote(made)
        answers = give(
            made,
            cast(made, made.chair),
            cast(made, made.guest),
            cast(made, made.stranger),
            cast(made, made.secretary),
            cast(made, made.members[0], "perhaps"),
            cast(made, made.members[1], "abstain"),
        )
        codes = [answer.code for answer in answers]
        assert codes == ["", "not_on_roll", "not_on_roll", "not_on_roll", "no_such_option", ""]
        assert vote.ballots.count() == 2

    def test_who_has_not_checked_in_does_so_first_and_then_votes_late(self):
        made = world("open")
        check_in(made, made.chair, made.secretary, *made.members[:2])
        votes.open_vote(made.vote(), by=made.chair, at=now())
        late = made.members[2]
        assert give(made, cast(made, late))[0].code == "check_in_first"
        presence.check_in(made.place(late), by=late, at=now())
        assert give(made, cast(made, late))[0]
        assert AuditEntry.objects.get(verb="cast").data["late"] is True
        assert "during_vote" in AuditEntry.objects.filter(verb="check_in").order_by("pk").last().data
        closed = votes.close_vote(made.vote(), by=made.chair, at=now())
        assert (closed.result["members"], closed.result["present"], closed.result["late"]) == (4, 3, 1)
        assert (closed.result["unanswered"], closed.result["absent"]) == (3, 0)

    def test_after_closing_a_choice_is_refused_but_a_counted_one_is_still_acknowledged(self):
        made = world("open")
        running_vote(made)
        tap = uuid4()
        give(made, cast(made, made.chair, "yes", tap))
        votes.close_vote(made.vote(), by=made.chair, at=now())
        assert give(made, cast(made, made.members[0]))[0].code == "vote_closed"
        assert give(made, cast(made, made.chair, "yes", tap))[0]

    def test_before_opening_nobody_votes(self):
        made = world("open")
        check_in(made)
        votes.prepare(made.items[0], asked=Asked("Khác?"), by=made.chair, at=now())
        assert give(made, cast(made, made.chair))[0].code == "not_on_roll"

    def test_a_removed_member_votes_no_more(self):
        made = world("open")
        running_vote(made)
        participants.remove(made.place(made.members[0]), by=made.secretary, at=now())
        assert give(made, cast(made, made.members[0]))[0].code == "not_on_roll"

    def test_who_became_a_guest_meanwhile_votes_no_more(self):
        made = world("open")
        vote = running_vote(made)
        seat = Seat("guest", votes=False)
        participants.change(made.place(made.members[0]), seat=seat, by=made.secretary, at=now())
        assert give(made, cast(made, made.members[0]))[0].code == "not_on_roll"
        assert vote.ballots.count() == 0

    def test_another_choice_under_the_same_id_is_not_acknowledged(self):
        made = world("open")
        running_vote(made)
        tap = uuid4()
        both = give(made, cast(made, made.chair, "yes", tap), cast(made, made.chair, "no", tap))
        assert [answer.code for answer in both] == ["", "already_voted"]
        assert give(made, cast(made, made.chair, "no", tap))[0].code == "already_voted"

    def test_the_result_is_fixed_with_its_arithmetic(self):
        made = world("open", members=5)
        running_vote(made)
        give(made, cast(made, made.chair), *[cast(made, user) for user in made.members[:3]])
        closed = votes.close_vote(made.vote(), by=made.chair, at=now())
        assert closed.result["counts"] == {"yes": 4, "no": 0, "abstain": 0}
        assert (closed.result["base"], closed.result["needed"], closed.result["carried"]) == (6, 4, True)


def changeable(made, **rule):
    """The first vote, running, with a rule that lets ballots be changed."""
    vote = running_vote(made)
    vote.rule = {**vote.rule, "change": True, **rule}
    vote.save(update_fields=["rule"])
    return vote


def told(vote):
    """What the record says of the ballots, in order."""
    acts = AuditEntry.objects.filter(object_id=vote.public_id, verb__in=("cast", "recast")).order_by("seq")
    return [(entry.verb, entry.data.get("choice") or entry.data["choices"]) for entry in acts]


@pytest.mark.django_db
class TestChanging:
    def test_the_newest_choice_counts_once_and_every_one_is_recorded(self):
        made = world("open")
        vote = changeable(made)
        for choice in ("yes", "no", "yes"):
            assert proved(made, lambda choice=choice: give(made, cast(made, made.chair, choice, uuid4())))[0]
        ballot = Ballot.objects.get(vote=vote)
        assert (ballot.choice, ballot.revision) == ("yes", 3)
        assert told(vote) == [("cast", "yes"), ("recast", "no"), ("recast", "yes")]
        closed = votes.close_vote(made.vote(), by=made.chair, at=now())
        assert closed.result["counts"] == {"yes": 1, "no": 0, "abstain": 0}

    def test_several_changes_in_one_batch_are_counted_in_their_order(self):
        made = world("open")
        vote = changeable(made)
        answers = proved(
            made,
            lambda: give(made, *[cast(made, made.chair, choice, uuid4()) for choice in ("yes", "no", "no", "abstain")]),
        )
        assert all(answers)
        assert told(vote) == [("cast", "yes"), ("recast", "no"), ("recast", "abstain")]
        assert Ballot.objects.get(vote=vote).choice == "abstain"

    def test_an_earlier_choice_that_arrives_again_undoes_nothing(self):
        made = world("open")
        vote = changeable(made)
        first, second = uuid4(), uuid4()
        give(made, cast(made, made.chair, "yes", first))
        give(made, cast(made, made.chair, "no", second))
        assert give(made, cast(made, made.chair, "yes", first))[0]
        assert Ballot.objects.get(vote=vote).choice == "no"
        assert len(told(vote)) == 2
        assert give(made, cast(made, made.chair, "abstain", first))[0].code == "id_taken"

    def test_a_repeated_command_is_answered_the_same_after_closing(self):
        made = world("open")
        changeable(made)
        first, second = uuid4(), uuid4()
        give(made, cast(made, made.chair, "yes", first), cast(made, made.chair, "no", second))
        votes.close_vote(made.vote(), by=made.chair, at=now())
        assert all(give(made, cast(made, made.chair, "yes", first), cast(made, made.chair, "no", second)))
        assert give(made, cast(made, made.chair, "yes", uuid4()))[0].code == "vote_closed"

    def test_what_was_refused_may_be_sent_again_under_its_id(self):
        made = world("open")
        changeable(made)
        late, tap = made.members[0], uuid4()
        presence.leave(made.place(late), by=late, at=now())
        both = give(made, cast(made, late, "yes", tap), cast(made, late, "yes", tap))
        assert [answer.code for answer in both] == ["check_in_first", "check_in_first"]
        presence.check_in(made.place(late), by=late, at=now())
        assert give(made, cast(made, late, "yes", tap))[0]

    def test_the_words_of_another_opinion_change_with_it(self):
        made = world("open")
        vote = changeable(made)
        give(made, cast(made, made.chair, "abstain", uuid4(), remark="Cần thêm thời gian"))
        proved(made, lambda: give(made, cast(made, made.chair, "yes", uuid4())))
        assert Ballot.objects.get(vote=vote).remark == ""


@pytest.mark.django_db
class TestSeveral:
    def running(self, made):
        check_in(made)
        asked = Asked("Chọn hai đề án", form="several", options=("Đề án A", "Đề án B", "Đề án C"), least=1, most=2)
        vote = votes.prepare(made.items[0], asked=asked, by=made.chair, at=now())
        return votes.open_vote(vote, by=made.chair, at=now())

    def give(self, vote, *chosen):
        casts = [Cast(user, "", now(), choices=codes, client_id=uuid4()) for user, codes in chosen]
        return cast_together(vote, casts=casts, by=None, at=now())

    def test_each_option_is_counted_and_a_wrong_number_refused(self):
        made = world("open")
        vote = self.running(made)
        codes = [option["code"] for option in vote.options]
        answers = proved(
            made,
            lambda: self.give(
                vote,
                (made.chair, (codes[1], codes[0])),
                (made.members[0], (codes[0],)),
                (made.members[1], tuple(codes[:3])),
                (made.members[2], ()),
            ),
        )
        assert [bool(answer) for answer in answers] == [True, True, False, False]
        assert told(vote) == [("cast", codes[:2]), ("cast", codes[0])]
        closed = votes.close_vote(vote, by=made.chair, at=now())
        assert [closed.result["counts"][code] for code in codes[:3]] == [2, 1, 0]
        assert closed.result["cast"] == 2

    def test_the_same_codes_in_another_order_are_the_same_ballot(self):
        made = world("open")
        vote = self.running(made)
        codes = [option["code"] for option in vote.options][:2]
        assert all(self.give(vote, (made.chair, tuple(codes))))
        assert all(self.give(vote, (made.chair, tuple(reversed(codes)))))
        assert vote.ballots.count() == 1


@pytest.mark.django_db
class TestInTime:
    def test_the_receipt_decides_not_the_moment_of_the_count(self):
        made = world("open")
        vote = running_vote(made)
        vote.closes_at = now()
        vote.save(update_fields=["closes_at"])
        early = Cast(made.members[0], "yes", vote.closes_at - timedelta(milliseconds=1))
        late = Cast(made.members[1], "yes", vote.closes_at + timedelta(milliseconds=1))
        assert [answer.code for answer in give(made, early, late)] == ["", "not_in_time"]

    def test_a_hidden_item_s_vote_is_told_to_the_desk_alone(self):
        made = world("open")
        vote = running_vote(made)
        vote.item.hidden = True
        vote.item.save(update_fields=["hidden"])
        give(made, cast(made, made.chair))
        event = Event.objects.get(stream__key=made.meeting.stream, kind="vote.cast")
        assert (event.bodies[""], event.bodies.get("guest", "{}")) == ("{}", "{}")
        assert "cast" in event.bodies["chair"]


@pytest.fixture
def box():
    made = BallotBox()
    yield made
    made.stop()


@pytest.mark.django_db(transaction=True)
class TestBox:
    def test_many_at_once_are_committed_in_batches(self, box):
        made = world("open", members=40)
        vote = running_vote(made)
        ready = threading.Barrier(40)
        futures = []

        def tap(user):
            ready.wait()
            futures.append(box.put(made.meeting.pk, vote.public_id, Cast(user, "yes", now(), client_id=uuid4())))

        users = [made.user("chair").__class__.objects.get(pk=user.pk) for user in made.members]
        threads = [threading.Thread(target=tap, args=(user,)) for user in users]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert all(future.result(timeout=20)["seqs"] for future in futures)
        assert vote.ballots.count() == 40
        assert AuditEntry.objects.filter(verb="cast").count() == 40
        assert Event.objects.filter(stream__key=made.meeting.stream, kind="vote.cast").count() < 40

    def test_refusals_reach_whoever_waits(self, box):
        made = world("open")
        vote = running_vote(made)
        with pytest.raises(Refused):
            box.put(made.meeting.pk, vote.public_id, Cast(made.guest, "yes", now())).result(timeout=10)
        with pytest.raises(Unseen):
            box.put(made.meeting.pk, uuid4(), Cast(made.chair, "yes", now())).result(timeout=10)
        other = world("open")
        with pytest.raises(Unseen):
            box.put(other.meeting.pk, vote.public_id, Cast(made.chair, "yes", now())).result(timeout=10)

    def test_emptying_decides_what_was_handed_in_before(self, box):
        made = world("open", members=30)
        vote = running_vote(made)
        futures = [box.put(made.meeting.pk, vote.public_id, Cast(user, "yes", now())) for user in made.members]
        box.drain()
        assert all(future.done() for future in futures)
        assert votes.close_vote(made.vote(), by=made.chair, at=now()).result["cast"] == 30

    def test_a_closing_command_counts_what_the_server_had_received(self):
        made = world("open", members=30)
        vote = running_vote(made)
        futures = [ballot_box.put(made.meeting.pk, vote.public_id, Cast(user, "yes", now())) for user in made.members]
        try:
            obey(made.meeting, Order("close_vote", {"vote": str(vote.public_id)}, uuid4(), made.user("chair"), now()))
        finally:
            ballot_box.stop()
        assert [future.exception(timeout=10) for future in futures] == [None] * 30
        assert made.vote().result["cast"] == 30

    def test_one_loop_is_woken_once_for_a_commit(self, box):
        made = world("open", members=20)
        vote = running_vote(made)

        async def all_at_once():
            waiting = [box.put_here(made.meeting.pk, vote.public_id, Cast(user, "yes", now())) for user in made.members]
            waiting.append(box.put_here(made.meeting.pk, vote.public_id, Cast(made.guest, "yes", now())))
            waiting[0].cancel()  # a socket that goes away does not take its ballot back
            return await asyncio.gather(*waiting, return_exceptions=True)

        answers = asyncio.run(all_at_once())
        assert [type(answer) for answer in (answers[0], answers[-1])] == [asyncio.CancelledError, Refused]
        assert all(answer["seqs"] for answer in answers[1:-1])
        assert vote.ballots.count() == 20

    def test_closing_counts_every_acknowledged_ballot(self, box):
        made = world("open", members=20)
        vote = running_vote(made)
        futures = [box.put(made.meeting.pk, vote.public_id, Cast(user, "yes", now())) for user in made.members]
        closed = votes.close_vote(made.vote(), by=made.chair, at=now())
        errors = [future.exception(timeout=20) for future in futures]
        assert {error.code for error in errors if isinstance(error, Refused)} <= {"vote_closed"}
        counted = errors.count(None)
        assert closed.result["cast"] == counted == vote.ballots.count()
