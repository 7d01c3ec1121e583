"""Minutes and conclusion notice in the words of Vietnamese offices, from rows and ledger; dates in the legal zone."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from ledger.days import LEGAL_ZONE
from ledger.queries import acts_of
from meetings.course import steps
from meetings.models import AgendaItem, Conclusion, Meeting, Participant, Vote
from meetings.queries.room import roll_of

THREE_COLUMNS = 3


def day_in_words(at: datetime) -> str:
    """Return a day as documents write it: ngày 05 tháng 11 năm 2026 (days below 10 and months 1, 2 padded)."""
    local = at.astimezone(LEGAL_ZONE)
    month = f"{local.month:02d}" if local.month < 3 else str(local.month)
    return _("%(day)s/%(month)s/%(year)s in words") % {"day": f"{local.day:02d}", "month": month, "year": local.year}


def moment_in_words(at: datetime | None) -> str:
    """Return an instant as minutes write it: 08 giờ 30, ngày 21 tháng 11 năm 2026."""
    if at is None:
        return ""
    local = at.astimezone(LEGAL_ZONE)
    return _("%(hour)s:%(minute)s, %(day)s in words") % {
        "hour": f"{local.hour:02d}",
        "minute": f"{local.minute:02d}",
        "day": day_in_words(at),
    }


def clock_time(at: datetime) -> str:
    """Return the hour and minute in the legal zone."""
    return at.astimezone(LEGAL_ZONE).strftime("%H:%M")


def named(place: Participant) -> str:
    """Return a participant as lists print them: name and post."""
    return ", ".join(filter(None, [place.user.full_name, place.title]))


def with_role(people: Iterable[Participant], role: str) -> list[Participant]:
    """Return those who have this role."""
    return [place for place in people if place.role == role]


def attendance(people: list[Participant]) -> dict[str, Any]:
    """Return the roll: members present and absent, guests apart."""
    members = [place for place in people if place.role != Participant.Role.GUEST]
    present = [named(place) for place in members if place.checked_in_at]
    return {
        "total": len(members),
        "present": len(present),
        "present_list": present,
        "absent_list": [named(place) for place in members if not place.checked_in_at],
        "guests": [named(place) for place in with_role(people, Participant.Role.GUEST) if place.checked_in_at],
    }


def vote_line(vote: Vote) -> dict[str, Any]:
    """Return one row of the table of votes: counts in the order of the options, and the outcome."""
    counts = [vote.result["counts"][option["code"]] for option in vote.options][:THREE_COLUMNS]
    agree, disagree, abstain = counts + [0] * (THREE_COLUMNS - len(counts))
    return {
        "subject": vote.question,
        "present": vote.result["present"] + vote.result["late"],
        "agree": agree,
        "disagree": disagree,
        "abstain": abstain,
        "result": _("Carried") if vote.result["carried"] else _("Not carried"),
    }


def vote_labels(votes: list[Vote]) -> list[str]:
    """Return the heads of the table's columns."""
    return [option["label"] for option in votes[0].options][:THREE_COLUMNS] if votes else []


def conclusion_text(line: Conclusion) -> str:
    """Return a conclusion, led by the item it belongs to."""
    return f"{line.item.title}: {line.text}" if line.item else line.text


def minutes_data(meeting: Meeting, *, at: datetime) -> dict[str, Any]:
    """Return what the minutes' template sets."""
    people = list(roll_of(meeting))
    votes = list(meeting.votes.filter(state="closed").order_by("closed_at"))
    chair, secretary = with_role(people, Participant.Role.CHAIR), with_role(people, Participant.Role.SECRETARY)
    agency, course = meeting.agency, steps(acts_of(meeting.stream))
    return {
        "title": meeting.title,
        "author": agency.name,
        "governing": agency.superior_name,
        "agency": agency.name,
        "agency_symbol": agency.abbreviation,
        "place": agency.place,
        "date": day_in_words(at),
        "subject": meeting.title,
        "opened": moment_in_words(meeting.opened_at),
        "closed": moment_in_words(meeting.closed_at),
        "venue": meeting.place,
        "attendance": attendance(people),
        "chair": "; ".join(named(place) for place in chair),
        "secretary": "; ".join(named(place) for place in secretary),
        "course": [{"time": clock_time(step.at), "text": step.text} for step in course],
        "votes": [vote_line(vote) for vote in votes],
        "vote_labels": vote_labels(votes),
        "conclusions": [conclusion_text(line) for line in meeting.conclusions.select_related("item")],
        "chair_name": chair[0].user.full_name if chair else "",
        "secretary_name": secretary[0].user.full_name if secretary else "",
        "recipients": [_("Those who took part"), _("On file")],
    }


def notice_content(meeting: Meeting) -> dict[str, Any]:
    """Return the body of the conclusion notice (thông báo kết luận): who met, then the conclusions by item."""
    people = list(roll_of(meeting))
    chair = with_role(people, Participant.Role.CHAIR)
    words = {
        "day": day_in_words(meeting.opened_at or meeting.starts_at),
        "place": meeting.place or meeting.agency.name,
        "chair": named(chair[0]) if chair else "",
        "title": meeting.title,
    }
    intro = _("On %(day)s, at %(place)s, %(chair)s chaired the meeting “%(title)s”.") % words
    heard = _("Having heard the reports and the opinions of those present, the chair concluded:")
    lines = list(meeting.conclusions.select_related("item").order_by("item__position", "created_at", "id"))
    end = _("The units and persons concerned are notified and shall carry this out.")
    recipients = [_("Those who took part"), _("On file")]
    return {"body": [intro, heard, *grouped(lines), end], "recipients": recipients}


def grouped(lines: list[Conclusion]) -> list[Any]:
    """Return the conclusions as blocks, each item's title above its own."""
    blocks: list[Any] = []
    current: AgendaItem | None = None
    for number, line in enumerate(lines, start=1):
        if line.item is not None and line.item != current:
            blocks.append({"kind": "heading", "text": line.item.title})
        current = line.item
        blocks.append(f"{number}. {line.text}")
    return blocks
