"""A vote from its preparation to its declaration, and what goes wrong on the way."""

from datetime import timedelta

import pytest
from django.utils import translation

from ledger.models import AuditEntry, Transition
from ledger.verdict import Refused, sentence
from live.models import Event
from meetings import countdown
from meetings.actions import agenda, participants, presence, room, votes
from meetings.actions.ballots import Cast, cast_together
from meetings.countdown import GRACE
from meetings.details import Asked, Seat
from meetings.digest import digest_of, shown_result
from meetings.models import RollEntry, Vote
from meetings.snapshot.room import room_snapshot
from people.queries import system_user
from tests.meetings.factories import bring, check_in, now, overdue, running_vote, world

pytestmark = pytest.mark.django_db
REASON = "Nhầm câu hỏi biểu quyết"


def refusal(act) -> str:
    with pytest.raises(Refused) as refused:
        act()
    return refused.value.code


def give(made, *choices, at=None):
    """Let the chair and then the members choose, each once."""
    people = [made.chair, *made.members]
    casts = [
        Cast(
            user,
            "" if isinstance(chosen, tuple) else chosen,
            at or now(),
            choices=chosen if isinstance(chosen, tuple) else (),
        )
        for user, chosen in zip(people, choices, strict=False)
    ]
    answers = cast_together(made.vote(), casts=casts, by=None, at=at or now())
    return [answer.code for answer in answers]


def prepared(made, asked):
    made.votes.insert(0, votes.prepare(made.items[1], asked=asked, by=made.secretary, at=now()))
    return made.vote()


def shown(made, view, vote=None):
    return room_snapshot(made.meeting, view)["votes"].get(str((vote or made.vote()).public_id))


class TestPreparing:
    @pytest.mark.parametrize(
        ("asked", "code"),
        [
            (Asked("  "), "text_missing"),
            (Asked("Hỏi?", form="perhaps"), "form_unknown"),
            (Asked("Hỏi?", rule="nothing"), "rule_unknown"),
            (Asked("Hỏi?", secret=True), "secret_votes_later"),
            (Asked("Hỏi?", form="one", options=("A",)), "options_number"),
            (Asked("Hỏi?", form="one", options=tuple(f"A{n}" for n in range(21))), "options_number"),
            (Asked("Hỏi?", form="one", options=("A", " ")), "option_unusable"),
            (Asked("Hỏi?", form="one", options=("A", "B" * 201)), "option_unusable"),
            (Asked("Hỏi?", form="one", options=("A", "B\0")), "option_unusable"),
            (Asked("Hỏi?", form="one", options=("Tổ", "T\u1ed5 ".lower())), "option_twice"),
            (Asked("Hỏi?", form="several", options=("A", "B"), least=0, most=1), "options_limits"),
            (Asked("Hỏi?", form="several", options=("A", "B"), least=2, most=1), "options_limits"),
            (Asked("Hỏi?", form="several", options=("A", "B"), least=1, most=3), "options_limits"),
            (Asked("Hỏi?", seconds=5), "countdown_range"),
            (Asked("Hỏi?", seconds=3601), "countdown_range"),
        ],
    )
    def test_what_cannot_be_asked_is_refused_with_a_sentence(self, asked, code):
        made = world("draft")
        with pytest.raises(Refused) as refused, translation.override("vi"):
            votes.prepare(made.items[0], asked=asked, by=made.clerk, at=now())
        assert refused.value.code == code
        assert refused.value.text not in ("", code)
        assert Vote.objects.count() == 1

    def test_a_rule_serves_the_forms_it_was_made_for(self):
        made = world("draft", kind="hdnd_session")
        asked = Asked("Chọn?", form="one", rule="dismissal", options=("A", "B"))
        assert refusal(lambda: votes.prepare(made.items[0], asked=asked, by=made.clerk, at=now())) == "rule_serves_not"

    def test_a_choice_of_several_is_frozen_with_its_limits(self):
        made = world("draft", kind="hdnd_session")
        asked = Asked("Chọn hai chuyên đề?", form="several", options=("Đất đai", "Đầu tư"), least=1, most=2, seconds=60)
        vote = votes.prepare(made.items[0], asked=asked, by=made.clerk, at=now())
        assert [option["label"] for option in vote.options] == ["Đất đai", "Đầu tư", "Không biểu quyết"]
        assert (vote.rule["min"], vote.rule["max"], vote.seconds) == (1, 2, 60)
        changed = votes.edit(vote, asked=Asked("Thông qua?", seconds=0), revision=1, by=made.clerk, at=now())
        assert ("max" in changed.rule, changed.form, changed.seconds) == (False, "approve", None)

    def test_who_saves_second_is_told(self):
        made = world("draft")
        votes.edit(made.vote(), asked=Asked("Một?"), revision=1, by=made.clerk, at=now())
        again = lambda: votes.edit(made.vote(), asked=Asked("Hai?"), revision=1, by=made.secretary, at=now())  # noqa: E731
        assert refusal(again) == "changed_meanwhile"
        assert made.vote().question == "Một?"


class TestOpening:
    def test_members_alone_vote_where_the_rule_says_so(self):
        made = world("open")
        check_in(made)
        vote = made.vote()
        Vote.objects.filter(pk=vote.pk).update(rule={**vote.rule, "who": "members"})
        votes.open_vote(made.vote(), by=made.chair, at=now())
        on_roll = RollEntry.objects.filter(vote=vote).values_list("participant__user", flat=True)
        assert set(on_roll) == {user.pk for user in made.members}
        assert give(made, "yes", "yes") == ["not_on_roll", ""]

    def test_a_rule_may_ask_for_a_quorum_of_its_own(self):
        made = world("open", members=5)
        check_in(made, made.chair, *made.members[:3])
        vote = made.vote()
        Vote.objects.filter(pk=vote.pk).update(rule={**vote.rule, "quorum": {"share": [5, 6]}})
        with pytest.raises(Refused) as refused:
            votes.open_vote(made.vote(), by=made.chair, at=now())
        assert (refused.value.code, refused.value.params) == ("quorum_missing", {"present": 4, "needed": 5})
        check_in(made, made.members[3])
        assert votes.open_vote(made.vote(), by=made.chair, at=now()).state == "open"

    def test_the_base_is_frozen_whatever_happens_to_people_afterwards(self):
        made = world("open", members=4)
        check_in(made, made.chair, made.secretary, *made.members[:3])
        votes.open_vote(made.vote(), by=made.chair, at=now())
        participants.invite(
            made.meeting, user=made.stranger, seat=Seat("member", votes=True), by=made.secretary, at=now()
        )
        presence.leave(made.place(made.members[0]), by=made.members[0], at=now())
        presence.check_in(made.place(made.members[3]), by=made.members[3], at=now())
        give(made, "yes", "yes", "yes", "yes", "yes")
        closed = votes.close_vote(made.vote(), by=made.chair, at=now())
        found = closed.result
        assert (found["members"], found["present"], found["late"], found["cast"]) == (5, 4, 1, 4)
        assert AuditEntry.objects.filter(verb="cast", data__late=True).count() == 1

    def test_a_vote_opened_by_mistake_goes_back_while_nobody_has_voted(self):
        made = world("open")
        vote = running_vote(made)
        back = votes.take_back(vote, by=made.chair, at=now())
        assert (back.state, back.opened_at, RollEntry.objects.filter(vote=vote).exists()) == ("prepared", None, False)
        votes.open_vote(made.vote(), by=made.chair, at=now())
        give(made, "yes")
        assert refusal(lambda: votes.take_back(made.vote(), by=made.chair, at=now())) == "ballots_in"

    def test_votes_are_held_one_after_the_other(self):
        made = world("open")
        running_vote(made)
        second = votes.prepare(made.items[1], asked=Asked("Thứ hai?"), by=made.chair, at=now())
        assert refusal(lambda: votes.open_vote(second, by=made.chair, at=now())) == "another_vote_open"
        votes.close_vote(made.vote(), by=made.chair, at=now())
        assert votes.open_vote(second, by=made.chair, at=now()).state == "open"


class TestCountdown:
    def opened(self, seconds=60):
        made = world("open")
        check_in(made)
        prepared(made, Asked("Có đếm ngược?", seconds=seconds))
        return made, votes.open_vote(made.vote(), by=made.chair, at=now())

    def test_the_system_closes_when_the_time_is_over_and_only_once(self):
        made, vote = self.opened()
        end = vote.opened_at + timedelta(seconds=60)
        assert vote.closes_at == end
        give(made, "yes", "yes")
        assert countdown.close_overdue(at=end - timedelta(seconds=1)) == 0
        assert countdown.close_overdue(at=end) == 1
        assert made.vote().state == "open"  # what was received in time may still be on its way
        countdown.close_overdue(at=end + GRACE)
        closed = made.vote()
        assert (closed.state, closed.closed_at, closed.result["cast"]) == ("closed", end, 2)
        entry = AuditEntry.objects.get(verb="close_vote")
        assert (entry.by, entry.data["by_itself"]) == (system_user(), True)
        countdown.close_due(vote.pk, end + timedelta(minutes=1))
        assert countdown.close_overdue(at=end + timedelta(minutes=1)) == 0
        assert AuditEntry.objects.filter(verb="close_vote").count() == 1

    def test_a_ballot_received_after_the_end_is_not_in_time(self):
        made, vote = self.opened()
        assert give(made, "yes", at=vote.closes_at + timedelta(milliseconds=1)) == ["not_in_time"]
        assert give(made, "yes", at=vote.closes_at) == [""]

    def test_more_time_moves_the_end_and_the_old_timer_finds_nothing_to_do(self):
        made, vote = self.opened()
        before = vote.closes_at
        after = votes.extend(vote, seconds=30, by=made.chair, at=now()).closes_at
        assert after == before + timedelta(seconds=30)
        countdown.close_due(vote.pk, before + GRACE)
        assert made.vote().state == "open"
        countdown.close_due(vote.pk, after + GRACE)
        assert made.vote().state == "closed"

    def test_a_vote_without_an_end_may_get_one(self):
        made = world("open")
        vote = running_vote(made)
        at = now()
        assert votes.extend(vote, seconds=20, by=made.chair, at=at).closes_at == at + timedelta(seconds=20)
        assert refusal(lambda: votes.extend(made.vote(), seconds=4, by=made.chair, at=at)) == "countdown_range"
        over = at + timedelta(seconds=21)
        assert refusal(lambda: votes.extend(made.vote(), seconds=20, by=made.chair, at=over)) == "not_in_time"

    def test_a_timer_for_a_vote_that_is_gone_does_nothing(self):
        countdown.close_due(4711, now())

    def test_the_timer_of_the_process_closes_it(self, monkeypatch, django_capture_on_commit_callbacks):
        started = []
        monkeypatch.setattr(countdown, "start_timer", lambda vote, due: started.append((vote, due)))
        with django_capture_on_commit_callbacks(execute=True):
            _, vote = self.opened(30)
        assert started == [(vote.pk, overdue(vote))]


class TestDeclaring:
    def closed(self, *choices, **changes):
        made = world("open", **changes)
        running_vote(made)
        give(made, *choices)
        return made, votes.close_vote(made.vote(), by=made.chair, at=now())

    def test_before_it_is_declared_the_result_is_the_chairs(self):
        made, vote = self.closed("yes", "yes", "yes", "no")
        assert (shown(made, "chair")["result"]["carried"], shown(made, "chair")["digest"]) == (True, vote.digest)
        for view in ("", "guest"):
            assert (shown(made, view)["state"], shown(made, view)["cast"]) == ("closed", 4)
            assert not {"result", "digest", "choices", "remarks", "counts", "missed", "entries"} & set(
                shown(made, view)
            )
        bodies = Event.objects.get(kind="vote.closed").bodies
        assert '"yes":' not in bodies[""] + bodies["guest"]
        votes.declare(made.vote(), by=made.chair, at=now())
        for view in ("", "guest"):
            assert (shown(made, view)["result"], shown(made, view)["digest"]) == (vote.result, vote.digest)
        assert "choices" not in shown(made, "guest")

    def test_a_live_board_keeps_its_counts_until_the_result_is_declared(self):
        made, _ = self.closed("yes", "yes", kind="hdnd_session")
        assert shown(made, "")["counts"] == {"yes": 2, "no": 0, "abstain": 0}
        assert not {"result", "counts"} & set(shown(made, "guest"))

    def test_the_digest_is_of_what_is_shown(self):
        _, vote = self.closed("yes", "no")
        said = shown_result(str(vote.public_id), vote.question, vote.options, vote.result, annulled=False)
        assert vote.digest == digest_of(said)

    def test_who_was_there_and_missed_it_is_told_to_the_chair_alone(self):
        made = world("open", members=4)
        check_in(made, made.chair, made.secretary, *made.members[:3])
        votes.open_vote(made.vote(), by=made.chair, at=now())
        presence.check_in(made.place(made.members[3]), by=made.members[3], at=now())
        give(made, "yes", "abstain")
        assert "missed" not in shown(made, "chair")
        votes.close_vote(made.vote(), by=made.chair, at=now())
        silent = {str(made.place(user).public_id) for user in made.members[1:3]}
        assert set(shown(made, "chair")["missed"]) == silent
        assert made.vote().result["unanswered"] == len(silent)
        votes.declare(made.vote(), by=made.chair, at=now())
        assert set(shown(made, "chair")["missed"]) == silent
        assert "missed" not in shown(made, "")

    def test_a_meeting_does_not_close_over_a_result_nobody_was_told(self):
        made, vote = self.closed("yes")
        close = lambda: room.close_room(made.meeting, by=made.chair, at=now())  # noqa: E731
        assert refusal(close) == "vote_not_declared"
        votes.declare(vote, by=made.chair, at=now())
        assert close().state == "closed"

    def test_choosing_two_of_three(self):
        made = world("open", members=4, kind="hdnd_session")
        check_in(made)
        asked = Asked("Chọn hai chuyên đề?", form="several", options=("Đất đai", "Đầu tư", "Y tế"), least=1, most=2)
        prepared(made, asked)
        votes.open_vote(made.vote(), by=made.chair, at=now())
        wrong = [("o1", "o2", "o3"), ("o1", "o1"), ("o1", "abstain"), ("o9",), ()]
        codes = give(made, *wrong)
        assert codes == ["chosen_number", "no_such_option", "chosen_alone", "no_such_option", "no_such_option"]
        assert give(made, ("o1", "o2"), ("o1",), ("o2", "o1"), ("abstain",), ("o3",)) == [""] * 5
        votes.close_vote(made.vote(), by=made.chair, at=now())
        declared = votes.declare(made.vote(), by=made.chair, at=now())
        found = declared.result
        assert (found["counts"], found["cast"]) == ({"o1": 3, "o2": 2, "o3": 1, "abstain": 1}, 5)
        assert (found["chosen"], found["tied"], found["shares"]["o1"]) == (["o1"], [], "60.00")
        assert AuditEntry.objects.get(verb="declare_vote").data["chosen"] == ["Đất đai"]
        me = str(made.place(made.chair).public_id)
        assert sorted(shown(made, "")["choices"][me]) == ["o1", "o2"]


class TestAnnulling:
    @pytest.mark.parametrize("declared", [False, True])
    def test_it_takes_a_reason_and_the_question_is_asked_anew(self, declared):
        made = world("open")
        running_vote(made)
        give(made, "yes")
        first = votes.close_vote(made.vote(), by=made.chair, at=now())
        if declared:
            votes.declare(first, by=made.chair, at=now())
        assert refusal(lambda: votes.annul(first, reason="Sai", by=made.chair, at=now())) == "reason_too_short"
        again = votes.annul(first, reason=REASON, by=made.chair, at=now())
        annulled = made.vote()
        assert (annulled.state, annulled.annul_reason, annulled.digest != first.digest) == ("annulled", REASON, True)
        assert (again.state, again.question, again.rule, again.replaces) == (
            "prepared",
            first.question,
            first.rule,
            annulled,
        )
        moves = Transition.objects.filter(object_id=annulled.public_id).order_by("pk").values_list("target", flat=True)
        assert list(moves)[-1] == "annulled"
        seen = shown(made, "")
        assert seen["annulled"]["reason"] == REASON
        assert ("result" in seen) is declared
        assert shown(made, "guest", again)["replaces"] == str(annulled.public_id)
        assert refusal(lambda: votes.annul(annulled, reason=REASON, by=made.chair, at=now())) == "wrong_state"

    def test_the_question_held_again_counts_for_itself(self):
        made = world("open")
        running_vote(made)
        give(made, "no", "no", "no", "no")
        votes.close_vote(made.vote(), by=made.chair, at=now())
        made.votes.insert(0, votes.annul(made.vote(), reason=REASON, by=made.chair, at=now()))
        votes.open_vote(made.vote(), by=made.chair, at=now())
        assert give(made, "yes", "yes", "yes", "yes") == [""] * 4
        votes.close_vote(made.vote(), by=made.chair, at=now())
        assert votes.declare(made.vote(), by=made.chair, at=now()).result["carried"] is True


def test_a_vote_on_a_hidden_item_is_nobodys_but_the_chairs():
    made = world("draft")
    agenda.hide_item(made.items[0], hidden=True, by=made.clerk, at=now())
    bring(made, "open")
    check_in(made)
    assert shown(made, "") is None
    assert refusal(lambda: votes.open_vote(made.vote(), by=made.chair, at=now())) == "item_hidden"


def test_every_refusal_of_a_vote_has_a_sentence():
    for code in ("secret_votes_later", "vote_not_declared", "not_in_time", "ballots_in", "confirm_by_another"):
        assert sentence(code) != code
