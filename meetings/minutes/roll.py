"""Attendance in words: present, late, left and returned, absent with reasons, substitutes."""

from collections.abc import Mapping
from datetime import datetime

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from meetings.minutes.attendance import Presence, presence
from meetings.minutes.body import Block, free, linked
from meetings.minutes.words import clock_time, is_guest, named
from meetings.models import Meeting, Participant

Moves = Mapping[int, list[tuple[datetime, str]]]
Attended = list[tuple[Participant, Presence]]


def attended(meeting: Meeting, people: list[Participant], moves: Moves) -> Attended:
    """Return everybody with how they were present."""
    return [
        (place, presence(moves.get(place.user_id, []), meeting.opened_at, meeting.closed_at or None))
        for place in people
    ]


def attendance_blocks(meeting: Meeting, people: list[Participant], moves: Moves) -> list[Block]:
    """Return the counts and the lists; guests apart."""
    everybody = attended(meeting, people, moves)
    members = [(place, was) for place, was in everybody if not is_guest(place)]
    present = [(place, was) for place, was in members if was.present]
    absent = [(place, was) for place, was in members if not was.present]
    guests = [(place, was) for place, was in everybody if is_guest(place) and was.present]
    counts = {"total": len(members), "present": len(present), "absent": len(absent)}
    heads = {
        "present": (_("Present:"), [line(place, was) for place, was in present]),
        "absent": (_("Absent:"), [absence(place) for place, _was in absent]),
        "guests": (_("Guests:"), [line(place, was) for place, was in guests]),
    }
    found = [linked("attendance.counts", _("Members: %(total)s; present: %(present)s; absent: %(absent)s.") % counts)]
    for key, (head, lines) in heads.items():
        if lines:
            found.append(linked(f"attendance.{key}", "\n".join([head, *(f"- {one}" for one in lines)])))
    return [*found, free("attendance.free")]


def line(place: Participant, was: Presence) -> str:
    """Return somebody who was present: name, post, in whose place, and when not."""
    notes = []
    if place.stands_in_for:
        notes.append(_("in place of %(name)s") % {"name": place.stands_in_for.user.full_name})
    if was.since:
        notes.append(_("came at %(time)s") % {"time": clock_time(was.since)})
    notes += [
        _("away from %(start)s to %(end)s") % {"start": clock_time(start), "end": clock_time(end)}
        for start, end in was.away
    ]
    if was.until:
        notes.append(_("left at %(time)s") % {"time": clock_time(was.until)})
    return named(place) + (f" ({'; '.join(notes)})" if notes else "")


def absence(place: Participant) -> str:
    """Return somebody who was absent; all members read minutes: reasons only of what the chair consented to."""
    return f"{named(place)} ({'; '.join(why_absent(place))})"


def why_absent(place: Participant) -> list[str]:
    """Return what the minutes say of an absence."""
    reply = Participant.Reply
    if place.reply == reply.EXCUSED:
        excused = pgettext("roll", "excused")
        return [excused, _("reason: %(words)s") % {"words": place.reply_reason}] if place.reply_reason else [excused]
    if place.reply == reply.DELEGATED:
        return [pgettext("roll", "sent a substitute")]
    return [pgettext("roll", "reason given") if place.reply_reason else pgettext("roll", "without a reason given")]
