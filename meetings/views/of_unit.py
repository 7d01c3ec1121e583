"""What the office of a unit may know of a meeting its people go to: when, where, who chairs, whom the unit sends."""

from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from meetings.labels import STATES, kind_name, role_choices
from meetings.queries.own import get_listed_meeting, people_from, visible_among
from meetings.queries.visible import own_agencies
from people.requests import person


@login_required
@require_safe
def of_unit(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Time, place, chair and the unit's own people; whoever may open the meeting is sent there."""
    user = person(request)
    meeting = get_listed_meeting(user, public_id)
    if visible_among(user, [meeting]):
        return redirect("meetings:detail", meeting.public_id)
    names = dict(role_choices(meeting))
    places = [{"place": one, "role": names[one.role]} for one in people_from(meeting, own_agencies(user))]
    context = {
        "meeting": meeting,
        "state": STATES[meeting.state],
        "kind": kind_name(meeting),
        "place": meeting.where,
        "people": places,
    }
    return render(request, "meetings/of_unit.html", context)
