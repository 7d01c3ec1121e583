"""A meeting again: copied once, or as a series with its days looked over first; later changes carried on."""

from dataclasses import dataclass, replace
from datetime import date, datetime
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST

from ledger.verdict import Refused, Unseen
from meetings.actions import series as acts_again
from meetings.details import Details, details_of, moved_to
from meetings.forms.series import ONCE, AgainForm
from meetings.models import Meeting, Series
from meetings.rhythm import MOST, days
from meetings.rules.meeting import may_create
from meetings.views.doors import opened, page_of
from meetings.working_days import day_off, is_working
from people.models import User
from rooms.naming import what_stands
from rooms.queries import clashes


@dataclass(frozen=True)
class Day:
    """One day of a series being planned: what speaks against it."""

    day: date
    starts_at: datetime
    holiday: str
    weekend: bool
    taken: str

    @property
    def clear(self) -> bool:
        """Does nothing speak against it?"""
        return not (self.holiday or self.weekend)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def again(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Ask when, show the days, then prepare the meetings."""
    user, meeting = opened(request, public_id)
    may_create(user, meeting.agency).require()
    start = timezone.localtime(meeting.starts_at)
    form = AgainForm(
        request.POST or None, initial={"first": timezone.localdate(), "hour": start.time(), "weekday": start.weekday()}
    )
    planned = planned_days(form, meeting, user) if request.method == "POST" and form.is_valid() else []
    if planned and request.POST.get("do") == "make":
        made = prepared(request, form, meeting, user, planned)
        if made:
            return redirect(page_of(made[0]) if len(made) == 1 else "/meetings/?tab=preparing")
    empty = request.method == "POST" and form.is_valid() and not planned
    context = {"form": form, "meeting": meeting, "planned": planned, "empty": empty, "back": page_of(meeting)}
    return render(request, "meetings/again.html", context, status=422 if form.errors or empty else 200)


def planned_days(form: AgainForm, meeting: Meeting, user: User) -> list[Day]:
    """Return the days of the rhythm with holidays and room clashes marked."""
    found = []
    for day in days(form.rhythm(), form.cleaned_data["first"]):
        details = moved_to(details_of(meeting), form.start_on(day))
        if details.starts_at == meeting.starts_at:
            continue  # the meeting itself stands there
        taken = list(clashes(meeting.room, details.starts_at, details.ends_at)[:2]) if meeting.room else []
        words = str(what_stands(user, taken)) if taken else ""
        weekend = not is_working(day) and not day_off(day)
        found.append(Day(day, details.starts_at, day_off(day), weekend, words))
    return found


def prepared(request: HttpRequest, form: AgainForm, meeting: Meeting, user: User, planned: list[Day]) -> list[Meeting]:
    """Prepare a draft on every day that was ticked, each in a transaction of its own."""
    ticked = set(request.POST.getlist("day"))
    chosen = [day for day in planned if day.day.isoformat() in ticked or len(planned) == 1][:MOST]
    if not chosen:
        messages.error(request, _("No day is ticked. Tick those on which the meeting is to be held."))
        return []
    series = series_for(form, meeting, user) if form.cleaned_data["sort"] != ONCE else None
    try:
        made = [draft(meeting, day, form.cleaned_data["parts"], series, user) for day in chosen]
    except Refused as refused:
        form.add_error(None, refused.text)
        return []
    words = ngettext("%(n)d meeting is in preparation.", "%(n)d meetings are in preparation.", len(made))
    messages.success(request, words % {"n": len(made)})
    return made


def series_for(form: AgainForm, meeting: Meeting, user: User) -> Series:
    """Return the series the meeting belongs to, begun with this rhythm where there was none."""
    if meeting.series is not None:
        return meeting.series
    return acts_again.start_series(meeting, rhythm=form.rhythm().as_data(), by=user, at=timezone.now())


def draft(meeting: Meeting, day: Day, parts: list[str], series: Series | None, user: User) -> Meeting:
    """Prepare the meeting of one day; where its room is taken, without a room."""
    details: Details = moved_to(details_of(meeting), day.starts_at)
    if day.taken or (meeting.room and meeting.room.closed_at):
        details = replace(details, room_id=None, place="")
    return acts_again.copy(meeting, details=details, parts=parts, series=series, by=user, at=timezone.now())


@login_required
@require_POST
def cancel_following(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Call off every later meeting of the series, or none when one of them cannot be."""
    user, meeting = opened(request, public_id)
    if meeting.series_id is None:
        raise Unseen
    reason = request.POST.get("reason", "").replace("\r\n", "\n")
    try:
        gone = acts_again.cancel_following(meeting, reason=reason, by=user, at=timezone.now())
    except Refused as refused:
        messages.error(request, refused.text)
        return redirect(page_of(meeting))
    words = ngettext("%(n)d meeting has been called off.", "%(n)d meetings have been called off.", len(gone))
    messages.success(request, words % {"n": len(gone)})
    return redirect(page_of(meeting))
