"""Steps inside the actions that change who takes part: sit somebody down, take them off, hand a vote over."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from meetings import presenting
from meetings.holding import stand_down
from meetings.invitations import tell_people
from meetings.models import Ballot, Meeting, Participant, RollEntry, Vote
from meetings.patches import announce_same, person_patch, revoke, start_afresh, tell
from meetings.queries.room import quorum_of
from meetings.records import locked_vote, note
from meetings.seats import seat_given_back
from meetings.snapshot.own import first_snapshot, me_data, personal_snapshot
from meetings.snapshot.people import person_data
from people.models import User

NO_ANSWER: Mapping[str, Any] = {"reply": "none", "reply_reason": "", "decision_words": "", "replied_at": None}
ANEW: Mapping[str, Any] = {
    **NO_ANSWER,
    "removed_at": None,
    "checked_in_at": None,
    "left_at": None,
    "unit": None,
    "stands_in_for": None,
    "lent_vote": False,
    "position": 0,
    "seat": "",
    "attends": Participant.Attends.ROOM,
    "site": None,
    "checked_in_by": "",
}


def seated(meeting: Meeting, user: User, fields: Mapping[str, Any], *, by: User, at: datetime) -> Participant:
    """Give the person a place and tell the room; one who was removed before comes back to the same place."""
    place, _ = Participant.objects.update_or_create(meeting=meeting, user=user, defaults={**ANEW, **fields})
    place = Participant.objects.select_related("meeting__agency", "user", "stands_in_for").get(pk=place.pk)
    announce_same(meeting, "person.invited", person_patch(place), by=by, at=at)
    start_afresh(meeting, Participant.objects.filter(pk=place.pk))
    tell(meeting, user, "me.changed", personal_snapshot(meeting, user), by=by, at=at)
    return place


def seated_together(
    meeting: Meeting, wanted: Mapping[User, Mapping[str, Any]], *, by: User, at: datetime
) -> list[Participant]:
    """Give many people a place with one event to the room; those new to the meeting cost no query each."""
    before = {place.user_id: place for place in meeting.participants.filter(user__in=list(wanted))}
    places = [_anew(before.get(user.pk) or Participant(), meeting, user, fields) for user, fields in wanted.items()]
    back = [place for place in places if place.pk]
    Participant.objects.bulk_create([place for place in places if not place.pk])
    if back:
        Participant.objects.bulk_update(back, [*ANEW, "role", "votes", "title"])
    people = {str(place.public_id): person_data(place) for place in places}
    patch = {"people": people, "meeting": {"quorum": quorum_of(meeting).as_data()}}
    announce_same(meeting, "person.invited", patch, by=by, at=at)
    start_afresh(meeting, Participant.objects.filter(pk__in=[place.pk for place in places]))
    for place in places:
        own = personal_snapshot(meeting, place.user) if place in back else first_snapshot(place)
        tell(meeting, place.user, "me.changed", own, by=by, at=at)
    return places


def _anew(place: Participant, meeting: Meeting, user: User, fields: Mapping[str, Any]) -> Participant:
    """Return the place, unsaved, as one that has just been given."""
    place.meeting, place.user = meeting, user
    for name, value in {**ANEW, **fields}.items():
        setattr(place, name, value)
    return place


def taken_off(place: Participant, *, by: User, at: datetime) -> None:
    """Take the person out: reading, voting and the room end with this transaction, a lent vote goes back."""
    meeting = place.meeting
    gone = dict.fromkeys(personal_snapshot(meeting, place.user))
    place.removed_at = at
    place.save(update_fields=["removed_at"])
    place.groups.clear()
    if place.stands_in_for is not None:
        give_vote_back(place, by=by, at=at)
    announce_same(meeting, "person.removed", person_patch(place), by=by, at=at)
    stand_down(meeting, [place], "removed", by=by, at=at)
    presenting.gone(meeting, [place], by=by, at=at)
    tell(meeting, place.user, "me.removed", gone, by=by, at=at)
    revoke(meeting, place.user, by=by, at=at)


def changed_vote(place: Participant, votes: bool, *, by: User, at: datetime) -> None:
    """Give or take the vote of one place, and tell room and person; who is already off the list is told nothing."""
    place.votes = votes
    place.save(update_fields=["votes"])
    announce_same(place.meeting, "person.changed", person_patch(place), by=by, at=at)
    if place.removed_at is None:
        tell(place.meeting, place.user, "me.changed", {"me": me_data(place)}, by=by, at=at)


def lend_vote(place: Participant, *, by: User, at: datetime) -> None:
    """Take the vote of somebody whose substitute has it now."""
    changed_vote(place, False, by=by, at=at)


def give_vote_back(substitute: Participant, *, by: User, at: datetime) -> None:
    """Let the person who was stood in for vote again; in a running vote too, unless the substitute has voted in it."""
    if not substitute.votes or substitute.stands_in_for_id is None:
        return
    original = Participant.objects.select_related("meeting__agency", "user").get(pk=substitute.stands_in_for_id)
    hand_over_roll(substitute, original)
    changed_vote(substitute, False, by=by, at=at)
    if original.removed_at is None and original.role != Participant.Role.GUEST:
        changed_vote(original, True, by=by, at=at)


def lend_vote_again(place: Participant, *, by: User, at: datetime) -> Participant | None:
    """Let the substitute vote again who came with this person's vote and is still seated; return who that is.

    Who came and is gone again, or had not come at all, holds no vote; in a running vote a ballot given stays theirs.
    """
    substitute = standing_in(place)
    if substitute is None or not substitute.lent_vote or not place.votes or substitute.role == Participant.Role.GUEST:
        return None
    hand_over_roll(place, substitute)
    changed_vote(place, False, by=by, at=at)
    changed_vote(substitute, True, by=by, at=at)
    return substitute


def running_votes(meeting: Meeting) -> list[Vote]:
    """Return the running votes, held: no ballot is given while the caller asks and changes who may give one."""
    return [locked_vote(vote) for vote in meeting.votes.filter(state="open")]


def hand_over_roll(giver: Participant, taker: Participant) -> None:
    """Put one on the roll of a running vote in place of another who has not voted."""
    for vote in running_votes(giver.meeting):
        if not Ballot.objects.filter(vote=vote, participant=giver).exists():
            entries = RollEntry.objects.filter(vote=vote, participant=giver)
            entries.update(participant=taker, present=was_present(taker, vote))


def was_present(place: Participant, vote: Vote) -> bool:
    """Was this person in the room when the vote opened, and is still?"""
    opened, came = vote.opened_at, place.checked_in_at
    return bool(opened and came and came <= opened and place.left_at is None and place.removed_at is None)


def standing_in(place: Participant) -> Participant | None:
    """Return who stands in for this participant now."""
    found = place.substitutes.filter(removed_at__isnull=True)
    return found.select_related("meeting__agency", "user", "stands_in_for").first()


def end_substitute(place: Participant, *, by: User, at: datetime) -> Participant | None:
    """Take the substitute off, if there is one, and tell both."""
    substitute = standing_in(place)
    if substitute is None:
        return None
    taken_off(substitute, by=by, at=at)
    seat_given_back(place, substitute, by=by, at=at)
    name = substitute.user.full_name
    note(place.meeting, "end_substitute", by=by, at=at, about=substitute, data={"for": place.user_id, "name": name})
    for user, calendar in ((substitute.user, "CANCEL"), (place.user, "REQUEST")):
        told = [user] if user.pk != by.pk else []
        tell_people(place.meeting, told, "delegation_ended", at=at, name=name, calendar=calendar)
    return substitute
