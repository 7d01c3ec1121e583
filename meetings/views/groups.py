"""Groups of a meeting's participants."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from ledger.verdict import no
from meetings.actions import groups
from meetings.forms.papers import GroupForm
from meetings.frame import frame
from meetings.materials import sees_table
from meetings.models import Group, Meeting
from meetings.queries.room import roll_of
from meetings.views.doors import opened, valid
from people.queries import only


def filled(request: HttpRequest, meeting: Meeting) -> dict[str, Any]:
    """Return name and people as written."""
    data = valid(GroupForm(request.POST, people=roll_of(meeting))).cleaned_data
    return {"name": data["name"], "people": list(data["people"])}


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def index(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """The groups of a meeting, and a new one."""
    user, meeting = opened(request, public_id)
    around = frame(user, meeting, "materials")
    if not sees_table(around["my_roles"]):
        no("not_yours").require()
    if request.method == "POST":
        groups.make_group(meeting, **filled(request, meeting), by=user, at=timezone.now())
        messages.success(request, _("The group is there. Papers can be laid for it now."))
        return redirect("meetings:groups", meeting.public_id)
    shown = meeting.groups.prefetch_related("people", "papers")
    lines = [
        {
            "group": group,
            "people": {place.pk for place in group.people.all() if place.removed_at is None},
            "papers": sum(1 for paper in group.papers.all() if paper.state == "laid"),
        }
        for group in shown
    ]
    return render(request, "meetings/materials_groups.html", {**around, "lines": lines, "roll": list(roll_of(meeting))})


@login_required
@require_POST
def change(request: HttpRequest, public_id: UUID, group_id: UUID) -> HttpResponse:
    """Change a group's name and people."""
    user, meeting = opened(request, public_id)
    group = get_group(meeting, group_id)
    groups.change_group(group, **filled(request, meeting), by=user, at=timezone.now())
    messages.success(request, _("The group has been changed; what its people may read follows at once."))
    return redirect("meetings:groups", meeting.public_id)


@login_required
@require_POST
def remove(request: HttpRequest, public_id: UUID, group_id: UUID) -> HttpResponse:
    """Take a group away."""
    user, meeting = opened(request, public_id)
    groups.remove_group(get_group(meeting, group_id), by=user, at=timezone.now())
    return redirect("meetings:groups", meeting.public_id)


def get_group(meeting: Meeting, public_id: UUID) -> Group:
    """Return one group of this meeting, or raise Unseen."""
    return only(Group.objects.filter(meeting=meeting, public_id=public_id).select_related("meeting"))
