"""Papers of a meeting: the material table, and what is done with one paper."""

import re
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from documents.comparing import texts_of
from documents.intake_gate import receive
from documents.models import Version
from documents.page_diff import SAME, paired, pieces
from documents.queries import get_visible_version, latest_version
from documents.reasons.files import sentences_of
from documents.received import Received
from documents.rules import may_take_bytes
from documents.views.protecting import CHOICES as PROTECTIONS
from ledger.verdict import Refused, first_no, no
from meetings.actions import papers, submissions
from meetings.comparing import pages_changed_between, pages_changed_by
from meetings.forms.papers import AUDIENCES, CHOSEN, EVERYBODY, MEMBERS, PlaceForm, ReaderForm
from meetings.frame import frame
from meetings.labels import DUTY_STATES, PAPER_STATES
from meetings.materials import SHOWN, get_table_paper, package_state, row_of, sections, sees_table
from meetings.models import AgendaItem, Meeting, Paper
from meetings.outline import labels
from meetings.paper_history import histories
from meetings.queries.visible import get_visible_item
from meetings.rules.agenda import may_with_paper
from meetings.rules.meeting import may
from meetings.views.doors import answered, opened, valid

LEADING = re.compile(r"^\D{0,6}?(\d{1,3}(?:\.\d{1,3}){0,3})(?=[\s._)-]|$)")


def uploaded(request: HttpRequest) -> Received:
    """Return the file of the request once the gate has looked at it."""
    file = request.FILES.get("file")
    if file is None:
        raise Refused("file_missing")
    return receive(file)


def told(request: HttpRequest, received: Received) -> JsonResponse:
    """Answer the drop zone."""
    note = " ".join(str(sentence) for sentence in sentences_of(received.notes))
    return JsonResponse({"name": received.file_name, "note": note}, status=201)


def wants_json(request: HttpRequest) -> bool:
    """Is it the drop zone that asks, or a plain form?"""
    return "application/json" in request.headers.get("Accept", "")


def titled(received: Received) -> str:
    """Return the title a file brings: its name without the ending."""
    return received.file_name.rpartition(".")[0] or received.file_name


def to_table(meeting: Meeting, paper: Paper | None = None) -> HttpResponse:
    """Go back to the table, to the line of the paper."""
    line = f"#paper-{paper.public_id}" if paper else ""
    return redirect(f"{reverse('meetings:materials', args=[meeting.public_id])}{line}")


@login_required
@require_safe
def materials(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """The material table, for those who prepare, check, approve or conduct the meeting."""
    user, meeting = opened(request, public_id)
    around = frame(user, meeting, "materials")
    if not sees_table(around["my_roles"]):
        no("not_yours").require()
    wanted = {name: request.GET.get(name, "")[:200] for name in ("state", "unit", "item")}
    everything = sections(meeting, around["my_roles"], {})
    narrowed = any(wanted.values())
    context = {
        **around,
        "sections": sections(meeting, around["my_roles"], wanted) if narrowed else everything,
        "items": [(one.item, one.label) for one in everything],
        "units": sorted({row.unit for one in everything for row in one.rows} | owing(everything)),
        "states": state_choices(),
        "wanted": wanted,
        "narrowed": narrowed,
        "groups": list(meeting.groups.all()),
        "package": package_state(meeting),
        "tell_change": meeting.published_at is not None,
    }
    return render(request, "meetings/materials.html", context)


@login_required
@require_safe
def paper(request: HttpRequest, public_id: UUID, paper_id: UUID) -> HttpResponse:
    """One paper of the table with everything that can be done with it, and how it went."""
    user, meeting = opened(request, public_id)
    found = get_table_paper(user, meeting, paper_id)
    around = frame(user, meeting, "materials")
    items = list(meeting.items.all())
    chosen = {group.pk for group in found.groups.all()}
    context = {
        **around,
        "paper": found,
        "row": row_of(found, around["my_roles"]),
        "items": list(zip(items, labels([item.depth for item in items]), strict=True)),
        "groups": list(meeting.groups.all()),
        "chosen": chosen,
        "audiences": AUDIENCES,
        "readers": CHOSEN if chosen else EVERYBODY if found.guests_may_read else MEMBERS,
        "history": histories([found]).get(found.public_id, []),
        "tell_change": meeting.published_at is not None,
        "protections": PROTECTIONS,
    }
    return render(request, "meetings/materials_paper.html", context)


def owing(everything: list[Any]) -> set[str]:
    """Return the units something is asked of."""
    return {line.duty.agency.name for one in everything for line in one.duties}


def state_choices() -> list[tuple[str, Any]]:
    """Return the states to filter by, of papers and of what is owed."""
    owed = [(code, label) for code, label in DUTY_STATES.items() if code not in SHOWN]
    return [(code, PAPER_STATES[code]) for code in SHOWN] + owed


@login_required
@require_POST
def lay_paper(request: HttpRequest, public_id: UUID, item_id: UUID) -> HttpResponse:
    """Lay one file before the meeting, under an item; its title is the file's name."""
    user, meeting = opened(request, public_id)
    item = get_visible_item(user, meeting, item_id)
    may(user, meeting, "arrange").require()
    received = uploaded(request)
    papers.lay(item, received, title=titled(received), by=user, at=timezone.now())
    if wants_json(request):
        return told(request, received)
    return to_table(meeting) if request.POST.get("back") == "materials" else answered(request, meeting, "agenda")


@login_required
@require_POST
def lay_many(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Lay a file under the matter whose number its name begins with: many files at once, each its own request."""
    user, meeting = opened(request, public_id)
    may(user, meeting, "arrange").require()
    file = request.FILES.get("file")
    item = item_named(meeting, (file.name or "") if file else "")
    received = uploaded(request)
    papers.lay(item, received, title=titled(received), by=user, at=timezone.now())
    return told(request, received) if wants_json(request) else to_table(meeting)


def item_named(meeting: Meeting, name: str) -> AgendaItem:
    """Return the matter a file name begins with the number of: “2.1 Tờ trình.pdf”, “02 - Báo cáo.docx”."""
    found = LEADING.match(name)
    items = list(meeting.items.select_related("meeting__agency"))
    by_label = dict(zip(labels([item.depth for item in items]), items, strict=True))
    number = ".".join(str(int(part)) for part in found[1].split(".")) if found else ""
    while number and number not in by_label:
        number = number.rpartition(".")[0]
    if not number:
        raise Refused("number_missing", name=name[:100])
    return by_label[number]


@login_required
@require_POST
def replace_paper(request: HttpRequest, public_id: UUID, paper_id: UUID) -> HttpResponse:
    """Lay a newer version of a paper, saying what changed once the meeting is published."""
    user, meeting = opened(request, public_id)
    paper = get_table_paper(user, meeting, paper_id)
    may_with_paper(user, paper, "replace").require()
    received = uploaded(request)
    words, pages = request.POST.get("change_note", ""), pages_changed_by(paper, received)
    papers.replace(paper, received, change_note=words, changed_pages=pages, by=user, at=timezone.now())
    return told(request, received) if wants_json(request) else to_table(meeting, paper)


@login_required
@require_POST
def withdraw_paper(request: HttpRequest, public_id: UUID, paper_id: UUID) -> HttpResponse:
    """Take a paper away from the meeting."""
    user, meeting = opened(request, public_id)
    paper = get_table_paper(user, meeting, paper_id)
    papers.withdraw(paper, reason=request.POST.get("reason", ""), by=user, at=timezone.now())
    messages.success(request, _("The paper is withdrawn: nobody invited finds or opens it any more."))
    return to_table(meeting, paper)


@login_required
@require_POST
def rename_paper(request: HttpRequest, public_id: UUID, paper_id: UUID) -> HttpResponse:
    """Give a paper another title."""
    user, meeting = opened(request, public_id)
    paper = get_table_paper(user, meeting, paper_id)
    papers.rename(paper, title=request.POST.get("title", "")[:500], by=user, at=timezone.now())
    return to_table(meeting, paper)


@login_required
@require_POST
def place_paper(request: HttpRequest, public_id: UUID, paper_id: UUID) -> HttpResponse:
    """Put a paper under another matter, or at another place."""
    user, meeting = opened(request, public_id)
    paper = get_table_paper(user, meeting, paper_id)
    place = valid(PlaceForm(request.POST, items=meeting.items.all())).cleaned_data
    papers.place(paper, item=place["item"], position=place["position"], by=user, at=timezone.now())
    return to_table(meeting, paper)


@login_required
@require_POST
def open_paper(request: HttpRequest, public_id: UUID, paper_id: UUID) -> HttpResponse:
    """Say who reads a paper."""
    user, meeting = opened(request, public_id)
    paper = get_table_paper(user, meeting, paper_id)
    chosen = valid(ReaderForm(request.POST, groups=meeting.groups.all())).chosen()
    papers.open_to(paper, **chosen, by=user, at=timezone.now())
    return to_table(meeting, paper)


@login_required
@require_POST
def protect_paper(request: HttpRequest, public_id: UUID, paper_id: UUID) -> HttpResponse:
    """Say what readers get of a paper."""
    user, meeting = opened(request, public_id)
    paper = get_table_paper(user, meeting, paper_id)
    papers.protect(paper, protection=request.POST.get("protection", ""), by=user, at=timezone.now())
    return to_table(meeting, paper)


@login_required
@require_POST
def approve_paper(request: HttpRequest, public_id: UUID, paper_id: UUID) -> HttpResponse:
    """Lay what a unit handed in."""
    user, meeting = opened(request, public_id)
    paper = get_table_paper(user, meeting, paper_id)
    merging = paper.replaces if paper.replaces and paper.replaces.state == "laid" else None
    may_with_paper(user, paper, "merge" if merging else "approve").require()
    pages = pages_changed_between(*newest_of(merging, paper)) if merging else []
    laid = submissions.approve(paper, changed_pages=pages, by=user, at=timezone.now())
    messages.success(request, _("The paper is approved and laid before the meeting."))
    return to_table(meeting, laid)


def newest_of(*papers: Paper) -> list[Version | None]:
    """Return the newest version of each paper."""
    return [latest_version(paper.document) for paper in papers]


@login_required
@require_POST
def return_paper(request: HttpRequest, public_id: UUID, paper_id: UUID) -> HttpResponse:
    """Return what a unit handed in, saying why."""
    user, meeting = opened(request, public_id)
    paper = get_table_paper(user, meeting, paper_id)
    reason = request.POST.get("reason", "").replace("\r\n", "\n")
    submissions.give_back(paper, reason=reason, by=user, at=timezone.now())
    messages.success(request, _("The paper is returned to the unit, with your reason."))
    return to_table(meeting, paper)


@login_required
@require_safe
def compare_paper(request: HttpRequest, public_id: UUID, paper_id: UUID) -> HttpResponse:
    """Show what changed between two versions of a paper, or between a unit's newer version and what is laid."""
    user, meeting = opened(request, public_id)
    paper = get_table_paper(user, meeting, paper_id)
    old, new = compared(request, user, paper)
    first_no(may_take_bytes(old.document), may_take_bytes(new.document)).require()
    before, after = texts_of(old), texts_of(new)
    pairs = [
        {"pair": pair, "pieces": pieces(page_of_texts(before, pair.old), page_of_texts(after, pair.new))}
        for pair in paired(before, after)
        if pair.kind != SAME
    ]
    context = {
        **frame(user, meeting, "materials"),
        "paper": paper,
        "versions": list(paper.document.versions.order_by("-number")),
        "old": old,
        "new": new,
        "changes": pairs,
        "readable": any(before) or any(after),
    }
    return render(request, "meetings/materials_compare.html", context)


def page_of_texts(texts: list[str], number: int) -> str:
    """Return the text of a page, nothing for page 0."""
    return texts[number - 1] if number else ""


def compared(request: HttpRequest, user: Any, paper: Paper) -> tuple[Version, Version]:
    """Return the two versions asked for; without a choice the newest with the one before it."""
    newest = latest_version(paper.document)
    laid = latest_version(paper.replaces.document) if paper.replaces else None
    if newest is None:
        raise Refused("one_version")
    if laid is not None and paper.state != "laid":
        return laid, newest
    numbers = [request.GET.get(name, "") for name in ("old", "new")]
    asked = [int(text) for text in numbers if text.isascii() and text.isdigit() and len(text) < 6]
    first, second = asked if len(asked) == len(numbers) else (newest.number - 1, newest.number)
    if first < 1:
        raise Refused("one_version")
    document = paper.document.public_id
    return get_visible_version(user, document, first), get_visible_version(user, document, second)
