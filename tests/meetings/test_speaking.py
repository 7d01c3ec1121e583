"""Speaking: what is refused and why, times used and limits, one speaker at a time, who leaves, what minutes keep."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction

from ledger.models import AuditEntry
from ledger.verdict import Refused
from meetings.actions import agenda, participants, presence, room, speaking
from meetings.actions.speaking import Wish
from meetings.details import Matter
from meetings.models import Speech, Turn
from meetings.queries.speaking import queues
from meetings.rules.speaking import REQUESTS_A_MINUTE
from tests.meetings.factories import check_in, now, world

pytestmark = pytest.mark.django_db


def council(state="open", **changes):
    made = world(state, kind="hdnd_session", members=4, **changes)
    if state == "open":
        check_in(made, made.guest, *made.everyone())
    return made


def ask(made, who=0, item=0, at=None, **wish):
    user = made.members[who] if isinstance(who, int) else who
    return speaking.ask(made.items[item], wish=Wish(**wish), by=user, at=at or now())


def fresh(speech):
    return Speech.objects.get(pk=speech.pk)


def said(speech):
    return [(turn.phase, turn.limit_seconds, turn.used_ms) for turn in speech.turns.all()]


def speak(made, speech, seconds, start=None):
    start = start or now()
    speaking.start(speech, by=made.chair, at=start)
    speaking.finish(speech, by=made.chair, at=start + timedelta(seconds=seconds))


def test_the_first_and_the_second_time_have_their_own_limits():
    made = council()
    for limit in (420, 180, 180):
        speech = ask(made)
        speak(made, speech, 61)
        assert said(speech) == [("speak", limit, 61_000)]
    other = ask(made, item=1)
    speaking.start(other, by=made.chair, at=now())
    assert other.turns.get().limit_seconds == 420
    debate = ask(made, lane="debate")
    speaking.start(debate, by=made.chair, at=now())
    assert debate.turns.get().limit_seconds == 180


def test_a_department_speaks_without_limit():
    made = world("open", kind="department_meeting")
    check_in(made, made.guest, *made.everyone())
    speech = ask(made)
    speaking.start(speech, by=made.chair, at=now())
    assert speech.turns.get().limit_seconds == 0
    with pytest.raises(Refused, match="no_limit_here"):
        speaking.give_more_time(speech, seconds=60, by=made.chair, at=now())


def test_the_clock_stands_while_paused_and_more_time_is_frozen_into_the_turn():
    made, at = council(), now()
    speech = ask(made)
    speaking.start(speech, by=made.chair, at=at)
    speaking.hold(speech, by=made.chair, at=at + timedelta(seconds=30))
    speaking.resume(speech, by=made.chair, at=at + timedelta(minutes=10))
    speaking.give_more_time(speech, seconds=60, by=made.chair, at=at + timedelta(minutes=10))
    speaking.finish(speech, by=made.chair, at=at + timedelta(minutes=10, seconds=12, milliseconds=500))
    assert said(speech) == [("speak", 480, 42_500)]


def test_starting_the_next_ends_or_pauses_the_one_before():
    made, at = council(), now()
    first, second = ask(made), ask(made, 1, lane="debate")
    speaking.start(first, by=made.chair, at=at)
    speaking.start(second, pausing=True, by=made.chair, at=at + timedelta(seconds=20))
    assert (fresh(first).state, fresh(second).state) == ("paused", "speaking")
    speaking.resume(first, by=made.chair, at=at + timedelta(seconds=50))
    assert (fresh(first).state, fresh(second).state) == ("speaking", "done")
    assert said(second) == [("speak", 180, 30_000)]
    with pytest.raises(IntegrityError, match=r"one_speaker|UNIQUE"), transaction.atomic():
        Speech.objects.filter(pk=second.pk).update(state="speaking")


def test_a_question_is_asked_and_answered_each_with_its_own_time():
    made, at = council(), now()
    minister = made.place(made.guest)
    speech = ask(made, lane="question", subject="Bao giờ xong?", asked=minister)
    speaking.start(speech, by=made.chair, at=at)
    speaking.answer(speech, by=made.chair, at=at + timedelta(seconds=40))
    with pytest.raises(Refused, match="answers_already"):
        speaking.answer(speech, by=made.chair, at=at)
    speaking.finish(speech, by=made.chair, at=at + timedelta(seconds=100))
    assert said(speech) == [("ask", 60, 40_000), ("answer", 180, 60_000)]
    plain = ask(made, 1)
    speaking.start(plain, by=made.chair, at=at)
    with pytest.raises(Refused, match="nobody_to_answer"):
        speaking.answer(plain, by=made.chair, at=at)


def test_who_is_called_is_in_the_room_and_alone():
    made = council()
    first, second = ask(made), ask(made, 1)
    ahead = world("published", kind="hdnd_session", members=4)
    waits = ask(ahead)
    bring_open(ahead)
    with pytest.raises(Refused, match="speaker_not_here"):
        speaking.call(waits, by=ahead.chair, at=now())
    speaking.call(first, by=made.chair, at=now())
    with pytest.raises(Refused, match="another_called") as refused:
        speaking.call(second, by=made.chair, at=now())
    assert made.members[0].full_name in refused.value.text
    speaking.start(first, by=made.chair, at=now())
    speaking.call(second, by=made.chair, at=now())
    assert fresh(second).state == "called"


def bring_open(made):
    room.open_room(made.meeting, by=made.chair, at=now())
    made.reread()


@pytest.mark.parametrize(
    ("code", "wish"),
    [
        ("lane_unknown", {"lane": "song"}),
        ("asked_missing", {"lane": "question"}),
        ("text_too_long", {"subject": "a" * 501}),
        ("text_unusable", {"subject": "a\0"}),
        ("page_without_paper", {"page": 1}),
        ("page_unknown", {"paper": 0, "page": 4}),
        ("paper_of_another_item", {"paper": 1}),
        ("asked_oneself", {"lane": "question", "asked": 0}),
        ("nobody_is_asked_here", {"asked": 1}),
    ],
)
def test_bad_wishes_are_refused_with_a_sentence(code, wish):
    made = council()
    if "paper" in wish:
        wish = wish | {"paper": made.papers[wish["paper"]]}
    if "asked" in wish:
        wish = wish | {"asked": made.place(made.members[wish["asked"]])}
    with pytest.raises(Refused, match=code) as refused:
        ask(made, **wish)
    assert refused.value.text != code
    assert not Speech.objects.exists()


def test_asking_needs_presence_once_the_meeting_is_open_and_stands_once():
    made = world("open", kind="hdnd_session", members=4)
    with pytest.raises(Refused, match="check_in_to_speak"):
        ask(made)
    check_in(made, made.members[0], made.members[1])
    ask(made)
    with pytest.raises(Refused, match="asked_already"):
        ask(made)
    for whom in (1, 2):
        ask(made, lane="question", asked=made.place(made.members[whom]))
    assert Speech.objects.count() == 3


def test_fair_order_and_the_order_by_hand():
    made, at = council(), now()
    speak(made, ask(made, 0), 10, at)
    again, other = ask(made, 0, at=at), ask(made, 1, at=at + timedelta(seconds=5))
    item = made.items[0]
    assert queues(made.reread(), item)["speech"] == [other.pk, again.pk]
    with pytest.raises(Refused, match="queue_is_fair"):
        speaking.place(again, position=1, by=made.chair, at=at)
    speaking.order(made.meeting, order="manual", by=made.secretary, at=at)
    assert queues(made.reread(), item)["speech"] == [other.pk, again.pk]
    speaking.place(again, position=1, by=made.chair, at=at)
    assert queues(made.reread(), item)["speech"] == [again.pk, other.pk]
    with pytest.raises(Refused, match="order_unknown"):
        speaking.order(made.meeting, order="alphabet", by=made.chair, at=at)


def test_the_floor_for_somebody_who_did_not_ask():
    made = council()
    guest, item = made.place(made.guest), made.items[0]
    speech = speaking.give_floor(item, person=guest, by=made.chair, at=now())
    assert (speech.state, speech.participant) == ("called", guest)
    speaking.call_back(speech, by=made.chair, at=now())
    asked = ask(made, 1, subject="Về mục II")
    found = speaking.give_floor(item, person=made.place(made.members[1]), by=made.chair, at=now())
    assert (found.pk, found.state) == (asked.pk, "called")
    presence.leave(guest, by=made.guest, at=now())
    with pytest.raises(Refused, match="speaker_not_here"):
        speaking.give_floor(item, person=made.place(made.guest), by=made.chair, at=now())


def test_a_word_why_is_in_no_ledger_and_for_the_asker_alone():
    made = council()
    speech = ask(made)
    speaking.refuse(speech, reason="Hết giờ", by=made.chair, at=now())
    assert fresh(speech).refusal == "Hết giờ"
    assert "Hết giờ" not in str(list(AuditEntry.objects.values_list("data", flat=True)))


def test_an_end_too_early_is_taken_back():
    made, at = council(), now()
    speech = ask(made)
    speak(made, speech, 30, at)
    speaking.reopen(speech, by=made.chair, at=at + timedelta(seconds=35))
    speaking.resume(speech, by=made.chair, at=at + timedelta(seconds=40))
    speaking.finish(speech, by=made.chair, at=at + timedelta(seconds=50))
    assert said(speech) == [("speak", 420, 40_000)]
    ask(made)
    with pytest.raises(Refused, match="asked_already"):
        speaking.reopen(speech, by=made.chair, at=now())


def test_leaving_ends_the_turn_and_withdraws_what_stands():
    made, at = council(), now()
    asked = [ask(made, who) for who in range(3)]
    speaking.start(asked[0], by=made.chair, at=at)
    question = ask(made, 3, lane="question", asked=made.place(made.members[0]))
    presence.leave(made.place(made.members[0]), by=made.members[0], at=at + timedelta(seconds=9))
    participants.remove(made.place(made.members[1]), by=made.clerk, at=at)
    assert [fresh(speech).state for speech in asked] == ["done", "withdrawn", "waiting"]
    assert said(asked[0]) == [("speak", 420, 9_000)]
    assert fresh(question).state == "waiting"
    speaking.start(question, by=made.chair, at=at)
    with pytest.raises(Refused, match="asked_is_away"):
        speaking.answer(question, by=made.chair, at=at)


def test_moving_on_keeps_the_queues_and_closing_ends_the_turn():
    made, at = council(), now()
    first, second, third = ask(made), ask(made, 1), ask(made, 2)
    speaking.start(first, by=made.chair, at=at)
    speaking.call(second, by=made.chair, at=at)
    room.move_to(made.items[1], by=made.chair, at=at)
    assert fresh(first).state == "speaking"
    room.close_room(made.meeting, by=made.chair, at=at + timedelta(seconds=70))
    assert [fresh(one).state for one in (first, second, third)] == ["done", "waiting", "waiting"]
    assert said(first) == [("speak", 420, 70_000)]


def test_an_item_spoken_on_stays_and_one_only_asked_for_may_go():
    made = council("published")
    item = agenda.add_item(made.meeting, matter=Matter("Thừa"), by=made.clerk, at=now())
    speech = speaking.ask(item, wish=Wish(), by=made.members[0], at=now())
    with pytest.raises(Refused, match="item_in_use"):
        agenda.remove_item(item, by=made.clerk, at=now())
    speaking.take_back(speech, by=made.members[0], at=now())
    agenda.remove_item(item, by=made.clerk, at=now())
    bring_open(made)
    check_in(made)
    speak(made, ask(made, item=1), 5)
    with pytest.raises(Refused, match="item_discussed"):
        agenda.hide_item(made.items[1], hidden=True, by=made.clerk, at=now())


def test_turns_have_one_clock():
    made = council()
    speech = ask(made)
    speaking.start(speech, by=made.chair, at=now())
    with pytest.raises(IntegrityError), transaction.atomic():
        Turn.objects.create(speech=speech, participant=speech.participant, phase="speak", started_at=now())


def test_the_floor_goes_back_to_nobody_who_was_taken_off_the_list():
    made = council()
    speech = ask(made)
    speak(made, speech, 10)
    participants.remove(made.place(made.members[0]), by=made.secretary, at=now())
    with pytest.raises(Refused, match="speaker_removed"):
        speaking.reopen(speech, by=made.chair, at=now())


def test_asking_has_a_measure():
    made, at = council(), now()
    for _ in range(REQUESTS_A_MINUTE):
        speaking.take_back(ask(made, at=at), by=made.members[0], at=at)
    with pytest.raises(Refused, match="too_many_requests"):
        ask(made, at=at)
    assert ask(made, 1, at=at).state == "waiting"
    assert ask(made, at=at + timedelta(minutes=1)).state == "waiting"
