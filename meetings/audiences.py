"""Reading audiences of a meeting's papers, as `documents` keeps them.

| Key | Who (queries/visible.py, queries/duties.py) |
|---|---|
| `meeting:<pk>`, `meeting:<pk>:guests` | chair, secretary, members of a published meeting; its guests too |
| `meeting:<pk>:chair` | its chair and secretaries, published or not |
| `meeting:<pk>:group:<pk>` | one group of its participants, once it is published |
| `agency:<pk>:papers` | who checks units' papers for the agency |
| `agency:<pk>:duties`, `duty:<pk>` | who prepares papers in a unit by office; whom the unit put in charge of one duty |
"""

from collections.abc import Sequence

from meetings.models import AgendaItem, Duty, Meeting, Paper


def audiences_for(item: AgendaItem, *, guests_may_read: bool, groups: Sequence[int]) -> list[str]:
    """Return who of the meeting reads a paper under this item; the agency's clerks and leaders read it anyway."""
    meeting = item.meeting
    keepers = reviewing_keys(meeting)
    if item.hidden:
        return keepers
    if groups:
        return [*keepers, *(f"{meeting.stream}:group:{group}" for group in groups)]
    return [*keepers, f"{meeting.stream}:guests" if guests_may_read else meeting.stream]


def paper_audiences(paper: Paper) -> list[str]:
    """Return who of the meeting reads a laid paper."""
    groups = list(paper.groups.values_list("pk", flat=True))
    return audiences_for(paper.item, guests_may_read=paper.guests_may_read, groups=groups)


def unit_audiences(paper: Paper) -> list[str]:
    """Return who reads a unit's own document: its people, and once it was handed in those who check it."""
    own = duty_keys(paper.duty) if paper.duty else []
    return [*own, *reviewing_keys(paper.item.meeting)] if paper.submitted_at else own


def duty_keys(duty: Duty) -> list[str]:
    """Return who prepares the papers of a duty."""
    return [f"agency:{duty.agency_id}:duties", f"duty:{duty.pk}"]


def reviewing_keys(meeting: Meeting) -> list[str]:
    """Return who checks what units hand in: by right in the agency, and the secretary with the chair."""
    return [f"agency:{meeting.agency_id}:papers", f"{meeting.stream}:chair"]


def record_audiences(meeting: Meeting) -> list[str]:
    """Return who reads the minutes: chair, secretary and members."""
    return [meeting.stream]
