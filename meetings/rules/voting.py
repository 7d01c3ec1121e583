"""Questions about votes and ballots."""

from collections.abc import Sequence
from datetime import datetime

from ledger.verdict import YES, Verdict, first_no, no
from meetings.details import Asked, Counted
from meetings.kinds import APPROVE, FORMS, SEVERAL, Kind
from meetings.models import EnteredBallot, Meeting, Participant, Vote
from meetings.quorum import Quorum
from meetings.rules.meeting import may_in, participation, roles_of
from meetings.rules.people import is_present
from meetings.workflow import COUNTED, MEETING, VOTE, VOTE_ASKS
from people.models import User

LONGEST_QUESTION, LONGEST_OPTION, MOST_OPTIONS = 500, 200, 20
ENTERED_BY = ("hands", "paper")
SHORTEST_COUNTDOWN, LONGEST_COUNTDOWN = 10, 3600


def may_with_vote(user: User, vote: Vote, verb: str) -> Verdict:
    """May the person prepare, open or close this vote now?"""
    roles = roles_of(user, vote.meeting, participation(user, vote.meeting))
    return first_no(may_in(VOTE, vote.state, verb, roles), may_in(MEETING, vote.meeting.state, VOTE_ASKS[verb], roles))


def is_sound_question(asked: Asked, kind: Kind) -> Verdict:
    """Can this be put to the vote: a question, a rule that serves its form, options and numbers that fit?"""
    rule = kind.rule(asked.rule)
    return first_no(
        no("secret_votes_later") if asked.secret else YES,
        YES if asked.question.strip() else no("text_missing"),
        YES if len(asked.question) <= LONGEST_QUESTION else no("text_too_long", most=LONGEST_QUESTION),
        YES if asked.form in FORMS else no("form_unknown"),
        YES if rule else no("rule_unknown"),
        no("rule_serves_not", rule=rule.name("vi")) if rule and asked.form not in rule.forms else YES,
        YES if asked.form == APPROVE else are_sound_options(asked),
        is_countdown(asked.seconds) if asked.seconds else YES,
    )


def are_sound_options(asked: Asked) -> Verdict:
    """Are there at least two options, each once, and may each person choose a number there is?"""
    options = asked.options
    if not 2 <= len(options) <= MOST_OPTIONS:
        return no("options_number", most=MOST_OPTIONS)
    if any(not option or len(option) > LONGEST_OPTION or "\0" in option for option in options):
        return no("option_unusable", most=LONGEST_OPTION)
    if len({option.casefold() for option in options}) < len(options):
        return no("option_twice")
    fits = asked.form != SEVERAL or 1 <= asked.least <= asked.most <= len(options)
    return YES if fits else no("options_limits", options=len(options))


def is_countdown(seconds: int) -> Verdict:
    """Is this a time people can vote in?"""
    fits = SHORTEST_COUNTDOWN <= seconds <= LONGEST_COUNTDOWN
    return YES if fits else no("countdown_range", least=SHORTEST_COUNTDOWN, most=LONGEST_COUNTDOWN)


def is_before_end(vote: Vote, at: datetime) -> Verdict:
    """Has the countdown not run out, where there is one?"""
    return YES if vote.closes_at is None or at <= vote.closes_at else no("not_in_time")


def no_vote_open(meeting: Meeting, code: str = "vote_still_open") -> Verdict:
    """Is no vote running?"""
    return no(code) if meeting.votes.filter(state="open").exists() else YES


def no_vote_undeclared(meeting: Meeting) -> Verdict:
    """Is every result declared, or its vote annulled?"""
    return no("vote_not_declared") if meeting.votes.filter(state="closed").exists() else YES


def unconfirmed(vote: Vote) -> int:
    """Return how many ballots entered by name wait for a second person."""
    return vote.entries.filter(state=EnteredBallot.State.ENTERED).count()


def all_confirmed(vote: Vote) -> Verdict:
    """Does every ballot entered by name count?"""
    waiting = unconfirmed(vote)
    return no("entries_unconfirmed", count=waiting) if waiting else YES


def is_untouched(vote: Vote) -> Verdict:
    """Has nobody voted, by tablet or entered by name?"""
    entered = vote.entries.exclude(state=EnteredBallot.State.TAKEN_BACK)
    return no("ballots_in") if vote.ballots.exists() or entered.exists() else YES


def is_still_waiting(entry: EnteredBallot) -> Verdict:
    """Is the entry neither confirmed nor taken back?"""
    return YES if entry.state == EnteredBallot.State.ENTERED else no("entry_settled")


def may_confirm(by: User, entry: EnteredBallot) -> Verdict:
    """May this person confirm the entry? Another one than who entered it; the voter came, and has not voted since."""
    return first_no(
        YES if entry.participant.checked_in_at else no("person_not_here"),
        no("confirm_by_another") if entry.entered_by_id == by.pk else YES,
        no("voted_meanwhile") if entry.vote.ballots.filter(participant=entry.participant_id).exists() else YES,
    )


def is_entitled(vote: Vote, place: Participant) -> Verdict:
    """Is this person on the frozen roll, and still has a vote?"""
    held = place.removed_at is None and place.votes
    return YES if held and vote.roll.filter(participant=place).exists() else no("person_not_on_roll")


def is_enterable(vote: Vote, place: Participant, manner: str) -> Verdict:
    """May a hand or a paper ballot of this person be entered: in the room, not voted, not entered already?"""
    standing = vote.entries.exclude(state=EnteredBallot.State.TAKEN_BACK).filter(participant=place)
    return first_no(
        YES if manner in ENTERED_BY else no("manner_unknown"),
        YES if is_present(place) else no("person_not_here"),
        no("has_voted") if vote.ballots.filter(participant=place).exists() else YES,
        no("entered_already") if standing.exists() else YES,
    )


def is_sound_count(vote: Vote, counted: Counted, members: int) -> Verdict:
    """Do the numbers of a vote held outside fit each other: known options, nobody twice, nobody who was not there?"""
    codes = {option["code"] for option in vote.options}
    cast, most = cast_of(vote, counted), int(vote.rule.get("max", 1))
    total = sum(counted.counts.values())
    return first_no(
        YES if set(counted.counts) <= codes else no("no_such_option"),
        YES if min([counted.present, cast, *counted.counts.values()]) >= 0 else no("counts_negative"),
        YES if counted.present <= members else no("counts_present", present=counted.present, members=members),
        YES if cast <= counted.present else no("counts_cast", cast=cast, present=counted.present),
        YES if max(counted.counts.values(), default=0) <= cast and total <= cast * most else no("counts_sum"),
        YES if counted.note.strip() else no("outside_note_missing"),
    )


def cast_of(vote: Vote, counted: Counted) -> int:
    """Return how many gave a ballot outside: as said, or as many as there are votes where each has one."""
    if counted.cast is not None:
        return counted.cast
    return counted.present if vote.form == SEVERAL else sum(counted.counts.values())


def can_decide(quorum: Quorum) -> Verdict:
    """Are there voters, and enough of them in the room?"""
    if not quorum.members:
        return no("no_voters")
    return YES if quorum.met else no("quorum_missing", present=quorum.present, needed=quorum.needed)


def is_running(vote: Vote) -> Verdict:
    """Are ballots taken now?"""
    if vote.state == "open" and vote.meeting.state == "open":
        return YES
    return no("vote_closed" if vote.state in COUNTED else "vote_not_open")


def may_cast(vote: Vote, place: Participant | None, *, on_roll: bool) -> Verdict:
    """May this participant give a ballot now: running, on the frozen roll, and in the room?"""
    if place is None or place.removed_at is not None or not on_roll:
        return no("not_on_roll")
    return first_no(is_running(vote), YES if is_present(place) else no("check_in_first"))


def is_as_read(vote: Vote, revision: int) -> Verdict:
    """Is the question the one whose `revision` (0: not said) was read when this was chosen?

    One opened by mistake may be taken back, changed and opened again while a device is offline.
    """
    return YES if revision in (0, vote.revision) else no("question_changed")


def is_choice(vote: Vote, codes: Sequence[str]) -> Verdict:
    """Can this be chosen: one option, or as many as the vote lets choose; what stands aside is chosen alone."""
    known = {option["code"]: bool(option.get("aside")) for option in vote.options}
    if not codes or any(code not in known for code in codes) or len(set(codes)) < len(codes):
        return no("no_such_option")
    if any(known[code] for code in codes):
        return YES if len(codes) == 1 else no("chosen_alone")
    least, most = int(vote.rule.get("min", 1)), int(vote.rule.get("max", 1))
    fits = least <= len(codes) <= most if vote.form == SEVERAL else len(codes) == 1
    return YES if fits else no("chosen_number", least=least, most=most)


def is_told(vote: Vote, codes: Sequence[str], remark: str) -> Verdict:
    """Has it words where the option asks for them? Another opinion without an opinion says nothing."""
    asks = any(option.get("remark") for option in vote.options if option["code"] in codes)
    return no("remark_missing") if asks and not remark.strip() else YES
