"""The sites of a meeting, and how people get in: by themselves, or only with the code of a door."""

from dataclasses import asdict
from datetime import datetime
from typing import Any

from ledger.door import action, nothing_changed
from ledger.verdict import YES, Refused, first_no, no
from meetings.coming import move
from meetings.details import Entry, SiteDetails, entry_of, written
from meetings.models import Meeting, Participant, Site
from meetings.patches import announce_same
from meetings.records import locked, note
from meetings.rules.meeting import may
from meetings.rules.presence import is_link, is_sound_site, may_remove_site
from meetings.snapshot.sites import entry_data, site_data
from people.models import User


@action
def add(meeting: Meeting, *, details: SiteDetails, by: User, at: datetime) -> Site:
    """Add a site."""
    meeting = locked(meeting)
    first_no(may(by, meeting, "arrange_sites"), is_sound_site(meeting, details)).require()
    site = Site.objects.create(meeting=meeting, position=meeting.sites.count() + 1, **asdict(details))
    note(meeting, "add_site", by=by, at=at, about=site, data=asdict(details))
    _told(site, "site.added", by=by, at=at)
    return site


@action
def edit(site: Site, *, details: SiteDetails, seen: SiteDetails, by: User, at: datetime) -> Site:
    """Change what is written about a site, unless somebody else did since it was `seen`."""
    site = _locked(site)
    known = YES if site.removed_at is None else no("site_unknown")
    same = YES if written(site) == seen else no("changed_meanwhile")
    sound = is_sound_site(site.meeting, details, besides=site.pk)
    first_no(may(by, site.meeting, "arrange_sites"), known, same, sound).require()
    if details == seen:
        nothing_changed()
        return site
    _save(site, **asdict(details))
    note(site.meeting, "edit_site", by=by, at=at, about=site, data=asdict(details))
    _told(site, "site.changed", by=by, at=at)
    return site


@action
def remove(site: Site, *, by: User, at: datetime) -> Site:
    """Take a site off; who was expected there is expected in the room."""
    site = _locked(site)
    may_remove_site(by, site).require()
    if site.removed_at is not None:
        nothing_changed()
        return site
    site.people.filter(removed_at__isnull=False).update(attends=Participant.Attends.ROOM, site=None)
    people = list(site.people.select_related("user", "unit__agency", "stands_in_for"))
    for place in people:
        place.meeting = site.meeting
    if people:
        move(site.meeting, people, Participant.Attends.ROOM, None, by=by, at=at)
    _save(site, removed_at=at)
    data = {**asdict(written(site)), "people": [place.user_id for place in people]}
    note(site.meeting, "remove_site", by=by, at=at, about=site, data=data)
    _told(site, "site.removed", by=by, at=at)
    return site


@action
def put_back(site: Site, *, by: User, at: datetime) -> Site:
    """Put a removed site back; the people expected there are chosen anew."""
    site = _locked(site)
    first_no(may(by, site.meeting, "arrange_sites"), is_sound_site(site.meeting, written(site))).require()
    if site.removed_at is None:
        nothing_changed()
        return site
    _save(site, removed_at=None)
    note(site.meeting, "put_back_site", by=by, at=at, about=site, data=asdict(written(site)))
    _told(site, "site.added", by=by, at=at)
    return site


@action
def set_entry(meeting: Meeting, *, entry: Entry, seen: Entry, by: User, at: datetime) -> Meeting:
    """Say whether people check in by themselves or only with the code, and which link those online have."""
    meeting = locked(meeting)
    same = YES if entry_of(meeting) == seen else no("changed_meanwhile")
    first_no(may(by, meeting, "arrange_sites"), same, is_link(entry.join_link)).require()
    if entry == seen:
        nothing_changed()
        return meeting
    meeting.self_check_in, meeting.join_link = entry.self_check_in, entry.join_link
    meeting.save(update_fields=["self_check_in", "join_link"])
    note(meeting, "set_entry", by=by, at=at, data=asdict(entry))
    announce_same(meeting, "meeting.changed", {"meeting": entry_data(meeting)}, by=by, at=at)
    return meeting


def _locked(site: Site) -> Site:
    """Return the site as it is now, its meeting held."""
    meeting = locked(site.meeting)
    found = meeting.sites.filter(pk=site.pk).first()
    if found is None:
        raise Refused("site_unknown")
    found.meeting = meeting
    return found


def _save(site: Site, **fields: Any) -> None:
    """Write these fields."""
    for name, value in fields.items():
        setattr(site, name, value)
    site.save(update_fields=list(fields))


def _told(site: Site, kind: str, *, by: User, at: datetime) -> None:
    """Tell the room about a site."""
    data = None if site.removed_at else site_data(site)
    announce_same(site.meeting, kind, {"sites": {str(site.public_id): data}}, by=by, at=at)
