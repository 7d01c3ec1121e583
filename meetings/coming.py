"""Steps inside the actions of presence: people arrive, go, are somewhere else, were not here after all.

Each step does its work for many people in a constant number of statements; every person has a record of their own, so
that minutes and roll tell everybody's comings and goings. Only lent votes, which are few, are handed over one by one.
"""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from typing import Any

from django.db.models.functions import Coalesce

from meetings.holding import stand_down
from meetings.models import Meeting, Participant, RollEntry, Site
from meetings.patches import announce_same, presence_patch
from meetings.presenting import gone
from meetings.records import note
from meetings.seating import give_vote_back, lend_vote_again
from people.models import User


def votes_elsewhere(places: Collection[Participant]) -> list[Participant]:
    """Return the substitutes who vote now for these people."""
    found = Participant.objects.filter(stands_in_for__in=list(places), removed_at__isnull=True, votes=True)
    return list(found.select_related("meeting__agency", "user", "stands_in_for"))


def arrive(meeting: Meeting, places: Sequence[Participant], *, how: str, by: User, at: datetime) -> None:
    """Note that these people are here, and have their votes given back to them."""
    for substitute in votes_elsewhere(places):
        give_vote_back(substitute, by=by, at=at)
    running = meeting.votes.filter(state="open").values_list("public_id", flat=True).first()
    during = {"during_vote": str(running)} if running else {}
    returned = {place.pk for place in places if place.checked_in_at}
    _write(places, checked_in_at=Coalesce("checked_in_at", at), left_at=None, checked_in_by=how)
    for place in places:
        place.checked_in_at, place.left_at, place.checked_in_by = place.checked_in_at or at, None, how
    _write_where(places)
    for place in places:
        data = {**_who(place), "returned": place.pk in returned, "how": how, **_at(place), **during}
        note(meeting, "check_in", by=by, at=at, about=place, data=data)
    announce_same(meeting, "person.checked_in", presence_patch(meeting, places), by=by, at=at)


def depart(meeting: Meeting, places: Sequence[Participant], *, how: str = "", by: User, at: datetime) -> None:
    """Note that these people have left; who stands in for one of them votes again."""
    _write(places, left_at=at)
    for place in places:
        place.left_at = at
    lent = _lend_again(places, by=by, at=at)
    for place in places:
        data = {**_who(place), **({"how": how} if how else {}), **lent.get(place.pk, {})}
        note(meeting, "leave", by=by, at=at, about=place, data=data)
    announce_same(meeting, "person.left", presence_patch(meeting, places), by=by, at=at)
    stand_down(meeting, places, "left", by=by, at=at)
    gone(meeting, places, by=by, at=at)


def take_back(meeting: Meeting, places: Sequence[Participant], *, by: User, at: datetime) -> None:
    """Note that these people were not here; running votes, which the caller holds, count them as absent."""
    was = {place.pk: place.checked_in_by for place in places}
    _write(places, checked_in_at=None, left_at=None, checked_in_by="")
    for place in places:
        place.checked_in_at, place.left_at, place.checked_in_by = None, None, ""
    RollEntry.objects.filter(participant__in=list(places), vote__state="open").update(present=False)
    lent = _lend_again(places, by=by, at=at)
    for place in places:
        data = {**_who(place), "how": was[place.pk], **lent.get(place.pk, {})}
        note(meeting, "undo_check_in", by=by, at=at, about=place, data=data)
    announce_same(meeting, "person.check_in_undone", presence_patch(meeting, places), by=by, at=at)
    stand_down(meeting, places, "not_here", by=by, at=at)
    gone(meeting, places, by=by, at=at)


def move(
    meeting: Meeting, places: Sequence[Participant], attends: str, site: Site | None, *, by: User, at: datetime
) -> None:
    """Note that these people attend elsewhere."""
    _write(places, attends=attends, site=site)
    for place in places:
        place.attends, place.site = attends, site
        note(meeting, "set_site", by=by, at=at, about=place, data={**_who(place), **_at(place)})
    announce_same(meeting, "person.moved", presence_patch(meeting, places), by=by, at=at)


def _write(places: Sequence[Participant], **fields: Any) -> None:
    """Write the same to all of them in one statement."""
    Participant.objects.filter(pk__in=[place.pk for place in places]).update(**fields)


def _write_where(places: Sequence[Participant]) -> None:
    """Write where somebody alone has come; of many nobody changes place."""
    if len(places) == 1:
        _write(places, attends=places[0].attends, site=places[0].site)


def _who(place: Participant) -> dict[str, Any]:
    """Return what the record calls the person."""
    return {"user": place.user_id, "name": place.user.full_name}


def _at(place: Participant) -> dict[str, Any]:
    """Return what the record keeps of where somebody is."""
    return {"attends": place.attends, **({"site": place.site.name} if place.site else {})}


def _lend_again(places: Collection[Participant], *, by: User, at: datetime) -> Mapping[int, dict[str, Any]]:
    """Let substitutes vote again for those who are not here any more; return what the records keep of it."""
    seated = Participant.objects.filter(stands_in_for__in=list(places), removed_at__isnull=True, lent_vote=True)
    stood_for = set(seated.values_list("stands_in_for_id", flat=True))
    found: dict[int, dict[str, Any]] = {}
    for place in places:
        substitute = lend_vote_again(place, by=by, at=at) if place.pk in stood_for else None
        if substitute is not None:
            found[place.pk] = {"vote_with": substitute.user_id}
    return found
