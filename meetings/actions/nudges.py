"""The one quiet reminder to read a paper."""

from datetime import datetime

from ledger.door import action
from ledger.verdict import Refused
from meetings.models import Nudge, Paper
from meetings.paper_news import about_paper
from meetings.queries.reading import reading_of
from meetings.records import locked_paper, note
from meetings.rules.own import may_nudge
from notices.actions.telling import tell
from people.models import User


@action
def nudge(paper: Paper, *, by: User, at: datetime) -> Nudge:
    """Remind whoever may read the paper and has not opened its newest version, once and in few words."""
    paper = locked_paper(paper)
    may_nudge(by, paper).require()
    meeting = paper.item.meeting
    reading = reading_of(meeting, [paper])[paper.pk]
    people = [place.user for place in [*reading.unread, *reading.older] if place.user_id != by.pk]
    if not people:
        raise Refused("everybody_has_read")
    made = Nudge.objects.create(paper=paper, by=by, at=at, told=len(people))
    address = f"/meetings/{meeting.public_id}/"
    words = {"title": meeting.title}
    about, key = about_paper(paper), f"nudge:{paper.pk}"
    tell(people, "meetings.read_papers", words, url=address, agency_id=meeting.agency_id, at=at, about=about, key=key)
    note(meeting, "nudge", by=by, at=at, about=paper, data={"told": len(people)})
    return made
