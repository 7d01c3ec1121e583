"""The whole room as one view has it."""

from meetings.models import Meeting
from meetings.queries.room import papers_of, quorum_of, shown_people
from meetings.snapshot.agenda import items_for
from meetings.snapshot.meeting import meeting_data
from meetings.snapshot.opinions import opinions_snapshot
from meetings.snapshot.outcome import conclusion_for
from meetings.snapshot.papers import paper_for
from meetings.snapshot.people import person_data
from meetings.snapshot.sites import sites_snapshot
from meetings.snapshot.speaking import speeches_snapshot
from meetings.snapshot.views import Data, without_nulls
from meetings.snapshot.votes import votes_snapshot


def room_snapshot(meeting: Meeting, view: str) -> Data:
    """Return the whole room as one view has it, without nulls; a constant number of queries."""
    meeting = Meeting.objects.select_related("current_item", "kind_row", "presenter", "led_version__document").get(
        pk=meeting.pk
    )
    papers = {str(paper.public_id): paper_for(paper, view) for paper in papers_of([meeting])}
    conclusions = meeting.conclusions.select_related("item").prefetch_related("files")
    state = {
        "meeting": meeting_data(meeting, quorum_of(meeting), meeting.current_item),
        "items": items_for(meeting.items.select_related("owner_unit"), view),
        "papers": papers,
        "people": {str(place.public_id): person_data(place) for place in shown_people(meeting)},
        "sites": sites_snapshot(meeting),
        "votes": votes_snapshot(meeting, view),
        "conclusions": {str(line.public_id): conclusion_for(line, view) for line in conclusions},
        "opinions": opinions_snapshot(meeting, view),
        "speeches": speeches_snapshot(meeting, view),
    }
    cleaned: Data = without_nulls(state)
    return cleaned
