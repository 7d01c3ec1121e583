"""Who waits for the floor and who has spoken, item by item; asking and withdrawing without entering the room."""

from collections import defaultdict
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from ledger.verdict import Refused, first_no
from live.log import position
from meetings.actions import speaking
from meetings.actions.speaking import Wish
from meetings.floor import clock
from meetings.forms.speaking import WishForm, first_item
from meetings.frame import frame
from meetings.labels import SPEECH_STATES, lane_names
from meetings.models import AgendaItem, Meeting, Participant, Speech
from meetings.outline import labels
from meetings.queries.room import roll_of
from meetings.queries.speaking import (
    TurnLine,
    get_visible_speech,
    held_by_person,
    queue_of,
    turn_lines,
    visible_speeches,
)
from meetings.queries.visible import get_visible_item, get_visible_place, visible_items
from meetings.rules.meeting import may
from meetings.rules.speaking import is_here_to_ask
from meetings.speech_sheet import speech_file
from meetings.views.doors import opened
from meetings.views.roll import file_answer
from meetings.workflow import SEEN_BY_ALL
from people.models import User

GET, POST = "GET", "POST"
WAITING = ("waiting", "called")


def followed(request: HttpRequest, public_id: UUID) -> tuple[User, Meeting]:
    """Return who asks and the meeting, once it is published."""
    user, meeting = opened(request, public_id)
    if meeting.state not in SEEN_BY_ALL:
        raise Refused("wrong_state")
    return user, meeting


@login_required
@never_cache
@require_http_methods([GET, POST])
def speeches(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """The queues and the times of every item; a POST asks for the floor, the page itself asks for what is new."""
    user, meeting = followed(request, public_id)
    stands = position(meeting.stream)
    seen = f"{stands.epoch}.{stands.seq}"
    if request.GET.get("seen") == seen:
        return HttpResponse(status=204)  # nothing has happened in the room: the page stays as it is
    around = frame(user, meeting, "speaking")
    lanes = lane_names(meeting)
    items = numbered_items(user, meeting)
    place = around["place"]
    people = [one for one in roll_of(meeting) if place is None or one.pk != place.pk]
    form = WishForm(request.POST or None, items=items, lanes=lanes, people=people, initial=start(meeting, items))
    if request.method == POST and asked(request, user, meeting, form):
        return redirect(request.path)
    context = around | page(user, meeting, items, lanes) | {"form": form, "ask": may_ask(user, meeting, place)}
    context |= {"seen": seen, "live": meeting.state in ("published", "open")}
    part = request.method == GET and "seen" in request.GET
    return render(request, "meetings/parts/speeches.html" if part else "meetings/speeches.html", context)


def start(meeting: Meeting, items: list[tuple[str, AgendaItem]]) -> dict[str, str]:
    """Return what the form begins with."""
    return {"item": first_item(meeting, items), "lane": "speech"}


def numbered_items(user: User, meeting: Meeting) -> list[tuple[str, AgendaItem]]:
    """Return the agenda as this person has it, with its numbers."""
    found = list(visible_items(user, meeting).order_by("position"))
    return list(zip(labels([item.depth for item in found]), found, strict=True))


def may_ask(user: User, meeting: Meeting, place: Participant | None) -> Any:
    """Return whether this person may ask for the floor, None for who has no part in it."""
    if place is None or place.role == Participant.Role.GUEST or meeting.state == "closed":
        return None
    return first_no(may(user, meeting, "ask_to_speak"), is_here_to_ask(place))


def asked(request: HttpRequest, user: User, meeting: Meeting, form: WishForm) -> bool:
    """Ask for the floor; what stands in the way is said on the form."""
    if not form.is_valid():
        return False
    data = form.cleaned_data
    whom = data.get("asked") if data["lane"] == "question" else None
    try:
        item = get_visible_item(user, meeting, data["item"])
        answerer = get_visible_place(user, meeting, whom) if whom else None
        speaking.ask(item, wish=Wish(data["lane"], data["subject"], answerer), by=user, at=timezone.now())
    except Refused as refused:
        form.add_error(None, refused.text)
        return False
    messages.success(request, _("Your request stands in the queue."))
    return True


def page(user: User, meeting: Meeting, items: list[tuple[str, AgendaItem]], lanes: dict[str, str]) -> dict[str, Any]:
    """Return what the page shows of every item: who waits in which order, who spoke how long."""
    found = visible_speeches(user, meeting).select_related("item", "participant__user", "asked__user")
    asked_for: dict[int, list[Speech]] = defaultdict(list)
    for speech in found.filter(state__in=(*WAITING, "refused")):
        asked_for[speech.item_id].append(speech)
    lines = turn_lines(visible_speeches(user, meeting))
    spoken: dict[int, list[TurnLine]] = defaultdict(list)
    for line in lines:
        spoken[line.speech.item_id].append(line)
    people = held_by_person(lines)
    return {
        "blocks": [
            block(meeting, user, (number, item), asked_for[item.pk], spoken[item.pk], lanes) for number, item in items
        ],
        "people": [(place, times, clock(used)) for place, times, used in people],
        "waiting": sum(speech.state in WAITING for rows in asked_for.values() for speech in rows),
        "turns": len(lines),
        "total": clock(sum(line.turn.used_ms for line in lines)),
    }


def block(
    meeting: Meeting,
    user: User,
    item: tuple[str, AgendaItem],
    asked_for: list[Speech],
    spoken: list[TurnLine],
    lanes: dict[str, str],
) -> dict[str, Any]:
    """Return one item: its queue lane by lane, who was called or refused, and its turns."""
    number, one = item
    queue = queue_of(asked_for, spoken, meeting.queue_order)
    order = {key: place for keys in queue.values() for place, key in enumerate(keys, start=1)}
    last = len(asked_for)
    rows = sorted(asked_for, key=lambda row: (row.state != "called", row.lane, order.get(row.pk, last), row.asked_at))
    return {
        "number": number,
        "item": one,
        "current": one.pk == meeting.current_item_id and meeting.state == "open",
        "asked": [(row, order.get(row.pk), lanes.get(row.lane, row.lane), SPEECH_STATES[row.state]) for row in rows],
        "spoken": [(line, lanes.get(line.speech.lane, ""), clock(line.turn.used_ms), over(line)) for line in spoken],
        "mine": user.pk,
    }


def over(line: TurnLine) -> str:
    """Return by how much a turn went over its limit, empty where it did not."""
    return clock(line.over_ms) if line.over_ms >= 1000 else ""


@login_required
@require_POST
def withdraw(request: HttpRequest, public_id: UUID, speech_id: UUID) -> HttpResponse:
    """Take one's own request back."""
    user, meeting = followed(request, public_id)
    speaking.take_back(get_visible_speech(user, meeting, speech_id), by=user, at=timezone.now())
    messages.success(request, _("Your request was withdrawn."))
    return redirect("meetings:speeches", public_id)


@login_required
@require_safe
def export(request: HttpRequest, public_id: UUID, form: str) -> HttpResponse:
    """Who asked and who spoke, as a file."""
    user, meeting = followed(request, public_id)
    name = f"{_('speakers')}-{timezone.localtime(meeting.starts_at):%Y-%m-%d}"
    return file_answer(speech_file(user, meeting, form), name, form)
