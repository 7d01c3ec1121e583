"""Answering an invitation: come, stay away, send somebody else; the chair decides where the kind says so."""

from datetime import datetime
from typing import Any

from ledger.days import legal_day
from ledger.door import action, nothing_changed
from ledger.verdict import YES, Refused, first_no, no
from meetings.invitations import conductors, tell_people, unit_url
from meetings.models import Meeting, Participant
from meetings.records import locked, locked_place, note
from meetings.rules.meeting import may
from meetings.rules.people import is_invitable
from meetings.rules.replies import (
    absence_verb,
    is_basis,
    is_colleague,
    may_delegate,
    may_reply,
    not_own_absence,
    substitutes_vote,
)
from meetings.rules.words import is_reason
from meetings.seating import end_substitute, lend_vote, seated, standing_in
from meetings.seats import given_up_seat
from meetings.workflow import REPLY
from notices.queries import not_told
from people.models import User
from search.fold import composed

Role = Participant.Role


def _answer(place: Participant, verb: str, *, reason: str = "", by: User, at: datetime, **data: Any) -> None:
    """Move the answer along its table, save and record it."""
    row = REPLY.move(place.reply, verb)
    if row is None:
        raise Refused("wrong_state")
    source, place.reply = place.reply, row.target
    place.reply_reason, place.decision_words, place.replied_at = reason, "", at
    place.save(update_fields=["reply", "reply_reason", "decision_words", "replied_at"])
    told = {"user": place.user_id, "name": place.user.full_name, **({"reason": reason} if reason else {}), **data}
    note(place.meeting, verb, by=by, at=at, about=place, data=told, moved=(source, place.reply))


@action
def accept(place: Participant, *, by: User, at: datetime) -> Participant:
    """Say that one comes; who had sent somebody else comes in person again."""
    place = locked_place(place)
    if place.reply == "accepted" and place.user_id == by.pk and place.removed_at is None:
        nothing_changed()
        return place
    verb = "withdraw" if place.reply == "delegated" else "accept"
    may_reply(by, place, verb).require()
    end_substitute(place, by=by, at=at)
    place.refresh_from_db(fields=["votes"])
    _answer(place, verb, by=by, at=at)
    return place


@action
def stay_away(place: Participant, *, reason: str, by: User, at: datetime) -> Participant:
    """Say that one cannot come; where the kind has absences approved, the chair is asked."""
    place = locked_place(place)
    verb = absence_verb(place)
    first_no(may_reply(by, place, verb), is_reason(reason)).require()
    end_substitute(place, by=by, at=at)
    place.refresh_from_db(fields=["votes"])
    _answer(place, verb, reason=composed(reason).strip(), by=by, at=at)
    name = place.user.full_name
    if verb == "ask":
        others = [user for user in conductors(place.meeting) if user.pk != by.pk]
        tell_people(place.meeting, others, "absence_asked", at=at, name=name)
    if place.stands_in_for is not None:
        tell_people(place.meeting, [place.stands_in_for.user], "substitute_declined", at=at, name=name)
    return place


@action
def decide(place: Participant, *, excused: bool, words: str = "", by: User, at: datetime) -> Participant:
    """Approve or refuse an absence: the chair, or the secretary on the chair's word, which the record says."""
    place = locked_place(place)
    verb, said = "excuse" if excused else "refuse", composed(words).strip()
    enough = is_reason(said) if said or not excused else YES
    first_no(may_reply(by, place, verb), not_own_absence(by, place), enough).require()
    source, place.reply = place.reply, "excused" if excused else "refused"
    place.decision_words = said
    place.save(update_fields=["reply", "decision_words"])
    chairs = place.meeting.participants.filter(user=by, role=Role.CHAIR, removed_at__isnull=True).exists()
    data = {"user": place.user_id, "name": place.user.full_name, "words": said, "on_the_chairs_word": not chairs}
    note(place.meeting, verb, by=by, at=at, about=place, data=data, moved=(source, place.reply))
    tell_people(place.meeting, [place.user], f"absence_{place.reply}", at=at, words=said)
    return place


@action
def delegate(place: Participant, *, to: User, basis: str, title: str = "", by: User, at: datetime) -> Participant:
    """Send a colleague; an earlier substitute is taken off. Returns the substitute's place."""
    place = locked_place(place)
    may_reply(by, place, "delegate").require()
    first_no(may_delegate(place), is_colleague(place.user, to), is_basis(basis)).require()
    now = standing_in(place)
    if now is not None and now.user_id == to.pk:
        nothing_changed()
        return now
    meeting = place.meeting
    end_substitute(place, by=by, at=at)
    is_invitable(meeting, to).require()
    place.refresh_from_db(fields=["votes"])
    _answer(place, "delegate", reason=composed(basis).strip(), by=by, at=at, to=to.pk, to_name=to.full_name)
    substitute = _seat_substitute(place, to, title, by=by, at=at)
    tell_people(meeting, [to], "delegated", at=at, name=place.user.full_name)
    tell_people(meeting, [place.user], "stood_in_for", at=at, name=to.full_name)
    return substitute


def _seat_substitute(place: Participant, to: User, title: str, *, by: User, at: datetime) -> Participant:
    """Sit the substitute down; the vote goes along only where the kind lets substitutes vote."""
    votes = place.votes and substitutes_vote(place.meeting)
    if votes:
        lend_vote(place, by=by, at=at)
    fields = {"role": place.role, "votes": votes, "title": title[:120], "stands_in_for": place, "lent_vote": votes}
    fields["seat"] = given_up_seat(place, by=by, at=at)
    substitute = seated(place.meeting, to, fields, by=by, at=at)
    data = {"user": to.pk, "name": to.full_name, "for": place.user_id, "votes": votes}
    note(place.meeting, "substitute", by=by, at=at, about=substitute, data=data)
    return substitute


@action
def remind(meeting: Meeting, *, by: User, at: datetime) -> int:
    """Remind everybody who has not answered, people and units, quietly: once a day each. Returns how many."""
    meeting = locked(meeting)
    may(by, meeting, "remind").require()
    day = legal_day(at).isoformat()
    told = _remind_people(meeting, f"nudge:{day}", at) + _remind_units(meeting, f"nudge:{day}", at)
    no_more = no("reminded_today") if told == 0 else YES
    no_more.require()
    note(meeting, "remind_replies", by=by, at=at, data={"told": told})
    return told


def _remind_people(meeting: Meeting, day: str, at: datetime) -> int:
    """Remind the people without an answer; return how many were not reminded today yet."""
    waiting = meeting.participants.filter(removed_at__isnull=True, reply="none").select_related("user")
    key = f"reply:{meeting.pk}:{day}"
    fresh = not_told([place.user for place in waiting], key)
    return tell_people(meeting, fresh, "reply_reminder", at=at, key=key)


def _remind_units(meeting: Meeting, day: str, at: datetime) -> int:
    """Remind those who answer for the units that have named nobody."""
    from meetings.queries.units import desk_of, silent_units

    told = 0
    for unit in silent_units(meeting):
        key = f"unit:{unit.pk}:{day}"
        people = not_told(desk_of(unit), key)
        words = {"unit": unit.agency.name}
        told += tell_people(meeting, people, "unit_reminder", at=at, key=key, url=unit_url(unit), **words)
    return told
