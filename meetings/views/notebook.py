"""The notebook: my notes of a meeting, all my notes, found by their words, taken along."""

from typing import Any
from uuid import UUID, uuid4

from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from documents.serving import disposition
from documents.typeset.typeset import render as typeset
from ledger.verdict import Refused, Unseen
from meetings import note_files
from meetings.actions import notebook
from meetings.frame import frame
from meetings.models import Meeting, NotebookEntry
from meetings.note_files import MARKDOWN, MEDIA_TYPES, PDF, Note
from meetings.queries.notebook import found_notes, get_own_note, own_notes
from meetings.queries.own import visible_among
from meetings.rules.own import LONGEST_NOTE
from meetings.views.autosave import as_made_for, conflict, kept, number, wants_json, written
from meetings.views.doors import opened
from people.models import User
from people.requests import person

PER_PAGE = 30


@login_required
@never_cache
@require_safe
def of_meeting(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """My notes of one meeting, and an empty one to write on."""
    user, meeting = opened(request, public_id)
    return render(request, "meetings/notebook.html", context_of(user, meeting))


def context_of(user: User, meeting: Meeting, unsaved: str = "") -> dict[str, Any]:
    """Return what the tab shows; `unsaved` is a text that could not be kept, put on a fresh note."""
    notes = list(own_notes(user, meeting))
    around = frame(user, meeting, "notebook")
    return {**around, "notes": notes, "fresh": uuid4(), "unsaved": unsaved, "most": LONGEST_NOTE}


@login_required
@never_cache
@require_safe
def every(request: HttpRequest) -> HttpResponse:
    """All my notes, found by their words."""
    user = person(request)
    words = asked_words(request)
    page = Paginator(found_notes(user, words), PER_PAGE).get_page(request.GET.get("page"))
    opened_by_me = visible_among(user, [one.meeting for one in page])
    lines = [{"note": one, "open": one.meeting_id in opened_by_me} for one in page]
    return render(request, "meetings/notebook_all.html", {"page": page, "lines": lines, "q": words})


def asked_words(request: HttpRequest) -> str:
    """Return the words searched for."""
    return request.GET.get("q", "").strip()[:200]


@login_required
@require_POST
def save(request: HttpRequest, public_id: UUID, entry_id: UUID) -> HttpResponse:
    """Keep a note; the page draws its id, so that sending twice makes one note."""
    user, meeting = opened(request, public_id)
    as_made_for(request, user)
    text = written(request)
    try:
        note = notebook.save(
            meeting, entry_id=entry_id, text=text, revision=number(request), by=user, at=timezone.now()
        )
    except Refused as refused:
        return not_kept(request, user, meeting, entry_id, text, refused)
    return kept(note.revision) if wants_json(request) else redirect("meetings:notebook", meeting.public_id)


def not_kept(
    request: HttpRequest, user: User, meeting: Meeting, entry_id: UUID, text: str, refused: Refused
) -> HttpResponse:
    """Answer a save that came second: both texts, for the module or on a fresh note."""
    if refused.code != "changed_meanwhile":
        raise refused
    if wants_json(request):
        note = get_own_note(user, entry_id)
        return conflict(refused, note.text, note.revision)
    return render(request, "meetings/notebook.html", context_of(user, meeting, text), status=409)


@login_required
@require_POST
def delete(request: HttpRequest, entry_id: UUID) -> HttpResponse:
    """Throw a note away; the answer offers to take it back."""
    user = person(request)
    note = get_own_note(user, entry_id)
    notebook.delete(note, by=user, at=timezone.now())
    return gone(request, note)


@login_required
@require_POST
def restore(request: HttpRequest, entry_id: UUID) -> HttpResponse:
    """Take a note back."""
    user = person(request)
    note = get_own_note(user, entry_id)
    notebook.restore(note, by=user, at=timezone.now())
    return redirect(f"{reverse('meetings:notebook', args=[note.meeting.public_id])}#note-{note.public_id}")


def gone(request: HttpRequest, note: NotebookEntry) -> HttpResponse:
    """Say that the note is gone, with the way back."""
    if wants_json(request):
        return JsonResponse({"restore": reverse("meetings:restore_note", args=[note.public_id])})
    return render(request, "meetings/note_gone.html", {"note": note, "meeting": note.meeting})


# --- taken along ----------------------------------------------------------------------------------


@login_required
@require_safe
def export(request: HttpRequest, form: str) -> HttpResponse:
    """All my notes, or those of one meeting, as text, Markdown or PDF; nobody learns of it."""
    user = person(request)
    if form not in MEDIA_TYPES:
        raise Unseen
    notes = [note_of(one) for one in chosen_notes(request, user).order_by("meeting__starts_at", "created_at")]
    answer = HttpResponse(file_of(form, notes, user), content_type=MEDIA_TYPES[form])
    answer["Content-Disposition"] = disposition("attachment", f"{_('Notebook')}.{form}")
    answer["Cache-Control"] = "private, no-store"
    return answer


def chosen_notes(request: HttpRequest, user: User) -> QuerySet[NotebookEntry]:
    """Return the person's notes, of the meeting the address names or of all."""
    notes = found_notes(user, asked_words(request))
    asked = request.GET.get("meeting", "")
    if not asked:
        return notes
    try:
        return notes.filter(meeting__public_id=UUID(asked))
    except ValueError as error:
        raise Unseen from error


def note_of(entry: NotebookEntry) -> Note:
    """Return a note with its days in words."""
    day = timezone.localtime(entry.meeting.starts_at)
    return Note(
        entry.meeting.title, f"{day:%d/%m/%Y}", f"{timezone.localtime(entry.changed_at):%d/%m/%Y %H:%M}", entry.text
    )


def file_of(form: str, notes: list[Note], user: User) -> bytes:
    """Return the notes in the form asked for."""
    if form == PDF:
        return typeset("notes", paper_of(notes, user), at=timezone.now()).pdf
    return (note_files.markdown(notes) if form == MARKDOWN else note_files.plain(notes)).encode()


def paper_of(notes: list[Note], user: User) -> dict[str, Any]:
    """Return what the paper sets: meeting by meeting, note by note."""
    parts: dict[str, list[dict[str, Any]]] = {}
    for note in notes:
        lines = [line for line in note.text.split("\n") if line.strip()]
        parts.setdefault(f"{note.meeting} ({note.day})", []).append({"changed": note.changed, "lines": lines})
    meetings = [{"title": title, "notes": found} for title, found in parts.items()]
    return {"title": _("Notebook"), "author": user.full_name, "owner": user.full_name, "meetings": meetings}
