"""An agenda pasted from Word: pasted, looked over line by line, added in one step."""

from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from ledger.verdict import Refused
from meetings.actions import agenda
from meetings.details import Matter
from meetings.forms.agenda import MatterForm
from meetings.models import Meeting
from meetings.outline import labels, settled
from meetings.pages import unit_choices
from meetings.pasted_markup import LONGEST
from meetings.pasting import MOST, Item, parsed
from meetings.rules.meeting import may
from meetings.views.doors import opened, page_of
from people.models import Agency, User
from people.queries import visible_agencies


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def paste_agenda(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """First the empty sheet, then what was understood, then the agenda with it."""
    user, meeting = opened(request, public_id)
    may(user, meeting, "arrange").require()
    if request.method == "POST" and "title" in request.POST:
        return added(request, user, meeting)
    items: list[Item] = []
    if request.method == "POST":
        items = parsed(request.POST.get("html", "")[:LONGEST], request.POST.get("text", "")[:LONGEST])
    context = {
        "meeting": meeting,
        "lines": list(zip(labels([item.depth for item in items]), items, strict=True)),
        "empty": request.method == "POST" and not items,
        "back": page_of(meeting),
        "units": unit_choices(user) if items else [],
        "depths": range(4),
    }
    return render(request, "meetings/paste.html", context, status=422 if context["empty"] else 200)


def added(request: HttpRequest, user: User, meeting: Meeting) -> HttpResponse:
    """Add the lines that are ticked, as they were corrected, in one action."""
    lines = chosen(request, {unit.name.lower(): unit for unit in visible_agencies(user)})
    if not lines:
        raise Refused("nothing_to_add")
    agenda.add_items(meeting, lines=lines, by=user, at=timezone.now())
    words = ngettext(
        "%(n)d item has been added to the agenda.", "%(n)d items have been added to the agenda.", len(lines)
    )
    messages.success(request, words % {"n": len(lines)})
    return redirect(f"{page_of(meeting)}#agenda")


def chosen(request: HttpRequest, units: dict[str, Agency]) -> list[agenda.Line]:
    """Return the ticked lines; a unit that is none of ours is kept in front of the presenter, as words."""
    post = request.POST
    columns = [post.getlist(name) for name in ("title", "depth", "presenter", "unit", "minutes")]
    ticked = set(post.getlist("take"))
    lines: list[agenda.Line] = []
    for number, (title, depth, presenter, unit, minutes) in enumerate(zip(*columns, strict=False)):
        if str(number) not in ticked or len(lines) == MOST:
            continue
        known = units.get(unit.strip().lower())
        words = presenter if known else ", ".join(filter(None, [unit.strip(), presenter.strip()]))
        form = MatterForm({"title": title, "presenter": words[:200], "minutes": minutes})
        if not form.is_valid():
            raise Refused("line_unusable", number=number + 1, title=title[:60])
        data = form.cleaned_data
        matter = Matter(data["title"], data["presenter"], data["minutes"] or 0, known.pk if known else None)
        lines.append((int(depth) if depth.isdecimal() and len(depth) == 1 else 0, matter))
    depths = settled([depth for depth, _ in lines])
    return [(depth, matter) for depth, (_, matter) in zip(depths, lines, strict=True)]
